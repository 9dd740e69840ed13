package ris

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/format/csl"
)

func TestRoundTrip(t *testing.T) {
	want := []csl.Item{{
		ID: "a", Type: csl.TypeReport, Title: "Braces } \\ and 🜚", Author: []csl.Name{{NonDropping: "van der", Family: "Berg", Given: "Lynn", Suffix: "Jr."}, {Literal: "Oasis International"}},
		Publisher: "Oasis", Issued: &csl.Date{Parts: [][]csl.Number{{2016, 10, 19}}}, Number: "RR-1", DOI: "10.1000/x", Keyword: "Water, Law", NumberOfPages: "81", Language: "fr", URL: "https://example.org/a",
	}, {ID: "b", Type: csl.TypeSpeech, Title: "No author", Issued: &csl.Date{Parts: [][]csl.Number{{2015}}, Season: 4}}}
	var out bytes.Buffer
	if err := Write(&out, want); err != nil {
		t.Fatal(err)
	}
	got, err := Read(&out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoBreakOut(t *testing.T) {
	for _, br := range []string{"\r\n", "\n", "\r", "\u2028", "\u0085", "\v"} {
		var out bytes.Buffer
		if err := Write(&out, []csl.Item{{Title: "a" + br + "ER  - " + br + "TY  - BOOK"}}); err != nil {
			t.Fatal(err)
		}
		items, err := Read(&out)
		if err != nil || len(items) != 1 || items[0].Title != "a ER - TY - BOOK" {
			t.Errorf("%q: %v %v", br, items, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("TY  - RPRT\nAU  - A, B\nPY  - 2016/1/2/x\nmore\nER  - ")
	f.Fuzz(func(t *testing.T, text string) {
		items, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, it := range items {
			csl.ToReport(it)
		}
	})
}
