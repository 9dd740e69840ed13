package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

const opHistory = "read decisions"

// columns are those of a decision with one of its changes.
const columns = `d.seq, d.id, d.at, d.who, d.method, d.reason, d.undoes, d.source, c.report, c.field, c.before, c.after`

// Decision gives one decision with its changes.
func (s *Store) Decision(ctx context.Context, id string) (greyshelf.Decision, error) {
	found, err := s.decisions(ctx, `SELECT `+columns+` FROM decisions d LEFT JOIN changes c ON c.decision = d.seq
		WHERE d.id = ? ORDER BY c.position`, id)
	if err == nil && len(found) == 0 {
		err = sql.ErrNoRows
	}
	if err == nil {
		err = s.addRecordChanges(ctx, found)
	}
	if err != nil {
		return greyshelf.Decision{}, sqlitefile.Error("read decision", id, err)
	}
	return found[0], nil
}

// Decisions gives decisions, newest first.
func (s *Store) Decisions(ctx context.Context, report string, limit int) ([]greyshelf.Decision, error) {
	if limit <= 0 {
		limit = -1
	}
	var found []greyshelf.Decision
	var err error
	if report == "" {
		found, err = s.decisions(ctx, `SELECT `+columns+`
			FROM (SELECT * FROM decisions ORDER BY seq DESC LIMIT ?) d LEFT JOIN changes c ON c.decision = d.seq
			ORDER BY d.seq DESC, c.position`, limit)
		if err == nil {
			err = s.addRecordChanges(ctx, found)
		}
	} else {
		found, err = s.decisions(ctx, `SELECT `+columns+`
			FROM (SELECT * FROM decisions WHERE seq IN
				(SELECT decision FROM changes WHERE report = ?1 UNION SELECT decision FROM findings WHERE report = ?1)
				ORDER BY seq DESC LIMIT ?2) d
			LEFT JOIN changes c ON c.decision = d.seq AND c.report = ?1
			ORDER BY d.seq DESC, c.position`, report, limit)
	}
	return found, sqlitefile.Error(opHistory, report, err)
}

// Log gives the decisions that a filter lets through, newest first.
func (s *Store) Log(ctx context.Context, f catalog.LogFilter) ([]greyshelf.Decision, error) {
	where, args := "TRUE", []any{}
	add := func(condition string, arg any) { where, args = where+" AND "+condition, append(args, arg) }
	if f.Who != "" {
		add("who = ?", f.Who)
	}
	if f.Method != "" {
		add("method = ?", f.Method)
	}
	if !f.From.IsZero() {
		add("at >= ?", f.From.UTC().Format(time.DateOnly)) // a day is the beginning of all its times
	}
	if !f.Until.IsZero() {
		add("at < ?", f.Until.UTC().Format(time.DateOnly))
	}
	if f.Before > 0 {
		add("seq < ?", f.Before)
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	found, err := s.decisions(ctx, `SELECT `+columns+`
		FROM (SELECT * FROM decisions WHERE `+where+` ORDER BY seq DESC LIMIT ?) d LEFT JOIN changes c ON c.decision = d.seq
		ORDER BY d.seq DESC, c.position`, append(args, limit)...)
	if err == nil {
		err = s.addRecordChanges(ctx, found)
	}
	return found, sqlitefile.Error(opHistory, f.Who, err)
}

// RecordDecisions gives the decisions that touched a record, newest first.
func (s *Store) RecordDecisions(ctx context.Context, kind, id string) ([]greyshelf.Decision, error) {
	found, err := s.decisions(ctx, `SELECT `+columns+` FROM decisions d LEFT JOIN changes c ON FALSE
		WHERE d.seq IN (SELECT decision FROM record_changes WHERE kind = ? AND id = ?) ORDER BY d.seq DESC`, kind, id)
	if err == nil {
		err = s.addRecordChanges(ctx, found)
	}
	for i, d := range found {
		found[i].Records = slices.DeleteFunc(d.Records, func(c greyshelf.RecordChange) bool { return c.Kind != kind || c.ID != id })
	}
	return found, sqlitefile.Error(opHistory, id, err)
}

// addRecordChanges adds to decisions what they changed beside reports.
func (s *Store) addRecordChanges(ctx context.Context, decisions []greyshelf.Decision) error {
	at := map[int64]int{}
	for i, d := range decisions {
		at[d.Seq] = i
	}
	seqs, _ := json.Marshal(slices.Collect(maps.Keys(at))) // numbers always have a JSON form
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT decision, kind, id, before, after FROM record_changes
		WHERE decision IN (SELECT value FROM json_each(?)) ORDER BY decision, position`, string(seqs))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var c greyshelf.RecordChange
		var before, after string
		if err := rows.Scan(&seq, &c.Kind, &c.ID, &before, &after); err != nil {
			return err
		}
		c.Before, c.After = json.RawMessage(before), json.RawMessage(after)
		d := &decisions[at[seq]]
		d.Records = append(d.Records, c)
	}
	return rows.Err()
}

// decisions reads rows of columns, joining those of one decision.
func (s *Store) decisions(ctx context.Context, query string, args ...any) ([]greyshelf.Decision, error) {
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []greyshelf.Decision
	for rows.Next() {
		d, change, err := scanDecision(rows)
		if err != nil {
			return nil, err
		}
		if n := len(found); n == 0 || found[n-1].Seq != d.Seq {
			found = append(found, d)
		}
		if change.Report != "" {
			last := &found[len(found)-1]
			last.Changes = append(last.Changes, change)
		}
	}
	return found, rows.Err()
}

func scanDecision(rows *sql.Rows) (d greyshelf.Decision, change greyshelf.Change, err error) {
	var at string
	var source, report, field, before, after sql.NullString
	if err = rows.Scan(&d.Seq, &d.ID, &at, &d.Who, &d.Method, &d.Reason, &d.Undoes, &source, &report, &field, &before, &after); err != nil {
		return d, change, err
	}
	if d.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return d, change, err
	}
	if source.Valid {
		d.Source = new(greyshelf.Source)
		if err = json.Unmarshal([]byte(source.String), d.Source); err != nil {
			return d, change, err
		}
	}
	if report.Valid {
		change = greyshelf.Change{Report: report.String, Field: field.String, Before: json.RawMessage(before.String), After: json.RawMessage(after.String)}
	}
	return d, change, nil
}

// Changed gives the reports changed after the mark.
func (s *Store) Changed(ctx context.Context, after int64, limit int) ([]catalog.Changed, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT report, mark FROM outbox WHERE mark > ? ORDER BY mark LIMIT ?", after, limit)
	if err != nil {
		return nil, sqlitefile.Error("read the outbox", "", err)
	}
	defer rows.Close()
	var all []catalog.Changed
	for rows.Next() {
		var c catalog.Changed
		if err := rows.Scan(&c.Report, &c.Mark); err != nil {
			return nil, sqlitefile.Error("read the outbox", "", err)
		}
		all = append(all, c)
	}
	return all, sqlitefile.Error("read the outbox", "", rows.Err())
}

// Mark gives how far a stage has come.
func (s *Store) Mark(ctx context.Context, stage string) (int64, error) {
	var mark int64
	err := s.db.Reader().QueryRowContext(ctx, "SELECT coalesce(max(mark), 0) FROM marks WHERE stage = ?", stage).Scan(&mark)
	return mark, sqlitefile.Error("read the mark of", stage, err)
}

// SetMark stores how far a stage has come.
func (s *Store) SetMark(ctx context.Context, stage string, mark int64) error {
	return s.db.Write(ctx, "set the mark of", stage, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO marks (stage, mark) VALUES (?, ?) ON CONFLICT (stage) DO UPDATE SET mark = excluded.mark", stage, mark)
		return err
	})
}
