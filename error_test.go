package greyshelf_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/greyshelf/greyshelf"
)

func TestError(t *testing.T) {
	inner := greyshelf.Errorf(greyshelf.Invalid, "open", "x.pdf", "the file is encrypted")
	outer := greyshelf.E(greyshelf.Unavailable, "add", "x.pdf", fmt.Errorf("reading: %w", inner))
	for _, test := range []struct {
		err           error
		kind          greyshelf.Kind
		reason, whole string
	}{
		{inner, greyshelf.Invalid, "the file is encrypted", "open x.pdf: the file is encrypted"},
		{outer, greyshelf.Unavailable, "the file is encrypted", "add x.pdf: the file is encrypted"},
		{greyshelf.E(greyshelf.NotFound, "read report", "abc", nil), greyshelf.NotFound, "not found", "read report abc: not found"},
		{fmt.Errorf("wrapped: %w", inner), greyshelf.Invalid, "the file is encrypted", "wrapped: open x.pdf: the file is encrypted"},
		{fs.ErrClosed, greyshelf.Internal, "file already closed", "file already closed"},
	} {
		if got := greyshelf.KindOf(test.err); got != test.kind {
			t.Errorf("%v: kind %q, want %q", test.err, got, test.kind)
		}
		if got := greyshelf.ReasonOf(test.err); got != test.reason {
			t.Errorf("%v: reason %q, want %q", test.err, got, test.reason)
		}
		if got := test.err.Error(); got != test.whole {
			t.Errorf("got %q, want %q", got, test.whole)
		}
	}
	if greyshelf.KindOf(nil) != "" {
		t.Error("no error has a kind")
	}
	if !errors.Is(outer, inner) {
		t.Error("the inner error is lost")
	}
}

// TestKinds holds the table of what each kind becomes at the edges.
func TestKinds(t *testing.T) {
	for _, test := range []struct {
		kind       greyshelf.Kind
		http, exit int
	}{
		{greyshelf.Internal, 500, 1}, {greyshelf.NotFound, 404, 1}, {greyshelf.Exists, 409, 1}, {greyshelf.Invalid, 400, 2},
		{greyshelf.Forbidden, 403, 1}, {greyshelf.Conflict, 409, 1}, {greyshelf.Unavailable, 503, 1}, {greyshelf.TooLarge, 413, 1},
	} {
		if test.kind.HTTPStatus() != test.http || test.kind.ExitStatus() != test.exit {
			t.Errorf("%s: %d and %d, want %d and %d", test.kind, test.kind.HTTPStatus(), test.kind.ExitStatus(), test.http, test.exit)
		}
	}
}
