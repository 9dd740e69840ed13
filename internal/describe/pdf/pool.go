package pdf

import (
	"context"

	"github.com/greyshelf/greyshelf"
)

// instance gives an idle instance or makes one, starting the engine first
// where that has not been done.
func (e *Engine) instance(ctx context.Context) (*instance, error) {
	l, err := e.started(ctx)
	if err != nil {
		return nil, err
	}
	e.running.RLock()
	defer e.running.RUnlock()
	if e.life.Err() != nil {
		return nil, errClosed()
	}
	e.mu.Lock()
	if n := len(e.idle); n > 0 {
		i := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mu.Unlock()
		return i, nil
	}
	e.mu.Unlock()
	i, err := l.instance()
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "start the PDF engine", "", err)
	}
	return i, nil
}

// started waits until the module is compiled.
func (e *Engine) started(ctx context.Context) (*launch, error) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil, errClosed()
	}
	if e.runtime == nil {
		e.runtime = &launch{done: make(chan struct{}), max: uint64(e.memoryLimit())}
		go e.runtime.start(e.options.CacheDir)
	}
	l := e.runtime
	e.mu.Unlock()

	select {
	case <-l.done:
	case <-ctx.Done():
		return nil, greyshelf.E(greyshelf.Unavailable, "start the PDF engine", "", ctx.Err())
	}
	if l.err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "start the PDF engine", "", l.err)
	}
	return l, nil
}

// giveBack keeps an instance for the next file, unless it failed, has grown
// large or has lived long: PDFium keeps caches, and a fresh one costs little.
func (e *Engine) giveBack(i *instance) {
	if i.err != nil || i.files >= filesPerLife || len(i.memory.bytes) > keepMemory {
		i.kill()
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || len(e.idle) >= e.options.Instances {
		i.kill()
		return
	}
	e.idle = append(e.idle, i)
}
