// Package ranktest measures how well an index ranks, on public collections
// with relevance judgements.
//
// It stands beside the stage search and is used by tests and measurements
// only. It stores nothing.
package ranktest

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Collection is documents, queries and judgements.
type Collection struct {
	Documents []search.Document         // one report of one page each, without a title
	Queries   []Query                   // in the order of the file
	Judged    map[string]map[string]int // query → document → how relevant, from 0
}

// Query is a question in plain words.
type Query struct{ ID, Text string }

// Read reads a collection from a folder with docs.jsonl (id, text),
// queries.tsv (id, text) and qrels.tsv (query, document, grade).
func Read(t testing.TB, dir string) Collection {
	t.Helper()
	c := Collection{Judged: map[string]map[string]int{}}
	lines(t, filepath.Join(dir, "docs.jsonl"), func(line string) error {
		var doc struct {
			ID   json.Number `json:"id"`
			Text string      `json:"text"`
		}
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			return err
		}
		id := doc.ID.String()
		c.Documents = append(c.Documents, search.Document{
			Report: greyshelf.Report{ID: id, State: greyshelf.Published, Languages: []string{"en"}},
			Pages:  []search.IndexedPage{{File: strings.Repeat("0", 64), Index: 1, Text: doc.Text, Language: "en"}},
		})
		return nil
	})
	lines(t, filepath.Join(dir, "queries.tsv"), func(line string) error {
		id, text, _ := strings.Cut(line, "\t")
		c.Queries = append(c.Queries, Query{id, text})
		return nil
	})
	lines(t, filepath.Join(dir, "qrels.tsv"), func(line string) error {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			return fmt.Errorf("judgement %q", line)
		}
		grade, err := strconv.Atoi(fields[2])
		if c.Judged[fields[0]] == nil {
			c.Judged[fields[0]] = map[string]int{}
		}
		c.Judged[fields[0]][fields[1]] = grade
		return err
	})
	return c
}

func lines(t testing.TB, path string, use func(line string) error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		if err := use(scanner.Text()); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
}

// NDCG gives the mean of the normalised discounted cumulated gain of the first
// ten hits (Järvelin and Kekäläinen 2002; the gain is the grade) over the
// judged queries. The words of a query are alternatives.
func (c Collection) NDCG(t testing.TB, x search.Index) float64 {
	t.Helper()
	sum, n := 0.0, 0
	for _, asked := range c.Queries {
		judged := c.Judged[asked.ID]
		ideal := gain(slices.SortedFunc(values(judged), func(a, b int) int { return cmp.Compare(b, a) }))
		if ideal == 0 {
			continue
		}
		result, err := x.Search(context.Background(), search.Request{Query: words(asked.Text), Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var grades []int
		for _, hit := range result.Hits {
			grades = append(grades, judged[hit.Report])
		}
		sum += gain(grades) / ideal
		n++
	}
	return sum / float64(n)
}

func values(judged map[string]int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for _, grade := range judged {
			if !yield(grade) {
				return
			}
		}
	}
}

// words makes alternatives out of a question.
func words(text string) query.Query {
	var list []query.Query
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	for _, word := range strings.FieldsFunc(text, apart) {
		list = append(list, query.Word{Text: word})
	}
	return query.Or{Of: list}
}

// gain gives the discounted cumulated gain of the first ten grades.
func gain(grades []int) float64 {
	sum := 0.0
	for i, grade := range grades[:min(len(grades), 10)] {
		sum += float64(max(grade, 0)) / math.Log2(float64(i)+2)
	}
	return sum
}
