package schemaorg_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/schemaorg"
)

var update = flag.Bool("update", false, "write the golden file")

func TestGolden(t *testing.T) {
	got := string(schemaorg.FromReport(formattest.Full(), "https://library.example/r/k3v7q2").JSON())
	const path = "testdata/full.json"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(got, "secret") {
		t.Error("what belongs to the desk is exported")
	}
}

// TestNeutral checks that nothing a report says can end the script element in
// which the JSON stands.
func TestNeutral(t *testing.T) {
	check := func(data []byte) bool { return json.Valid(data) && !strings.ContainsAny(string(data), "<>\x00") }
	for name, r := range formattest.Awkward() {
		if data := schemaorg.FromReport(r, "").JSON(); !check(data) {
			t.Errorf("%s: %s", name, data)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if data := schemaorg.FromReport(formattest.Draw(t), "").JSON(); !check(data) {
			t.Fatalf("%s", data)
		}
	})
}
