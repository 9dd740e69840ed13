// Command serve measures a serving library: time until it answers, memory when
// idle, and how long report and search pages take at a steady rate. It prints
// a Markdown table.
//
// It is a measurement, no part of the program: `make bench` calls it.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	program := flag.String("greyshelf", "build/greyshelf", "the program to measure")
	library := flag.String("library", "", "a library with reports")
	rate := flag.Int("rate", 50, "requests a second")
	seconds := flag.Int("seconds", 20, "how long, for each kind of page")
	query := flag.String("q", "policy", "what is searched")
	flag.Parse()
	if err := measure(*program, *library, *rate, *seconds, *query); err != nil {
		fmt.Fprintln(os.Stderr, "bench serve:", err)
		os.Exit(1)
	}
}

func measure(program, library string, rate, seconds int, query string) error {
	c := exec.Command(program, "serve", "--library", library, "--listen", "127.0.0.1:0")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := c.Start(); err != nil {
		return err
	}
	defer func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("it did not say where it serves: %w", err)
	}
	base := strings.TrimSpace(line[strings.Index(line, "http"):])
	if _, err := get(base); err != nil {
		return err
	}
	ready := time.Since(start)
	report, err := firstReport(base)
	if err != nil {
		return err
	}
	idle := memory(c.Process.Pid)
	fmt.Printf("| figure | value |\n|---|---:|\n| ready | %.2f s |\n| idle memory (RSS) | %s |\n", ready.Seconds(), idle)
	for _, page := range [][2]string{{"report page", base + "r/" + report}, {"search page", base + "search?q=" + url.QueryEscape(query)}} {
		times, failed := steady(page[1], rate, seconds)
		fmt.Printf("| %s at %d/s | p50 %.1f ms, p99 %.1f ms, %d of %d failed |\n", page[0], rate, at(times, 0.5), at(times, 0.99), failed, rate*seconds)
	}
	fmt.Printf("| memory after | %s |\n", memory(c.Process.Pid))
	return nil
}

func firstReport(base string) (string, error) {
	body, err := get(base + "api/v1/search?limit=1&q=policy")
	if err != nil {
		return "", err
	}
	var answer struct {
		Hits []struct {
			Report string `json:"report"`
		} `json:"hits"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Hits) == 0 {
		return "", fmt.Errorf("the library has no report to measure: %v", err)
	}
	return answer.Hits[0].Report, nil
}

func get(address string) ([]byte, error) {
	response, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return body, err
}

// steady sends requests at the rate, whether or not earlier ones are answered,
// and gives the times of the answered ones in milliseconds, sorted.
func steady(address string, rate, seconds int) (times []float64, failed int) {
	var mu sync.Mutex
	var all sync.WaitGroup
	ticker := time.NewTicker(time.Second / time.Duration(rate))
	defer ticker.Stop()
	for range rate * seconds {
		<-ticker.C
		all.Go(func() {
			start := time.Now()
			_, err := get(address)
			took := float64(time.Since(start).Microseconds()) / 1000
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed++
				return
			}
			times = append(times, took)
		})
	}
	all.Wait()
	slices.Sort(times)
	return times, failed
}

func at(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// memory gives the resident memory of a process as the system tells it.
func memory(pid int) string {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "not known on this system"
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			var kb int
			if _, err := fmt.Sscan(rest, &kb); err == nil {
				return fmt.Sprintf("%d MB", kb/1024)
			}
		}
	}
	return "not known"
}
