package findings

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// A year that stands on a page three times is marked where the finding's box
// is; without a box, where it stands first.
func TestPlace(t *testing.T) {
	p := greyshelf.Page{Text: "2016 Ünder 2016 x 2016"}
	for i, span := range [][2]int{{0, 4}, {5, 10}, {11, 15}, {16, 17}, {18, 22}} {
		y := float64(i) / 10
		p.Words = append(p.Words, greyshelf.Word{Start: span[0], End: span[1], Box: greyshelf.Box{0.1, y, 0.2, y + 0.05}})
	}
	for _, c := range []struct {
		quote string
		box   greyshelf.Box
		want  string
	}{
		{"2016", greyshelf.Box{0.1, 0.2, 0.2, 0.25}, "11 15 true"},
		{"2016", greyshelf.Box{0.1, 0.4, 0.2, 0.45}, "18 22 true"},
		{"2016", greyshelf.Box{}, "0 4 true"},
		{"ünder  2016", greyshelf.Box{}, "5 15 true"},
		{"2017", greyshelf.Box{}, "0 0 false"},
		{"", greyshelf.Box{}, "0 0 false"},
	} {
		start, end, ok := place(p, greyshelf.Finding{Quote: c.quote, Box: c.box})
		if got := fmt.Sprint(start, end, ok); got != c.want {
			t.Errorf("%q in %v: %s, want %s", c.quote, c.box, got, c.want)
		}
	}
}

// The newest set of the file comes first, then what stands beside it, then the
// older ones; sets of the report's other files are on pages of their own.
func TestArranged(t *testing.T) {
	report := greyshelf.Report{Editions: []greyshelf.Edition{{Files: []greyshelf.File{{SHA256: "aa"}, {SHA256: "bb"}}}}}
	set := func(file, method string, findings ...greyshelf.Finding) greyshelf.FindingSet {
		return greyshelf.FindingSet{File: file, Method: method, Findings: findings}
	}
	title := greyshelf.Finding{Field: greyshelf.FieldTitle, Value: "lost", Confidence: 0.3}
	won := greyshelf.Finding{Field: greyshelf.FieldTitle, Value: "won", Confidence: 0.8, Chosen: true}
	date := greyshelf.Finding{Field: greyshelf.FieldDate, Value: "2016", Confidence: 0.97, Chosen: true}
	sets := []greyshelf.FindingSet{set("page", "landing@1", title), set("aa", "describe@1", title), set("bb", "describe@1", title), set("aa", "describe@2", date, title, won)}
	var got []string
	all := arranged(report, greyshelf.File{SHA256: "aa"}, sets, "/r/x/findings?file=aa")
	for _, s := range all {
		for _, g := range s.Groups {
			for _, f := range g.Findings {
				got = append(got, fmt.Sprint(s.Method, " ", s.Beside, " ", f.Link, " ", f.Value, " ", f.Percent, " ", f.Doubt))
			}
		}
	}
	want := []string{
		"describe@2 false /r/x/findings?file=aa&n=1#f-1 won 80 true", "describe@2 false /r/x/findings?file=aa&n=2#f-2 lost 30 false",
		"describe@2 false /r/x/findings?file=aa&n=3#f-3 2016 97 false",
		"landing@1 true /r/x/findings?file=aa&n=4#f-4 lost 30 false", "describe@1 false /r/x/findings?file=aa&n=5#f-5 lost 30 false",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if n := all[0].doubts(); n != 1 {
		t.Errorf("%d doubts", n)
	}
}
