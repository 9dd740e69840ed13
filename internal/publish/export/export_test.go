package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/publish/export"
)

// TestFormats writes awkward reports in every format: what comes out has the
// form it should have, and nothing that belongs to the desk.
func TestFormats(t *testing.T) {
	reports := formattest.Awkward()
	reports["full"] = formattest.Full()
	for _, f := range export.Formats() {
		if found, ok := export.Find(f.Name); !ok || found.MediaType != f.MediaType {
			t.Errorf("%s is not found", f.Name)
		}
		for name, r := range reports {
			data, err := f.Record(r, export.Options{Base: "https://library.example", Address: "https://library.example/r/x"})
			if err != nil || len(data) == 0 || bytes.Contains(data, []byte("secret")) {
				t.Errorf("%s of %s: %v %s", f.Name, name, err, data)
			}
			if strings.HasSuffix(f.Extension, "xml") {
				if _, err := xmltree.Parse(bytes.NewReader(data)); err != nil {
					t.Errorf("%s of %s: %v", f.Name, name, err)
				}
			}
			if strings.Contains(f.MediaType, "json") && !json.Valid(data) {
				t.Errorf("%s of %s is no JSON", f.Name, name)
			}
		}
	}
	if _, ok := export.Find("pdf"); ok {
		t.Error("a format that is none")
	}
}
