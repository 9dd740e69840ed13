package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
	identifysqlite "github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

// identifyFile is the index of files in the cache folder; it can be deleted and
// is made again.
const identifyFile = "identify.sqlite"

// latestReports is how many changed reports a command takes into the index of
// files while a server does it too: enough to know what came just before.
const latestReports = 50

// identifier finds what files are to the library. It is opened when it is first
// needed. The zero value is ready; its user closes it.
type identifier struct {
	mu    sync.Mutex
	index identify.Index // nil while it is not open
}

// open gives the index of files, which may have been deleted meanwhile.
func (i *identifier) open(ctx context.Context, path string) (identify.Index, error) {
	if _, err := os.Stat(path); err == nil && i.index != nil {
		return i.index, nil
	}
	if i.index != nil {
		_ = i.index.Close()
		i.index = nil
	}
	opened, err := identifysqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	i.index = opened
	return opened, nil
}

// Close closes the index.
func (i *identifier) Close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.index == nil {
		return nil
	}
	err := i.index.Close()
	i.index = nil
	return err
}

// withIdentify brings the index of files up to date, at most so many reports
// (0 = all), and lets use work with it; one at a time.
func (l *Library) withIdentify(ctx context.Context, most int, use func(identify.Service) error) error {
	l.identifier.mu.Lock()
	defer l.identifier.mu.Unlock()
	index, err := l.identifier.open(ctx, filepath.Join(l.path(cacheDir), identifyFile))
	if err != nil {
		return err
	}
	shelf := identify.Shelf{Catalog: l.Catalog, Pages: l.Pages}
	if most == 0 {
		l.warnLong(ctx, index)
	}
	if err := (identify.Indexer{Index: index, Shelf: shelf, Outbox: l.Catalog}).Run(ctx, most); err != nil {
		return err
	}
	return use(identify.Service{Index: index, Library: shelf})
}

// warnLong says why nothing seems to happen while the index of files of a large
// library is made.
func (l *Library) warnLong(ctx context.Context, index identify.Index) {
	const large = 2000 // reports: about a quarter of a minute
	mark, err := index.Mark(ctx)
	if err != nil || mark > 0 {
		return
	}
	if n, err := l.Catalog.Count(ctx, catalog.Filter{}); err == nil && n > large {
		l.Log.Warn("the index by which new files are compared with the library is made first; this happens once", "reports", n)
	}
}

// updateIdentify is the stage that keeps the index of files up to date while
// the library is served. It lets others in between.
func (l *Library) updateIdentify(ctx context.Context) error {
	for before := int64(-1); ; {
		var after int64
		err := l.withIdentify(ctx, latestReports, func(s identify.Service) (err error) {
			after, err = s.Index.Mark(ctx)
			return err
		})
		if err != nil {
			return err
		}
		newer, err := l.Catalog.Changed(ctx, after, 1)
		if err != nil || len(newer) == 0 || after == before {
			return err
		}
		before = after
	}
}

// matches finds what a file is to the other reports of the library: without
// those that the desk has said are not the same.
func (l *Library) matches(ctx context.Context, now identify.Known) ([]identify.Match, error) {
	most := 0
	if _, ok := served(l.Config.Library); ok {
		most = latestReports
	}
	var found []identify.Match
	err := l.withIdentify(ctx, most, func(s identify.Service) (err error) {
		found, err = s.Identify(ctx, now)
		return err
	})
	if err != nil || now.Report.ID == "" {
		return found, err
	}
	apart, err := curate.Apart(ctx, l.Catalog, now.Report.ID)
	if err != nil {
		return nil, err
	}
	var open []identify.Match
	for _, m := range found {
		if !apart[m.Report] {
			open = append(open, m)
		}
	}
	return open, nil
}

// identifyAdded says what a file that was just added is to the library, and
// keeps it with its report. Whatever goes wrong here does not undo the adding.
func (l *Library) identifyAdded(ctx context.Context, report string, f greyshelf.File) []identify.Match {
	found, err := l.identifyOne(ctx, report, f.SHA256)
	if err != nil && ctx.Err() == nil {
		l.Log.Warn("the file was added, but not compared with the library", "file", f.Name, "err", err)
	}
	return found
}

// nearest gives the first verdict if it is one that a person should look at,
// else "".
func nearest(found []identify.Match) string {
	if len(found) == 0 || !found[0].Verdict.Near() {
		return ""
	}
	return string(found[0].Verdict)
}

// identifyOne identifies a file of a report and keeps what was found.
func (l *Library) identifyOne(ctx context.Context, report, file string) ([]identify.Match, error) {
	r, err := l.Catalog.Report(ctx, report)
	if err != nil {
		return nil, err
	}
	f, ok := r.File(file)
	if !ok {
		return nil, greyshelf.Errorf(greyshelf.NotFound, "identify", file, "the report %s has no such file", report)
	}
	known, err := identify.Shelf{Catalog: l.Catalog, Pages: l.Pages}.Of(ctx, r, f)
	if err != nil {
		return nil, err
	}
	found, err := l.matches(ctx, known)
	if err != nil {
		return nil, err
	}
	return found, identify.Keep(ctx, l.Catalog, r.ID, f.SHA256, found)
}

// Identified says what a file is to the library. Its JSON is a line of
// `identify --json`.
type Identified struct {
	Input   string           `json:"input"`
	Report  string           `json:"report,omitempty"` // of the library; empty for a file that is not in it
	File    string           `json:"file"`             // SHA-256
	Title   string           `json:"title,omitempty"`
	Matches []identify.Match `json:"matches"`
}

// IdentifyReport says what each file of a report is to the other reports, and
// keeps it. Errors: NotFound.
func (l *Library) IdentifyReport(ctx context.Context, id string) ([]Identified, error) {
	r, err := l.Catalog.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	all := []Identified{}
	if len(r.Files()) == 0 {
		found, err := l.IdentifyRecord(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, Identified{Input: id, Report: r.ID, Title: r.Title, Matches: none(found)})
	}
	for _, f := range r.Files() {
		found, err := l.identifyOne(ctx, r.ID, f.SHA256)
		if err != nil {
			return nil, err
		}
		all = append(all, Identified{Input: id, Report: r.ID, File: f.SHA256, Title: r.Title, Matches: none(found)})
	}
	return all, nil
}

// IdentifyInput reads a file that may not be in the library, adds nothing, and
// says what it is to the library.
func (l *Library) IdentifyInput(ctx context.Context, in acquire.Input) (Identified, error) {
	t, err := take(ctx, in, l.fetch)
	if err != nil {
		return Identified{}, err
	}
	d, err := l.describe(ctx, t)
	if err != nil {
		return Identified{}, err
	}
	sum := sha256.Sum256(t.data)
	d.file.SHA256 = hex.EncodeToString(sum[:])
	known := identify.Known{File: d.file, Report: curate.FromFindings(d.file, d.findings)}
	for _, p := range d.pages {
		known.Pages = append(known.Pages, p.Text)
	}
	found, err := l.matches(ctx, known)
	if err != nil {
		return Identified{}, err
	}
	out := Identified{Input: in.Name, File: d.file.SHA256, Title: known.Report.Title, Matches: none(found)}
	if holder, err := l.holder(ctx, d.file.SHA256); err == nil {
		out.Report = holder.ID
	}
	return out, nil
}

// none makes an absent list an empty one, for JSON.
func none(found []identify.Match) []identify.Match {
	if found == nil {
		return []identify.Match{}
	}
	return found
}
