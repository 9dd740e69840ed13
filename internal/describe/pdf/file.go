package pdf

import (
	"context"
	"errors"
	"fmt"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// file is an open PDF. It keeps one instance to itself until Close; where that
// fails, the next step opens the file again in a fresh one.
type file struct {
	engine *Engine
	data   []byte
	info   describe.Info

	instance *instance
	address  uint32 // of the data in the instance's memory
	document uint64
	last     uint64 // the page that was read last, still open
	closed   bool
}

// Info gives what the file says of itself as a whole.
func (f *file) Info() describe.Info { return f.info }

// Close gives the instance back.
func (f *file) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	f.engine.running.RLock()
	defer f.engine.running.RUnlock()
	if f.instance != nil && f.engine.life.Err() == nil {
		f.instance.ctx = f.engine.life
		f.unload()
		f.engine.giveBack(f.instance)
	}
	f.instance = nil
	<-f.engine.slots
	return nil
}

// unload frees the document in the instance.
func (f *file) unload() {
	f.closePage(f.instance)
	if f.document != 0 {
		f.instance.call("FPDF_CloseDocument", f.document)
		f.document = 0
	}
	f.instance.free(f.address)
	f.address = 0
}

func (f *file) closePage(i *instance) {
	if f.last != 0 {
		i.call("FPDF_ClosePage", f.last)
		f.last = 0
	}
}

// borrow gets an instance for the file.
func (f *file) borrow(ctx context.Context) error {
	if f.instance != nil {
		return nil
	}
	i, err := f.engine.instance(ctx)
	f.instance = i
	return err
}

// step runs work with the file loaded, within the deadline, and says in words
// what went wrong.
func (f *file) step(ctx context.Context, op string, work func(*instance) error) error {
	if f.closed {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "the file is closed")
	}
	if err := f.borrow(ctx); err != nil {
		return err
	}
	e := f.engine
	e.running.RLock()
	defer e.running.RUnlock()
	if e.life.Err() != nil {
		return errClosed()
	}
	limited, cancel := context.WithTimeout(ctx, e.options.StepDeadline)
	defer cancel()
	defer context.AfterFunc(e.life, cancel)()

	i := f.instance
	i.ctx = limited
	err := f.load(i, op)
	if err == nil {
		err = work(i)
	}
	if i.err == nil {
		return err
	}
	failure := e.explain(ctx, limited, op, i)
	i.kill()
	f.instance, f.document, f.address, f.last = nil, 0, 0, 0
	return failure
}

// explain puts the failure of an instance into words.
func (e *Engine) explain(ctx, limited context.Context, op string, i *instance) error {
	switch {
	case e.life.Err() != nil:
		return errClosed()
	case ctx.Err() != nil:
		return greyshelf.E(greyshelf.Unavailable, op, "", ctx.Err())
	case limited.Err() != nil:
		return greyshelf.Errorf(greyshelf.TooLarge, op, "", "it took longer than %v", e.options.StepDeadline)
	case i.memory.refused:
		return greyshelf.Errorf(greyshelf.TooLarge, op, "", "it needs more than %d MB of memory", e.memoryLimit()>>20)
	}
	return greyshelf.E(greyshelf.Invalid, op, "", errors.New("the PDF is broken: the reader had to stop"))
}

// PDFium's error codes (fpdfview.h, FPDF_GetLastError).
const (
	errorPassword = 4
	errorSecurity = 5
)

// load opens the document in the instance unless it is open there already.
func (f *file) load(i *instance, op string) error {
	if f.document != 0 {
		return nil
	}
	i.files++
	f.address = i.load(f.data)
	f.document = i.call("FPDF_LoadMemDocument", uint64(f.address), uint64(len(f.data)), 0)
	if i.err != nil || f.document != 0 {
		return nil
	}
	switch i.callInt("FPDF_GetLastError") {
	case errorPassword:
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "the file is encrypted: it needs a password")
	case errorSecurity:
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "the file is encrypted in a way that cannot be read")
	}
	return greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is broken: its structure cannot be read")
}

// open loads the document and reads what it says of itself.
func (f *file) open(ctx context.Context) error {
	return f.step(ctx, "open", func(i *instance) error {
		pages := i.callInt("FPDF_GetPageCount", f.document)
		switch {
		case i.err != nil:
			return nil
		case pages <= 0:
			return greyshelf.Errorf(greyshelf.Invalid, "open", "", "the PDF has no pages")
		case pages > maxPages:
			return greyshelf.Errorf(greyshelf.TooLarge, "open", "", "the PDF has %d pages, more than %d", pages, maxPages)
		}
		f.info = readInfo(i, f.document, pages)
		f.info.XMP = readXMP(f.data)
		return nil
	})
}

// page runs work with page index open.
func (f *file) page(ctx context.Context, op string, index int, work func(i *instance, page uint64) error) error {
	if index < 1 || index > f.info.Pages {
		return greyshelf.Errorf(greyshelf.NotFound, op, "", "the file has no page %d", index)
	}
	return f.step(ctx, fmt.Sprintf("%s %d", op, index), func(i *instance) error {
		page := i.call("FPDF_LoadPage", f.document, uint64(index-1))
		if i.err == nil && page == 0 {
			return greyshelf.Errorf(greyshelf.Invalid, op, "", "page %d is broken", index)
		}
		// PDFium forgets the fonts of a page that is closed. The page before
		// stays open until the next one has found its fonts there.
		f.closePage(i)
		f.last = page
		return work(i, page)
	})
}
