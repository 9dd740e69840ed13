// Command harvest measures the OAI-PMH provider: it fills a catalogue with
// records, serves it from a process of its own, harvests everything with a
// plain client and with HTTP::OAI (Perl, where installed), and prints records a
// second and the server's memory on the way as a Markdown table.
//
// It is a measurement, no part of the program: `make bench` calls it.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/web"
)

func main() {
	n := flag.Int("n", 100_000, "records")
	format := flag.String("format", "oai_dc", "metadata format")
	script := flag.String("perl", "internal/web/testdata/harvest.pl", "the harvester in Perl; empty = none")
	serve := flag.String("serve", "", "serve this catalogue (the process that is measured)")
	flag.Parse()
	err := error(nil)
	if *serve != "" {
		err = server(*serve)
	} else {
		err = measure(*n, *format, *script)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench harvest:", err)
		os.Exit(1)
	}
}

// server serves a catalogue and says where.
func server(path string) error {
	c, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return http.Serve(listener, web.New(web.Library{Catalog: c}, web.Options{}))
}

func measure(n int, format, script string) error {
	dir, err := os.MkdirTemp("", "harvest")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "catalog.sqlite")
	start := time.Now()
	if err := fill(path, n); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Printf("%d records written in %.0f s, %d MB.\n\n", n, time.Since(start).Seconds(), info.Size()>>20)
	fmt.Println("| client | format | records | s | records/s | server's memory after 1 %, 25 %, 50 %, 75 %, at the end (MB) |\n|---|---|---|---|---|---|")
	if err := round(path, n, "plain", format, plain); err != nil || script == "" {
		return err
	}
	return round(path, n, "HTTP::OAI (Perl)", format, func(base, format string, seen func()) error { return perl(script, base, format, seen) })
}

// fill writes records, a thousand in a decision.
func fill(path string, n int) error {
	ctx := context.Background()
	c, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	at := time.Now().Add(-24 * time.Hour)
	for i := 0; i < n; {
		commit := catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", i), At: at.Add(time.Duration(i) * time.Millisecond), Who: "bench", Method: greyshelf.ByAdd}}
		for ; len(commit.Reports) < 1000 && i < n; i++ {
			r := formattest.Full()
			r.ID, r.Entry, r.Title = fmt.Sprintf("r%06d", i), nil, fmt.Sprint("Report ", i)
			r.Abstract = strings.Repeat("What the report says of itself, in some hundred words. ", 15)
			r.Headings = []greyshelf.Heading{{Label: fmt.Sprint("Heading ", i%50)}}
			commit.Reports = append(commit.Reports, r)
		}
		if _, err := c.Commit(ctx, commit); err != nil {
			return err
		}
	}
	return nil
}

// round serves the catalogue anew and has a client harvest it.
func round(path string, n int, name, format string, harvest func(base, format string, seen func()) error) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self, "-serve", path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	base, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	var memory []string
	count := 0
	start := time.Now()
	err = harvest(strings.TrimSpace(base)+"/oai", format, func() {
		if count++; count == n/100 || count%max(n/4, 1) == 0 {
			memory = append(memory, resident(c.Process.Pid))
		}
	})
	took := time.Since(start).Seconds()
	fmt.Printf("| %s | %s | %d | %.1f | %.0f | %s |\n", name, format, count, took, float64(count)/took, strings.Join(memory, ", "))
	if err == nil && count != n {
		err = fmt.Errorf("%s harvested %d records of %d", name, count, n)
	}
	return err
}

// resident gives the resident memory of a process in MB (Linux).
func resident(pid int) string {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	found := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindStringSubmatch(string(data))
	if err != nil || found == nil {
		return "?"
	}
	kb := 0
	_, _ = fmt.Sscan(found[1], &kb)
	return fmt.Sprint(kb / 1024)
}

// plain follows the tokens and counts records.
func plain(base, format string, seen func()) error {
	query := "verb=ListRecords&metadataPrefix=" + format
	token := regexp.MustCompile(`<resumptionToken[^>]*>([^<]+)<`)
	for {
		answer, err := http.Get(base + "?" + query)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d: %v", answer.StatusCode, err)
		}
		for range strings.Count(string(body), "<record>") {
			seen()
		}
		next := token.FindSubmatch(body)
		if next == nil {
			return nil
		}
		query = "verb=ListRecords&resumptionToken=" + url.QueryEscape(string(next[1]))
	}
}

// perl harvests with HTTP::OAI, which prints a line per record.
func perl(script, base, format string, seen func()) error {
	c := exec.Command("perl", script, base, "ListRecords", format)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		seen()
	}
	return c.Wait()
}
