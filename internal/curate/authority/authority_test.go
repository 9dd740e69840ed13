package authority_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"The RAND Corporation": "rand corporation", "Fondation du Rivage": "fondation du rivage", "Élysée": "elysee", "U.S. Navy": "us navy",
		"Росатом": "росатом", "Theatre": "theatre", "  ": "", "O’Neill & Sons": "oneill sons", "İstanbul": "istanbul",
	} {
		if got := authority.Fold(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestAuthorities(t *testing.T) {
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "c.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	rand := greyshelf.Authority{ID: "a1", Type: greyshelf.AuthorityBody, Label: "RAND Corporation", Variants: []string{"RAND", "Rand Corp."}, Links: []greyshelf.Identifier{{Scheme: greyshelf.ROR, Value: "00f2z7n96"}}}
	place := greyshelf.Authority{ID: "a2", Type: greyshelf.AuthorityPlace, Label: "Randers"}
	if err := c.PutRecords(t.Context(), authority.Record(rand, 0), authority.Record(place, 0)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"the rand", "RAND CORPORATION", "Rand Corp"} {
		if got, err := authority.Named(t.Context(), c, name); err != nil || len(got) != 1 || !cmp.Equal(got[0], rand) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	if got, err := authority.Suggest(t.Context(), c, authority.Names, "Ránd", 10); err != nil || len(got) != 2 || got[0].ID != "a1" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := authority.Bodies(t.Context(), c); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	n := 0
	missing, err := authority.Missing(t.Context(), c, []greyshelf.Contribution{
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "The RAND Corporation"}}, {Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Tidewater"}},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "TIDEWATER"}}, {Agent: greyshelf.PersonFromName("Ada Writer")},
	}, func() string { n++; return fmt.Sprint("new", n) })
	want := []greyshelf.Authority{{ID: "new1", Type: greyshelf.AuthorityBody, Label: "Tidewater"}}
	if diff := cmp.Diff(want, missing); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
