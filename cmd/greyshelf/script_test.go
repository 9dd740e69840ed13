package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestMain lets the scripts run the real program as `greyshelf`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"greyshelf": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		if status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); status != 0 {
			os.Exit(status)
		}
	}})
}

// TestScripts runs the program as its users do: a script per command and rule.
func TestScripts(t *testing.T) {
	cache := t.TempDir() // the compiled reading engine, shared by all scripts
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("GREYSHELF_ENGINE_CACHE", filepath.Join(cache, "engine"))
			e.Values[serverKey{}] = &server{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "samples": cmdSamples, "older": cmdOlder, "seed": cmdSeed, "field": cmdField, "serve": cmdServe, "get": cmdGet, "moved": cmdMoved, "stop": cmdStop, "site": cmdSite,
		},
	})
}

// cmdStatus runs a command that must end with the status: status 2 greyshelf add
func cmdStatus(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
}

// cmdSamples writes sample reports into a folder: samples DIR [N]
func cmdSamples(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	all := sample.Reports()
	if len(args) > 1 {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		all = all[:n]
	}
	for _, s := range all {
		data, err := s.Make()
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(dir, s.Name), data, 0o644))
	}
}

// cmdSite serves a folder on loopback and sets SITE to its address: site DIR
func cmdSite(ts *testscript.TestScript, _ bool, args []string) {
	site := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(site.Close)
	ts.Setenv("SITE", site.URL)
}

// cmdSeed writes the seed page: seed FILE
func cmdSeed(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(sample.Seed()), 0o644))
}

// cmdField sets a variable to the first value of a JSON string field on the
// last standard output: field VARIABLE name
func cmdField(ts *testscript.TestScript, _ bool, args []string) {
	_, rest, ok := strings.Cut(ts.ReadFile("stdout"), `"`+args[1]+`":"`)
	value, _, end := strings.Cut(rest, `"`)
	if !ok || !end {
		ts.Fatalf("no field %s on standard output", args[1])
	}
	ts.Setenv(args[0], value)
}

// server is a serving library that a script has started, kept under serverKey.
type server struct {
	command *exec.Cmd
	done    chan error
}

type serverKey struct{}

// cmdServe starts the program with --listen 127.0.0.1:0 and sets URL:
// serve greyshelf serve
func cmdServe(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath("greyshelf")
	ts.Check(err)
	c := exec.Command(path, append(args[1:], "--listen", "127.0.0.1:0")...)
	c.Dir = ts.MkAbs(".")
	c.Env = append(os.Environ(), "GREYSHELF_ENGINE_CACHE="+ts.Getenv("GREYSHELF_ENGINE_CACHE"), "GREYSHELF_LIBRARY="+ts.Getenv("GREYSHELF_LIBRARY"))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	s := ts.Value(serverKey{}).(*server)
	*s = server{c, make(chan error, 1)}
	ts.Defer(func() { _ = c.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		ts.Fatalf("the server did not say where it is: %v", err)
	}
	go func() { s.done <- c.Wait() }()
	ts.Setenv("URL", strings.TrimSuffix(strings.TrimSpace(line[strings.Index(line, "http"):]), "/"))
}

// cmdGet fetches an address and compares its status: get 200 /r/x [text that
// must be in the body]
func cmdGet(ts *testscript.TestScript, _ bool, args []string) {
	response, err := (&http.Client{Timeout: 30 * time.Second}).Get(ts.Getenv("URL") + args[1])
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("%s: status %d, want %s\n%.500s", args[1], response.StatusCode, args[0], body)
	}
	for _, want := range args[2:] {
		if !strings.Contains(string(body), want) {
			ts.Fatalf("%s: the answer does not hold %q", args[1], want)
		}
	}
}

// cmdMoved checks that an address leads on for good: moved /r/old /r/new
func cmdMoved(ts *testscript.TestScript, _ bool, args []string) {
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(ts.Getenv("URL") + args[0])
	ts.Check(err)
	defer response.Body.Close()
	if to := response.Header.Get("Location"); response.StatusCode != http.StatusMovedPermanently || to != args[1] {
		ts.Fatalf("%s: status %d, leads to %q; want 301 to %q", args[0], response.StatusCode, to, args[1])
	}
}

// cmdStop stops the server and checks that it ended well: stop [kill]
func cmdStop(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serverKey{}).(*server)
	if len(args) > 0 {
		ts.Check(s.command.Process.Kill())
		<-s.done
		return
	}
	ts.Check(s.command.Process.Signal(os.Interrupt))
	ts.Check(<-s.done)
}
