// Package sqlite keeps the keys of files in one SQLite file beside the
// catalogue's.
//
// It is a backend of the port [identify.Index]. What it stores the migration
// describes; all of it can be made again. Several processes may use the file at
// the same time.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

//go:embed migrations/*.sql
var embedded embed.FS

// common is how many files may share a key before it tells nothing: a title
// such as "Annual report", a page of disclaimers.
const common = 300

// Index is an open index. It is safe for concurrent use.
type Index struct{ db *sqlitefile.DB }

var _ identify.Index = (*Index)(nil)

// Open opens the index at path; where there is none, or a damaged one, an empty
// one is made. Errors: Unavailable.
func Open(ctx context.Context, path string) (*Index, error) {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, sqlitefile.Error("open the index of files", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "open the index of files", path, err)
	}
	db, err := sqlitefile.Open(ctx, path, sqlitefile.Options{Migrations: migrations})
	if sqlitefile.Damaged(err) {
		for _, beside := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(path + beside)
		}
		db, err = sqlitefile.Open(ctx, path, sqlitefile.Options{Migrations: migrations})
	}
	if err != nil {
		return nil, err
	}
	return &Index{db}, nil
}

// Close closes the file.
func (x *Index) Close() error { return x.db.Close() }

// Put keeps the keys of files in one transaction.
func (x *Index) Put(ctx context.Context, files ...identify.Keyed) error {
	if len(files) == 0 {
		return nil
	}
	return x.db.Write(ctx, "keep the keys of files", files[0].File, func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, "INSERT INTO keys (key, file) VALUES (?, ?) ON CONFLICT DO NOTHING")
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, f := range files {
			if err := put(ctx, tx, insert, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func put(ctx context.Context, tx *sql.Tx, insert *sql.Stmt, f identify.Keyed) error {
	if err := take(ctx, tx, f.File); err != nil {
		return err
	}
	var n int64
	if err := tx.QueryRowContext(ctx, "INSERT INTO files (file) VALUES (?) ON CONFLICT (file) DO UPDATE SET file = excluded.file RETURNING n", f.File).Scan(&n); err != nil {
		return err
	}
	packed := make([]byte, 0, 8*len(f.Keys))
	for _, key := range f.Keys {
		packed = binary.BigEndian.AppendUint64(packed, key)
		if _, err := insert.ExecContext(ctx, int64(key), n); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO held (file, keys) VALUES (?, ?)", n, packed)
	return err
}

// Drop forgets a file.
func (x *Index) Drop(ctx context.Context, file string) error {
	return x.db.Write(ctx, "drop the keys of a file", file, func(tx *sql.Tx) error {
		if err := take(ctx, tx, file); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM files WHERE file = ?", file)
		return err
	})
}

// take takes the keys of a file out.
func take(ctx context.Context, tx *sql.Tx, file string) error {
	var n int64
	var packed []byte
	err := tx.QueryRowContext(ctx, "SELECT h.file, h.keys FROM files f JOIN held h ON h.file = f.n WHERE f.file = ?", file).Scan(&n, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for ; len(packed) >= 8; packed = packed[8:] {
		if _, err := tx.ExecContext(ctx, "DELETE FROM keys WHERE key = ? AND file = ?", int64(binary.BigEndian.Uint64(packed)), n); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM held WHERE file = ?", n)
	return err
}

// Sharing gives the files that share keys, most first.
func (x *Index) Sharing(ctx context.Context, keys []uint64, limit int) ([]identify.Shared, error) {
	const op = "find files that share keys"
	statement, err := x.db.Reader().PrepareContext(ctx, "SELECT file FROM keys WHERE key = ? LIMIT ?")
	if err != nil {
		return nil, sqlitefile.Error(op, "", err)
	}
	defer statement.Close()
	count := map[int64]int{}
	for _, key := range keys {
		files, err := holders(ctx, statement, key)
		if err != nil {
			return nil, sqlitefile.Error(op, "", err)
		}
		if len(files) > common {
			continue
		}
		for _, n := range files {
			count[n]++
		}
	}
	ordered := make([]int64, 0, len(count))
	for n := range count {
		ordered = append(ordered, n)
	}
	slices.SortFunc(ordered, func(a, b int64) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	var shared []identify.Shared
	for _, n := range ordered[:min(len(ordered), limit)] {
		s := identify.Shared{Keys: count[n]}
		if err := x.db.Reader().QueryRowContext(ctx, "SELECT file FROM files WHERE n = ?", n).Scan(&s.File); err != nil {
			return nil, sqlitefile.Error(op, "", err)
		}
		shared = append(shared, s)
	}
	return shared, nil
}

// holders gives the files with the key, one more than is common at most.
func holders(ctx context.Context, statement *sql.Stmt, key uint64) ([]int64, error) {
	rows, err := statement.QueryContext(ctx, int64(key), common+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var files []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		files = append(files, n)
	}
	return files, rows.Err()
}

// Mark gives how far the outbox was read.
func (x *Index) Mark(ctx context.Context) (int64, error) {
	var mark int64
	err := x.db.Reader().QueryRowContext(ctx, "SELECT coalesce(max(mark), 0) FROM mark").Scan(&mark)
	return mark, sqlitefile.Error("read the mark of the index of files", "", err)
}

// SetMark keeps how far the outbox was read.
func (x *Index) SetMark(ctx context.Context, mark int64) error {
	return x.db.Write(ctx, "keep the mark of the index of files", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO mark (one, mark) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET mark = excluded.mark", mark)
		return err
	})
}
