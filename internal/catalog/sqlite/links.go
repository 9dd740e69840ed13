package sqlite

import (
	"context"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

// Linked gives the reports that point to a target.
func (s *Store) Linked(ctx context.Context, l catalog.Link, limit int) ([]string, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT report FROM report_links WHERE kind = ? AND target = ? ORDER BY report LIMIT ?", l.Kind, l.Target, limit)
	if err != nil {
		return nil, sqlitefile.Error(opRead, l.Target, err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, sqlitefile.Error(opRead, l.Target, err)
		}
		ids = append(ids, id)
	}
	return ids, sqlitefile.Error(opRead, l.Target, rows.Err())
}

// putLinks writes what the changed reports point to.
func (w *writing) putLinks() error {
	for _, r := range w.changed {
		if _, err := w.exec("DELETE FROM report_links WHERE report = ?", r.ID); err != nil {
			return err
		}
		for _, l := range catalog.LinksOf(r) {
			if _, err := w.exec("INSERT INTO report_links (kind, target, report) VALUES (?, ?, ?)", l.Kind, l.Target, r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
