package greyshelf

import (
	"errors"
	"fmt"
	"net/http"
)

// Kind says what sort of thing went wrong. It is the only part of an error
// that code may branch on; the rest is for people.
type Kind string

// The kinds of errors. One table ([Kind.HTTPStatus], [Kind.ExitStatus]) says
// what each becomes at the edges of the program.
const (
	Internal    Kind = "internal"    // a defect of the program; also every error without a kind
	NotFound    Kind = "not found"   // the named thing does not exist
	Exists      Kind = "exists"      // the thing to be made is there already
	Invalid     Kind = "invalid"     // the input cannot be understood or breaks a rule
	Forbidden   Kind = "forbidden"   // the reader may not do or see this
	Conflict    Kind = "conflict"    // somebody changed it in between, or somebody holds it
	Unavailable Kind = "unavailable" // a part that is needed cannot be reached now; try again later
	TooLarge    Kind = "too large"   // a limit of size, pages, memory or time was reached
)

// Error is an error with a kind, the operation that failed and what it failed
// on: "add report.pdf: the file is encrypted".
type Error struct {
	Kind    Kind
	Op      string // the operation, a verb: "add", "read page"
	Subject string // what it was done to: a file name, an identifier; may be empty
	Err     error  // the reason, in words a user understands
}

// E makes an [Error]. A nil err is allowed where the kind says everything.
func E(kind Kind, op, subject string, err error) *Error {
	return &Error{Kind: kind, Op: op, Subject: subject, Err: err}
}

// Errorf makes an [Error] whose reason is formatted as by [fmt.Errorf].
func Errorf(kind Kind, op, subject, format string, args ...any) *Error {
	return &Error{Kind: kind, Op: op, Subject: subject, Err: fmt.Errorf(format, args...)}
}

// Error gives operation, subject and reason, separated by colons.
func (e *Error) Error() string {
	head := e.Op
	if e.Subject != "" {
		head += " " + e.Subject
	}
	return head + ": " + e.Reason()
}

// Reason gives the innermost reason without operation and subject: what a
// table of refused files shows beside the file's name.
func (e *Error) Reason() string {
	var inner *Error
	switch {
	case e.Err == nil:
		return string(e.Kind)
	case errors.As(e.Err, &inner):
		return inner.Reason()
	}
	return e.Err.Error()
}

// Unwrap gives the wrapped reason, for [errors.Is] and [errors.As].
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of the outermost [Error] in err's chain, and
// [Internal] for any other error. The kind of nil is "".
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// ReasonOf gives the innermost reason of err, for people.
func ReasonOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason()
	}
	return err.Error()
}

// HTTPStatus gives the HTTP status (RFC 9110 §15) that answers a request which
// failed with this kind.
func (k Kind) HTTPStatus() int {
	switch k {
	case NotFound:
		return http.StatusNotFound
	case Exists, Conflict:
		return http.StatusConflict
	case Invalid:
		return http.StatusBadRequest
	case Forbidden:
		return http.StatusForbidden
	case Unavailable:
		return http.StatusServiceUnavailable
	case TooLarge:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusInternalServerError
}

// ExitStatus gives the exit status of the command line: 2 for wrong use, 1 for
// everything else that failed.
func (k Kind) ExitStatus() int {
	switch k {
	case "":
		return 0
	case Invalid:
		return 2
	}
	return 1
}
