package coins_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/coins"
)

func TestTitle(t *testing.T) {
	r := greyshelf.Report{
		Title: "Wells & “Rivers” <b>", Date: greyshelf.Date{EDTF: "2016-05"}, Extent: greyshelf.Extent{Pages: 12},
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author}, {Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis International"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis Press"}, Role: greyshelf.Publisher},
		},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}},
	}
	got, err := url.ParseQuery(coins.Title(r, "https://l.example/r/1"))
	want := url.Values{
		"ctx_ver": {"Z39.88-2004"}, "rft_val_fmt": {"info:ofi/fmt:kev:mtx:book"}, "rft.genre": {"report"}, "rft.btitle": {"Wells & “Rivers” <b>"},
		"rft.aulast": {"Vega"}, "rft.aufirst": {"Rosa"}, "rft.au": {"Rosa Vega"}, "rft.aucorp": {"Oasis International"}, "rft.pub": {"Oasis Press"},
		"rft.date": {"2016-05"}, "rft.tpages": {"12"}, "rft_id": {"info:doi/10.1000/182", "https://l.example/r/1"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// TestNothingEscapes: no text adds a key of its own.
func TestNothingEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got, err := url.ParseQuery(coins.Title(greyshelf.Report{Title: text, Series: text}, "https://l.example/r/1"))
		if err != nil || len(got) > 6 {
			t.Fatal(err, got)
		}
	})
}
