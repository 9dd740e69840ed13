package history

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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
		if got := Readable(json.RawMessage(data)); got != want {
			t.Errorf("%s: got %q, want %q", data, got, want)
		}
	}
	if got := Readable(json.RawMessage(`"` + strings.Repeat("é", 50_000) + `"`)); utf8.RuneCountInString(got) != mostShown+1 {
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
	for _, d := range Shown(decisions) {
		got[d.ID] = d.Undone
		if d.ID == "d2" && len(d.Changes) != 1 {
			t.Errorf("%d changes are shown, want that of the title alone", len(d.Changes))
		}
	}
	if diff := cmp.Diff(map[string]bool{"d4": false, "d3": true, "d2": false, "d1": false}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestCompare checks that the pieces of either side are its value, and that
// what stays is the same on both.
func TestCompare(t *testing.T) {
	was, is := Compare("The water of the river is low", "The water of a great river is low now")
	wantWas := []Piece{{"The water of ", Stays}, {"the ", Gone}, {"river is ", Stays}, {"low", Gone}}
	wantIs := []Piece{{"The water of ", Stays}, {"a great ", Fresh}, {"river is ", Stays}, {"low now", Fresh}}
	if diff := cmp.Diff(wantWas, was) + cmp.Diff(wantIs, is); diff != "" {
		t.Error(diff)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab \n")))
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		was, is := Compare(before, after)
		if joined(was, Gone) != before || joined(is, Fresh) != after || joined(was) != joined(is) {
			t.Fatalf("%q %q: %v %v", before, after, was, is)
		}
	})
}

func joined(pieces []Piece, with ...Fate) string {
	text := ""
	for _, p := range pieces {
		if p.Kind == Stays || len(with) > 0 && p.Kind == with[0] {
			text += p.Text
		}
	}
	return text
}
