package e2e_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	// The tests build the program by themselves; this tells go test's cache that
	// their result depends on it.
	_ "github.com/greyshelf/greyshelf/internal/app"
)

// demo is the running demo library that the tests read; those that change
// something make a report of their own or take it back.
var demo struct {
	url     string
	library string
	program string
	browser context.Context
}

// TestMain starts the program's demo and one browser for all tests.
func TestMain(m *testing.M) {
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		status = 1
	}
	os.Exit(status)
}

func run(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "greyshelf-e2e-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "greyshelf")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/greyshelf").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build: %w\n%s", err, out)
	}
	demo.library, demo.program = filepath.Join(dir, "library"), program
	server := exec.Command(program, "demo", "--library", demo.library, "--listen", "127.0.0.1:0")
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("the demo did not say where it is: %w", err)
	}
	demo.url = strings.TrimSuffix(strings.TrimSpace(line[strings.Index(line, "http"):]), "/")
	stop, err := startBrowser(dir)
	if err != nil {
		return 0, err
	}
	defer stop()
	return m.Run(), nil
}

// startBrowser starts Chromium without anything that would reach out.
func startBrowser(dir string) (func(), error) {
	path, err := findBrowser()
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(filepath.Join(dir, "browser")), chromedp.NoFirstRun, chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	browser, stopBrowser := chromedp.NewContext(allocator)
	demo.browser = browser
	return func() { stopBrowser(); stopAllocator() }, chromedp.Do(browser)
}

func findBrowser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium; `make deps` installs it")
}

// tab opens a tab of the given width, in which every error of a script and
// every breach of the content security policy fails the test.
func tab(t *testing.T, width int64) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(demo.browser)
	act(t, ctx, chromedp.EmulateViewport(width, 900))
	console := chromedp.Console(ctx)
	read := make(chan struct{})
	go func() {
		defer close(read)
		for message, err := range console {
			if err != nil {
				return // the tab is closed
			}
			text := message.String()
			if (message.IsException() || message.Type == chromedp.ConsoleError) && !strings.Contains(text, "status of 403") {
				t.Errorf("the browser complains: %s", text)
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-read })
	limited, cancelTimeout := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancelTimeout)
	return limited
}

// act does things in a tab; what cannot be done fails the test.
func act(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// ask asks something of a tab.
func ask[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
