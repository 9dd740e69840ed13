package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

const opRead = "read the catalogue"

// Report gives a report.
func (s *Store) Report(ctx context.Context, id string) (greyshelf.Report, error) {
	var document string
	err := s.db.Reader().QueryRowContext(ctx, "SELECT document FROM reports WHERE id = ?", id).Scan(&document)
	if err != nil {
		return greyshelf.Report{}, sqlitefile.Error("read report", id, err)
	}
	report, err := decodeReport(document)
	return report, sqlitefile.Error("read report", id, err)
}

func decodeReport(document string) (greyshelf.Report, error) {
	var r greyshelf.Report
	err := json.Unmarshal([]byte(document), &r)
	return r, err
}

// Reports streams the reports that the filter lets through: one statement sees
// the catalogue as it was when it began.
func (s *Store) Reports(ctx context.Context, f catalog.Filter) iter.Seq2[greyshelf.Report, error] {
	query, args := selection("reports.document", f)
	return s.stream(ctx, query, args)
}

// stream gives the reports whose documents a statement selects.
func (s *Store) stream(ctx context.Context, query string, args []any) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		rows, err := s.db.Reader().QueryContext(ctx, query, args...)
		if err != nil {
			yield(greyshelf.Report{}, sqlitefile.Error(opRead, "", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var document string
			err := rows.Scan(&document)
			var report greyshelf.Report
			if err == nil {
				report, err = decodeReport(document)
			}
			if !yield(report, sqlitefile.Error(opRead, "", err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(greyshelf.Report{}, sqlitefile.Error(opRead, "", err))
		}
	}
}

// Count counts the reports that the filter lets through.
func (s *Store) Count(ctx context.Context, f catalog.Filter) (int, error) {
	f.Limit, f.Offset = 0, 0
	query, args := selection("1", f)
	var n int
	err := s.db.Reader().QueryRowContext(ctx, "SELECT count(*) FROM ("+query+")", args...).Scan(&n)
	return n, sqlitefile.Error(opRead, "", err)
}

// Arrivals counts reports by the month in which they came.
func (s *Store) Arrivals(ctx context.Context, state greyshelf.State) ([]catalog.Arrival, error) {
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT substr(document ->> '$.created', 1, 7) AS month, count(*) FROM reports WHERE state = ? GROUP BY month ORDER BY month", string(state))
	if err != nil {
		return nil, sqlitefile.Error(opRead, "", err)
	}
	defer rows.Close()
	var all []catalog.Arrival
	for rows.Next() {
		var a catalog.Arrival
		if err := rows.Scan(&a.Month, &a.Reports); err != nil {
			return nil, sqlitefile.Error(opRead, "", err)
		}
		all = append(all, a)
	}
	return all, sqlitefile.Error(opRead, "", rows.Err())
}

// selection writes a filter as SQL. Lists go in as one JSON value each, so that
// they may be of any length.
func selection(column string, f catalog.Filter) (query string, args []any) {
	query = "SELECT " + column + " FROM reports"
	order := " ORDER BY reports.arrival"
	if f.Newest {
		order += " DESC"
	}
	if f.IDs != nil {
		query = "SELECT " + column + " FROM json_each(?) AS wanted JOIN reports ON reports.id = wanted.value"
		args = append(args, list(f.IDs))
		order = " ORDER BY wanted.key"
	}
	if len(f.States) > 0 {
		query += " WHERE reports.state IN (SELECT value FROM json_each(?))"
		args = append(args, list(f.States))
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	return query + order + " LIMIT ? OFFSET ?", append(args, limit, max(f.Offset, 0))
}

// list writes texts as a JSON array.
func list[T ~string](texts []T) string {
	data, _ := json.Marshal(texts) // texts always have a JSON form
	return string(data)
}

// Holder gives the report that holds the file.
func (s *Store) Holder(ctx context.Context, sha256 string) (string, error) {
	return s.holder(ctx, "SELECT report FROM files WHERE key = ?", sha256)
}

// EntryHolder gives the report that holds the imported entry.
func (s *Store) EntryHolder(ctx context.Context, raw string) (string, error) {
	return s.holder(ctx, "SELECT report FROM entries WHERE key = ?", entryKey(raw))
}

func (s *Store) holder(ctx context.Context, query, key string) (string, error) {
	var report string
	err := s.db.Reader().QueryRowContext(ctx, query, key).Scan(&report)
	return report, sqlitefile.Error("find the report of", key, err)
}

// entryKey is under what an entry's raw text is found again.
func entryKey(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

// Findings gives the sets of findings of a report, oldest first.
func (s *Store) Findings(ctx context.Context, report string) ([]greyshelf.FindingSet, error) {
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT file, method, document FROM findings WHERE report = ? ORDER BY seq", report)
	if err != nil {
		return nil, sqlitefile.Error("read findings", report, err)
	}
	defer rows.Close()
	var sets []greyshelf.FindingSet
	for rows.Next() {
		set := greyshelf.FindingSet{Report: report}
		var document string
		err := rows.Scan(&set.File, &set.Method, &document)
		if err == nil {
			err = json.Unmarshal([]byte(document), &set.Findings)
		}
		if err != nil {
			return nil, sqlitefile.Error("read findings", report, err)
		}
		sets = append(sets, set)
	}
	return sets, sqlitefile.Error("read findings", report, rows.Err())
}
