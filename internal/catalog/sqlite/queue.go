package sqlite

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

// Waiting gives what waits for the desk.
func (s *Store) Waiting(ctx context.Context, f catalog.QueueFilter) ([]string, error) {
	where, args := waiting(f)
	order := " ORDER BY arrival"
	if f.State != "" {
		where, args = where+" AND state = ?", append(args, string(f.State))
	}
	if f.After != "" {
		where, args = where+" AND arrival > (SELECT arrival FROM reports WHERE id = ?)", append(args, f.After)
	}
	if f.Before != "" {
		where, args = where+" AND arrival < (SELECT arrival FROM reports WHERE id = ?)", append(args, f.Before)
		order += " DESC"
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT report FROM queue WHERE "+where+order+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, sqlitefile.Error(opRead, "", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, sqlitefile.Error(opRead, "", err)
		}
		ids = append(ids, id)
	}
	return ids, sqlitefile.Error(opRead, "", rows.Err())
}

// CountWaiting counts what waits for the desk.
func (s *Store) CountWaiting(ctx context.Context, f catalog.QueueFilter) (map[greyshelf.State]int, error) {
	where, args := waiting(f)
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT state, count(*) FROM queue WHERE "+where+" GROUP BY state", args...)
	if err != nil {
		return nil, sqlitefile.Error(opRead, "", err)
	}
	defer rows.Close()
	counts := map[greyshelf.State]int{}
	for rows.Next() {
		var state greyshelf.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, sqlitefile.Error(opRead, "", err)
		}
		counts[state] = n
	}
	return counts, sqlitefile.Error(opRead, "", rows.Err())
}

// waiting writes as SQL what a filter says of language and publisher.
func waiting(f catalog.QueueFilter) (where string, args []any) {
	where = "true"
	if f.Language != "" {
		where, args = where+" AND language = ?", append(args, f.Language)
	}
	if f.Publisher != "" {
		where, args = where+" AND publisher = ?", append(args, f.Publisher)
	}
	return where, args
}

// putQueue writes which of the changed reports wait for the desk.
func (w *writing) putQueue() error {
	for _, r := range w.changed {
		if _, err := w.exec("DELETE FROM queue WHERE report = ?", r.ID); err != nil {
			return err
		}
		if !catalog.Waits(r) {
			continue
		}
		language, publisher := catalog.QueueKeys(r)
		_, err := w.exec("INSERT INTO queue (arrival, report, state, language, publisher) SELECT arrival, id, state, ?, ? FROM reports WHERE id = ?", language, publisher, r.ID)
		if err != nil {
			return err
		}
	}
	return nil
}
