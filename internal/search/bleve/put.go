package bleve

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Limits of one batch, of which [batches] are in work at a time: memory
// follows them.
const (
	batchPages = 1000
	batchBytes = 4 << 20
	batches    = 2
	maxFiles   = 1<<15 - 1 // of one report, over all its life in this index
)

// Put replaces everything indexed of each report by the document. A report too
// long for one batch is written in several; its record and the mark come with
// the last, so that after a crash it is written again. Errors: Unavailable
// (closed, disk full), TooLarge (more files than can be counted).
func (x *Index) Put(ctx context.Context, docs []search.Document, mark int64) (err error) {
	x.putting.Lock()
	defer x.putting.Unlock()
	x.open.RLock()
	defer x.open.RUnlock()
	defer rescue("index", &err)
	w := writer{x: x, batch: index.NewBatch(), slots: make(chan struct{}, batches)}
	defer w.group.Wait()
	last := map[string]int{}
	for i := range docs {
		last[docs[i].Report.ID] = i
	}
	for i := range docs {
		if last[docs[i].Report.ID] != i {
			continue // it comes again
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.report(ctx, &docs[i]); err != nil {
			return err
		}
	}
	if err := w.wait(); err != nil {
		return err
	}
	w.batch.SetInternal([]byte(markKey), []byte(strconv.FormatInt(mark, 10)))
	w.flush()
	return w.wait()
}

// Mark gives the mark of the last batch; 0 for a new index.
func (x *Index) Mark(context.Context) (int64, error) {
	x.open.RLock()
	defer x.open.RUnlock()
	reader, err := x.snapshot()
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	value, err := reader.GetInternal([]byte(markKey))
	if err != nil || value == nil {
		return 0, err
	}
	return strconv.ParseInt(string(value), 10, 64)
}

// writer fills batches and writes them in the background.
type writer struct {
	x     *Index
	batch *index.Batch
	pages int
	bytes int
	rows  []*row // to be shown when the batch is written

	slots  chan struct{}
	group  sync.WaitGroup
	mu     sync.Mutex
	failed error // the first error of a batch
}

// flush begins to write the batch; when it is written, the rows that are whole
// with it are shown.
func (w *writer) flush() {
	batch, rows := w.batch, w.rows
	w.batch, w.pages, w.bytes, w.rows = index.NewBatch(), 0, 0, nil
	w.slots <- struct{}{}
	w.group.Go(func() {
		defer func() { <-w.slots }()
		if err := w.write(batch); err != nil {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.failed = err
			return
		}
		for _, r := range rows {
			w.x.table.set(r)
		}
	})
}

func (w *writer) write(batch *index.Batch) (err error) {
	defer rescue("index", &err)
	if w.x.engine == nil {
		return greyshelf.Errorf(greyshelf.Unavailable, "index", "", "the index is closed")
	}
	if err := w.x.engine.Batch(batch); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "index", "", err)
	}
	return nil
}

// wait waits for all batches begun.
func (w *writer) wait() error {
	w.group.Wait()
	return w.state()
}

// state gives the first error of the batches written so far.
func (w *writer) state() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed
}

// report adds one report to the batch, flushing where it grows too large.
func (w *writer) report(ctx context.Context, d *search.Document) error {
	old, err := w.documents(d.Report.ID)
	if err != nil {
		return err
	}
	if d.Gone {
		w.remove(old)
		w.rows = append(w.rows, &row{ID: d.Report.ID})
		return nil
	}
	files := w.x.table.files(d.Report.ID, d.Pages)
	if len(files) > maxFiles {
		return greyshelf.Errorf(greyshelf.TooLarge, "index", d.Report.ID, "the report has had more than %d files", maxFiles)
	}
	w.x.table.announce(d.Report.ID, files)
	row := newRow(d, files)
	names := w.names(d, files)
	for _, name := range names {
		delete(old, name)
	}
	w.remove(old)
	for start := 0; start < len(d.Pages); {
		end := w.room(d.Pages, start)
		w.addPages(d, names, start, end, row)
		start = end
		if start < len(d.Pages) || w.full() {
			w.flush()
		}
		if err := errors.Join(ctx.Err(), w.state()); err != nil {
			return err
		}
	}
	record, err := w.x.record(d, row)
	if err != nil {
		return err
	}
	w.batch.Update(record)
	w.rows = append(w.rows, row)
	return nil
}

// documents gives the names of all documents of the report.
func (w *writer) documents(report string) (map[string]bool, error) {
	reader, err := w.x.snapshot()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	postings, err := reader.TermFieldReader(context.Background(), []byte(report), reportField, false, false, false)
	if err != nil {
		return nil, err
	}
	defer postings.Close()
	names := map[string]bool{}
	for {
		next, err := postings.Next(nil)
		if err != nil || next == nil {
			return names, err
		}
		name, err := reader.ExternalID(next.ID)
		if err != nil {
			return nil, err
		}
		names[name] = true
	}
}

func (w *writer) remove(names map[string]bool) {
	for name := range names {
		w.batch.Delete(name)
	}
}

// names gives the document names of the record and, from 1, of every page.
func (w *writer) names(d *search.Document, files []string) []string {
	numbers := map[string]int{}
	for i, file := range files {
		numbers[file] = i
	}
	names := []string{documentName(d.Report.ID, w.x.analyser.recordLanguage(&d.Report), 0, 0)}
	for _, p := range d.Pages {
		names = append(names, documentName(d.Report.ID, w.x.analyser.baseCode(p.Language), numbers[p.File], p.Index))
	}
	return names
}

// room gives the end of the pages from start that fit into the batch; at
// least one does.
func (w *writer) room(pages []search.IndexedPage, start int) int {
	end, bytes := start, w.bytes
	for end < len(pages) && (end == start || w.pages+end-start < batchPages && bytes < batchBytes) {
		bytes += len(pages[end].Text)
		end++
	}
	return end
}

func (w *writer) full() bool { return w.pages >= batchPages || w.bytes >= batchBytes }

// addPages analyses the pages [start, end) on all processors and adds them.
func (w *writer) addPages(d *search.Document, names []string, start, end int, row *row) {
	documents := make([]*document.Document, end-start)
	lengths := make([]int, end-start)
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := start + worker; i < end; i += workers {
				documents[i-start], lengths[i-start] = w.x.page(d.Report.ID, names[i+1], &d.Pages[i])
			}
		})
	}
	group.Wait()
	for i, doc := range documents {
		w.batch.Update(doc)
		w.pages++
		w.bytes += len(d.Pages[start+i].Text)
		if lengths[i] > 0 {
			row.Texts++
			row.Length += lengths[i]
		}
	}
}

// page makes the document of a page and gives its length in words.
func (x *Index) page(report, name string, p *search.IndexedPage) (*document.Document, int) {
	tokens := x.analyser.tokens(p.Language, p.Text)
	text := stemmedField(textField+x.analyser.baseCode(p.Language), tokens)
	return newDocument(name, report, text, foldedField(wordsField, tokens)), text.length
}

// rescue turns a panic of the engine, which a damaged file can cause, into an
// error.
func rescue(op string, err *error) {
	if p := recover(); p != nil {
		*err = greyshelf.Errorf(greyshelf.Unavailable, op, "", "the index is damaged (%v); make it again with \"greyshelf reindex\"", p)
	}
}
