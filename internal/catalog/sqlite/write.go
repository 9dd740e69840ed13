package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opCommit = "write the catalogue"

// Commit writes a decision and all that follows from it, or nothing.
func (c *Catalog) Commit(ctx context.Context, in catalog.Commit) (greyshelf.Decision, error) {
	decision := in.Decision
	decision.At = decision.At.UTC()
	err := c.transaction(ctx, func(tx *sql.Tx) error {
		var err error
		decision, err = commit(ctx, tx, decision, in)
		return err
	})
	return decision, explain(opCommit, "", err)
}

// SetMark stores how far a stage has come.
func (c *Catalog) SetMark(ctx context.Context, stage string, mark int64) error {
	_, err := c.write.ExecContext(ctx, "INSERT INTO mark (stage, mark) VALUES (?, ?) ON CONFLICT (stage) DO UPDATE SET mark = excluded.mark", stage, mark)
	return explain("set the mark", stage, err)
}

func (c *Catalog) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := c.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func commit(ctx context.Context, tx *sql.Tx, d greyshelf.Decision, in catalog.Commit) (greyshelf.Decision, error) {
	d.Changes = nil
	for _, after := range in.Reports {
		changes, err := putReport(ctx, tx, after, d.At)
		if err != nil {
			return d, err
		}
		d.Changes = append(d.Changes, changes...)
	}
	if len(d.Changes) == 0 && len(in.Findings) == 0 {
		return d, greyshelf.Errorf(greyshelf.Invalid, opCommit, "", "nothing would change")
	}
	for _, set := range in.Findings {
		if err := putFindings(ctx, tx, set); err != nil {
			return d, err
		}
	}
	return putDecision(ctx, tx, d)
}

// putReport writes the new form of a report and gives what changed.
func putReport(ctx context.Context, tx *sql.Tx, after greyshelf.Report, at time.Time) ([]greyshelf.Change, error) {
	before, err := stored(ctx, tx, after)
	if err != nil {
		return nil, err
	}
	changes, err := catalog.Diff(before, after)
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	isNew := after.Revision == 0
	after.Created, after.Updated = before.Created, at
	if isNew {
		after.Created = at
	}
	after.Revision++
	record, err := json.Marshal(after)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, opCommit, after.ID, err)
	}
	if isNew {
		_, err = tx.ExecContext(ctx, "INSERT INTO report (id, state, revision, record) VALUES (?, ?, ?, ?)", after.ID, after.State, after.Revision, string(record))
	} else {
		_, err = tx.ExecContext(ctx, "UPDATE report SET state = ?, revision = ?, record = ? WHERE id = ?", after.State, after.Revision, string(record), after.ID)
	}
	if err == nil {
		err = putFiles(ctx, tx, after)
	}
	if err == nil {
		// The row gets a new, higher mark: AUTOINCREMENT never gives one again.
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO outbox (report) VALUES (?)", after.ID)
	}
	return changes, err
}

// stored gives the form of the report that is to be replaced, the zero report
// for a new one.
func stored(ctx context.Context, tx *sql.Tx, after greyshelf.Report) (greyshelf.Report, error) {
	if after.ID == "" {
		return greyshelf.Report{}, greyshelf.Errorf(greyshelf.Invalid, opCommit, "", "a report needs an identifier")
	}
	before, err := report(ctx, tx, after.ID)
	missing := greyshelf.KindOf(err) == greyshelf.NotFound
	switch {
	case err != nil && !missing:
		return before, err
	case after.Revision == 0 && !missing:
		return before, greyshelf.Errorf(greyshelf.Exists, opCommit, after.ID, "a report with this identifier exists already")
	case after.Revision == 0:
		return greyshelf.Report{}, nil
	case missing:
		return before, err
	case before.Revision != after.Revision:
		return before, greyshelf.Errorf(greyshelf.Conflict, opCommit, after.ID, "somebody changed the report in between (revision %d, yours was %d); look at the new form and try again", before.Revision, after.Revision)
	}
	return before, nil
}

// putFiles makes the report hold exactly its files.
func putFiles(ctx context.Context, tx *sql.Tx, r greyshelf.Report) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM file WHERE report = ?", r.ID); err != nil {
		return err
	}
	for _, f := range r.Files() {
		_, err := tx.ExecContext(ctx, "INSERT INTO file (sha256, report) VALUES (?, ?)", f.SHA256, r.ID)
		var e *driver.Error
		if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
			return greyshelf.Errorf(greyshelf.Exists, opCommit, f.SHA256, "another report holds this file")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func putFindings(ctx context.Context, tx *sql.Tx, set greyshelf.FindingSet) error {
	findings, err := json.Marshal(set.Findings)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, opCommit, set.Report, err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO finding_set (report, file, method, findings) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (report, file, method) DO UPDATE SET findings = excluded.findings", set.Report, set.File, set.Method, string(findings))
	return err
}

func putDecision(ctx context.Context, tx *sql.Tx, d greyshelf.Decision) (greyshelf.Decision, error) {
	var source any
	if d.Source != nil {
		data, err := json.Marshal(d.Source)
		if err != nil {
			return d, greyshelf.E(greyshelf.Internal, opCommit, d.ID, err)
		}
		source = string(data)
	}
	result, err := tx.ExecContext(ctx, "INSERT INTO decision (id, at, who, method, reason, undoes, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
		d.ID, d.At.Format(time.RFC3339Nano), d.Who, d.Method, d.Reason, d.Undoes, source)
	var e *driver.Error
	if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
		return d, greyshelf.Errorf(greyshelf.Exists, opCommit, d.ID, "a decision with this identifier exists already")
	}
	if err != nil {
		return d, err
	}
	if d.Seq, err = result.LastInsertId(); err != nil {
		return d, err
	}
	for _, change := range d.Changes {
		if _, err := tx.ExecContext(ctx, "INSERT INTO change (decision, report, field, before, after) VALUES (?, ?, ?, ?, ?)",
			d.Seq, change.Report, change.Field, string(change.Before), string(change.After)); err != nil {
			return d, err
		}
	}
	return d, nil
}
