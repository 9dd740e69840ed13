package search_test

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// shelf is a catalogue and a page store in memory: as much of either as the
// stage reads.
type shelf struct {
	pages.Store
	catalog.Reader
	reports map[string]greyshelf.Report
	marks   map[string]int64
	texts   map[string][]greyshelf.Page
	mark    int64
	reads   int
}

func newShelf() *shelf {
	return &shelf{reports: map[string]greyshelf.Report{}, marks: map[string]int64{}, texts: map[string][]greyshelf.Page{}}
}

// add puts a report with one file on the shelf.
func (s *shelf) add(r greyshelf.Report, texts ...string) {
	if r.State == "" {
		r.State = greyshelf.Published
	}
	if len(texts) > 0 {
		sha := fmt.Sprintf("%064s", r.ID)
		r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: sha, Text: "v1", Pages: len(texts)}}}}
		s.texts[sha] = nil
		for i, text := range texts {
			s.texts[sha] = append(s.texts[sha], greyshelf.Page{Index: i + 1, Label: fmt.Sprintf("p%d", i+1), Text: text})
		}
	}
	s.mark++
	s.reports[r.ID], s.marks[r.ID] = r, s.mark
}

func (s *shelf) Report(_ context.Context, id string) (greyshelf.Report, error) {
	r, ok := s.reports[id]
	if !ok {
		return r, greyshelf.E(greyshelf.NotFound, "read report", id, nil)
	}
	return r, nil
}

func (s *shelf) Count(context.Context, catalog.Filter) (int, error) { return len(s.reports), nil }

func (s *shelf) Changed(_ context.Context, after int64, limit int) ([]catalog.Changed, error) {
	var list []catalog.Changed
	for id, mark := range s.marks {
		if mark > after {
			list = append(list, catalog.Changed{Report: id, Mark: mark})
		}
	}
	slices.SortFunc(list, func(a, b catalog.Changed) int { return int(a.Mark - b.Mark) })
	return list[:min(len(list), limit)], nil
}

func (s *shelf) Page(_ context.Context, sha, version string, index int) (greyshelf.Page, error) {
	if list := s.texts[sha]; version == "v1" && index <= len(list) {
		return list[index-1], nil
	}
	return greyshelf.Page{}, greyshelf.E(greyshelf.NotFound, "read page", sha, nil)
}

func (s *shelf) Pages(_ context.Context, sha, version string) iter.Seq2[greyshelf.Page, error] {
	s.reads++
	return func(yield func(greyshelf.Page, error) bool) {
		for _, p := range s.texts[sha] {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// opened gives a service and an indexer over the shelf, and an index in a new
// folder.
func opened(t *testing.T, s *shelf) (*search.Service, *search.Indexer) {
	t.Helper()
	x, err := bleve.Open(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	indexer := &search.Indexer{Index: x, Catalog: s, Pages: s}
	if err := indexer.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return &search.Service{Index: x, Catalog: s, Pages: s}, indexer
}

func ask(t *testing.T, s *search.Service, a search.Ask) search.Answer {
	t.Helper()
	answer, err := s.Search(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestAnswer(t *testing.T) {
	s := newShelf()
	s.add(greyshelf.Report{ID: "iran", Title: "Sanctions", Languages: []string{"en"}, Abstract: "On banks and embargoes."},
		"Front matter", "They said that the\nembargo would hold.")
	service, _ := opened(t, s)
	got := ask(t, service, search.Ask{Text: "embargo"})
	got.Facets = nil
	for i := range got.Hits {
		got.Hits[i].Score = 0
	}
	want := search.Answer{TotalReports: 1, TotalPages: 1, Hits: []search.Hit{
		{Report: "iran", Title: "Sanctions", Snippet: "On banks and embargoes.", Marks: [][2]int{{13, 22}}, Found: 1},
		{Report: "iran", Title: "Sanctions", File: fmt.Sprintf("%064s", "iran"), Page: 2, Label: "p2",
			Snippet: "They said that the embargo would hold.", Marks: [][2]int{{19, 26}}, Found: 1},
	}}
	slices.SortFunc(got.Hits, func(a, b search.Hit) int { return a.Page - b.Page })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if bare := ask(t, service, search.Ask{Text: "embargo", Bare: true}); bare.Hits[0].Snippet != "" {
		t.Errorf("bare: got a snippet %q", bare.Hits[0].Snippet)
	}
}

func TestRightsOfReaders(t *testing.T) {
	s := newShelf()
	long := strings.Repeat("reserved words ", 100)
	s.add(greyshelf.Report{ID: "open", Title: "T", Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}}, "words")
	s.add(greyshelf.Report{ID: "reserved", Title: "T", Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved}}, long)
	s.add(greyshelf.Report{ID: "link", Title: "T", Rights: greyshelf.Rights{Access: greyshelf.AccessLink}}, "words")
	s.add(greyshelf.Report{ID: "embargo", Title: "T", Rights: greyshelf.Rights{Access: greyshelf.AccessEmbargo}}, "words")
	s.add(greyshelf.Report{ID: "draft", Title: "T", State: greyshelf.Draft}, "words")
	service, _ := opened(t, s)
	type seen struct{ Snippet, Open bool }
	for role, want := range map[rights.Role]map[string]seen{
		rights.Anonymous: {"open": {true, true}, "reserved": {true, false}, "link": {false, false}},
		rights.Librarian: {"open": {true, true}, "reserved": {true, true}, "link": {true, true}, "embargo": {true, true}, "draft": {true, true}},
	} {
		answer := ask(t, service, search.Ask{Text: "words", Reader: rights.Reader{Role: role}})
		got := map[string]seen{}
		for _, hit := range answer.Hits {
			got[hit.Report] = seen{hit.Snippet != "", hit.Open}
			if n := utf8.RuneCountInString(hit.Snippet); n > rights.SnippetLength {
				t.Errorf("%s: a snippet of %d characters", hit.Report, n)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("role %d: (-want +got)\n%s", role, diff)
		}
		if answer.TotalReports != len(want) {
			t.Errorf("role %d: counts %d reports, want %d", role, answer.TotalReports, len(want))
		}
	}
}

func TestSuggestion(t *testing.T) {
	s := newShelf()
	for i := range 5 {
		s.add(greyshelf.Report{ID: fmt.Sprint("r", i), Title: "Nuclear sanctions", Languages: []string{"en"}}, "nuclear sanctions and government")
	}
	service, _ := opened(t, s)
	for text, want := range map[string]string{
		"nuclaer sanctions":        "nuclear sanctions",
		`"nuclear" goverment`:      `"nuclear" government`,
		"nuclear":                  "",
		"qqqqqqq":                  "",
		"title:nucler OR sanctons": "title:nuclear OR sanctions",
	} {
		if got := ask(t, service, search.Ask{Text: text}).Suggestion; got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestMarksOnPage(t *testing.T) {
	service, _ := opened(t, newShelf())
	got, err := service.MarksOnPage(context.Background(), "state -x", greyshelf.Page{Text: "The states’ x"}, "en")
	if diff := cmp.Diff([][2]int{{4, 10}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

func TestIndexer(t *testing.T) {
	ctx, s := context.Background(), newShelf()
	for i := range 250 {
		s.add(greyshelf.Report{ID: fmt.Sprint("r", i), Title: "Report"}, "word")
	}
	service, indexer := opened(t, s)
	count := func(want int) {
		t.Helper()
		if got := ask(t, service, search.Ask{Text: "word"}).TotalReports; got != want {
			t.Errorf("got %d reports, want %d", got, want)
		}
	}
	count(250)
	s.reads = 0
	if err := indexer.Run(ctx, nil); err != nil || s.reads != 0 {
		t.Errorf("nothing changed: %v, %d files read", err, s.reads)
	}
	delete(s.reports, "r7")
	s.mark++
	s.marks["r7"] = s.mark
	s.add(greyshelf.Report{ID: "r8", Title: "Report"}, "other")
	var steps [][2]int
	if err := indexer.Run(ctx, func(done, total int) { steps = append(steps, [2]int{done, total}) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][2]int{{2, 2}}, steps); diff != "" {
		t.Errorf("progress: (-want +got)\n%s", diff)
	}
	count(248)
	if err := indexer.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	count(248)
	if mark, err := indexer.Index.Mark(ctx); mark != s.mark || err != nil {
		t.Errorf("mark: got %d, %v; want %d", mark, err, s.mark)
	}
}

func TestSortTitle(t *testing.T) {
	for _, test := range []struct{ title, language, want string }{
		{"The Road", "en", "road"}, {"A “Road”", "", "road”"}, {"«Les Routes»", "fr", "routes»"}, {"L’Accord", "fr", "accord"},
		{"El camino", "es-MX", "camino"}, {"Die Straße", "de", "straße"}, {"Die Another Day", "en", "die another day"},
		{"الأمن", "ar", "أمن"}, {"Дорога", "ru", "дорога"}, {"The", "en", "the"}, {"", "", ""},
	} {
		if got := search.SortTitle(test.title, test.language); got != test.want {
			t.Errorf("SortTitle(%q, %q): got %q, want %q", test.title, test.language, got, test.want)
		}
	}
}
