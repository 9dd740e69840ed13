package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

// The kinds of the records that an import keeps: one for the import as a
// whole, and one for each item under the key of what it said, so that it is
// known when it comes again and every report says where it came from.
const (
	importKind   = "import"
	importedKind = "imported"
)

// perDecision is how many items of an import one decision takes: enough that
// ten thousand cost little, few enough that a decision can be read and undone.
const perDecision = 200

// Order says how a plan is carried out.
type Order struct {
	Who     string
	Name    string // of the list, for the history
	Choices bring.Choices
	// Take keeps the bytes and pages of a file that belongs to an item, and
	// describes it; nil leaves files out.
	Take func(ctx context.Context, f bring.File) (Described, error)
	// Done is told what became of each item; may be nil.
	Done func(step bring.Step, became Brought)
}

// Brought says what became of an item.
type Brought struct {
	Status   Status // Added, Known, or Skipped
	Report   string
	Problems []string // of its files
	Err      error    // why it was not brought
}

// Skipped is the status of an item that was left out.
const Skipped Status = "skipped"

// Import is one import: the decisions that were made of one list.
type Import struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Who   string    `json:"who"`
	At    time.Time `json:"at"`
	Added int       `json:"added"` // reports
}

// Imported says where a report came from.
type Imported struct {
	Report string `json:"report"`
	Import string `json:"import"` // identifier of the import
	Format string `json:"format"`
	Number int    `json:"number"` // of the record in its file
	greyshelf.Source
}

// bringing is an import under way.
type bringing struct {
	*Desk
	order    Order
	batch    Import
	revision int             // of the import's record
	queue    []brought       // in the order of the list
	keys     map[string]bool // of this import
}

// brought is an item on its way into a decision.
type brought struct {
	step     bring.Step
	report   greyshelf.Report
	findings []greyshelf.FindingSet
	record   *catalog.Record
	problems []string
	decided  *Brought // for one that no decision takes
}

// Bring carries a plan out, in decisions of at most [perDecision] items that
// share one import. Stopped anywhere, what was brought stays and is known when
// the same list comes again. Errors: those of the steps; Unavailable.
func (d *Desk) Bring(ctx context.Context, steps iter.Seq2[bring.Step, error], order Order) (Import, error) {
	b := &bringing{Desk: d, order: order, keys: map[string]bool{}, batch: Import{ID: d.NewID(), Name: order.Name, Who: order.Who, At: d.Now().UTC()}}
	for step, err := range steps {
		if err == nil {
			err = b.take(ctx, step)
		}
		if err != nil {
			if kept := b.flush(context.WithoutCancel(ctx)); kept != nil {
				err = kept
			}
			return b.batch, err
		}
	}
	return b.batch, b.flush(ctx)
}

// take puts a step among those that the next decision takes.
func (b *bringing) take(ctx context.Context, step bring.Step) error {
	choice := b.order.Choices.Of(step)
	one := brought{step: step}
	var err error
	switch {
	case step.Status == bring.Known || b.keys[step.Key()]:
		one.decided = &Brought{Status: Known, Report: step.Other}
	case choice == bring.TakeSkip:
		one.decided = &Brought{Status: Skipped}
	default:
		if one, err = b.item(ctx, step, choice); err != nil {
			if ctx.Err() != nil {
				return err
			}
			one.decided = &Brought{Status: Skipped, Err: err}
		}
		b.keys[step.Key()] = true
	}
	b.queue = append(b.queue, one)
	if len(b.queue) >= perDecision {
		return b.flush(ctx)
	}
	return nil
}

// item makes the report of a step, with its files.
func (b *bringing) item(ctx context.Context, step bring.Step, choice bring.Take) (brought, error) {
	one := brought{step: step, report: step.Report}
	if step.Again {
		stored, err := b.Catalog.Report(ctx, step.Other)
		if err != nil {
			return one, err
		}
		stored.State = initial(!b.order.Choices.Publish)
		one.report = stored
		return one, nil
	}
	r := &one.report
	r.ID, r.Revision = b.NewID(), 0
	r.State = initial(!b.order.Choices.Publish || choice != bring.TakeNew)
	if step.Status == bring.Alike {
		r.Note = join(r.Note, step.Mark())
	}
	if err := b.files(ctx, &one); err != nil {
		return one, err
	}
	if err := b.link(ctx, greyshelf.Report{}, r); err != nil {
		return one, err
	}
	if err := valid(r, catalog.Diff(greyshelf.Report{}, *r)); err != nil {
		return one, err
	}
	record, err := importedRecord(step, r.ID, b.batch.ID)
	one.record = &record
	return one, err
}

func join(note, more string) string {
	if note == "" {
		return more
	}
	return note + "\n\n" + more
}

func importedRecord(step bring.Step, report, batch string) (catalog.Record, error) {
	data, err := json.Marshal(Imported{Report: report, Import: batch, Format: step.Format, Number: step.Number, Source: step.Source()})
	if err != nil {
		return catalog.Record{}, greyshelf.E(greyshelf.Internal, "bring", step.String(), err)
	}
	return catalog.Record{Kind: importedKind, ID: step.Key(), Keys: []string{"report:" + report, "import:" + batch}, Data: data}, nil
}

// files takes the files of an item in. One that cannot be read is a problem of
// the item, which is brought without it.
func (b *bringing) files(ctx context.Context, one *brought) error {
	var kept []greyshelf.File
	for _, f := range one.step.Files {
		if b.order.Take == nil {
			break
		}
		described, err := b.order.Take(ctx, f)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = b.held(ctx, described.File.SHA256, kept)
		}
		if err != nil {
			one.problems = append(one.problems, f.Name+": "+greyshelf.ReasonOf(err))
			continue
		}
		file := described.File
		file.Added = b.Now().UTC().Truncate(time.Microsecond)
		kept = append(kept, file)
		one.findings = append(one.findings, described.Beside...)
		one.findings = append(one.findings, greyshelf.FindingSet{File: file.SHA256, Method: described.Method, Findings: described.Findings})
	}
	if len(kept) == 0 {
		return nil
	}
	r := &one.report
	r.Editions = []greyshelf.Edition{{ID: "1", Date: r.Date, Files: kept}}
	if len(r.Languages) > 0 {
		r.Editions[0].Language = r.Languages[0]
	}
	for i := range one.findings {
		one.findings[i].Report = r.ID
	}
	return nil
}

// held says that a file is there already, in the library or in this import.
func (b *bringing) held(ctx context.Context, sha string, own []greyshelf.File) error {
	same := func(f greyshelf.File) bool { return f.SHA256 == sha }
	if slices.ContainsFunc(own, same) {
		return greyshelf.Errorf(greyshelf.Exists, "bring", sha, "the same bytes as another of its files")
	}
	for _, other := range b.queue {
		if other.decided == nil && slices.ContainsFunc(other.report.Files(), same) {
			return greyshelf.Errorf(greyshelf.Exists, "bring", sha, "the same bytes as a file of record %d", other.step.Ordinal)
		}
	}
	holder, err := b.Catalog.Holder(ctx, sha)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return greyshelf.Errorf(greyshelf.Exists, "bring", sha, "report %s holds the same bytes", holder)
}

// flush writes what waits as one decision, and tells what became of it. Where
// that fails for one item, each is written by itself, so that the others are
// brought.
func (b *bringing) flush(ctx context.Context) error {
	queue := b.queue
	b.queue = nil
	taken := slices.DeleteFunc(slices.Clone(queue), func(one brought) bool { return one.decided != nil })
	var err error
	if len(taken) > 0 {
		err = b.commit(ctx, taken)
	}
	apart := err != nil && greyshelf.KindOf(err) != greyshelf.Unavailable && ctx.Err() == nil
	for _, one := range queue {
		became := Brought{Status: Added, Report: one.report.ID, Problems: one.problems}
		failed := err
		if apart && one.decided == nil {
			failed = b.commit(ctx, []brought{one})
		}
		switch {
		case one.decided != nil:
			became = *one.decided
		case failed != nil:
			became = Brought{Status: Skipped, Err: failed}
		}
		if b.order.Done != nil {
			b.order.Done(one.step, became)
		}
	}
	if apart {
		return nil
	}
	return err
}

func (b *bringing) commit(ctx context.Context, all []brought) error {
	c := catalog.Commit{Decision: b.decision(b.order.Who, greyshelf.ByImport, "")}
	c.Decision.Reason = fmt.Sprintf("%s, import %s", b.order.Name, b.batch.ID)
	if len(all) == 1 {
		source := all[0].step.Source()
		c.Decision.Source = &source
	}
	var agents []greyshelf.Contribution
	for _, one := range all {
		c.Reports = append(c.Reports, one.report)
		c.Findings = append(c.Findings, one.findings...)
		agents = append(agents, one.report.Agents...)
		if one.record != nil {
			c.Records = append(c.Records, *one.record)
		}
	}
	bodies, err := b.bodyRecords(ctx, agents)
	if err != nil {
		return err
	}
	next := b.batch
	next.Added += len(all)
	data, err := json.Marshal(next)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, "bring", b.order.Name, err)
	}
	c.Records = append(append(c.Records, bodies...), catalog.Record{Kind: importKind, ID: b.batch.ID, Keys: []string{"all"}, Data: data, Revision: b.revision})
	if _, err := b.Catalog.Commit(ctx, c); err != nil {
		return err
	}
	b.batch = next
	b.revision++
	return nil
}
