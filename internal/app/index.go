package app

import (
	"context"
	"os"
	"sync"

	"github.com/gofrs/flock"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// index keeps the search index of a library open and up to date. It is made
// again by itself when it is missing or damaged; meanwhile queries are
// answered from what there is, marked as incomplete.
type index struct {
	library *Library
	lock    *flock.Flock

	mu       sync.RWMutex
	open     search.Index // nil while there is none
	service  *search.Service
	catching bool // a first or repeated build is under way
}

// newIndex takes the index for this process.
func (l *Library) newIndex(ctx context.Context) (*index, error) {
	lock, err := lockIndex(ctx, l.Config.Library)
	if err != nil {
		return nil, err
	}
	return &index{library: l, lock: lock}, nil
}

// withIndex opens the index, brings it up to date and lets use work with it.
func (l *Library) withIndex(ctx context.Context, progress func(done, total int), use func(*search.Service) error) error {
	x, err := l.newIndex(ctx)
	if err != nil {
		return err
	}
	defer x.Close()
	if err := x.update(ctx, progress); err != nil {
		return err
	}
	service, err := x.Service()
	if err != nil {
		return err
	}
	return use(service)
}

// Reindex makes the index anew. Errors: Conflict while the library is served.
func (l *Library) Reindex(ctx context.Context, progress func(done, total int)) error {
	holder, err := l.hold("reindex", "")
	if err != nil {
		return err
	}
	defer holder.unlock()
	x, err := l.newIndex(ctx)
	if err != nil {
		return err
	}
	defer x.Close()
	if err := os.RemoveAll(l.path(indexDir)); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "reindex", l.path(indexDir), err)
	}
	return x.update(ctx, progress)
}

// Service gives the search service. Errors: Unavailable while there is none.
func (x *index) Service() (*search.Service, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.service == nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, "search", "", "the search index is being made; try again in a moment")
	}
	return x.service, nil
}

// whole gives the search service when nothing is missing in the index.
func (x *index) whole() (*search.Service, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.service, x.service != nil && !x.catching
}

// Search answers a query, and says so while the index is being made again.
func (x *index) Search(ctx context.Context, ask search.Ask) (search.Answer, error) {
	service, err := x.Service()
	if err != nil {
		return search.Answer{Rebuilding: true}, nil
	}
	answer, err := service.Search(ctx, ask)
	x.mu.RLock()
	answer.Rebuilding = x.catching
	x.mu.RUnlock()
	return answer, err
}

// MarksOnPage gives where the words of a query stand on a page.
func (x *index) MarksOnPage(ctx context.Context, query string, page greyshelf.Page, language string) ([][2]int, error) {
	service, err := x.Service()
	if err != nil {
		return nil, err
	}
	return service.MarksOnPage(ctx, query, page, language)
}

// update makes the index ready and brings it up to the catalogue's last mark.
// It is the stage that the runner wakes: safe to run again at any time.
func (x *index) update(ctx context.Context, progress func(done, total int)) error {
	if err := x.ensure(ctx); err != nil {
		return err
	}
	err := x.catchUp(ctx, progress)
	x.mu.Lock()
	defer x.mu.Unlock()
	if err == nil {
		x.catching = false
	}
	return err
}

// ensure opens the index, or makes a new one when it is missing or damaged.
func (x *index) ensure(ctx context.Context) error {
	dir := x.library.path(indexDir)
	_, missing := os.Stat(dir)
	if x.open != nil && missing == nil {
		return nil
	}
	x.close()
	opened, err := bleve.Open(dir)
	if err != nil {
		return err
	}
	if reason := opened.Renewed(); reason != nil {
		x.library.Log.Warn("the search index was damaged and is made anew", "err", reason)
	}
	mark, err := opened.Mark(ctx)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.open, x.catching = opened, mark == 0
	x.service = &search.Service{Index: opened, Catalog: x.library.Catalog, Pages: x.library.Pages}
	return err
}

func (x *index) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open != nil {
		_ = x.open.Close()
	}
	x.open, x.service = nil, nil
}

// Close closes the index and lets other processes have it.
func (x *index) Close() {
	x.close()
	_ = x.lock.Unlock()
}
