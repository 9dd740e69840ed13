package describe

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestNewWith(t *testing.T) {
	doc := coverOf(ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}, ink{text: "Report No. 2016-03", y: 0.8})
	table, err := os.ReadFile("words/weights.txt")
	if err != nil {
		t.Fatal(err)
	}
	with := func(weights string) Description {
		describer, err := NewWith(strings.NewReader(weights))
		if err != nil {
			t.Fatal(err)
		}
		return describer.Describe(doc)
	}
	if diff := cmp.Diff(New().Describe(doc), with(string(table))); diff != "" {
		t.Errorf("the program's own table gives another description:\n%s", diff)
	}
	d := with("# of one line\n\nnumber-label@1  0.42  behind its label\n")
	if got := d.chosen(greyshelf.FieldReportNumber).Confidence; got != 0.42 {
		t.Errorf("the number weighs %v, want 0.42", got)
	}
	if got := d.chosen(greyshelf.FieldTitle).Value; got != "Who Paid for the Works" && got != "" {
		t.Errorf("title %q", got)
	}
	for _, wrong := range []string{"number-label@1", "0.9  no name", "x  many  words", "x  NaN  no number", strings.Repeat("x", 100_000)} {
		if _, err := NewWith(strings.NewReader(wrong)); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%.40q: %v", wrong, err)
		}
	}
}
