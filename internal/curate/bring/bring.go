// Package bring reads the lists that a desk has already: annotated lists, the
// exports of reference managers, tables, catalogue records, and folders that
// other programs keep. Each record becomes a report with where it stood, and
// a plan says what would become of it.
//
// It is a part of curate that imports the words and the formats only. It reads
// what it is given through an [fs.FS], so that no path leads out of it. It
// stores nothing and decides nothing: who brings a list sees the plan and
// chooses, and curate.Desk carries it out.
package bring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Item is one record of a list.
type Item struct {
	Report greyshelf.Report // without identifier and state
	Files  []File           // that stand beside the record

	Ordinal int    // among all records of an import, from 1
	Number  int    // among the records of its file, from 1
	File    string // name of the list that it stood in
	Line    int    // its first line there, from 1; 0 where the format has no lines
	Raw     string // the record as written, at most [mostRaw] bytes of it
	Format  string // name of the format: "bibtex"

	Problems []string // what was left out or cut, in words
	Broken   string   // why it cannot be brought; empty when it can

	key string
}

// File is a file that belongs to a record.
type File struct {
	Name string // its file name
	Path string // where it lies, for people
	Open func() (io.ReadCloser, error)
}

// mostRaw is how much of a record is kept as it was written.
const mostRaw = 16 << 10

// Key names the record by all of what it says in its format: the same record
// has the same key, wherever it stood.
func (i Item) Key() string { return i.key }

// Source says where the record stood.
func (i Item) Source() greyshelf.Source {
	return greyshelf.Source{File: i.File, Line: i.Line, Raw: i.Raw}
}

// newItem begins an item that was written as raw.
func newItem(format string, line int, raw string) Item {
	sum := sha256.Sum256([]byte(format + "\x00" + strings.TrimSpace(raw)))
	return Item{Format: format, Line: line, Raw: clip(plain(raw), mostRaw), key: hex.EncodeToString(sum[:16])}
}

// broken is an item that cannot be brought.
func broken(format string, line int, raw, why string) Item {
	i := newItem(format, line, raw)
	i.Broken = why
	return i
}

// Options say how a list is read.
type Options struct {
	As  string            // name of the format; empty = told by the content
	Map map[string]string // of tables: column (its header or number) → field; "" leaves it out
}

// Read reads every record of the input, one at a time. An error ends the
// reading; a record that cannot be read is an item with Broken set. Errors:
// Invalid (no list, or one without a record), TooLarge, Unavailable.
func Read(ctx context.Context, in Input, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		ordinal := 0
		for item, err := range read(ctx, in, o, 0) {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				if ordinal++; ordinal > mostItems {
					err = greyshelf.Errorf(greyshelf.TooLarge, opRead, in.Name, "more than %d records; divide it", mostItems)
				}
			}
			if err != nil {
				yield(Item{}, err)
				return
			}
			item.Ordinal = ordinal
			if !yield(tidy(item), nil) {
				return
			}
		}
		if ordinal == 0 {
			yield(Item{}, greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "there is no record in it"))
		}
	}
}

const opRead = "read the list"

// mostItems is how many records one import may have.
const mostItems = 1_000_000

// read reads one file or folder; within counts the archives around it.
func read(ctx context.Context, in Input, o Options, within int) iter.Seq2[Item, error] {
	fail := func(err error) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) { yield(Item{}, err) }
	}
	name := o.As
	if name == "" {
		var err error
		if name, err = Sniff(in); err != nil {
			return fail(err)
		}
	}
	f, ok := find(name)
	if !ok {
		return fail(greyshelf.Errorf(greyshelf.Invalid, opRead, name, "is no format that can be read; use one of: %s", strings.Join(names(), ", ")))
	}
	return numbered(in, f.read(ctx, in, o, within))
}

// numbered gives the items their number and the name of their file, where the
// reader has not.
func numbered(in Input, items iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		n := 0
		for item, err := range items {
			if n++; item.Number == 0 {
				item.Number = n
			}
			if item.File == "" {
				item.File = in.Name
			}
			if !yield(item, err) {
				return
			}
		}
	}
}
