package main

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"

	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

// keysOfFile is how many keys a report of forty pages has.
const keysOfFile = 92

// fill makes an index of so many files. The rows are written in the order of
// the table, which takes minutes where one file after the other takes hours;
// what is asked of the index afterwards is the same.
func fill(ctx context.Context, path string, files int) error {
	x, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	if err := x.Close(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(off)&_pragma=journal_mode(off)&_pragma=cache_size(-65536)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < ?)
		INSERT INTO files (n, file) SELECT i, printf('%016x%048x', i, i) FROM n`, files); err != nil {
		return err
	}
	if err := fillKeys(ctx, db, files); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO held (file, keys) SELECT n, randomblob(?) FROM files", 8*keysOfFile)
	return err
}

// rowsAtOnce is how many rows one statement writes.
const rowsAtOnce = 200

// fillKeys writes the keys in order: most are one file's alone, as the hashes
// of texts are; one of fifty is shared by up to four hundred files, as small
// print and usual titles are.
func fillKeys(ctx context.Context, db *sql.DB, files int) error {
	query := "INSERT INTO keys (key, file) VALUES (?, ?)"
	for range rowsAtOnce - 1 {
		query += ", (?, ?)"
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer insert.Close()
	r := rand.New(rand.NewPCG(1, 2))
	rows := files * keysOfFile
	step := math.Ldexp(1, 64) / float64(rows) * 0.98
	key := float64(math.MinInt64)
	args := make([]any, 0, 2*rowsAtOnce)
	for n := 0; n < rows; {
		key += step * (0.5 + r.Float64())
		sharing := 1
		if r.IntN(50*200) == 0 {
			sharing = 1 + r.IntN(400)
			key += step * float64(sharing-1)
		}
		file := r.IntN(files)
		for i := range sharing {
			args = append(args, int64(key), (file+i)%files+1)
			if n++; len(args) == cap(args) {
				if _, err := insert.ExecContext(ctx, args...); err != nil {
					return fmt.Errorf("row %d: %w", n, err)
				}
				args = args[:0]
			}
		}
	}
	return tx.Commit()
}
