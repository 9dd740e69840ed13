package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"github.com/greyshelf/greyshelf"
)

// The primary result codes of SQLite that are told apart (SQLite: "Result and
// Error Codes").
const (
	codeBusy         = 5
	codeLocked       = 6
	codeReadOnly     = 8
	codeInterrupted  = 9
	codeIO           = 10
	codeCorrupt      = 11
	codeFull         = 13
	codeCannotOpen   = 14
	codeConstraint   = 19
	codeNotADatabase = 26
)

// code gives the primary result code, 0 for an error that is not SQLite's.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// damaged reports whether the database file itself is broken.
func damaged(err error) bool {
	c := code(err)
	return c == codeCorrupt || c == codeNotADatabase
}

// Damaged reports whether the database file itself is broken, also behind an
// error that [Error] gave.
func Damaged(err error) bool { return damaged(err) }

// Taken reports whether a row could not be written because its key is there
// already or its parent is not.
func Taken(err error) bool { return code(err) == codeConstraint }

// Error gives an error of the database its kind: NotFound for no row,
// Unavailable for a full disk, a busy, damaged or unreachable file and an ended
// context, Internal for the rest. nil stays nil, and an error that has a kind
// stays as it is.
func Error(op, subject string, err error) error {
	var known *greyshelf.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return greyshelf.E(greyshelf.NotFound, op, subject, errors.New("there is no such thing in the library"))
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return greyshelf.E(greyshelf.Unavailable, op, subject, err)
	}
	if words := meaning(code(err)); words != "" {
		return greyshelf.E(greyshelf.Unavailable, op, subject, fmt.Errorf("%s: %w", words, err))
	}
	return greyshelf.E(greyshelf.Internal, op, subject, err)
}

// meaning says in words what a result code means for a user.
func meaning(code int) string {
	switch code {
	case codeFull:
		return "the disk is full"
	case codeBusy, codeLocked:
		return "another process is writing to the library; try again"
	case codeReadOnly:
		return "the library cannot be written to; check the permissions of its folder"
	case codeCannotOpen:
		return "the file cannot be opened; check that the folder is there and its permissions"
	case codeCorrupt, codeNotADatabase:
		return "the file is damaged; restore the library from a backup"
	case codeInterrupted:
		return "stopped"
	case codeIO:
		return "the disk cannot be read or written"
	}
	return ""
}
