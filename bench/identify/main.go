// Command identify measures what it takes to say what one new report is to a
// library of a million: it fills an index of files with invented keys, puts
// some reports with texts among them, and identifies copies of those. It
// prints a Markdown table.
//
// It is a measurement, no part of the program. The index takes about 3 GB in
// the folder for temporary files and is removed.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

func main() {
	files := flag.Int("files", 1_000_000, "files of the library")
	words := flag.Int("words", 20_000, "words of a report")
	rounds := flag.Int("rounds", 60, "reports that are identified")
	dir := flag.String("dir", os.TempDir(), "folder for the index")
	flag.Parse()
	if err := measure(context.Background(), *dir, *files, *words, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench identify:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, dir string, files, words, rounds int) error {
	dir, err := os.MkdirTemp(dir, "greyshelf-identify-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "identify.sqlite")
	began := time.Now()
	if err := fill(ctx, path, files); err != nil {
		return err
	}
	fmt.Printf("An index of %d files: made in %s, %s on the disk.\n\n", files, time.Since(began).Round(time.Second), size(path))
	x, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer x.Close()
	service, err := shelve(ctx, x, words)
	if err != nil {
		return err
	}
	fmt.Println("| | median | slowest | found |\n|---|---|---|---|")
	if err := run(ctx, service, "first look at a part of the index (not in memory)", rounds, func() error { return forget(path) }); err != nil {
		return err
	}
	if err := run(ctx, service, "index in memory", rounds, func() error { return nil }); err != nil {
		return err
	}
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return err
	}
	fmt.Printf("\nReports of %d words; each has %d other reports of the same length to be compared with. Largest memory: %d MB.\n", words, alike, used.Maxrss/1024)
	return nil
}

// alike is how many files share text with each new report, as many as are
// compared at most.
const alike = 12

// shelf is a library with its texts in memory.
type shelf struct {
	words int
	texts map[string]identify.Known
}

func (s shelf) Known(_ context.Context, file string) (identify.Known, error) {
	k, ok := s.texts[file]
	if !ok {
		return k, greyshelf.Errorf(greyshelf.NotFound, "bench", file, "no text")
	}
	return k, nil
}

// report makes the report of a seed: a third of its pages are those of its
// group.
func (s shelf) report(file string, seed uint64) identify.Known {
	own, group := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed/alike, 2))
	k := identify.Known{File: greyshelf.File{SHA256: file}, Report: greyshelf.Report{ID: file, Title: fmt.Sprintf("Report number %d of the harbour group %d", seed, seed/alike)}}
	for page := range s.words / 400 {
		r := own
		if page%3 == 0 {
			r = group
		}
		var b strings.Builder
		for range 400 {
			fmt.Fprintf(&b, "w%x ", r.IntN(6000))
		}
		k.Pages = append(k.Pages, b.String())
	}
	return k
}

func shelve(ctx context.Context, x *sqlite.Index, words int) (identify.Service, error) {
	s := shelf{words, map[string]identify.Known{}}
	for seed := range uint64(10 * alike) {
		file := fmt.Sprintf("%064x", seed)
		s.texts[file] = s.report(file, seed)
		if err := x.Put(ctx, identify.Keyed{File: file, Keys: identify.Keys(s.texts[file])}); err != nil {
			return identify.Service{}, err
		}
	}
	return identify.Service{Index: x, Library: s}, nil
}

// run identifies reports that the library has already, under another name.
func run(ctx context.Context, service identify.Service, name string, rounds int, before func() error) error {
	s := service.Library.(shelf)
	var took []time.Duration
	found := 0
	for round := range rounds {
		now := s.report("new", uint64(round*7)%uint64(len(s.texts)))
		now.Report.ID = ""
		if err := before(); err != nil {
			return err
		}
		runtime.GC()
		began := time.Now()
		matches, err := service.Identify(ctx, now)
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
		if len(matches) > 0 && matches[0].Verdict == identify.OtherCopy {
			found++
		}
	}
	slices.Sort(took)
	fmt.Printf("| %s | %s | %s | %d of %d |\n", name, took[len(took)/2].Round(time.Millisecond/10), took[len(took)-1].Round(time.Millisecond/10), found, rounds)
	return nil
}

// forget asks the system to drop the index from its memory (GNU dd does).
func forget(path string) error {
	return exec.Command("dd", "of="+path, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none").Run()
}

func size(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return err.Error()
	}
	return greyshelf.FormatSize(info.Size())
}
