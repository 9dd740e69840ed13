package app

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
)

// Redescribed says what a newer description of a report's file changes. Its
// JSON is a line of `redescribe --json`.
type Redescribed struct {
	Report   string               `json:"report"`
	Status   RedescribeStatus     `json:"status"`
	Title    string               `json:"title,omitempty"` // as it is in the library
	File     string               `json:"file,omitempty"`  // SHA-256
	Changes  []curate.Redescribed `json:"changes,omitempty"`
	Kept     []curate.Origin      `json:"kept,omitempty"` // fields that the description gives otherwise, and that stay
	Text     string               `json:"text,omitempty"` // the version of the file's text, where it is another one
	Decision string               `json:"decision,omitempty"`
	Reason   string               `json:"reason,omitempty"` // why it failed
	Err      error                `json:"-"`

	// What is needed to write the change.
	plan  curate.Redescription
	set   greyshelf.FindingSet
	pages []greyshelf.Page
}

// RedescribeStatus is what became of a report.
type RedescribeStatus string

// The statuses of [Redescribed].
const (
	WouldChange RedescribeStatus = "would change"
	WasChanged  RedescribeStatus = "changed"
	Unchanged   RedescribeStatus = "unchanged"
	HasNoFile   RedescribeStatus = "no file" // the report is a record only
	NotRead     RedescribeStatus = "failed"  // with a reason; the report stays as it is
)

// RedescribeOptions say whether the changes are written, and for whom.
type RedescribeOptions struct {
	Who   string
	Apply bool // write a decision for each report that changes
}

// Redescribe describes the stored files of the reports anew, several at a time,
// and tells done about each in their order, having written the change if that
// is wanted. A report that fails does not stop the rest. Stopped anywhere, each
// report is either changed or not, and the same call does the others.
func (l *Library) Redescribe(ctx context.Context, reports []string, o RedescribeOptions, done func(Redescribed) error) error {
	told, err := ordered(ctx, l.Config.workers(), reports, l.redescription, func(r Redescribed) error {
		if o.Apply && r.Status == WouldChange {
			r = l.applyRedescription(ctx, r, o.Who)
		}
		return done(r)
	})
	if err == nil && ctx.Err() != nil && told < len(reports) {
		return greyshelf.Errorf(greyshelf.Unavailable, "redescribe", "", "stopped before %s; run the same command again", reports[told])
	}
	return err
}

// applyRedescription writes the text, if it is another version, and then the
// decision.
func (l *Library) applyRedescription(ctx context.Context, r Redescribed, who string) Redescribed {
	if r.Text != "" {
		if err := l.Pages.Put(ctx, r.File, r.Text, r.pages); err != nil {
			return r.failed(err)
		}
	}
	decision, err := l.Desk.Redescribe(ctx, who, r.plan, r.set)
	if err != nil {
		return r.failed(err)
	}
	r.Status, r.Decision = WasChanged, decision.ID
	return r
}

func (r Redescribed) failed(err error) Redescribed {
	r.Status, r.Err, r.Reason = NotRead, err, greyshelf.ReasonOf(err)
	return r
}

// redescription plans what describing the report anew would change.
func (l *Library) redescription(ctx context.Context, id string) Redescribed {
	out := Redescribed{Report: id}
	report, err := l.Catalog.Report(ctx, id)
	if err != nil {
		return out.failed(err)
	}
	out.Title = report.Title
	sets, err := l.Catalog.Findings(ctx, id)
	if err != nil {
		return out.failed(err)
	}
	file, ok := describedFile(report, sets)
	if !ok {
		out.Status = HasNoFile
		return out
	}
	out.File = file.SHA256
	decisions, err := l.Catalog.Decisions(ctx, id, 0)
	if err != nil {
		return out.failed(err)
	}
	now, err := l.describeStored(ctx, file, besides(report, file, sets))
	if err != nil {
		return out.failed(err)
	}
	if out.plan, err = curate.Redescribe(report, now.file, now.findings, decisions, sets); err != nil {
		return out.failed(err)
	}
	out.Status, out.Changes, out.Kept = Unchanged, out.plan.Changes, out.plan.Kept
	if out.plan.Changed() {
		out.Status = WouldChange
	}
	if out.plan.Text {
		out.Text, out.pages = now.file.Text, now.pages
	}
	out.set = greyshelf.FindingSet{Report: id, File: file.SHA256, Method: describe.Version, Findings: now.findings}
	return out
}

// describedFile gives the file that the report was described by: that of its
// oldest findings, else its newest file.
func describedFile(r greyshelf.Report, sets []greyshelf.FindingSet) (greyshelf.File, bool) {
	for _, s := range sets {
		if f, ok := r.File(s.File); ok && f.Part == "" {
			return f, true
		}
	}
	for _, f := range r.Files() {
		if f.Part == "" { // what an annex says is not said of the report
			return f, true
		}
	}
	return greyshelf.File{}, false
}

// besides gives what is known from beside the file: what its landing page
// stated, else what the last description had from the server's answer.
func besides(r greyshelf.Report, file greyshelf.File, sets []greyshelf.FindingSet) []greyshelf.Finding {
	maker, _, _ := strings.Cut(landing.Version, "@")
	for _, s := range slices.Backward(sets) {
		if _, own := r.File(s.File); !own && strings.HasPrefix(s.Method, maker+"@") {
			return s.Findings
		}
	}
	for _, s := range slices.Backward(sets) {
		if s.File != file.SHA256 {
			continue
		}
		return slices.DeleteFunc(slices.Clone(s.Findings), func(f greyshelf.Finding) bool { return !strings.HasPrefix(f.Method, maker+"-") })
	}
	return nil
}

// describeStored reads and describes a file of the library.
func (l *Library) describeStored(ctx context.Context, file greyshelf.File, beside []greyshelf.Finding) (description, error) {
	content, err := l.Files.Open(ctx, file.SHA256)
	if err != nil {
		return description{}, err
	}
	defer content.Close()
	data, err := io.ReadAll(content)
	if err != nil {
		return description{}, greyshelf.E(greyshelf.Unavailable, "read", file.SHA256, err)
	}
	d, err := l.describe(ctx, taken{source: cmp.Or(file.Source, file.Name), data: data, beside: beside})
	if err != nil {
		return description{}, err
	}
	if strings.Contains(file.Text, "+") && !strings.Contains(d.file.Text, "+") {
		return description{}, greyshelf.Errorf(greyshelf.Unavailable, "redescribe", file.Name, "its text was recognised on pictures (%s), which cannot be done here now; install tesseract", file.Text)
	}
	d.file.SHA256, d.file.Name, d.file.Added = file.SHA256, file.Name, file.Added
	return d, nil
}

// Redescribable gives the reports to be described anew: those of a query, else
// all that are not withdrawn.
func (l *Library) Redescribable(ctx context.Context, query string) ([]string, error) {
	all := l.Listed(ctx, query)
	if query == "" {
		all = l.Catalog.Reports(ctx, catalog.Filter{States: []greyshelf.State{greyshelf.Published, greyshelf.Draft}})
	}
	var ids []string
	for r, err := range all {
		if err != nil {
			return nil, err
		}
		ids = append(ids, r.ID)
	}
	return ids, nil
}
