// Package sqlite keeps page texts and word boxes in one SQLite file beside the
// catalogue's.
//
// It is a backend of the port internal/pages. It stores what migrations/
// describes; the words are packed (words.go). It holds no images.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"strconv"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/greyshelf/greyshelf"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options set up a store. There are none yet but a limit for tests.
type Options struct {
	MaxPages int // most database pages, a full disk; 0 = no limit
}

// Store is an open page store. It is safe for concurrent use.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB
}

// Open opens the store at path, makes it when it is absent, and brings it to
// the newest form. Errors: Conflict (made by a newer program), Unavailable.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	const op = "open the pages"
	// page_size 8192 saves a quarter of the file for page texts; it only
	// counts when the file is made. The texts can be made again from the
	// files, so a power cut may cost the last ones: synchronous NORMAL.
	pragmas := []string{"page_size(8192)", "journal_mode(WAL)", "synchronous(NORMAL)", "busy_timeout(30000)", "foreign_keys(1)"}
	write, err := open(path, "immediate", pragmas)
	if err != nil {
		return nil, explain(op, path, err)
	}
	write.SetMaxOpenConns(1)
	if err := migrate(ctx, write); err != nil {
		_ = write.Close()
		return nil, explain(op, path, err)
	}
	if o.MaxPages > 0 {
		if _, err := write.ExecContext(ctx, "PRAGMA max_page_count = "+strconv.Itoa(o.MaxPages)); err != nil {
			_ = write.Close()
			return nil, explain(op, path, err)
		}
	}
	read, err := open(path, "deferred", append(pragmas, "query_only(1)"))
	if err != nil {
		_ = write.Close()
		return nil, explain(op, path, err)
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	return &Store{write: write, read: read}, nil
}

func open(path, lock string, pragmas []string) (*sql.DB, error) {
	query := url.Values{"_pragma": pragmas, "_txlock": {lock}}
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}
	return sql.Open("sqlite", name.String())
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	has, want, err := provider.GetVersions(ctx)
	if err != nil || has == want {
		return err
	}
	if has > want {
		return greyshelf.Errorf(greyshelf.Conflict, "open the pages", "", "a newer program made them (form %d, this program knows %d); use that program", has, want)
	}
	_, err = provider.Up(ctx)
	return err
}

// Close closes the store.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// Backup writes a consistent copy to path.
func (s *Store) Backup(ctx context.Context, path string) error {
	const op = "back up the pages"
	if _, err := os.Stat(path); err == nil {
		return greyshelf.Errorf(greyshelf.Exists, op, path, "the file exists already")
	}
	_, err := s.write.ExecContext(ctx, "VACUUM INTO ?", path)
	return explain(op, path, err)
}

// Put keeps the pages of a file in a version, replacing what was there.
func (s *Store) Put(ctx context.Context, sha, version string, pages []greyshelf.Page) error {
	const op = "keep the pages"
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(op, sha, err)
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := put(ctx, tx, sha, version, pages); err != nil {
		return explain(op, sha, err)
	}
	return explain(op, sha, tx.Commit())
}

func put(ctx context.Context, tx *sql.Tx, sha, version string, pages []greyshelf.Page) error {
	var id int64
	err := tx.QueryRowContext(ctx, "INSERT INTO text (sha256, version) VALUES (?, ?) ON CONFLICT (sha256, version) DO UPDATE SET version = version RETURNING id", sha, version).Scan(&id)
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
	for _, p := range pages {
		if _, err := page.ExecContext(ctx, id, p.Index, p.Label, p.Width, p.Height, p.Image, p.Text); err != nil {
			return err
		}
		if len(p.Words) == 0 {
			continue
		}
		if _, err := words.ExecContext(ctx, id, p.Index, encodeWords(p.Words)); err != nil {
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
	var words []byte
	err := s.read.QueryRowContext(ctx, "SELECT "+pageColumns+", w.words FROM text t JOIN page p ON p.text = t.id LEFT JOIN words w ON w.text = p.text AND w.n = p.n "+
		"WHERE t.sha256 = ? AND t.version = ? AND p.n = ?", sha, version, index).Scan(&p.Index, &p.Label, &p.Width, &p.Height, &p.Image, &p.Text, &words)
	if errors.Is(err, sql.ErrNoRows) {
		return p, greyshelf.Errorf(greyshelf.NotFound, op, strconv.Itoa(index), "the file has no such page")
	}
	if err == nil && len(words) > 0 {
		p.Words, err = decodeWords(words)
	}
	return p, explain(op, sha, err)
}

// Pages gives every page in order, without words.
func (s *Store) Pages(ctx context.Context, sha, version string) iter.Seq2[greyshelf.Page, error] {
	return func(yield func(greyshelf.Page, error) bool) {
		const op = "read the pages"
		rows, err := s.read.QueryContext(ctx, "SELECT "+pageColumns+" FROM text t JOIN page p ON p.text = t.id WHERE t.sha256 = ? AND t.version = ? ORDER BY p.n", sha, version)
		if err != nil {
			yield(greyshelf.Page{}, explain(op, sha, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var p greyshelf.Page
			if err := rows.Scan(&p.Index, &p.Label, &p.Width, &p.Height, &p.Image, &p.Text); err != nil {
				yield(p, explain(op, sha, err))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(greyshelf.Page{}, explain(op, sha, err))
		}
	}
}

// Versions gives the text versions of a file, oldest first.
func (s *Store) Versions(ctx context.Context, sha string) ([]string, error) {
	const op = "read the text versions"
	rows, err := s.read.QueryContext(ctx, "SELECT version FROM text WHERE sha256 = ? ORDER BY id", sha)
	if err != nil {
		return nil, explain(op, sha, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var version string
		if err := rows.Scan(&version); err != nil {
			return nil, explain(op, sha, err)
		}
		all = append(all, version)
	}
	return all, explain(op, sha, rows.Err())
}

// explain gives an error of SQLite its kind and words.
func explain(op, subject string, err error) error {
	if err == nil {
		return nil
	}
	var known *greyshelf.Error
	if errors.As(err, &known) {
		return err
	}
	reason := err.Error()
	var e *driver.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
			reason = "the disk is full or failing; nothing was kept"
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			reason = "another process is writing the pages; try again"
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			reason = "the file is damaged; restore it from a backup"
		}
	}
	return greyshelf.Errorf(greyshelf.Unavailable, op, subject, "%s: %w", reason, err)
}
