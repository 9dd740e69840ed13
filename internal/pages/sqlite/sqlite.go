// Package sqlite keeps page texts and word boxes in one SQLite file beside the
// catalogue's.
//
// It is a backend of the port internal/pages. It stores what the migrations
// describe; the words are packed (words.go). It holds no images. Several
// processes may use the same file at the same time.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pages"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

//go:embed migrations/*.sql
var embedded embed.FS

// pageSize saves a quarter of the file for texts of this length.
const pageSize = 8192

// Options say how a store is opened. The zero value is right outside tests.
type Options struct {
	MaxPages int64 // largest size in pages of the database, for tests of a full disk; 0 = no limit
}

// Store is an open page store. It is safe for concurrent use.
type Store struct {
	db *sqlitefile.DB
}

var _ pages.Store = (*Store)(nil)

// Open opens the store at path; where there is none, an empty one is made.
// Errors: Unavailable (cannot be opened, damaged, of a newer program).
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, sqlitefile.Error("open the pages", path, err)
	}
	db, err := sqlitefile.Open(ctx, path, sqlitefile.Options{Migrations: migrations, PageSize: pageSize, MaxPages: o.MaxPages})
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}

// Close closes the store.
func (s *Store) Close() error { return s.db.Close() }

// Backup writes a consistent copy to a new file at path.
func (s *Store) Backup(ctx context.Context, path string) error { return s.db.Backup(ctx, path) }

const opPut = "keep the pages"

// Put keeps the pages of a file in a version, replacing what was there.
// Errors: Invalid when the pages are not in order, Unavailable.
func (s *Store) Put(ctx context.Context, sha, version string, all []greyshelf.Page) error {
	for i, p := range all {
		if p.Index < 1 || i > 0 && p.Index <= all[i-1].Index {
			return greyshelf.Errorf(greyshelf.Invalid, opPut, sha, "page %d is not in order", p.Index)
		}
	}
	return s.db.Write(ctx, opPut, sha, func(tx *sql.Tx) error { return put(ctx, tx, sha, version, all) })
}

func put(ctx context.Context, tx *sql.Tx, sha, version string, all []greyshelf.Page) error {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO text (sha256, version) VALUES (?, ?)
		ON CONFLICT (sha256, version) DO UPDATE SET version = excluded.version RETURNING id`, sha, version).Scan(&id)
	if err != nil {
		return err
	}
	for _, statement := range []string{"DELETE FROM page WHERE text = ?", "DELETE FROM words WHERE text = ?"} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return err
		}
	}
	page, err := tx.PrepareContext(ctx, "INSERT INTO page (text, n, label, width, height, image, body) VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer page.Close()
	words, err := tx.PrepareContext(ctx, "INSERT INTO words (text, n, words) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer words.Close()
	for _, p := range all {
		if _, err := page.ExecContext(ctx, id, p.Index, p.Label, p.Width, p.Height, p.Image, p.Text); err != nil {
			return err
		}
		if len(p.Words) == 0 {
			continue
		}
		if _, err := words.ExecContext(ctx, id, p.Index, encodeWords(p.Text, p.Words)); err != nil {
			return err
		}
	}
	return nil
}

const pageColumns = "p.n, p.label, p.width, p.height, p.image, p.body"

// Page gives one page with its words.
func (s *Store) Page(ctx context.Context, sha, version string, index int) (greyshelf.Page, error) {
	const op = "read the page"
	var p greyshelf.Page
	var packed []byte
	err := s.db.Reader().QueryRowContext(ctx, `SELECT `+pageColumns+`, w.words
		FROM text t JOIN page p ON p.text = t.id LEFT JOIN words w ON w.text = p.text AND w.n = p.n
		WHERE t.sha256 = ? AND t.version = ? AND p.n = ?`, sha, version, index).
		Scan(&p.Index, &p.Label, &p.Width, &p.Height, &p.Image, &p.Text, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return p, greyshelf.Errorf(greyshelf.NotFound, op, strconv.Itoa(index), "the file has no such page")
	}
	if err == nil && len(packed) > 0 {
		p.Words, err = decodeWords(p.Text, packed)
	}
	return p, sqlitefile.Error(op, fmt.Sprintf("%d of %s", index, sha), err)
}

// Pages gives every page in order, without words. A file that is not here has
// none.
func (s *Store) Pages(ctx context.Context, sha, version string) iter.Seq2[greyshelf.Page, error] {
	return func(yield func(greyshelf.Page, error) bool) {
		const op = "read the pages"
		rows, err := s.db.Reader().QueryContext(ctx, `SELECT `+pageColumns+`
			FROM text t JOIN page p ON p.text = t.id WHERE t.sha256 = ? AND t.version = ? ORDER BY p.n`, sha, version)
		if err != nil {
			yield(greyshelf.Page{}, sqlitefile.Error(op, sha, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var p greyshelf.Page
			err := rows.Scan(&p.Index, &p.Label, &p.Width, &p.Height, &p.Image, &p.Text)
			if !yield(p, sqlitefile.Error(op, sha, err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(greyshelf.Page{}, sqlitefile.Error(op, sha, err))
		}
	}
}

// Versions gives the text versions of a file, oldest first.
func (s *Store) Versions(ctx context.Context, sha string) ([]string, error) {
	const op = "read the text versions"
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT version FROM text WHERE sha256 = ? ORDER BY id", sha)
	if err != nil {
		return nil, sqlitefile.Error(op, sha, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var version string
		if err := rows.Scan(&version); err != nil {
			return nil, sqlitefile.Error(op, sha, err)
		}
		all = append(all, version)
	}
	return all, sqlitefile.Error(op, sha, rows.Err())
}
