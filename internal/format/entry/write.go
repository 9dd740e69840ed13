package entry

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// between is what stands between two entries that have no white space of their
// own: two blank lines.
const between = "\n\n\n"

// WriteReports writes an annotated list of reports. White space behind an
// imported entry is written between it and the next one; what stood at the end
// of its list is written only at the end. finalNewline ends the list with a
// line break, as a file written by name has one, unless its last entry was the
// last of its own list and keeps that list's end. It stops at the first error,
// of the reports or of the writer.
func WriteReports(w io.Writer, reports iter.Seq2[greyshelf.Report, error], finalNewline bool) error {
	return write(w, func(yield func(greyshelf.Entry, error) bool) {
		for r, err := range reports {
			if err != nil {
				yield(greyshelf.Entry{}, err)
				return
			}
			if !yield(FromReport(r), nil) {
				return
			}
		}
	}, finalNewline)
}

// Write writes a list of entries as [WriteReports] does.
func Write(w io.Writer, entries []greyshelf.Entry, finalNewline bool) error {
	return write(w, func(yield func(greyshelf.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}, finalNewline)
}

// write writes entries one by one and never holds more than one of them.
func write(w io.Writer, entries iter.Seq2[greyshelf.Entry, error], finalNewline bool) error {
	out := bufio.NewWriter(w)
	var last greyshelf.EntryLayout
	n := 0
	for e, err := range entries {
		if err != nil {
			return err
		}
		text := Render(e)
		if n > 0 {
			out.WriteString(separator(last))
			text = strings.TrimLeftFunc(text, isSpace) // a byte order mark only ever begins a list
		}
		out.WriteString(text) // the first error is kept until Flush
		last = e.Layout
		n++
	}
	switch {
	case n > 0 && last.Raw != "" && last.Last:
		out.WriteString(last.After)
	case n > 0 && finalNewline:
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write list", "", err)
	}
	return nil
}

// separator gives what stands behind an entry before another one. The end of a
// list divides nothing unless it has a blank line.
func separator(l greyshelf.EntryLayout) string {
	breaks := strings.Count(l.After, "\n")
	if breaks == 0 {
		breaks = strings.Count(l.After, "\r")
	}
	if l.Raw == "" || breaks == 0 || l.Last && breaks < 2 {
		return between
	}
	return l.After
}
