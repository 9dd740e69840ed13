package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/openapi.json anew")

// TestOpenAPIFile holds docs/openapi.json to the code: go test ./internal/api
// -run TestOpenAPIFile -update writes it anew.
func TestOpenAPIFile(t *testing.T) {
	const path = "../../docs/openapi.json"
	_, body := get(t, site(t)+"/openapi.json", "")
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(body), "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("docs/openapi.json is stale; run this test with -update\n%s", diff)
	}
}
