package ranktest

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

//go:embed testdata/*.txt
var embedded embed.FS

// Golden fills the index, which must be empty, with a tiny library and holds
// it to the hits expected of each query, in order (testdata/expected.txt).
func Golden(t *testing.T, x search.Index) {
	t.Helper()
	if err := x.Put(context.Background(), library(text(t, "library.txt")), 1); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(text(t, "expected.txt"), "\n") {
		asked, want, ok := strings.Cut(line, " =>")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		q, err := query.Parse(asked)
		if err != nil {
			t.Fatal(err)
		}
		result, err := x.Search(context.Background(), search.Request{Query: q, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(names(result.Hits), " "); got != strings.TrimSpace(want) {
			t.Errorf("%s\ngot  %s\nwant %s", asked, got, strings.TrimSpace(want))
		}
	}
}

func text(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(embedded, "testdata/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func names(hits []search.Found) []string {
	var list []string
	for _, h := range hits {
		name := h.Report
		if h.Page > 0 {
			name += fmt.Sprintf("/%d", h.Page)
		}
		list = append(list, name)
	}
	return list
}

// library reads reports out of the text.
func library(text string) []search.Document {
	var docs []search.Document
	for _, piece := range strings.Split(text, "\n= ")[1:] {
		head, body, _ := strings.Cut(piece, "\n")
		fields := strings.Split(head, " | ")
		d := search.Document{Report: greyshelf.Report{
			ID: fields[0], State: greyshelf.Published, Title: fields[1],
			Languages: []string{fields[2]}, Date: greyshelf.Date{EDTF: fields[3]},
		}}
		for i, page := range strings.Split(body, "\n--\n") {
			d.Pages = append(d.Pages, search.IndexedPage{
				File: fmt.Sprintf("%064s", fields[0]), Index: i + 1, Text: page, Language: fields[2],
			})
		}
		docs = append(docs, d)
	}
	return docs
}
