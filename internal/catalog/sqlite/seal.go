package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

// addSeal seals the decision of a commit.
func (w *writing) addSeal() error {
	var before string
	err := w.tx.QueryRowContext(w.ctx, "SELECT coalesce((SELECT seal FROM seals ORDER BY decision DESC LIMIT 1), '')").Scan(&before)
	if err != nil {
		return err
	}
	_, err = w.exec("INSERT INTO seals (decision, seal) VALUES (?, ?)", w.decision.Seq, catalog.Seal(before, *w.decision))
	return err
}

// sealOld seals the decisions that were written before there were seals.
func (s *Store) sealOld(ctx context.Context) error {
	const op = "seal the decisions"
	var sealed, all int
	if err := s.db.Reader().QueryRowContext(ctx, "SELECT (SELECT count(*) FROM seals), (SELECT count(*) FROM decisions)").Scan(&sealed, &all); err != nil {
		return sqlitefile.Error(op, "", err)
	}
	if sealed > 0 || all == 0 {
		return nil
	}
	decisions, err := s.decisions(ctx, "SELECT "+columns+" FROM decisions d LEFT JOIN changes c ON c.decision = d.seq ORDER BY d.seq, c.position")
	if err != nil {
		return sqlitefile.Error(op, "", err)
	}
	return s.db.Write(ctx, op, "", func(tx *sql.Tx) error {
		before := ""
		for _, d := range decisions {
			before = catalog.Seal(before, d)
			if _, err := tx.ExecContext(ctx, "INSERT INTO seals (decision, seal) VALUES (?, ?) ON CONFLICT DO NOTHING", d.Seq, before); err != nil {
				return err
			}
		}
		return nil
	})
}

// chainBatch is how many decisions are read at a time.
const chainBatch = 500

// Chain gives the decisions with their seals, oldest first.
func (s *Store) Chain(ctx context.Context, after int64) iter.Seq2[catalog.Sealed, error] {
	return func(yield func(catalog.Sealed, error) bool) {
		for {
			batch, err := s.sealed(ctx, after)
			if err != nil {
				yield(catalog.Sealed{}, err)
				return
			}
			for _, d := range batch {
				if !yield(d, nil) {
					return
				}
				after = d.Seq
			}
			if len(batch) < chainBatch {
				return
			}
		}
	}
}

func (s *Store) sealed(ctx context.Context, after int64) ([]catalog.Sealed, error) {
	found, err := s.decisions(ctx, `SELECT `+columns+` FROM (SELECT * FROM decisions WHERE seq > ? ORDER BY seq LIMIT ?) d
		LEFT JOIN changes c ON c.decision = d.seq ORDER BY d.seq, c.position`, after, chainBatch)
	if err == nil {
		err = s.addRecordChanges(ctx, found)
	}
	if err != nil {
		return nil, sqlitefile.Error(opHistory, "", err)
	}
	var batch []catalog.Sealed
	for _, d := range found {
		var seal string
		err := s.db.Reader().QueryRowContext(ctx, "SELECT coalesce((SELECT seal FROM seals WHERE decision = ?), '')", d.Seq).Scan(&seal)
		if err != nil {
			return nil, sqlitefile.Error(opHistory, "", err)
		}
		batch = append(batch, catalog.Sealed{Decision: d, Seal: seal})
	}
	return batch, nil
}

// checkChain names every decision that was changed or taken out. After a
// broken link the chain goes on from the seal that is stored, so that each
// defect is named once.
func (s *Store) checkChain(ctx context.Context) ([]string, error) {
	var defects []string
	before, next := "", int64(1)
	for d, err := range s.Chain(ctx, 0) {
		if err != nil {
			return defects, err
		}
		switch {
		case d.Seq != next:
			defects = append(defects, fmt.Sprintf("the history lacks the decisions %d to %d", next, d.Seq-1))
		case d.Seal != catalog.Seal(before, d.Decision):
			defects = append(defects, fmt.Sprintf("decision %d (%s, %s) is not what was sealed: it or the one before was changed", d.Seq, d.ID, d.Who))
		}
		before, next = d.Seal, d.Seq+1
		if len(defects) == mostDefects {
			break
		}
	}
	var sealed int64
	if err := s.db.Reader().QueryRowContext(ctx, "SELECT coalesce(max(decision), 0) FROM seals").Scan(&sealed); err != nil {
		return defects, sqlitefile.Error(opHistory, "", err)
	}
	if sealed >= next && len(defects) < mostDefects {
		defects = append(defects, fmt.Sprintf("the history lacks the decisions %d to %d", next, sealed))
	}
	return defects, nil
}

// mostDefects bounds what is named of a damaged history.
const mostDefects = 100
