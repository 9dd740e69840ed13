// Package bleve is the search index on the segments of the Bleve library
// (scorch), without Bleve's own queries and ranking.
//
// It is a backend of the port search.Index, at the end of the way of the data:
// package search puts reports in and asks. There is one document per page and
// one for the record of each report. A document holds terms and positions but
// no text; what facets, sorting and states need is kept in memory in one row
// per report (table), read from the record documents when the index is opened.
//
// Ranking is BM25 with the true length of every page (see DESIGN.md: the
// library's own mistakes the number of distinct terms for the length).
// Queries are evaluated here, document by document, because hits are counted
// and grouped by report, and no count may be cut off.
//
// It makes no snippets, knows no rights and reads no files.
package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/greyshelf/greyshelf"
)

// schema counts the ways in which documents were laid out and words analysed.
// An index of another schema is made again.
const schema = "2"

// The keys of what is kept beside the documents.
const (
	schemaKey = "schema"
	markKey   = "mark"
)

// lockWait is how long [Open] waits for another process to let go of the
// index.
const lockWait = 500 * time.Millisecond

// Index is a search index in a folder. It is safe for concurrent use; one
// process holds it at a time.
type Index struct {
	path     string
	renewed  error
	analyser *analyser
	queue    *index.AnalysisQueue

	putting sync.Mutex   // one Put at a time
	open    sync.RWMutex // held for reading while the engine is used
	engine  index.Index  // nil when closed

	table *table
	views viewCache
}

// Open opens the index in the folder, or begins an empty one where there is
// none. A damaged one, or one written by another version of the program, is
// moved aside to path+".damaged" (replacing an older one) and an empty one
// begun: [Index.Renewed] says so, and as its mark is 0 the indexer fills it
// again. Errors: Conflict when another process holds it; Unavailable when the
// folder cannot be written.
func Open(path string) (*Index, error) {
	x := &Index{path: path, analyser: newAnalyser()}
	err := x.start()
	if err == nil {
		return x, nil
	}
	if kind := greyshelf.KindOf(err); kind == greyshelf.Conflict || kind == greyshelf.Unavailable {
		return nil, err
	}
	aside := path + ".damaged"
	if err := errors.Join(os.RemoveAll(aside), os.Rename(path, aside)); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "move damaged index aside", path, err)
	}
	x.renewed = err
	if err := x.start(); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "open index", path, err)
	}
	return x, nil
}

// Renewed gives the reason for which [Open] found the index unusable and began
// a new one; nil when it did not.
func (x *Index) Renewed() error { return x.renewed }

// start opens the engine and reads the table; a panic of the engine on a
// damaged file is an error.
func (x *Index) start() (err error) {
	if err := x.reachable(); err != nil {
		return err
	}
	x.table, x.views = newTable(), viewCache{}
	x.queue = index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
		if err != nil {
			x.shut()
		}
	}()
	config := map[string]any{"path": x.path, "bolt_timeout": lockWait.String()}
	engine, err := scorch.NewScorch(scorch.Name, config, x.queue)
	if err != nil {
		return err
	}
	err = engine.Open()
	if errors.Is(err, bolterrors.ErrTimeout) {
		return greyshelf.Errorf(greyshelf.Conflict, "open index", x.path, "another process holds the index")
	}
	if err != nil {
		return err
	}
	x.engine = engine
	return x.load()
}

// reachable makes sure that the folder is there and can be written.
func (x *Index) reachable() error {
	if err := os.MkdirAll(x.path, 0o700); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "open index", x.path, err)
	}
	probe := filepath.Join(x.path, ".write")
	if err := os.WriteFile(probe, nil, 0o600); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "open index", x.path, err)
	}
	_ = os.Remove(probe)
	return nil
}

// load checks the schema and reads the row of every report.
func (x *Index) load() error {
	reader, err := x.snapshot()
	if err != nil {
		return err
	}
	defer reader.Close()
	count, err := reader.DocCount()
	if err != nil {
		return err
	}
	written, err := reader.GetInternal([]byte(schemaKey))
	if err != nil {
		return err
	}
	if count == 0 && written == nil {
		batch := index.NewBatch()
		batch.SetInternal([]byte(schemaKey), []byte(schema))
		return x.engine.Batch(batch)
	}
	if string(written) != schema {
		return fmt.Errorf("written in schema %q, this program uses %q", written, schema)
	}
	if err := x.table.read(reader); err != nil {
		return err
	}
	_, err = x.views.view(reader, x.table)
	return err
}

// snapshot gives the index as it is now; the caller closes it.
func (x *Index) snapshot() (*scorch.IndexSnapshot, error) {
	if x.engine == nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, "search", "", "the index is closed")
	}
	reader, err := x.engine.Reader()
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "search", "", err)
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, greyshelf.Errorf(greyshelf.Internal, "search", "", "the engine gave a %T", reader)
	}
	return snapshot, nil
}

// Count gives the numbers of reports and pages in the index.
func (x *Index) Count(context.Context) (reports, pages int, err error) {
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
	return x.table.reports, x.table.pages, nil
}

// Close lets go of the index. Calls in progress end first.
func (x *Index) Close() error {
	x.putting.Lock()
	defer x.putting.Unlock()
	x.open.Lock()
	defer x.open.Unlock()
	return x.shut()
}

func (x *Index) shut() error {
	if x.queue != nil {
		x.queue.Close()
		x.queue = nil
	}
	if x.engine == nil {
		return nil
	}
	err := x.engine.Close()
	x.engine = nil
	return err
}
