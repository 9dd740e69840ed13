package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// result is what was measured of one engine.
type result struct {
	name  string
	build time.Duration
	size  int64 // bytes on disk
	times map[string][]time.Duration
	found map[string]int // pages, over the queries of the class
}

// measure builds and asks: once to warm up, then rounds times.
func measure(ctx context.Context, e engine, c *corpus, asked map[string][]string, rounds int, dir string) (result, error) {
	r := result{name: e.name(), times: map[string][]time.Duration{}, found: map[string]int{}}
	before, start := size(dir), time.Now()
	if err := e.build(ctx, c); err != nil {
		return r, err
	}
	defer e.close()
	r.build = time.Since(start)
	log.Printf("%s: built in %s", e.name(), r.build.Round(time.Second))
	for class, texts := range asked {
		for _, text := range texts {
			n, err := e.ask(ctx, class, text)
			if err != nil {
				return r, err
			}
			r.found[class] += n
		}
		for range rounds {
			for _, text := range texts {
				start := time.Now()
				if _, err := e.ask(ctx, class, text); err != nil {
					return r, err
				}
				r.times[class] = append(r.times[class], time.Since(start))
			}
		}
	}
	r.size = size(dir) - before
	return r, nil
}

// size gives the bytes of all files under a folder.
func size(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if info, err := entry.Info(); err == nil {
				sum += info.Size()
			}
		}
		return nil
	})
	return sum
}

// measureXapian hands pages and queries to the script.
func measureXapian(ctx context.Context, c *corpus, asked map[string][]string, rounds int, dir string) (result, error) {
	r := result{name: "Xapian", times: map[string][]time.Duration{}}
	pages, queries, db := filepath.Join(dir, "pages.jsonl"), filepath.Join(dir, "queries.json"), filepath.Join(dir, "xapian")
	data, err := json.Marshal(asked)
	if err := errors.Join(err, os.WriteFile(queries, data, 0o600), writePages(pages, c)); err != nil {
		return r, err
	}
	command := exec.CommandContext(ctx, "/usr/bin/python3", "bench/search/measure_xapian.py", pages, queries, db, strconv.Itoa(rounds))
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return r, err
	}
	var measured struct {
		Build float64
		Times map[string][]float64
		Found map[string]int
	}
	if err := json.Unmarshal(output, &measured); err != nil {
		return r, err
	}
	r.build, r.found, r.size = seconds(measured.Build), measured.Found, size(db)
	for class, times := range measured.Times {
		for _, t := range times {
			r.times[class] = append(r.times[class], seconds(t))
		}
	}
	return r, nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func writePages(path string, c *corpus) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	encoder := json.NewEncoder(w)
	for _, p := range c.pages {
		if err := encoder.Encode(p); err != nil {
			return err
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

// markdown writes the results as a section for docs/performance.md.
func markdown(c *corpus, asked map[string][]string, results []result, arguments string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## Search\n\n`go run ./bench/search %s` (%s): %d pages in %d reports, %d MB of text; %d queries a class, top 20 hits, exact counts. Milliseconds, p50 / p95.\n\n",
		arguments, processors(), len(c.pages), c.reports, c.bytes>>20, len(asked[classes()[0]]))
	row := func(first string, cell func(result) string) {
		fmt.Fprintf(&b, "| %s |", first)
		for _, r := range results {
			fmt.Fprintf(&b, " %s |", cell(r))
		}
		b.WriteString("\n")
	}
	row("", func(r result) string { return r.name })
	b.WriteString("|---|" + strings.Repeat("---|", len(results)) + "\n")
	for _, class := range classes() {
		row(class, func(r result) string { return quantiles(r.times[class]) })
	}
	row("index build", func(r result) string { return r.build.Round(time.Second).String() })
	row("size on disk", func(r result) string { return fmt.Sprintf("%d MB", r.size>>20) })
	for _, class := range classes() {
		row("pages found, "+class, func(r result) string { return strconv.Itoa(r.found[class]) })
	}
	b.WriteString("\nGreyshelf counts five facets in reports at every query and stores no text in the index; SQLite FTS5 and Xapian store the text (for snippets) and count facets only in the last class, Xapian in pages.\n")
	return b.String()
}

// quantiles gives p50 and p95 in milliseconds.
func quantiles(times []time.Duration) string {
	if len(times) == 0 {
		return "–"
	}
	slices.Sort(times)
	ms := func(q float64) string {
		return strconv.FormatFloat(float64(times[int(q*float64(len(times)-1))])/float64(time.Millisecond), 'f', 1, 64)
	}
	return ms(0.5) + " / " + ms(0.95)
}
