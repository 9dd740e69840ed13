package pdf

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// version is the text version: the PDFium build inside the go-pdfium module
// (chromium/8044), and @ a number that rises when this package's own reading
// of characters changes.
const version = "pdfium-8044@1"

// Limits on what a file may ask for.
const (
	maxPages      = 20_000
	maxChars      = 1_000_000 // on one page
	wasmPage      = 64 << 10
	filesPerLife  = 200      // an instance is replaced after so many files
	keepMemory    = 96 << 20 // an instance that has grown beyond is replaced
	defaultMemory = 512 << 20
)

// Options of [New]. The zero value is usable.
type Options struct {
	// CacheDir holds the compiled module (23 MB) between starts: the first
	// start compiles for 2 to 6 s, later ones load in 0.15 s. It can be deleted.
	// Empty: compile at every start.
	CacheDir string
	// Instances is how many steps may run at once, each in its own instance of
	// PDFium; more wait. 0: one per processor.
	Instances int
	// StepDeadline is how long one step may take: opening, reading one page,
	// rendering one page. 0: 10 s.
	StepDeadline time.Duration
	// MemoryPages limits the memory of an instance, file included, in
	// WebAssembly pages of 64 KiB. 0: 8192 (512 MiB).
	MemoryPages int
}

// Engine is a describe.Engine for PDF files. It starts at its first use.
type Engine struct {
	options Options
	slots   chan struct{} // one token per running step
	life    context.Context
	end     context.CancelFunc

	running sync.RWMutex // held for reading during a step, for writing by Close

	mu      sync.Mutex
	runtime *launch
	idle    []*instance // least recently used first
	live    int         // instances, idle and in use
	closed  bool
}

var _ describe.Engine = (*Engine)(nil)

// New makes an engine that starts lazily; nothing can fail yet.
func New(o Options) *Engine {
	if o.Instances <= 0 {
		o.Instances = runtime.GOMAXPROCS(0)
	}
	if o.StepDeadline <= 0 {
		o.StepDeadline = 10 * time.Second
	}
	if o.MemoryPages <= 0 {
		o.MemoryPages = defaultMemory / wasmPage
	}
	e := &Engine{options: o, slots: make(chan struct{}, o.Instances)}
	e.life, e.end = context.WithCancel(context.Background())
	return e
}

// Version names PDFium's build and this package's version.
func (e *Engine) Version() string { return version }

// Warm starts the engine, compiling where the cache is empty, so that the
// first file need not wait.
func (e *Engine) Warm(ctx context.Context) error {
	i, err := e.take(ctx, nil)
	if err == nil {
		e.give(i)
	}
	return err
}

// Open reads data as a PDF file. See describe.Engine for the errors.
func (e *Engine) Open(ctx context.Context, data []byte) (describe.File, error) {
	if err := sniff(data); err != nil {
		return nil, err
	}
	if most := e.memoryLimit() * 3 / 4; int64(len(data)) > most {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "open", "", "the file is larger than %d MB", most>>20)
	}
	f := &file{engine: e, data: data}
	if err := f.open(ctx); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// Close ends every instance. It waits for running steps, which it interrupts.
func (e *Engine) Close() error {
	e.end()
	e.running.Lock()
	defer e.running.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	for _, i := range e.idle {
		i.kill()
	}
	e.idle = nil
	if e.runtime == nil {
		return nil
	}
	<-e.runtime.done
	return e.runtime.close()
}

func (e *Engine) memoryLimit() int64 { return int64(e.options.MemoryPages) * wasmPage }

func errClosed() error {
	return greyshelf.Errorf(greyshelf.Unavailable, "open", "", "the PDF engine is closed")
}
