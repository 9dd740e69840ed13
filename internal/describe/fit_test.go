package describe

import (
	"bytes"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestFit learns from the layouts of which the truth is known: what was right
// gains, what was wrong loses, what was not tried stays; and the table that
// comes out describes them as well.
func TestFit(t *testing.T) {
	d := New()
	var lessons []Lesson
	for _, l := range layouts() {
		lessons = append(lessons, d.Learn(l.doc, func(f greyshelf.Finding) (is, known bool) {
			switch f.Field {
			case greyshelf.FieldTitle:
				return f.Value == l.want.Title, true
			case greyshelf.FieldDate:
				return false, true // as if every date were wrong
			}
			return false, false
		}))
	}
	fitted, err := NewWith(bytes.NewReader(Fit(lessons)))
	if err != nil {
		t.Fatal(err)
	}
	before, after := d.knowledge.weights, fitted.knowledge.weights
	if after["date-cover@1"].confidence >= before["date-cover@1"].confidence-0.1 {
		t.Errorf("what was wrong did not lose: %.2f, %.2f", before["date-cover@1"].confidence, after["date-cover@1"].confidence)
	}
	if after["licence@1"] != before["licence@1"] || len(after) != len(before) || len(fitted.knowledge.points) != len(d.knowledge.points) {
		t.Error("what was not tried changed")
	}
	for _, l := range layouts() {
		if got := fitted.Describe(l.doc).chosen(greyshelf.FieldTitle).Value; got != l.want.Title {
			t.Errorf("%s: the fitted table gives the title %q", l.name, got)
		}
	}
}
