package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

const opCommit = "write report"

// Commit writes a decision and all that follows from it in one transaction.
func (s *Store) Commit(ctx context.Context, c catalog.Commit) (greyshelf.Decision, error) {
	d := c.Decision
	d.At = d.At.UTC().Truncate(time.Microsecond) // what every backend can keep
	d.Seq, d.Changes, d.Records = 0, nil, nil
	err := s.db.Write(ctx, opCommit, firstID(c), func(tx *sql.Tx) error {
		w := &writing{ctx: ctx, tx: tx, decision: &d}
		return w.all(c)
	})
	if err != nil {
		return greyshelf.Decision{}, err
	}
	return d, nil
}

// firstID names a commit in errors.
func firstID(c catalog.Commit) string {
	if len(c.Reports) > 0 {
		return c.Reports[0].ID
	}
	return c.Decision.ID
}

// writing is one commit under way.
type writing struct {
	ctx      context.Context
	tx       *sql.Tx
	decision *greyshelf.Decision
	changed  []greyshelf.Report // in their new form
}

func (w *writing) all(c catalog.Commit) error {
	if w.decision.ID == "" {
		return greyshelf.Errorf(greyshelf.Invalid, opCommit, firstID(c), "the decision has no identifier")
	}
	if err := w.addDecision(); err != nil {
		return err
	}
	for _, r := range c.Reports {
		if err := w.putReport(r); err != nil {
			return err
		}
	}
	for _, r := range c.Records {
		if err := w.putRecord(r); err != nil {
			return err
		}
	}
	if len(w.changed) == 0 && len(c.Findings) == 0 && len(w.decision.Records) == 0 {
		return greyshelf.Errorf(greyshelf.Invalid, opCommit, firstID(c), "nothing would change")
	}
	for _, step := range []func() error{w.putHoldings, w.putGroups, w.putLinks, w.putQueue, w.addChanges, w.addRecordChanges, w.addSeal, w.mark} {
		if err := step(); err != nil {
			return err
		}
	}
	return w.addFindings(c.Findings)
}

// putRecord writes what is not a report; a record that would not change is
// left as it is.
func (w *writing) putRecord(r catalog.Record) error {
	before, err := putRecord(w.ctx, w.tx, r)
	if err != nil {
		return err
	}
	change := greyshelf.RecordChange{Kind: r.Kind, ID: r.ID, Before: json.RawMessage(before), After: r.Data}
	if r.Data == nil {
		change.After = json.RawMessage("null")
	}
	if string(change.Before) != string(change.After) {
		w.decision.Records = append(w.decision.Records, change)
	}
	return nil
}

func (w *writing) addRecordChanges() error {
	for i, c := range w.decision.Records {
		_, err := w.exec("INSERT INTO record_changes (decision, position, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
			w.decision.Seq, i, c.Kind, c.ID, string(c.Before), string(c.After))
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) exec(query string, args ...any) (sql.Result, error) {
	return w.tx.ExecContext(w.ctx, query, args...)
}

func (w *writing) addDecision() error {
	d := w.decision
	var source any
	if d.Source != nil {
		data, err := json.Marshal(d.Source)
		if err != nil {
			return err
		}
		// What is sealed is what will be read: bytes that are not UTF-8 are U+FFFD.
		d.Source = new(greyshelf.Source)
		if err := json.Unmarshal(data, d.Source); err != nil {
			return err
		}
		if data, err = json.Marshal(d.Source); err != nil {
			return err
		}
		source = string(data)
	}
	result, err := w.exec("INSERT INTO decisions (id, at, who, method, reason, undoes, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
		d.ID, d.At.Format(time.RFC3339Nano), d.Who, d.Method, d.Reason, d.Undoes, source)
	if sqlitefile.Taken(err) {
		return greyshelf.Errorf(greyshelf.Exists, opCommit, d.ID, "there is a decision with this identifier already")
	}
	if err != nil {
		return err
	}
	d.Seq, err = result.LastInsertId()
	return err
}

// putReport writes the new form of a report; one that would not change is left
// as it is.
func (w *writing) putReport(r greyshelf.Report) error {
	before, err := w.stored(r)
	if err != nil {
		return err
	}
	r.Created, r.Updated = before.Created, w.decision.At
	if r.Revision == 0 {
		r.Created = w.decision.At
	}
	if _, err := json.Marshal(r); err != nil {
		return greyshelf.E(greyshelf.Invalid, opCommit, r.ID, err)
	}
	changes := catalog.Diff(before, r)
	if len(changes) == 0 {
		return nil
	}
	w.decision.Changes = append(w.decision.Changes, changes...)
	r.Revision++
	document, err := json.Marshal(r)
	if err != nil {
		return greyshelf.E(greyshelf.Invalid, opCommit, r.ID, err)
	}
	w.changed = append(w.changed, r)
	_, err = w.exec(`INSERT INTO reports (id, state, revision, updated, shown, document) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, revision = excluded.revision, updated = excluded.updated,
			shown = max(shown, excluded.shown), document = excluded.document`,
		r.ID, r.State, r.Revision, stamp(r.Updated), catalog.Public(r), string(document))
	return err
}

// stored gives the stored form of a report, the zero report for a new one.
func (w *writing) stored(r greyshelf.Report) (greyshelf.Report, error) {
	if r.ID == "" || slices.ContainsFunc(w.changed, func(done greyshelf.Report) bool { return done.ID == r.ID }) {
		return r, greyshelf.Errorf(greyshelf.Invalid, opCommit, r.ID, "a report needs an identifier and may stand in a decision once")
	}
	var document string
	err := w.tx.QueryRowContext(w.ctx, "SELECT document FROM reports WHERE id = ?", r.ID).Scan(&document)
	missing := errors.Is(err, sql.ErrNoRows)
	switch {
	case missing && r.Revision == 0:
		return greyshelf.Report{}, nil
	case err != nil:
		return r, err
	case r.Revision == 0:
		return r, greyshelf.Errorf(greyshelf.Exists, opCommit, r.ID, "there is a report with this identifier already")
	}
	before, err := decodeReport(document)
	if err == nil && before.Revision != r.Revision {
		err = greyshelf.Errorf(greyshelf.Conflict, opCommit, r.ID,
			"somebody changed the report in between (it is at revision %d, you had %d); look at it again", before.Revision, r.Revision)
	}
	return before, err
}

// putHoldings writes to which report files and imported entries belong. All
// are taken away first, so that one decision can move a file.
func (w *writing) putHoldings() error {
	for _, r := range w.changed {
		for _, query := range []string{"DELETE FROM files WHERE report = ?", "DELETE FROM entries WHERE report = ?"} {
			if _, err := w.exec(query, r.ID); err != nil {
				return err
			}
		}
	}
	for _, r := range w.changed {
		for _, f := range r.Files() {
			if err := w.hold("files", f.SHA256, r.ID); err != nil {
				return err
			}
		}
		if r.Entry != nil && r.Entry.Raw != "" {
			if err := w.hold("entries", entryKey(r.Entry.Raw), r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// hold writes that what lies under the key belongs to the report; twice within
// one report is allowed.
func (w *writing) hold(table, key, report string) error {
	if _, err := w.exec("INSERT INTO "+table+" (key, report) VALUES (?, ?) ON CONFLICT DO NOTHING", key, report); err != nil {
		return err
	}
	var holder string
	if err := w.tx.QueryRowContext(w.ctx, "SELECT report FROM "+table+" WHERE key = ?", key).Scan(&holder); err != nil {
		return err
	}
	if holder != report {
		return greyshelf.Errorf(greyshelf.Exists, opCommit, report, "report %s holds it already", holder)
	}
	return nil
}

func (w *writing) addChanges() error {
	for i, c := range w.decision.Changes {
		_, err := w.exec("INSERT INTO changes (decision, position, report, field, before, after) VALUES (?, ?, ?, ?, ?, ?)",
			w.decision.Seq, i, c.Report, c.Field, string(c.Before), string(c.After))
		if err != nil {
			return err
		}
	}
	return nil
}

// mark puts the changed reports at the end of the outbox. The greatest mark is
// always there, as reports are never deleted.
func (w *writing) mark() error {
	for _, r := range w.changed {
		_, err := w.exec(`INSERT INTO outbox (report, mark) VALUES (?, (SELECT coalesce(max(mark), 0) + 1 FROM outbox))
			ON CONFLICT (report) DO UPDATE SET mark = excluded.mark`, r.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) addFindings(sets []greyshelf.FindingSet) error {
	for _, set := range sets {
		document, err := json.Marshal(set.Findings)
		if err != nil {
			return greyshelf.E(greyshelf.Invalid, opCommit, set.Report, err)
		}
		_, err = w.exec(`INSERT INTO findings (decision, report, file, method, document) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (report, file, method) DO UPDATE SET decision = excluded.decision, document = excluded.document`,
			w.decision.Seq, set.Report, set.File, set.Method, string(document))
		if sqlitefile.Taken(err) {
			return greyshelf.Errorf(greyshelf.NotFound, opCommit, set.Report, "there are findings for a report that does not exist")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
