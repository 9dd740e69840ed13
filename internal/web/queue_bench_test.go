package web

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
)

// BenchmarkQueue opens the queue and the record of a report in the middle of
// it, of a hundred thousand drafts; each should take less than 100 ms.
func BenchmarkQueue(b *testing.B) {
	const n, each = 100_000, 5_000
	c, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close() })
	pageStore, err := pagessqlite.Open(b.Context(), filepath.Join(b.TempDir(), "pages.sqlite"), pagessqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = pageStore.Close() })
	sha := func(n int) string { return fmt.Sprintf("%064x", n) }
	if err := pageStore.Put(b.Context(), sha(n/2), "v1", pagesOf("open")); err != nil {
		b.Fatal(err)
	}
	for from := 0; from < n; from += each {
		commit := catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("filled", from), At: time.Unix(1e9, 0), Who: "bench", Method: greyshelf.ByAdd}}
		for i := range each {
			r := described(greyshelf.Report{ID: fmt.Sprintf("r%06d", from+i), State: greyshelf.Draft}, sha(from+i))
			commit.Reports = append(commit.Reports, r)
		}
		if _, err := c.Commit(b.Context(), commit); err != nil {
			b.Fatal(err)
		}
	}
	l := &library{handler: New(Library{Catalog: c, Pages: pageStore, Desk: &curate.Desk{Catalog: c}}, Options{Hosts: []string{publicHost}, Now: time.Now, Secret: secret})}
	for name, path := range map[string]string{"list": "/queue", "record": "/queue/r050000", "narrowed": "/queue/r050000?state=draft&language=en"} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if w := l.ask(librarian, path, nil); w.Code != 200 {
					b.Fatalf("%s: status %d, %s", path, w.Code, w.Body.String())
				}
			}
		})
	}
}
