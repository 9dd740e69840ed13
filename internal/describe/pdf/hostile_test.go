package pdf_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
)

// TestHostile reads every odd, broken and malicious file of the shared corpus:
// each ends as a document or with a reason, and the process lives.
func TestHostile(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "hostile", "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no hostile files: %v", err)
	}
	engine := pdf.New(pdf.Options{CacheDir: cacheDir(t), StepDeadline: 5 * time.Second})
	defer engine.Close()
	if err := engine.Warm(context.Background()); err != nil {
		t.Fatal(err)
	}
	count := tally{}
	paths := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for path := range paths {
				count.add(readHostile(t, engine, path))
			}
		})
	}
	for _, path := range files {
		paths <- path
	}
	close(paths)
	workers.Wait()
	count.print(t)
}

// readHostile gives the outcome of one file in words.
func readHostile(t *testing.T, engine *pdf.Engine, path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return "unreadable"
	}
	start := time.Now()
	defer func() {
		if took := time.Since(start); took > 10*time.Second {
			t.Logf("%s took %v", filepath.Base(path), took.Round(time.Millisecond))
		}
	}()
	ctx := context.Background()
	doc, err := describe.Read(ctx, engine, data, filepath.Base(path), nil)
	if err != nil {
		if greyshelf.KindOf(err) == greyshelf.Internal || greyshelf.ReasonOf(err) == "" {
			t.Errorf("%s: no reason for a user: %v", filepath.Base(path), err)
		}
		return "refused: " + greyshelf.ReasonOf(err)
	}
	outcome := "read"
	if len(doc.Failed) > 0 {
		outcome = "read, some pages failed"
	}
	file, err := engine.Open(ctx, data)
	if err != nil {
		t.Errorf("%s: opened once but not twice: %v", filepath.Base(path), err)
		return outcome
	}
	defer file.Close()
	if _, err := file.Image(ctx, 1, 200); err != nil {
		if greyshelf.KindOf(err) == greyshelf.Internal {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
		outcome += "; no image: " + greyshelf.ReasonOf(err)
	}
	return outcome
}

// tally counts outcomes.
type tally struct {
	mu    sync.Mutex
	count map[string]int
}

func (c *tally) add(outcome string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count == nil {
		c.count = map[string]int{}
	}
	c.count[outcome]++
}

func (c *tally) print(t *testing.T) {
	var outcomes []string
	for o := range c.count {
		outcomes = append(outcomes, o)
	}
	sort.Slice(outcomes, func(a, b int) bool { return c.count[outcomes[a]] > c.count[outcomes[b]] })
	for _, o := range outcomes {
		t.Logf("%4d %s", c.count[o], o)
	}
}
