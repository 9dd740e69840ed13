package bibtex

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/format/csl"
)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab \\{}@,=#$%&_~^\"é🜚ع<")))
		plain := func(label string) string { return strings.Join(strings.Fields(text.Draw(t, label)), " ") }
		want := csl.Item{
			Type: csl.TypeReport, Title: plain("title"), Publisher: plain("publisher"), Abstract: plain("abstract"), Number: csl.Text(plain("number")),
			Author: []csl.Name{{NonDropping: "van der", Family: "Berg", Given: "Lynn", Suffix: "Jr."}, {Literal: "Fish and Wildlife, Ltd"}},
			Issued: &csl.Date{Parts: [][]csl.Number{{2016, 10, 19}}}, URL: "https://example.org/a_b?c=%20#d", Custom: &csl.Custom{EtAl: true},
		}
		var out bytes.Buffer
		if err := Write(&out, []csl.Item{want, want}); err != nil {
			t.Fatal(err)
		}
		got, err := Read(&out)
		if err != nil || len(got) != 2 || got[0].ID == got[1].ID {
			t.Fatal(got, err)
		}
		got[0].ID = ""
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRead(t *testing.T) {
	items, err := Read(strings.NewReader("@string{o = \"Oasis\"}\n@comment{x}\n@report{a, title = {M{\\\"u}ller \\'{e}t\\'e}, institution = o # { Int}, month = may, year = 2012, author = \"von Last, Jr, First and others\"}\n@book{broken, title = {never\n@misc{b, title={B}}\n"))
	if err == nil || !strings.Contains(err.Error(), "entry 2") || len(items) != 2 {
		t.Fatal(items, err)
	}
	want := csl.Item{ID: "a", Type: csl.TypeReport, Title: "Müller été", Publisher: "Oasis Int", Issued: &csl.Date{Parts: [][]csl.Number{{2012, 5}}},
		Author: []csl.Name{{NonDropping: "von", Family: "Last", Given: "First", Suffix: "Jr"}}, Custom: &csl.Custom{EtAl: true}}
	if diff := cmp.Diff(want, items[0]); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("@report{a, title = {M{\\\"u}ller} # x, author = \"A and B\"}")
	f.Fuzz(func(t *testing.T, text string) {
		items, _ := Read(strings.NewReader(text))
		for _, it := range items {
			csl.ToReport(it)
		}
	})
}
