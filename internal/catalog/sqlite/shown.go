package sqlite

import (
	"context"
	"iter"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

// stampForm writes times so that they sort as text.
const stampForm = "2006-01-02T15:04:05.000000Z"

func stamp(t time.Time) string { return t.UTC().Format(stampForm) }

// Shown streams what harvesters may know of.
func (s *Store) Shown(ctx context.Context, f catalog.ShownFilter) iter.Seq2[greyshelf.Report, error] {
	query, args := shownSelection(f)
	return s.stream(ctx, query, args)
}

// shownSelection writes a filter as SQL. A group has an index of its own, in
// the same order.
func shownSelection(f catalog.ShownFilter) (query string, args []any) {
	updated, id := "reports.updated", "reports.id"
	query = "SELECT reports.document FROM reports WHERE reports.shown = 1"
	if f.Group != (catalog.Group{}) {
		updated, id = "g.updated", "g.report"
		query = "SELECT reports.document FROM report_groups AS g CROSS JOIN reports ON reports.id = g.report WHERE g.kind = ? AND g.label = ?"
		args = append(args, f.Group.Kind, f.Group.Label)
	}
	if f.ID != "" {
		query, args = query+" AND reports.id = ?", append(args, f.ID)
	}
	if !f.From.IsZero() {
		query, args = query+" AND "+updated+" >= ?", append(args, stamp(f.From))
	}
	if !f.Until.IsZero() {
		query, args = query+" AND "+updated+" < ?", append(args, stamp(f.Until))
	}
	if f.After != (catalog.Place{}) {
		query, args = query+" AND ("+updated+", "+id+") > (?, ?)", append(args, stamp(f.After.Updated), f.After.ID)
	}
	limit := -1
	if f.Limit > 0 {
		limit = f.Limit
	}
	return query + " ORDER BY " + updated + ", " + id + " LIMIT ?", append(args, limit)
}

// Groups gives the groups of shown reports.
func (s *Store) Groups(ctx context.Context, after catalog.Group, limit int) ([]catalog.Group, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT DISTINCT kind, label FROM report_groups WHERE (kind, label) > (?, ?) ORDER BY kind, label LIMIT ?", after.Kind, after.Label, limit)
	if err != nil {
		return nil, sqlitefile.Error(opRead, "", err)
	}
	defer rows.Close()
	var groups []catalog.Group
	for rows.Next() {
		var g catalog.Group
		if err := rows.Scan(&g.Kind, &g.Label); err != nil {
			return nil, sqlitefile.Error(opRead, "", err)
		}
		groups = append(groups, g)
	}
	return groups, sqlitefile.Error(opRead, "", rows.Err())
}

// putGroups writes to which groups the changed reports belong, for those that
// are or once were public.
func (w *writing) putGroups() error {
	for _, r := range w.changed {
		if _, err := w.exec("DELETE FROM report_groups WHERE report = ?", r.ID); err != nil {
			return err
		}
		for _, g := range catalog.GroupsOf(r) {
			_, err := w.exec("INSERT INTO report_groups (kind, label, updated, report) SELECT ?, ?, updated, id FROM reports WHERE id = ? AND shown = 1", g.Kind, g.Label, r.ID)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
