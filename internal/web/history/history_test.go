package history

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestReadable(t *testing.T) {
	for data, want := range map[string]string{
		`null`: "", `""`: "", `"text"`: "text", `["en","fr"]`: "en\nfr", `7`: "7", `true`: "true", `{`: "{",
		`{"printed":"May 2009","edtf":"2009-05"}`:                                    "May 2009 · 2009-05",
		`{"printed":"2012","edtf":"2012"}`:                                           "2012",
		`[{"scheme":"doi","value":"10.1000/182"}]`:                                   "doi · 10.1000/182",
		`[{"kind":"person","name":"Ada","family":"A","role":"author"},{"name":"B"}]`: "Ada · author\nB",
		`{"unknown":"x"}`: "",
	} {
		if got := readable(json.RawMessage(data)); got != want {
			t.Errorf("%s: got %q, want %q", data, got, want)
		}
	}
	if got := readable(json.RawMessage(`"` + strings.Repeat("é", 5000) + `"`)); utf8.RuneCountInString(got) != mostShown+1 {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
}

// TestUndone checks which decisions count as taken back: an undo that was
// itself undone does not.
func TestUndone(t *testing.T) {
	decisions := []greyshelf.Decision{ // newest first
		{ID: "d4", Undoes: "d3"}, {ID: "d3", Undoes: "d2"}, {ID: "d2", Changes: []greyshelf.Change{{Field: "entry"}, {Field: "title", After: json.RawMessage(`"T"`)}}}, {ID: "d1"},
	}
	got := map[string]bool{}
	for _, d := range shown(decisions) {
		got[d.ID] = d.Undone
		if d.ID == "d2" && len(d.Changes) != 1 {
			t.Errorf("%d changes are shown, want that of the title alone", len(d.Changes))
		}
	}
	if diff := cmp.Diff(map[string]bool{"d4": false, "d3": true, "d2": false, "d1": false}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
