package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
)

// page is one page of the corpus.
type page struct {
	Report    int    `json:"report"`
	Page      int    `json:"page"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Year      int    `json:"year"`
	Text      string `json:"text"`
}

// corpus is the pages in order of their reports.
type corpus struct {
	pages   []page
	reports int
	bytes   int
	first   int // pages before the first repetition
}

// read reads so many pages, beginning again with new report numbers where the
// file ends.
func read(path string, pages int) (*corpus, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return nil, err
	}
	c := &corpus{}
	decoder := json.NewDecoder(unzipped)
	for decoder.More() && len(c.pages) < pages {
		var p page
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		c.pages = append(c.pages, p)
	}
	c.first = len(c.pages)
	highest := 0
	for _, p := range c.pages {
		highest = max(highest, p.Report)
	}
	for i := 0; len(c.pages) < pages; i++ {
		again := c.pages[i]
		again.Report += highest
		c.pages = append(c.pages, again)
	}
	slices.SortStableFunc(c.pages, func(a, b page) int { return a.Report - b.Report })
	seen := map[int]bool{}
	for _, p := range c.pages {
		seen[p.Report] = true
		c.bytes += len(p.Text)
	}
	c.reports = len(seen)
	return c, nil
}

// classes gives the classes of queries in the order of the table.
func classes() []string {
	return []string{"common term", "rare term", "three terms AND", "three terms OR, snippets", "phrase", "prefix", "common term, facets"}
}

const perClass = 20

// functionWords are English words of five letters and more that an engine may
// pass over.
const functionWords = `about above after again against because before being below between could doing during
	further having herself himself itself myself other ought ourselves shall should their theirs them themselves there
	these those through under until where which while would yours yourself yourselves`

// choose makes the queries of each class from the words of the first pages: by
// how many pages they stand on, and at even distances in the alphabet.
func choose(c *corpus) map[string][]string {
	sample := c.pages[:min(c.first, 40_000)]
	df := map[string]int{}
	stop := map[string]bool{}
	for _, w := range strings.Fields(functionWords) {
		stop[w] = true
	}
	for _, p := range sample {
		seen := map[string]bool{}
		for _, w := range words(p.Text) {
			if !seen[w] && !stop[w] {
				seen[w] = true
				df[w]++
			}
		}
	}
	share := func(low, high float64) []string {
		var list []string
		for w, n := range df {
			if s := float64(n) / float64(len(sample)); len(w) >= 5 && s >= low && s < high {
				list = append(list, w)
			}
		}
		slices.Sort(list)
		return list
	}
	common, middle, rare := share(0.08, 0.4), share(0.02, 0.08), share(0, 8/float64(len(sample)))
	asked := map[string][]string{}
	for i := range perClass {
		at := func(list []string, step int) string { return list[(i+step)*len(list)/(perClass+3)] }
		a, b, d := at(common, 0), at(common, 1), at(middle, 2)
		asked["common term"] = append(asked["common term"], a)
		asked["rare term"] = append(asked["rare term"], at(rare, 0))
		asked["three terms AND"] = append(asked["three terms AND"], a+" "+b+" "+d)
		asked["three terms OR, snippets"] = append(asked["three terms OR, snippets"], a+" OR "+b+" OR "+d)
		asked["phrase"] = append(asked["phrase"], pair(sample[i*len(sample)/perClass].Text, df))
		asked["prefix"] = append(asked["prefix"], string([]rune(at(middle, 0))[:4])+"*")
		asked["common term, facets"] = append(asked["common term, facets"], a)
	}
	return asked
}

// pair gives the two neighbouring words of the text that are most frequent
// together, neither of them short.
func pair(text string, df map[string]int) string {
	best, worth := "", 0
	list := words(text)
	for i := 1; i < len(list); i++ {
		if n := min(df[list[i-1]], df[list[i]]); len(list[i-1]) >= 5 && len(list[i]) >= 5 && n > worth && strings.Contains(strings.ToLower(text), list[i-1]+" "+list[i]) {
			best, worth = list[i-1]+" "+list[i], n
		}
	}
	return fmt.Sprintf("%q", best)
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}
