package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

func twoHandles(t *testing.T, f *fixture) {
	other := f.open(t, f.dir)
	defer other.Close()
	f.put(t, full("a1"))
	r, err := other.Report(t.Context(), "a1")
	if err != nil {
		t.Fatal(err)
	}
	r.Title = "From the other side"
	if _, err := other.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{r}}); err != nil {
		t.Fatal(err)
	}
	if got := f.get(t, "a1").Title; got != "From the other side" {
		t.Errorf("got %q", got)
	}
}

func manyWriters(t *testing.T, f *fixture) {
	other := f.open(t, f.dir)
	defer other.Close()
	const writers, each = 4, 10
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			handle := []catalog.Catalog{f.Catalog, other}[w%2]
			for i := range each {
				r := greyshelf.Report{ID: fmt.Sprintf("w%d-%d", w, i), State: greyshelf.Published, Title: "x"}
				if _, err := handle.Commit(t.Context(), catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{r}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	changed, err := f.Changed(t.Context(), 0, 1000)
	if err != nil || len(changed) != writers*each {
		t.Errorf("%d changes, %v", len(changed), err)
	}
}

func reopen(t *testing.T, f *fixture) {
	stored, d := f.put(t, full("a1"))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f.Catalog = f.open(t, f.dir)
	if diff := cmp.Diff(stored[0], f.get(t, "a1")); diff != "" {
		t.Error(diff)
	}
	if got, err := f.Decision(t.Context(), d.ID); err != nil || !cmp.Equal(got, d) {
		t.Error(err, cmp.Diff(d, got))
	}
}

func backup(t *testing.T, f *fixture) {
	stored, _ := f.put(t, full("a1"))
	dir := t.TempDir()
	path := filepath.Join(dir, "catalog.sqlite")
	if err := f.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	want(t, f.Backup(t.Context(), path), greyshelf.Exists)
	f.put(t, full("b1"))
	copied := f.open(t, dir)
	defer copied.Close()
	got, err := copied.Report(t.Context(), "a1")
	if diff := cmp.Diff(stored[0], got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	_, err = copied.Report(t.Context(), "b1")
	want(t, err, greyshelf.NotFound)
}

func check(t *testing.T, f *fixture) {
	f.put(t, full("a1"))
	if defects, err := f.Check(t.Context()); err != nil || len(defects) != 0 {
		t.Errorf("%v, %v", defects, err)
	}
}

func cancelled(t *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Commit(ctx, catalog.Commit{Decision: f.decision(), Reports: []greyshelf.Report{full("a1")}})
	if err == nil || greyshelf.KindOf(err) == greyshelf.Internal {
		t.Errorf("got %v", err)
	}
	if got := f.ids(t, catalog.Filter{}); got != "" {
		t.Errorf("the catalogue holds %q", got)
	}
	for _, err := range f.Reports(ctx, catalog.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
