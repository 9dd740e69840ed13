package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

const (
	opRecord   = "write record"
	opRecords  = "read records"
	mostKeys   = 10_000 // of one record
	longestKey = 1_000  // bytes
)

// Record gives one record.
func (s *Store) Record(ctx context.Context, kind, id string) (catalog.Record, error) {
	r := catalog.Record{Kind: kind, ID: id}
	var document string
	err := s.db.Reader().QueryRowContext(ctx, "SELECT revision, document FROM records WHERE kind = ? AND id = ?", kind, id).Scan(&r.Revision, &document)
	r.Data = json.RawMessage(document)
	return r, sqlitefile.Error("read "+kind, id, err)
}

// Records gives the records that the filter lets through.
func (s *Store) Records(ctx context.Context, f catalog.RecordFilter) iter.Seq2[catalog.Record, error] {
	return func(yield func(catalog.Record, error) bool) {
		query, args := recordSelection(f)
		rows, err := s.db.Reader().QueryContext(ctx, query, args...)
		if err != nil {
			yield(catalog.Record{}, sqlitefile.Error(opRecords, f.Kind, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			r := catalog.Record{Kind: f.Kind}
			var document string
			if err := rows.Scan(&r.ID, &r.Revision, &document); err != nil {
				yield(r, sqlitefile.Error(opRecords, f.Kind, err))
				return
			}
			r.Data = json.RawMessage(document)
			if !yield(r, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(catalog.Record{}, sqlitefile.Error(opRecords, f.Kind, err))
		}
	}
}

// recordSelection writes a filter as SQL. By key, the keys are read first (the
// CROSS JOIN says so to SQLite's planner, which would look at every record). A
// prefix is a range of the index: its end is the prefix with the greatest code
// point behind it.
func recordSelection(f catalog.RecordFilter) (query string, args []any) {
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	switch {
	case f.Key != "":
		return `SELECT r.id, r.revision, r.document FROM record_keys k CROSS JOIN records r ON r.kind = k.kind AND r.id = k.id
			WHERE k.kind = ? AND k.key = ? ORDER BY k.id LIMIT ?`, []any{f.Kind, f.Key, limit}
	case f.Prefix != "":
		return `SELECT r.id, r.revision, r.document
			FROM (SELECT id, min(key) AS first FROM record_keys WHERE kind = ? AND key >= ? AND key < ? GROUP BY id ORDER BY first, id LIMIT ?) k
			JOIN records r ON r.kind = ? AND r.id = k.id ORDER BY k.first, r.id`,
			[]any{f.Kind, f.Prefix, f.Prefix + "\U0010ffff", limit, f.Kind}
	}
	return "SELECT id, revision, document FROM records WHERE kind = ? AND id > ? ORDER BY id LIMIT ?", []any{f.Kind, f.After, limit}
}

// PutRecords writes records without a decision.
func (s *Store) PutRecords(ctx context.Context, records ...catalog.Record) error {
	if len(records) == 0 {
		return nil
	}
	return s.db.Write(ctx, opRecord, records[0].ID, func(tx *sql.Tx) error {
		for _, r := range records {
			if _, err := putRecord(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// putRecord writes or drops one record and gives what it was before, null for
// nothing.
func putRecord(ctx context.Context, tx *sql.Tx, r catalog.Record) (before string, err error) {
	if err := validRecord(r); err != nil {
		return "", err
	}
	before, err = storedRecord(ctx, tx, r)
	if err != nil {
		return "", err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM record_keys WHERE kind = ? AND id = ?", r.Kind, r.ID); err != nil {
		return "", err
	}
	if r.Data == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM records WHERE kind = ? AND id = ?", r.Kind, r.ID)
		return before, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO records (kind, id, revision, document) VALUES (?, ?, ?, ?)
		ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, document = excluded.document`, r.Kind, r.ID, r.Revision+1, string(r.Data))
	if err != nil {
		return "", err
	}
	for _, key := range r.Keys {
		if _, err := tx.ExecContext(ctx, "INSERT INTO record_keys (kind, key, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", r.Kind, key, r.ID); err != nil {
			return "", err
		}
	}
	return before, nil
}

func validRecord(r catalog.Record) error {
	switch {
	case r.Kind == "" || r.ID == "":
		return greyshelf.Errorf(greyshelf.Invalid, opRecord, r.ID, "a record needs a kind and an identifier")
	case r.Data != nil && !json.Valid(r.Data):
		return greyshelf.Errorf(greyshelf.Invalid, opRecord, r.ID, "its data are no JSON")
	case len(r.Keys) > mostKeys || slices.ContainsFunc(r.Keys, func(key string) bool { return key == "" || len(key) > longestKey }):
		return greyshelf.Errorf(greyshelf.Invalid, opRecord, r.ID, "it has too many keys, or one that is empty or too long")
	}
	return nil
}

// storedRecord gives the stored form of a record that is about to be written,
// null for a new one.
func storedRecord(ctx context.Context, tx *sql.Tx, r catalog.Record) (string, error) {
	var revision int
	var document string
	err := tx.QueryRowContext(ctx, "SELECT revision, document FROM records WHERE kind = ? AND id = ?", r.Kind, r.ID).Scan(&revision, &document)
	missing := errors.Is(err, sql.ErrNoRows)
	switch {
	case missing && r.Revision == 0 && r.Data != nil:
		return "null", nil
	case missing:
		return "", greyshelf.Errorf(greyshelf.NotFound, opRecord, r.ID, "there is no such %s", r.Kind)
	case err != nil:
		return "", err
	case r.Revision == 0:
		return "", greyshelf.Errorf(greyshelf.Exists, opRecord, r.ID, "there is a %s with this identifier already", r.Kind)
	case revision != r.Revision:
		return "", greyshelf.Errorf(greyshelf.Conflict, opRecord, r.ID,
			"somebody changed the %s in between (it is at revision %d, you had %d); look at it again", r.Kind, revision, r.Revision)
	}
	return document, nil
}
