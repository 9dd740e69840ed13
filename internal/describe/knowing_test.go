package describe

import (
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestKnowing reads a report of a body that nobody but the library knows, and
// gives the form that the library prefers.
func TestKnowing(t *testing.T) {
	doc := paper([]ink{
		{text: "Tidewater", size: 11, y: 0.05}, {text: "The Papers of the Port", size: 28, bold: true, y: 0.3},
	}, prose(english))
	if got := New().Describe(doc).values(greyshelf.FieldPublisher); len(got) != 0 {
		t.Errorf("a lone word became the publisher %q", got)
	}
	knowing := New().Knowing([]Body{{Name: "Tidewater Institute", Forms: []string{"Tidewater"}}})
	found := knowing.Describe(doc).Chosen(greyshelf.FieldPublisher)
	if len(found) != 1 || found[0].Value != "Tidewater Institute" || found[0].Quote != "Tidewater" {
		t.Errorf("%+v", found)
	}
}
