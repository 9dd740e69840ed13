package endnote

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
)

type form struct {
	write func(io.Writer, []csl.Item) error
	read  func(io.Reader) ([]csl.Item, error)
}

func forms() map[string]form {
	return map[string]form{"tagged": {Write, Read}, "XML": {WriteXML, ReadXML}}
}

// carried takes off what the format has no place for.
func carried(item csl.Item) csl.Item {
	etAl, keywords := item.Custom != nil && item.Custom.EtAl, item.Keywords()
	item.Custom, item.License = nil, ""
	item.SetKeywords(keywords)
	if etAl {
		item.SetEtAl()
	}
	if item.Issued.EDTF() == "" {
		item.Issued = nil
	}
	item.Abstract = greyshelf.OneLine(item.Abstract)
	return item
}

func TestRoundTrip(t *testing.T) {
	for name, form := range forms() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				want := carried(csl.FromReport(formattest.Draw(t), ""))
				var out bytes.Buffer
				if err := form.write(&out, []csl.Item{want, want}); err != nil {
					t.Fatal(err)
				}
				got, err := form.read(&out)
				if err != nil || len(got) != 2 {
					t.Fatal(len(got), err)
				}
				if diff := cmp.Diff(want, got[1]); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestNoBreakOut(t *testing.T) {
	for name, form := range forms() {
		for _, br := range []string{"\r\n", "\n", "\r", "\u2028", "\u0085", "\v"} {
			var out bytes.Buffer
			if err := form.write(&out, []csl.Item{{Title: "a" + br + "%0 Book" + br + "</title>%T b"}}); err != nil {
				t.Fatal(err)
			}
			items, err := form.read(&out)
			if err != nil || len(items) != 1 || items[0].Title != "a %0 Book </title>%T b" {
				t.Errorf("%s %q: %v %v", name, br, items, err)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("%0 Report\n%A A, B\n%8 May 2012\nmore\n%T x")
	f.Add("<xml><records><record><titles><title><style>A</style></title></titles></record></records></xml>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range forms() {
			items, err := form.read(strings.NewReader(text))
			if err != nil {
				continue
			}
			for _, it := range items {
				csl.ToReport(it)
			}
		}
	})
}
