package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// Added says what became of one input. Its JSON is a line of `add --json`.
type Added struct {
	Input  string `json:"input"`
	Status Status `json:"status"`
	Report string `json:"report,omitempty"`
	File   string `json:"file,omitempty"` // SHA-256
	Title  string `json:"title,omitempty"`
	Reason string `json:"reason,omitempty"` // why it was refused

	Matches []identify.Match `json:"matches,omitempty"` // what the file is to other reports; a person decides

	Err error `json:"-"`
}

// Status is what became of an input.
type Status string

// The statuses of [Added].
const (
	StatusAdded   Status = "added"
	StatusKnown   Status = "known"   // identical bytes are in the library
	StatusRefused Status = "refused" // with a reason; nothing was stored
	StatusSkipped Status = "skipped" // of a list: text that is no entry, such as the headline of a section
)

// AddOptions say how inputs are added.
type AddOptions struct {
	Who   string // for the decision
	Draft bool   // keep reports as drafts instead of publishing them
	Page  bool   // a web page is the report itself, not what leads to a PDF
}

// Add takes the inputs in, several at a time, and tells done about each in
// their order. An input that cannot be added does not stop the rest; only the
// end of ctx does.
func (l *Library) Add(ctx context.Context, inputs []acquire.Input, o AddOptions, done func(Added)) error {
	results := make([]chan Added, len(inputs))
	for i := range results {
		results[i] = make(chan Added, 1)
	}
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(l.Config.workers(), len(inputs)) {
		workers.Go(func() {
			for i := range next {
				results[i] <- l.addInput(ctx, inputs[i], o)
			}
		})
	}
	go func() {
		defer close(next)
		for i := range inputs {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer workers.Wait()
	for i := range inputs {
		select {
		case result := <-results[i]:
			done(result)
		case <-ctx.Done():
			return greyshelf.Errorf(greyshelf.Unavailable, "add", "", "stopped before %s; what was added stays, run the same command again", inputs[i].Name)
		}
	}
	return nil
}

func (l *Library) addInput(ctx context.Context, in acquire.Input, o AddOptions) Added {
	read := take
	if o.Page {
		read = takePage
	}
	t, err := read(ctx, in, l.fetch)
	if err != nil {
		return refused(in.Name, err)
	}
	return l.addTaken(ctx, in.Name, t, o)
}

// AddReader takes in an upload under its file name.
func (l *Library) AddReader(ctx context.Context, name string, r io.Reader, o AddOptions) Added {
	data, err := acquire.ReadAll(name, r)
	if err != nil {
		return refused(name, err)
	}
	return l.AddBytes(ctx, name, data, o)
}

// AddBytes takes in a file that came under the name, a path or an address.
func (l *Library) AddBytes(ctx context.Context, name string, data []byte, o AddOptions) Added {
	return l.addTaken(ctx, name, taken{source: name, data: data}, o)
}

// addTaken runs the way of the data for one file: known already? → describe →
// keep the bytes → keep the pages → commit the report. Each step is whole
// before the next, the catalogue last: stopped anywhere, the report is wholly
// there or wholly absent, and the same call finishes it. What the file is to
// other reports is found afterwards and proposed only.
func (l *Library) addTaken(ctx context.Context, name string, t taken, o AddOptions) Added {
	sum := sha256.Sum256(t.data)
	sha := hex.EncodeToString(sum[:])
	if report, err := l.holder(ctx, sha); err == nil && report.State != greyshelf.Withdrawn { // a withdrawn one is the desk's to judge
		return Added{Input: name, Status: StatusKnown, Report: report.ID, File: sha, Title: report.Title}
	}
	described, err := l.describe(ctx, t)
	if err != nil {
		return refused(name, err)
	}
	if _, err := l.Files.Put(ctx, bytes.NewReader(t.data)); err != nil {
		return refused(name, err)
	}
	beside, err := l.keepPage(ctx, t)
	if err != nil {
		return refused(name, err)
	}
	described.file.SHA256, described.file.Added = sha, l.Desk.Now()
	if err := l.Pages.Put(ctx, sha, described.file.Text, described.pages); err != nil {
		return refused(name, err)
	}
	outcome, err := l.Desk.Add(ctx, o.Who, curate.Described{
		File: described.file, Findings: described.findings, Method: describe.Version, Draft: o.Draft, Beside: beside,
	})
	if err != nil {
		return refused(name, err)
	}
	a := Added{Input: name, Status: Status(outcome.Status), Report: outcome.Report, File: sha, Title: l.title(ctx, outcome.Report)}
	if a.Status == StatusAdded {
		a.Matches = l.identifyAdded(ctx, a.Report, described.file)
		if _, err := l.Desk.ApplyRules(ctx, a.Report); err != nil {
			l.Log.Warn("the rules were not applied to a new report", "report", a.Report, "err", err)
		}
	}
	return a
}

// holder gives the report that holds the file.
func (l *Library) holder(ctx context.Context, sha string) (greyshelf.Report, error) {
	id, err := l.Catalog.Holder(ctx, sha)
	if err != nil {
		return greyshelf.Report{}, err
	}
	return l.Catalog.Report(ctx, id)
}

func refused(name string, err error) Added {
	return Added{Input: name, Status: StatusRefused, Reason: greyshelf.ReasonOf(err), Err: err}
}

// title gives a report's title for the table of added files; a report that
// cannot be read has none.
func (l *Library) title(ctx context.Context, id string) string {
	report, err := l.Catalog.Report(ctx, id)
	if err != nil {
		return ""
	}
	return report.Title
}

// description is a file read and described, not yet stored.
type description struct {
	file     greyshelf.File
	findings []greyshelf.Finding
	pages    []greyshelf.Page
}

func (l *Library) describe(ctx context.Context, t taken) (description, error) {
	base := t.base()
	doc, err := l.reader.Read(ctx, t.data, base)
	if err != nil {
		return description{}, err
	}
	doc.Beside = append(t.beside, doc.Beside...)
	l.warnUnread(base, doc)
	said := l.describer.now(ctx, l).Describe(doc)
	d := description{findings: said.Findings}
	for _, p := range doc.Pages {
		d.pages = append(d.pages, p.Page)
	}
	d.file = greyshelf.File{
		MediaType: cmp.Or(doc.Info.MediaType, greyshelf.TypePDF), Name: base, Source: t.source, Bytes: int64(len(t.data)), Pages: doc.Info.Pages,
		Text: doc.TextVersion, Facts: doc.Info.Facts, Outline: said.Contents,
	}
	return d, nil
}

// warnUnread says which pages of a file stay without text although they may
// have one.
func (l *Library) warnUnread(name string, doc *describe.Document) {
	r := doc.Recognition
	if r == nil || len(r.Left) == 0 || !doc.Info.Facts.Scan && r.Engine == "" { // a cover picture is no scan
		return
	}
	l.Log.Warn("pages that are pictures were not read", "file", name, "pages", len(r.Left), "first", r.Left[0].Page, "reason", r.Left[0].Reason)
}
