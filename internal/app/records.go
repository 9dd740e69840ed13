package app

import (
	"context"
	"iter"
	"os"
	"path/filepath"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/fetch"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Imported says what became of one entry. Its JSON is a line of `import list
// --json`.
type Imported struct {
	Line       int     `json:"line"`
	Status     Status  `json:"status"`
	Report     string  `json:"report,omitempty"`
	Title      string  `json:"title,omitempty"`
	Confidence float64 `json:"confidence"`
	Rest       string  `json:"rest,omitempty"` // text that no field took; kept with the decision
	Reason     string  `json:"reason,omitempty"`
	Err        error   `json:"-"`
}

// ImportEntry makes a record of an entry of an annotated list named file.
func (l *Library) ImportEntry(ctx context.Context, e greyshelf.Entry, file string, o AddOptions) Imported {
	i := Imported{Line: e.Line, Title: e.Title, Confidence: e.Confidence, Rest: e.Rest}
	if e.Confidence == 0 {
		i.Status, i.Reason = StatusSkipped, "text between entries: no title or citation was recognised"
		return i
	}
	source := greyshelf.Source{File: filepath.Base(file), Line: e.Line, Raw: e.Layout.Raw}
	outcome, err := l.Desk.ImportEntry(ctx, o.Who, e, entry.ToReport(e), source, o.Draft)
	if err != nil {
		i.Status, i.Reason, i.Err = StatusRefused, greyshelf.ReasonOf(err), err
		return i
	}
	i.Status, i.Report = Status(outcome.Status), outcome.Report
	return i
}

// Shown is the whole record of a report with its findings and decisions. Its
// JSON is that of the report with the two beside it.
type Shown struct {
	greyshelf.Report
	Findings  []greyshelf.FindingSet `json:"findings,omitempty"`
	Decisions []greyshelf.Decision   `json:"decisions"`
}

// Show gives everything that the catalogue has on a report.
func (l *Library) Show(ctx context.Context, id string) (Shown, error) {
	report, err := l.Catalog.Report(ctx, id)
	if err != nil {
		return Shown{}, err
	}
	findings, err := l.Catalog.Findings(ctx, id)
	if err != nil {
		return Shown{}, err
	}
	decisions, err := l.Catalog.Decisions(ctx, id, 0)
	if err == nil {
		decisions, err = curate.Sourced(ctx, l.Catalog, id, decisions)
	}
	return Shown{report, findings, decisions}, err
}

// listBatch is how many reports of a search are fetched at a time.
const listBatch = 500

// Listed gives the published reports in order of arrival, or with a query
// those that it finds, best first. There is no limit.
func (l *Library) Listed(ctx context.Context, query string) iter.Seq2[greyshelf.Report, error] {
	if query == "" {
		return l.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Published}})
	}
	return func(yield func(greyshelf.Report, error) bool) {
		for offset := 0; ; offset += listBatch {
			answer, err := l.Search(ctx, search.Ask{Text: query, Grouped: true, PerReport: 1, Bare: true, Limit: listBatch, Offset: offset})
			if err != nil {
				yield(greyshelf.Report{}, err)
				return
			}
			for _, hit := range answer.Hits {
				report, err := l.Catalog.Report(ctx, hit.Report)
				if err == nil && report.State != greyshelf.Published {
					continue
				}
				if !yield(report, err) {
					return
				}
			}
			if len(answer.Hits) < listBatch {
				return
			}
		}
	}
}

// Reader describes files without a library.
type Reader struct {
	engine *pdf.Engine
	reader describe.Reader
	fetch  *fetch.Client

	describer *describe.Describer
	workers   int // files read at the same time
}

// Record is a described file as `describe --json` prints it.
type Record = describe.Record

// NewReader makes a reader. The compiled engine lies where the configuration
// says, else in the user's cache folder: there may be no library.
func NewReader(c Config) (*Reader, error) {
	client, err := newFetch(c.Allow)
	if err != nil {
		return nil, err
	}
	if c.Engine == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			dir = os.TempDir()
		}
		c.Engine = filepath.Join(dir, "greyshelf", "pdfium")
	}
	engine := newEngine(c.Engine, c.workers())
	return &Reader{engine: engine, reader: newReader(c, engine), fetch: client, describer: describe.New(), workers: c.workers()}, nil
}

// Describe reads one input and says what it states. It is safe for concurrent
// use.
func (r *Reader) Describe(ctx context.Context, in acquire.Input) (Record, error) {
	t, err := take(ctx, in, r.fetch)
	if err != nil {
		return Record{}, err
	}
	doc, err := r.reader.Read(ctx, t.data, t.base())
	if err != nil {
		return Record{}, err
	}
	doc.Beside = append(t.beside, doc.Beside...)
	return describe.NewRecord(in.Name, doc, r.describer.Describe(doc)), nil
}

// Close stops the engine.
func (r *Reader) Close() error { return r.engine.Close() }
