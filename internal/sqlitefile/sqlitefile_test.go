package sqlitefile_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/sqlitefile"
)

// migrations makes one table with a row that may be there once only.
var migrations = fstest.MapFS{"00001_first.sql": {Data: []byte("-- +goose Up\nCREATE TABLE t (n INTEGER PRIMARY KEY) STRICT;\nINSERT INTO t VALUES (1);\n")}}

func open(t *testing.T, path string) *sqlitefile.DB {
	t.Helper()
	db, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{Migrations: migrations})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func count(t *testing.T, db *sqlitefile.DB) (n int) {
	t.Helper()
	if err := db.Reader().QueryRowContext(t.Context(), "SELECT count(*) FROM t").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestOpenAtOnce lets many make the same new file.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.sqlite")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			db, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{Migrations: migrations})
			if err != nil {
				t.Error(err)
				return
			}
			db.Close()
		})
	}
	all.Wait()
	if n := count(t, open(t, path)); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// TestWriteRollsBack checks that a failed write leaves nothing, and that its
// error stays what it is.
func TestWriteRollsBack(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.sqlite"))
	broken := greyshelf.Errorf(greyshelf.Invalid, "test", "", "stop")
	err := db.Write(t.Context(), "write", "t", func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO t VALUES (2)"); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) || count(t, db) != 1 {
		t.Errorf("got %v, %d rows", err, count(t, db))
	}
	err = db.Write(t.Context(), "write", "t", func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO t VALUES (1)")
		if !sqlitefile.Taken(err) {
			t.Errorf("not taken: %v", err)
		}
		return err
	})
	if greyshelf.KindOf(err) != greyshelf.Internal {
		t.Errorf("got %v", err)
	}
}

// TestReaderCannotWrite checks that nothing gets around the one writer.
func TestReaderCannotWrite(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.sqlite"))
	if _, err := db.Reader().Exec("INSERT INTO t VALUES (2)"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestBadPlaces(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "text"), []byte("this is no database, it is a text that is long enough"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "missing", "x.sqlite"), filepath.Join(dir, "text")} {
		if _, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{Migrations: migrations}); greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Errorf("%s: %v", path, err)
		}
	}
	db := open(t, filepath.Join(dir, "x.sqlite"))
	if err := db.Backup(t.Context(), filepath.Join(dir, "missing", "copy.sqlite")); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("backup into a missing folder: %v", err)
	}
}

// TestCheckFindsDamage overwrites a part of the file.
func TestCheckFindsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.sqlite")
	db := open(t, path)
	if defects, err := db.Check(t.Context()); err != nil || len(defects) != 0 {
		t.Fatalf("%v, %v", defects, err)
	}
	copied := filepath.Join(t.TempDir(), "copy.sqlite")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data); i += 7 {
		data[i] ^= 0xff
	}
	if err := os.WriteFile(path+"2", data, 0o600); err != nil {
		t.Fatal(err)
	}
	broken, err := sqlitefile.Open(t.Context(), path+"2", sqlitefile.Options{Migrations: migrations})
	if err != nil {
		if greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Errorf("got %v", err)
		}
		return
	}
	defer broken.Close()
	if defects, err := broken.Check(t.Context()); err != nil || len(defects) == 0 {
		t.Errorf("%v, %v", defects, err)
	}
}
