// Package searchtest is the suite that every backend of search.Index passes.
//
// It stands beside the stage search and is used by tests only: a backend calls
// [Run] with a function that opens it. It stores nothing of its own.
package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Open opens the index in the folder, which is empty at the first call of a
// test. A test may close it and open it again.
type Open func(t *testing.T, dir string) search.Index

// Run runs the suite.
func Run(t *testing.T, open Open) {
	tests := map[string]func(*testing.T, Open){
		"queries":     testQueries,
		"languages":   testLanguages,
		"facets":      testFacets,
		"names":       testNames,
		"grouping":    testGrouping,
		"order":       testOrder,
		"states":      testStates,
		"long report": testLongReport,
		"replace":     testReplace,
		"reopen":      testReopen,
		"marks":       testMarks,
		"suggest":     testSuggest,
		"concurrency": testConcurrency,
		"hostile":     testHostile,
		"ranking":     testRanking,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// start opens an index with the documents in it.
func start(t *testing.T, open Open, docs ...search.Document) search.Index {
	t.Helper()
	x := open(t, t.TempDir())
	t.Cleanup(func() { x.Close() })
	put(t, x, 1, docs...)
	return x
}

func put(t *testing.T, x search.Index, mark int64, docs ...search.Document) {
	t.Helper()
	if err := x.Put(context.Background(), docs, mark); err != nil {
		t.Fatal(err)
	}
}

// document makes a published report in a language with one page per text.
func document(id, title, language string, texts ...string) search.Document {
	d := search.Document{Report: greyshelf.Report{
		ID: id, State: greyshelf.Published, Title: title, Languages: []string{language},
	}}
	for i, text := range texts {
		d.Pages = append(d.Pages, search.IndexedPage{File: file(id), Index: i + 1, Text: text, Language: language})
	}
	return d
}

func file(id string) string { return fmt.Sprintf("%064s", id) }

// ask runs a query as text.
func ask(t *testing.T, x search.Index, text string, change ...func(*search.Request)) search.Result {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	r := search.Request{Query: q, Limit: 100}
	for _, c := range change {
		c(&r)
	}
	result, err := x.Search(context.Background(), r)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return result
}

// names gives the hits as "report/page", records as "report", in order.
func names(r search.Result) []string {
	var list []string
	for _, h := range r.Hits {
		name := h.Report
		if h.Page > 0 {
			name += fmt.Sprintf("/%d", h.Page)
		}
		list = append(list, name)
	}
	return list
}

// expect compares the hits, whatever their order, with names separated by
// spaces.
func expect(t *testing.T, x search.Index, text, want string) {
	t.Helper()
	got := names(ask(t, x, text))
	slices.Sort(got)
	wanted := strings.Fields(want)
	slices.Sort(wanted)
	if diff := cmp.Diff(wanted, got, cmp.Transformer("empty", func(s []string) string { return strings.Join(s, " ") })); diff != "" {
		t.Errorf("%s: (-want +got)\n%s", text, diff)
	}
}
