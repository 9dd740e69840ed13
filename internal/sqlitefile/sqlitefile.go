// Package sqlitefile opens one SQLite database file the way the library needs
// it: write-ahead log, every commit on the disk before it returns, one writer
// and a pool of readers, migrations from an embedded folder, and errors with a
// kind.
//
// It is a leaf under the SQLite backends of the catalogue and of the pages. It
// knows no table; several processes may have the same file open.
package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

	"github.com/greyshelf/greyshelf"
)

// Options say how a file is opened.
type Options struct {
	Migrations fs.FS // SQL files for goose at its top
	PageSize   int   // bytes; used only when the file is made; 0 = SQLite's own
	MaxPages   int64 // largest size in pages, for tests of a full disk; 0 = no limit
}

// DB is an open database file. It is safe for concurrent use.
type DB struct {
	path  string
	read  *sql.DB
	write *sql.DB
}

// busyTimeout is how long a writer waits for the writer of another process.
const busyTimeout = 30 * time.Second

// idleReaders is how many read connections are kept open. There is no upper
// bound: an iteration holds its connection while its user reads more, and a
// bound would let such users wait for each other.
const idleReaders = 8

const opOpen = "open the database"

// Open opens the file, makes it when it is not there, and brings it to the
// newest form. Errors: Unavailable when it cannot be opened, is damaged or was
// made by a newer program.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, opOpen, path, err)
	}
	db := &DB{path: path}
	if db.write, err = sql.Open("sqlite", address(path, "_txlock=immediate", pragma("synchronous", "full"), maxPages(o.MaxPages))); err != nil {
		return nil, Error(opOpen, path, err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", address(path, pragma("query_only", "1"))); err != nil {
		return nil, errors.Join(Error(opOpen, path, err), db.Close())
	}
	db.read.SetMaxIdleConns(idleReaders)
	if err := db.prepare(ctx, o); err != nil {
		return nil, errors.Join(Error(opOpen, path, err), db.Close())
	}
	return db, nil
}

// address gives the driver's data source name: a URI (SQLite: "URI Filenames")
// with what each new connection sets.
func address(path string, params ...string) string {
	query := pragma("busy_timeout", fmt.Sprint(busyTimeout.Milliseconds())) + "&" + pragma("foreign_keys", "1")
	for _, p := range params {
		if p != "" {
			query += "&" + p
		}
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // "/C:/library"
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String()
}

func pragma(name, value string) string { return "_pragma=" + name + "(" + value + ")" }

func maxPages(n int64) string {
	if n == 0 {
		return ""
	}
	return pragma("max_page_count", fmt.Sprint(n))
}

// prepare sets what the file itself remembers and migrates it. Another process
// may do the same at the same moment: the one that comes second fails, and
// finds everything done when it tries again.
func (db *DB) prepare(ctx context.Context, o Options) (err error) {
	for range 5 {
		if err = db.prepareOnce(ctx, o); err == nil || ctx.Err() != nil || refused(err) {
			return err
		}
	}
	return err
}

// refused reports whether an error will be the same the next time.
func refused(err error) bool {
	var e *greyshelf.Error
	if errors.As(err, &e) {
		return true
	}
	switch code(err) {
	case codeFull, codeCorrupt, codeNotADatabase, codeCannotOpen, codeReadOnly:
		return true
	}
	return false
}

func (db *DB) prepareOnce(ctx context.Context, o Options) error {
	// The page size must be set before the write-ahead log, which fixes it.
	if o.PageSize > 0 {
		if _, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA page_size = %d", o.PageSize)); err != nil {
			return err
		}
	}
	var mode string
	if err := db.write.QueryRowContext(ctx, "PRAGMA journal_mode = wal").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return greyshelf.Errorf(greyshelf.Unavailable, opOpen, db.path, "this disk does not allow a write-ahead log (network disk?); put the library on a local one")
	}
	return db.migrate(ctx, o.Migrations)
}

// migrate brings the tables to the newest form. The form is read without goose,
// which would write to the file each time and wait long for a damaged one.
func (db *DB) migrate(ctx context.Context, migrations fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.write, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	var newest int64
	for _, source := range provider.ListSources() {
		newest = max(newest, source.Version)
	}
	current, err := db.form(ctx)
	switch {
	case err != nil:
		return err
	case current > newest:
		return greyshelf.Errorf(greyshelf.Unavailable, opOpen, db.path,
			"it was written by a newer version of the program (form %d, this one knows %d); use that version", current, newest)
	case current < newest:
		_, err = provider.Up(ctx)
	}
	return err
}

// form gives the number of the newest migration that was made; 0 for a new
// file.
func (db *DB) form(ctx context.Context) (n int64, err error) {
	var made bool
	if err := db.write.QueryRowContext(ctx, "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'goose_db_version'").Scan(&made); err != nil || !made {
		return 0, err
	}
	err = db.write.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&n)
	return n, err
}

// Reader gives the pool of read connections. Reads never wait for the writer.
func (db *DB) Reader() *sql.DB { return db.read }

// Write runs do in one transaction that is alone in writing, and commits it
// unless do fails. Errors of the database get a kind, others are given as they
// are.
func (db *DB) Write(ctx context.Context, op, subject string, do func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return Error(op, subject, err)
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	if err := do(tx); err != nil {
		return Error(op, subject, err)
	}
	return Error(op, subject, tx.Commit())
}

// Backup writes a consistent copy to a new file at path, while others read and
// write. Errors: Exists, Unavailable.
func (db *DB) Backup(ctx context.Context, path string) error {
	const op = "copy the database"
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return greyshelf.Errorf(greyshelf.Exists, op, path, "there is a file already")
	}
	// A connection of its own: the readers' may not write anywhere.
	own, err := sql.Open("sqlite", address(db.path))
	if err != nil {
		return Error(op, path, err)
	}
	defer own.Close()
	if _, err := own.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return errors.Join(Error(op, path, err), removeFile(path))
	}
	return nil
}

// removeFile removes what a failed copy left, if anything.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Check looks for damage and gives a line per defect; none means whole.
func (db *DB) Check(ctx context.Context) ([]string, error) {
	var defects []string
	rows, err := db.read.QueryContext(ctx, "PRAGMA integrity_check(100)")
	if err == nil {
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return nil, Error("check the database", db.path, err)
			}
			if line != "ok" {
				defects = append(defects, line)
			}
		}
		err = rows.Err()
	}
	if damaged(err) {
		return append(defects, err.Error()), nil
	}
	return defects, Error("check the database", db.path, err)
}

// Close closes every connection.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.read, db.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}
