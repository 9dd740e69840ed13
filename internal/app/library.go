package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/flow"
	"github.com/greyshelf/greyshelf/internal/describe/ocr"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/fetch"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/pages/cache"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/publish/usage"
)

// The names of what lies in a library's folder; docs/format.md explains each.
const (
	catalogFile = "catalog.sqlite"
	pagesFile   = "pages.sqlite"
	filesDir    = "files"
	indexDir    = "index"
	cacheDir    = "cache"
)

// imageCacheBytes bounds the cache of thumbnails and page images.
const imageCacheBytes = 1 << 30

// Library is an open library: every part of it, wired. It is safe for
// concurrent use.
type Library struct {
	Config  Config
	Catalog catalog.Catalog
	Files   files.Store
	Pages   pages.Store
	Desk    *curate.Desk
	People  *people.Register
	Digest  *digest.Desk
	Contact *contact.Register
	// Usage counts how the site is used; nil where it is not counted.
	Usage *usage.Counter
	Log   *slog.Logger

	images pages.Cache
	copies *embed.Keeper
	engine *pdf.Engine
	reader describe.Reader
	fetch  *fetch.Client

	describer  knowing
	vocabulary headings
	identifier identifier

	closers []io.Closer
}

// Exists reports whether the folder holds a library.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, catalogFile))
	return err == nil
}

// Init makes a library in the folder, which must be absent or empty but for a
// configuration file, and warms the reading engine. A library that is there
// already is left as it is and reported by made.
func Init(ctx context.Context, c Config, log *slog.Logger) (made bool, err error) {
	if Exists(c.Library) {
		return false, nil
	}
	if err := checkEmpty(c.Library); err != nil {
		return false, err
	}
	l, err := open(ctx, c, log)
	if err != nil {
		return false, err
	}
	defer l.Close()
	return true, l.engine.Warm(ctx)
}

// checkEmpty refuses to spread a library among files of something else.
func checkEmpty(dir string) error {
	const op = "make a library"
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	for _, e := range entries {
		if e.Name() != ConfigFile && !strings.HasPrefix(e.Name(), ".") {
			return greyshelf.Errorf(greyshelf.Invalid, op, dir, "the folder is not empty (it holds %s) and is no library; name an empty or new one", e.Name())
		}
	}
	return nil
}

// Open opens the library; with create, one is made where none is. Errors:
// NotFound when there is none.
func Open(ctx context.Context, c Config, create bool, log *slog.Logger) (*Library, error) {
	if !Exists(c.Library) {
		if !create {
			return nil, greyshelf.Errorf(greyshelf.NotFound, "open the library", c.Library, "there is no library here; make one with `greyshelf init`, or name one with --library")
		}
		if err := checkEmpty(c.Library); err != nil {
			return nil, err
		}
	}
	return open(ctx, c, log)
}

// open wires the parts.
func open(ctx context.Context, c Config, log *slog.Logger) (_ *Library, err error) {
	const op = "open the library"
	if err := os.MkdirAll(c.Library, 0o750); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, c.Library, err)
	}
	l := &Library{Config: c, Log: log}
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	if l.fetch, err = newFetch(c.Allow); err != nil {
		return nil, err
	}
	fileStore, err := blobstore.OpenDir(l.path(filesDir), blobstore.Options{})
	if err != nil {
		return nil, err
	}
	l.Files, l.closers = fileStore, append(l.closers, fileStore)
	pageStore, err := pagessqlite.Open(ctx, l.path(pagesFile), pagessqlite.Options{})
	if err != nil {
		return nil, err
	}
	l.Pages, l.closers = pageStore, append(l.closers, pageStore)
	store, err := catalogsqlite.Open(ctx, l.path(catalogFile), catalogsqlite.Options{})
	if err != nil {
		return nil, err
	}
	l.Catalog, l.closers = store, append(l.closers, store)
	if err := authority.Rekey(ctx, store); err != nil {
		return nil, err
	}
	l.images = cache.New(filepath.Join(l.path(cacheDir), "images"), imageCacheBytes)
	l.copies = newCopies(l)
	l.engine = newEngine(l.enginePath(), c.workers())
	l.closers = append(l.closers, l.engine)
	l.reader = newReader(c, l.engine)
	l.People = people.New(l.Catalog, time.Now, NewID)
	l.closers = append(l.closers, &l.identifier)
	l.Desk = &curate.Desk{Catalog: l.Catalog, Now: time.Now, NewID: NewID}
	l.Digest = &digest.Desk{Catalog: l.Catalog, Now: time.Now, NewID: NewID, TwoPairs: c.Mail.TwoPairs}
	l.Usage = newUsage(l)
	l.Contact = &contact.Register{Records: l.Catalog, Now: time.Now, NewID: NewID}
	return l, nil
}

// newEngine makes the engine that reads PDFs; it starts when it is first used.
func newEngine(cache string, instances int) *pdf.Engine {
	return pdf.New(pdf.Options{CacheDir: cache, Instances: instances})
}

// newReader makes what reads files: the engine, what reads files whose text
// flows, and tesseract for scans.
func newReader(c Config, engine *pdf.Engine) describe.Reader {
	return describe.Reader{
		Engine: flow.Beside(engine), Recognizer: ocr.New(ocr.Options{Languages: c.OCRLanguages}),
		RecognizePages: c.OCRPages, RecognizeTime: c.OCRTime,
	}
}

// enginePath gives the folder of the compiled engine.
func (l *Library) enginePath() string {
	if l.Config.Engine != "" {
		return l.Config.Engine
	}
	return filepath.Join(l.path(cacheDir), "pdfium")
}

func newFetch(allow []string) (*fetch.Client, error) {
	var networks []netip.Prefix
	for _, text := range allow {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "read the configuration", "allow", "%q is not a network such as 10.0.0.0/8", text)
		}
		networks = append(networks, network)
	}
	return fetch.New(fetch.Options{Allow: networks}), nil
}

func (c Config) workers() int {
	if c.Workers > 0 {
		return c.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (l *Library) path(name string) string { return filepath.Join(l.Config.Library, name) }

// Close lets everything go, last opened first.
func (l *Library) Close() error {
	var errs []error
	for i := len(l.closers) - 1; i >= 0; i-- {
		errs = append(errs, l.closers[i].Close())
	}
	l.closers = nil
	return errors.Join(errs...)
}

// NewID gives a new random identifier: 10 characters of [0-9a-v], 50 bits.
func NewID() string {
	var random [7]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	return strings.ToLower(base32.HexEncoding.EncodeToString(random[:]))[:10]
}
