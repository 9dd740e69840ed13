package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// thesaurus puts so many concepts into the catalogue, each but the first ten
// under one of those before it, with labels in three languages.
func (l *library) thesaurus(concepts int) {
	l.t.Helper()
	var records []catalog.Record
	for i := range concepts {
		a := greyshelf.Authority{ID: fmt.Sprintf("c%05d", i), Type: greyshelf.AuthorityConcept, Label: fmt.Sprintf("Concept number %d", i), Language: "en",
			Labels: map[string]string{"fr": fmt.Sprintf("Notion numéro %d", i), "ar": fmt.Sprintf("مفهوم %d", i)}, Variants: []string{fmt.Sprintf("Variant %d", i)}, URI: fmt.Sprintf("http://example.org/%d", i)}
		if i >= 10 {
			a.Broader = []string{fmt.Sprintf("c%05d", i/10)}
		}
		records = append(records, authority.Record(a, 0))
	}
	must(l.t, l.catalog.PutRecords(l.t.Context(), records...))
}

// BenchmarkSubjects measures the page of a tree of 10,000 concepts.
func BenchmarkSubjects(b *testing.B) {
	l := newLibrary(b)
	l.thesaurus(10_000)
	for _, path := range []string{"/subjects", "/browse", "/a/c00001"} {
		b.Run(strings.TrimPrefix(path, "/"), func(b *testing.B) {
			for b.Loop() {
				if w := l.ask(visitor, path, nil); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// TestLargeTree: of a vocabulary larger than the page the upper levels are all
// shown, and the rest can be reached.
func TestLargeTree(t *testing.T) {
	l := newLibrary(t)
	l.thesaurus(10_000)
	begun := time.Now()
	body := l.ask(visitor, "/subjects", nil).Body.String()
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	for i := range 1000 {
		if !strings.Contains(body, fmt.Sprintf(`href="/a/c%05d"`, i)) {
			t.Fatalf("concept %d is not there", i)
		}
	}
	if !strings.Contains(body, "larger than this page") || !strings.Contains(body, "More narrower ones") {
		t.Error("nothing says that there is more")
	}
}
