package collection

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
)

func register(t *testing.T) *Register {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	n := 0
	return &Register{Records: c, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }, NewID: func() string { n++; return strconv.Itoa(n) }}
}

func TestCollections(t *testing.T) {
	r, ctx := register(t), context.Background()
	for kind, bad := range map[greyshelf.Kind]Collection{
		greyshelf.Forbidden: {Name: "Nobody's"},
		greyshelf.Invalid:   {Owner: "anna", Name: " \n\x00"},
		greyshelf.TooLarge:  {Owner: "anna", Name: "Too many", Reports: numbers(MostReports + 1)},
	} {
		if _, err := r.Put(ctx, bad); greyshelf.KindOf(err) != kind {
			t.Errorf("%s: %v, want %v", bad.Name, err, kind)
		}
	}
	if _, err := r.Put(ctx, Collection{Owner: "anna", Name: strings.Repeat("ä", longestName+1)}); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a long name: %v", err)
	}
	c, err := r.Put(ctx, Collection{Owner: "anna", Name: "Wells\r\nand <b>rivers</b>", Reports: []string{"a", "b", "a"}, Shared: []string{"ben"}})
	if err != nil || c.Name != "Wells and <b>rivers</b>" {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := r.Add(ctx, "ben", c.ID, "c", "a"); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Take(ctx, "anna", c.ID, "b"); err != nil || cmp.Diff([]string{"a", "c"}, got.Reports) != "" {
		t.Errorf("%v, %v", got.Reports, err)
	}
	for person, want := range map[string]int{"anna": 1, "ben": 1, "carl": 0, "": 0} {
		if got, err := r.Of(ctx, person); err != nil || len(got) != want {
			t.Errorf("%q has %d, %v", person, len(got), err)
		}
		_, err := r.Collection(ctx, person, c.ID)
		if want == 0 && greyshelf.KindOf(err) != greyshelf.NotFound || want == 1 && err != nil {
			t.Errorf("%q: %v", person, err)
		}
	}
	if err := r.Drop(ctx, "ben", c.ID); greyshelf.KindOf(err) != greyshelf.Forbidden {
		t.Errorf("ben drops anna's: %v", err)
	}
	if err := r.Drop(ctx, "anna", c.ID); err != nil {
		t.Error(err)
	}
	if got, _ := r.Of(ctx, "ben"); len(got) != 0 {
		t.Errorf("%+v is still there", got)
	}
}

// TestTwoFill: what two people put in at the same time is all there.
func TestTwoFill(t *testing.T) {
	r, ctx := register(t), context.Background()
	c, err := r.Put(ctx, Collection{Owner: "anna", Name: "Wells", Shared: []string{"ben"}})
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for _, person := range []string{"anna", "ben"} {
		both.Go(func() {
			for i := range 20 {
				if _, err := r.Add(ctx, person, c.ID, fmt.Sprint(person, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if got, err := r.Collection(ctx, "anna", c.ID); err != nil || len(got.Reports) != 40 {
		t.Errorf("%d reports, %v", len(got.Reports), err)
	}
}

func numbers(n int) []string {
	var all []string
	for i := range n {
		all = append(all, strconv.Itoa(i))
	}
	return all
}
