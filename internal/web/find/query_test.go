package find

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/search"
)

func TestRead(t *testing.T) {
	form, err := url.ParseQuery("q=+arms++&year=2016&year=2016&year=&publisher=A%26B&sort=upside&page=0&report=r1&unknown=x")
	if err != nil {
		t.Fatal(err)
	}
	got := read(form)
	want := query{text: "arms", facets: map[string][]string{"year": {"2016"}, "publisher": {"A&B"}}, only: "r1", sort: search.ByRelevance, page: 1}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(query{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestAddressesSayTheQuery checks that an address made of a query is read as
// the same query, and that choosing a value twice changes nothing.
func TestAddressesSayTheQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zé:"&=?#%+]{0,12}`).Draw(t, "text")
		name := rapid.SampledFrom(search.Facets()).Draw(t, "facet")
		one := rapid.StringMatching(`[ -~é]{1,8}`).Draw(t, "value")
		q := query{text: text, facets: map[string][]string{}, sort: rapid.SampledFrom([]search.Sort{search.ByRelevance, search.ByDate, search.ByTitle}).Draw(t, "sort"), page: 1}
		chosen := q.toggled(name, one)
		again, err := url.ParseQuery(chosen.values().Encode())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(chosen, read(again), cmp.AllowUnexported(query{})); diff != "" {
			t.Fatalf("(-made +read)\n%s", diff)
		}
		if diff := cmp.Diff(q, chosen.toggled(name, one), cmp.AllowUnexported(query{})); diff != "" {
			t.Fatalf("chosen twice: (-before +after)\n%s", diff)
		}
		if len(q.facets) != 0 {
			t.Fatal("choosing changed the query it was chosen in")
		}
	})
}
