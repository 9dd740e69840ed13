package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

const opUndoImport = "undo import"

// Brought finds the report that an item was brought as before, wherever it
// stood. again says that an undo withdrew it, so that it can be made visible
// again. Errors: NotFound.
func (d *Desk) Brought(ctx context.Context, item bring.Item) (report greyshelf.Report, again bool, err error) {
	id, err := d.broughtAs(ctx, item)
	if err != nil {
		return report, false, err
	}
	if report, err = d.Catalog.Report(ctx, id); err != nil {
		return report, false, err
	}
	if report.MergedInto != "" {
		report, err = d.Catalog.Report(ctx, report.MergedInto)
		return report, false, err
	}
	if report.State == greyshelf.Withdrawn {
		again, err = d.withdrawnByUndo(ctx, id)
	}
	return report, again, err
}

func (d *Desk) broughtAs(ctx context.Context, item bring.Item) (string, error) {
	if item.Report.Entry != nil && item.Report.Entry.Raw != "" {
		id, err := d.Catalog.EntryHolder(ctx, item.Report.Entry.Raw)
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			return id, err
		}
	}
	record, err := d.Catalog.Record(ctx, importedKind, item.Key())
	if err != nil {
		return "", err
	}
	var was Imported
	if err := json.Unmarshal(record.Data, &was); err != nil {
		return "", greyshelf.E(greyshelf.Internal, "read where it came from", item.Key(), err)
	}
	return was.Report, nil
}

// CameFrom says where a report was imported from. Errors: NotFound.
func (d *Desk) CameFrom(ctx context.Context, report string) (Imported, error) {
	return cameFrom(ctx, d.Catalog, report)
}

func cameFrom(ctx context.Context, records catalog.Records, report string) (Imported, error) {
	for record, err := range records.Records(ctx, catalog.RecordFilter{Kind: importedKind, Key: "report:" + report, Limit: 1}) {
		var was Imported
		if err == nil {
			err = json.Unmarshal(record.Data, &was)
		}
		return was, err
	}
	return Imported{}, greyshelf.Errorf(greyshelf.NotFound, "read where it came from", report, "it was not imported")
}

// Sourced gives the decisions on a report with the source in those that
// brought it with many others: what one decision of an import says of where it
// came from, its record says for this report.
func Sourced(ctx context.Context, records catalog.Records, report string, decisions []greyshelf.Decision) ([]greyshelf.Decision, error) {
	shared := func(d greyshelf.Decision) bool { return d.Method == greyshelf.ByImport && d.Source == nil }
	if !slices.ContainsFunc(decisions, shared) {
		return decisions, nil
	}
	was, err := cameFrom(ctx, records, report)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return decisions, nil
	}
	if err != nil {
		return nil, err
	}
	source := was.Source
	if source.Line == 0 && was.Number > 0 {
		source.File += fmt.Sprintf(", record %d", was.Number)
	}
	decisions = slices.Clone(decisions)
	for i, d := range decisions {
		if shared(d) {
			decisions[i].Source = &source
		}
	}
	return decisions, nil
}

// Imports gives the imports, newest first, at most limit (0 = all).
func (d *Desk) Imports(ctx context.Context, limit int) ([]Import, error) {
	var all []Import
	for record, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: importKind, Key: "all"}) {
		if err != nil {
			return nil, err
		}
		var one Import
		if json.Unmarshal(record.Data, &one) == nil {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b Import) int { return b.At.Compare(a.At) })
	if limit > 0 && len(all) > limit {
		all = all[:limit]
	}
	return all, nil
}

// Import gives one import. Errors: NotFound.
func (d *Desk) Import(ctx context.Context, id string) (Import, error) {
	record, err := d.Catalog.Record(ctx, importKind, id)
	if err != nil {
		return Import{}, err
	}
	var one Import
	return one, json.Unmarshal(record.Data, &one)
}

// UndoneImport says what became of an import that was taken back.
type UndoneImport struct {
	Withdrawn int      `json:"withdrawn"`      // reports
	Kept      []string `json:"kept,omitempty"` // reports that were changed since and stay
}

// UndoImport withdraws every report that an import made and that nobody
// changed since; the others stay and are named. Errors: NotFound; Conflict
// when nothing of it is left to take back.
func (d *Desk) UndoImport(ctx context.Context, who, id, reason string) (UndoneImport, error) {
	var undone UndoneImport
	if _, err := d.Import(ctx, id); err != nil {
		return undone, err
	}
	made, err := d.Catalog.RecordDecisions(ctx, importKind, id)
	if err != nil {
		return undone, err
	}
	for _, decision := range made {
		if err := d.undoBrought(ctx, who, decision.ID, reason, &undone); err != nil {
			return undone, err
		}
	}
	if undone.Withdrawn == 0 {
		return undone, greyshelf.Errorf(greyshelf.Conflict, opUndoImport, id, "nothing of it is left to take back: its reports are withdrawn already or were changed since")
	}
	return undone, nil
}

// undoBrought takes one decision of an import back.
func (d *Desk) undoBrought(ctx context.Context, who, id, reason string, undone *UndoneImport) error {
	past, err := d.Catalog.Decision(ctx, id)
	if err != nil {
		return err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByUndo, reason)}
	c.Decision.Undoes = past.ID
	kept := 0
	for _, report := range reports(past) {
		r, err := d.Catalog.Report(ctx, report)
		if err != nil {
			return err
		}
		if r.State == greyshelf.Withdrawn {
			continue
		}
		last, err := d.Catalog.Decisions(ctx, report, 1)
		if err != nil {
			return err
		}
		if len(last) == 0 || last[0].ID != past.ID {
			undone.Kept = append(undone.Kept, report)
			kept++
			continue
		}
		r.State = greyshelf.Withdrawn
		c.Reports = append(c.Reports, r)
	}
	if len(c.Reports) == 0 {
		return nil
	}
	if kept == 0 { // names that it brought by the way go with it
		if c.Records, err = d.recordsBefore(ctx, past); err != nil {
			return err
		}
	}
	if _, err := d.Catalog.Commit(ctx, c); err != nil {
		return err
	}
	undone.Withdrawn += len(c.Reports)
	return nil
}
