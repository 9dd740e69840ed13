package sqlite

import (
	"context"
	"database/sql"

	"github.com/greyshelf/greyshelf"
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
		if err := putLinks(w.ctx, w.tx, r); err != nil {
			return err
		}
	}
	return nil
}

func putLinks(ctx context.Context, tx *sql.Tx, r greyshelf.Report) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM report_links WHERE report = ?", r.ID); err != nil {
		return err
	}
	for _, l := range catalog.LinksOf(r) {
		if _, err := tx.ExecContext(ctx, "INSERT INTO report_links (kind, target, report) VALUES (?, ?, ?)", l.Kind, l.Target, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// linksStage is under which the form of the links is marked.
const linksStage = "catalogue links"

// linksBatch is how many reports are linked in one transaction, so that other
// processes write in between.
const linksBatch = 500

// linkOld writes again the links of a catalogue that an earlier program wrote.
// What is stopped half way begins anew the next time.
func (s *Store) linkOld(ctx context.Context) error {
	form, err := s.Mark(ctx, linksStage)
	if err != nil || form >= catalog.LinksForm {
		return err
	}
	for arrival := int64(0); ; {
		n := 0
		err := s.db.Write(ctx, "link the reports", "", func(tx *sql.Tx) error {
			reports, last, err := reportsAfter(ctx, tx, arrival)
			if err != nil {
				return err
			}
			for _, r := range reports {
				if err := putLinks(ctx, tx, r); err != nil {
					return err
				}
			}
			n, arrival = len(reports), last
			return nil
		})
		if err != nil {
			return err
		}
		if n < linksBatch {
			return s.SetMark(ctx, linksStage, catalog.LinksForm)
		}
	}
}

// reportsAfter reads the reports that arrived after one, and gives the arrival
// of the last; one that is damaged is empty.
func reportsAfter(ctx context.Context, tx *sql.Tx, arrival int64) ([]greyshelf.Report, int64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT arrival, document FROM reports WHERE arrival > ? ORDER BY arrival LIMIT ?", arrival, linksBatch)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var all []greyshelf.Report
	for rows.Next() {
		var document string
		if err := rows.Scan(&arrival, &document); err != nil {
			return nil, 0, err
		}
		r, err := decodeReport(document)
		if err != nil {
			r = greyshelf.Report{} // [Store.Check] names it
		}
		all = append(all, r)
	}
	return all, arrival, rows.Err()
}
