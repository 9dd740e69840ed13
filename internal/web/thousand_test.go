package web

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
)

// BenchmarkThousand asks for lists of a thousand entries in their forms and
// for the feeds; each should take less than 100 ms.
func BenchmarkThousand(b *testing.B) {
	const n = 1000
	c, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close() })
	commit := catalog.Commit{Decision: greyshelf.Decision{ID: "filled", At: time.Unix(1e9, 0), Who: "bench", Method: greyshelf.ByAdd}}
	for i := range n {
		r := formattest.Full()
		r.ID, r.Entry, r.Title, r.State = fmt.Sprintf("r%06d", i), nil, fmt.Sprint("Report ", i), greyshelf.Published
		r.Abstract = strings.Repeat("What the report says of itself, in some hundred words. ", 15)
		commit.Reports = append(commit.Reports, r)
	}
	if _, err := c.Commit(b.Context(), commit); err != nil {
		b.Fatal(err)
	}
	handler := New(Library{Catalog: c}, Options{})
	for name, path := range map[string]string{
		"list/page": "/list", "list/seed": "/list?as=seed", "list/markdown": "/list?as=markdown", "list/html": "/list?as=html", "list/json": "/list?as=json",
		"feed/atom": "/feed/atom", "feed/rss": "/feed/rss", "feed/json": "/feed/json", "sitemap": "/sitemap/1",
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
				if w.Code != 200 || w.Body.Len() < 10_000 {
					b.Fatalf("%s: status %d, %d bytes", path, w.Code, w.Body.Len())
				}
				b.ReportMetric(float64(w.Body.Len())/1024, "KB")
			}
		})
	}
}
