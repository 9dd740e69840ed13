package pdf

import (
	"context"
	"errors"
	"fmt"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// file is an open PDF. Between its steps the document stays open in an
// instance that another file may take over; then the next step opens it again.
type file struct {
	engine *Engine
	data   []byte
	info   describe.Info
	closed bool
}

// Info gives what the file says of itself as a whole.
func (f *file) Info() describe.Info { return f.info }

// Close frees the document.
func (f *file) Close() error {
	if !f.closed {
		f.closed = true
		f.engine.forget(f)
	}
	return nil
}

// step runs work with the file open in an instance, within the deadline, and
// says in words what went wrong.
func (f *file) step(ctx context.Context, op string, work func(*instance) error) error {
	if f.closed {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "the file is closed")
	}
	e := f.engine
	i, err := e.take(ctx, f)
	if err != nil {
		return err
	}
	defer e.give(i)
	limited, cancel := context.WithTimeout(ctx, e.options.StepDeadline)
	defer cancel()
	defer context.AfterFunc(e.life, cancel)()

	i.ctx = limited
	if err = f.load(i, op); err == nil {
		err = work(i)
	}
	if i.err != nil {
		return e.explain(ctx, limited, op, i)
	}
	return err
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
	if i.owner == f {
		return nil
	}
	i.unload()
	i.files++
	i.owner = f
	i.address = i.load(f.data)
	i.document = i.call("FPDF_LoadMemDocument", uint64(i.address), uint64(len(f.data)), 0)
	if i.err != nil || i.document != 0 {
		return nil
	}
	defer i.unload()
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
		pages := i.callInt("FPDF_GetPageCount", i.document)
		switch {
		case i.err != nil:
			return nil
		case pages <= 0:
			return greyshelf.Errorf(greyshelf.Invalid, "open", "", "the PDF has no pages")
		case pages > maxPages:
			return greyshelf.Errorf(greyshelf.TooLarge, "open", "", "the PDF has %d pages, more than %d", pages, maxPages)
		}
		f.info = readInfo(i, i.document, pages)
		f.info.XMP = readXMP(f.data)
		f.info.Facts.PDFA = claimPDFA(f.info.XMP)
		return nil
	})
}

// page runs work with page index open.
func (f *file) page(ctx context.Context, op string, index int, work func(i *instance, page uint64) error) error {
	if index < 1 || index > f.info.Pages {
		return greyshelf.Errorf(greyshelf.NotFound, op, "", "the file has no page %d", index)
	}
	return f.step(ctx, fmt.Sprintf("%s %d", op, index), func(i *instance) error {
		page := i.call("FPDF_LoadPage", i.document, uint64(index-1))
		if i.err == nil && page == 0 {
			return greyshelf.Errorf(greyshelf.Invalid, op, "", "page %d is broken", index)
		}
		err := work(i, page)
		i.call("FPDF_ClosePage", page)
		return err
	})
}
