// Package sqlite keeps the catalogue in one SQLite file. It is a backend of the
// port catalog; its tables are described in the migrations. Several processes
// may use the same file at the same time.
package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

//go:embed migrations/*.sql
var embedded embed.FS

// Options say how the catalogue is opened. The zero value is right outside
// tests.
type Options struct {
	MaxPages int64 // largest size in pages, for tests of a full disk; 0 = no limit
}

// Store is an open catalogue.
type Store struct {
	db *sqlitefile.DB
}

var _ catalog.Catalog = (*Store)(nil)

// Open opens the catalogue at path; where there is none, an empty one is made.
// Errors: Unavailable (cannot be opened, damaged, of a newer program).
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, sqlitefile.Error("open the catalogue", path, err)
	}
	db, err := sqlitefile.Open(ctx, path, sqlitefile.Options{Migrations: migrations, MaxPages: o.MaxPages})
	if err != nil {
		return nil, err
	}
	s := &Store{db: db}
	if err := errors.Join(s.sealOld(ctx), s.linkOld(ctx)); err != nil {
		_ = db.Close() // the error that matters is the first
		return nil, err
	}
	return s, nil
}

// Backup writes a consistent copy to a new file at path.
func (s *Store) Backup(ctx context.Context, path string) error { return s.db.Backup(ctx, path) }

// Check looks for damage of the file, for reports that cannot be read and for
// decisions that were changed or taken out.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	defects, err := s.db.Check(ctx)
	if err != nil || len(defects) > 0 {
		return defects, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT id, state, revision, document FROM reports ORDER BY arrival")
	if err != nil {
		return nil, sqlitefile.Error(opRead, "", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, state, document string
		var revision int
		if err := rows.Scan(&id, &state, &revision, &document); err != nil {
			return nil, sqlitefile.Error(opRead, "", err)
		}
		report, err := decodeReport(document)
		switch {
		case err != nil:
			defects = append(defects, fmt.Sprintf("the record of report %s cannot be read: %v", id, err))
		case report.ID != id || string(report.State) != state || report.Revision != revision:
			defects = append(defects, fmt.Sprintf("the record of report %s is not what its row says", id))
		}
	}
	if err := rows.Err(); err != nil {
		return defects, sqlitefile.Error(opRead, "", err)
	}
	broken, err := s.checkChain(ctx)
	return append(defects, broken...), err
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }
