// Command search measures search over many pages against Xapian and SQLite
// FTS5, on the same pages in the same run, and writes the results as Markdown.
//
// It stands outside the way of the data: it fills an index of its own in a
// temporary folder and stores nothing else. Xapian is measured by measure_xapian.py,
// when Debian's python3-xapian is installed.
//
//	go run ./bench/search -pages 200000 -rounds 2
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

func main() {
	corpus := flag.String("corpus", "../shared/corpus/pages.jsonl.gz", "pages, one JSON object a line")
	pages := flag.Int("pages", 200_000, "how many pages; the corpus is taken several times over")
	out := flag.String("out", "", "Markdown file to write; empty = standard output")
	rounds := flag.Int("rounds", 5, "how often each query is asked")
	peers := flag.Bool("peers", true, "measure Xapian and SQLite FTS5 too")
	flag.Parse()
	if err := run(*corpus, *pages, *rounds, *peers, *out); err != nil {
		log.Fatal(err)
	}
}

// engine is what is measured.
type engine interface {
	name() string
	// build indexes everything.
	build(ctx context.Context, c *corpus) error
	// ask runs one query of the class and gives the number of pages found.
	ask(ctx context.Context, class, text string) (int, error)
	close() error
}

func run(path string, pages, rounds int, peers bool, out string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "greyshelf-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, err := read(path, pages)
	if err != nil {
		return err
	}
	log.Printf("%d pages in %d reports, %d MB of text", len(c.pages), c.reports, c.bytes>>20)
	asked := choose(c)
	var results []result
	engines := []engine{&greyshelfEngine{dir: filepath.Join(dir, "bleve")}}
	if peers {
		engines = append(engines, &sqliteEngine{path: filepath.Join(dir, "fts5.db")})
	}
	for _, e := range engines {
		r, err := measure(ctx, e, c, asked, rounds, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name(), err)
		}
		results = append(results, r)
	}
	if peers {
		r, err := measureXapian(ctx, c, asked, rounds, dir)
		if err != nil {
			log.Printf("Xapian is not measured: %v", err)
		} else {
			results = append(results, r)
		}
	}
	report := markdown(c, asked, results, strings.Join(os.Args[1:], " "))
	if out == "" {
		fmt.Print(report)
		return nil
	}
	return os.WriteFile(out, []byte(report), 0o644)
}

// processors says on what was measured.
func processors() string {
	return fmt.Sprintf("%d processors, %s", runtime.NumCPU(), runtime.Version())
}
