// Command add measures how long `greyshelf add` takes for a folder of reports,
// all steps, against pdftotext, recollindex and omindex on the same files, in
// turn in one run. It prints a Markdown table of medians and ratios.
//
// It is a measurement, no part of the program: `make bench` calls it.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// peer is a command to be measured; before prepares a fresh place for each run.
type peer struct {
	name    string
	command func(work string) []string
	before  func(work string) error
	env     func(work string) []string
}

// figure is one run of a peer.
type figure struct {
	wall, cpu time.Duration
	rss       int64 // KiB, of the largest single process
}

func main() {
	reports := flag.String("reports", "../shared/corpus/reports/pdf", "folder of PDFs")
	program := flag.String("greyshelf", "build/greyshelf", "the program to measure")
	runs := flag.Int("n", 3, "runs of each command")
	flag.Parse()
	if err := measure(*reports, *program, *runs); err != nil {
		fmt.Fprintln(os.Stderr, "bench add:", err)
		os.Exit(1)
	}
}

func measure(reports, program string, runs int) error {
	reports, err := filepath.Abs(reports)
	if err != nil {
		return err
	}
	if program, err = filepath.Abs(program); err != nil {
		return err
	}
	cache, err := os.MkdirTemp("", "greyshelf-bench-cache-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(cache)
	peers := peers(reports, program, cache)
	results := make([][]figure, len(peers))
	for run := range runs {
		for i, p := range peers {
			f, err := once(p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			fmt.Fprintf(os.Stderr, "run %d: %s %.1f s\n", run+1, p.name, f.wall.Seconds())
			results[i] = append(results[i], f)
		}
	}
	print(peers, results)
	return nil
}

// peers lists what is measured; the first is what the ratios refer to.
func peers(reports, program, cache string) []peer {
	greyshelf := func(work string) []string {
		return []string{program, "add", "--library", filepath.Join(work, "library"), "--json", reports}
	}
	return []peer{
		{name: "greyshelf add", command: greyshelf, before: func(work string) error { return warm(program, cache, work) }},
		{name: "greyshelf add, empty compilation cache", command: greyshelf},
		{name: "pdftotext, each file", command: func(string) []string {
			return []string{"sh", "-c", `for f in "$1"/*.pdf; do pdftotext "$f" /dev/null; done`, "sh", reports}
		}},
		{name: "recollindex", before: func(work string) error { return recollConfig(work, reports) },
			command: func(work string) []string { return []string{"recollindex", "-c", work, "-z"} },
			env:     func(work string) []string { return []string{"HOME=" + work} }},
		{name: "omindex", command: func(work string) []string {
			return []string{"omindex", "--db", filepath.Join(work, "db"), "--url", "/", reports}
		}},
	}
}

// warm makes an empty library whose reading engine is compiled: what `init`
// does once.
func warm(program, cache, work string) error {
	if _, err := os.Stat(filepath.Join(cache, "library")); err != nil {
		if out, err := exec.Command(program, "init", filepath.Join(cache, "library")).CombinedOutput(); err != nil {
			return fmt.Errorf("init: %w: %s", err, out)
		}
	}
	return os.CopyFS(filepath.Join(work, "library"), os.DirFS(filepath.Join(cache, "library")))
}

func recollConfig(work, reports string) error {
	return os.WriteFile(filepath.Join(work, "recoll.conf"), []byte("topdirs = "+reports+"\n"), 0o644)
}

func once(p peer) (figure, error) {
	work, err := os.MkdirTemp("", "greyshelf-bench-")
	if err != nil {
		return figure{}, err
	}
	defer os.RemoveAll(work)
	if p.before != nil {
		if err := p.before(work); err != nil {
			return figure{}, err
		}
	}
	args := p.command(work)
	c := exec.Command(args[0], args[1:]...)
	if p.env != nil {
		c.Env = append(os.Environ(), p.env(work)...)
	}
	start := time.Now()
	out, err := c.CombinedOutput()
	if err != nil {
		return figure{}, fmt.Errorf("%w: %s", err, tail(string(out)))
	}
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	return figure{time.Since(start), c.ProcessState.UserTime() + c.ProcessState.SystemTime(), usage.Maxrss}, nil
}

func tail(text string) string {
	if len(text) > 500 {
		return text[len(text)-500:]
	}
	return text
}

func print(peers []peer, results [][]figure) {
	fmt.Println("| command | wall s | CPU s | peak MB | greyshelf ÷ this, wall | CPU |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	wall := func(i int) float64 { return median(results[i], func(f figure) float64 { return f.wall.Seconds() }) }
	cpu := func(i int) float64 { return median(results[i], func(f figure) float64 { return f.cpu.Seconds() }) }
	for i, p := range peers {
		fmt.Printf("| %s | %.1f | %.1f | %.0f | %.2f | %.2f |\n", strings.ReplaceAll(p.name, "|", "\\|"), wall(i), cpu(i),
			median(results[i], func(f figure) float64 { return float64(f.rss) / 1024 }), wall(0)/wall(i), cpu(0)/cpu(i))
	}
}

func median(figures []figure, of func(figure) float64) float64 {
	values := make([]float64, len(figures))
	for i, f := range figures {
		values[i] = of(f)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
