package pdf

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
)

// take waits for a free instance, at best the one in which f is open already;
// give gives it back. Files hold no instance between their steps, so any
// number of them may be open.
func (e *Engine) take(ctx context.Context, f *file) (*instance, error) {
	l, err := e.started(ctx)
	if err != nil {
		return nil, err
	}
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, greyshelf.E(greyshelf.Unavailable, "wait for the PDF engine", "", ctx.Err())
	case <-e.life.Done():
		return nil, errClosed()
	}
	e.running.RLock()
	i, err := e.choose(l, f)
	if err != nil {
		e.running.RUnlock()
		<-e.slots
	}
	return i, err
}

// choose takes an idle instance or makes one.
func (e *Engine) choose(l *launch, f *file) (*instance, error) {
	e.mu.Lock()
	if e.closed || e.life.Err() != nil {
		e.mu.Unlock()
		return nil, errClosed()
	}
	k := slices.IndexFunc(e.idle, func(i *instance) bool { return f != nil && i.owner == f })
	if k < 0 {
		k = slices.IndexFunc(e.idle, func(i *instance) bool { return i.owner == nil })
	}
	if k < 0 && e.live >= e.options.Instances {
		k = 0 // the file that was read longest ago will be opened again
	}
	if k >= 0 {
		i := e.idle[k]
		e.idle = slices.Delete(e.idle, k, k+1)
		e.mu.Unlock()
		return i, nil
	}
	e.live++
	e.mu.Unlock()
	i, err := l.instance()
	if err != nil {
		e.mu.Lock()
		e.live--
		e.mu.Unlock()
		return nil, greyshelf.E(greyshelf.Unavailable, "start the PDF engine", "", err)
	}
	return i, nil
}

// give puts an instance back for the next step, unless it failed, or is
// without a file and has lived long or grown large: PDFium keeps caches, and a
// fresh one costs little.
func (e *Engine) give(i *instance) {
	worn := i.owner == nil && (i.files >= filesPerLife || len(i.memory.bytes) > keepMemory)
	e.mu.Lock()
	if i.err != nil || worn || e.closed {
		e.live--
		i.kill()
	} else {
		e.idle = append(e.idle, i)
	}
	e.mu.Unlock()
	e.running.RUnlock()
	<-e.slots
}

// forget closes f in the instance where it is open, if any.
func (e *Engine) forget(f *file) {
	select {
	case e.slots <- struct{}{}:
	case <-e.life.Done():
		return
	}
	e.running.RLock()
	e.mu.Lock()
	k := slices.IndexFunc(e.idle, func(i *instance) bool { return i.owner == f })
	if k < 0 || e.closed {
		e.mu.Unlock()
		e.running.RUnlock()
		<-e.slots
		return
	}
	i := e.idle[k]
	e.idle = slices.Delete(e.idle, k, k+1)
	e.mu.Unlock()
	ctx, cancel := context.WithTimeout(e.life, e.options.StepDeadline)
	defer cancel()
	i.ctx = ctx
	i.unload()
	e.give(i)
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
