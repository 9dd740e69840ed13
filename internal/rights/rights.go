// Package rights decides what a reader may see and do: [May] is the one place
// that knows, and every door (web, API, feeds, snippets, packages) asks it.
//
// It is a leaf: it imports the words only, stores nothing and reads nothing.
package rights

import (
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Reader is who asks. The zero value is an anonymous reader.
type Reader struct {
	Role   Role
	Name   string // for decisions: who did it
	Person string // identifier of the person; "" for anybody and for who sits at the computer
}

// Role is what a reader is at the desk.
type Role int

// The roles, each including those before it.
const (
	Anonymous Role = iota
	Member
	Librarian
	Administrator
)

// roleNames are the roles as they are written down.
var roleNames = [...]string{"anonymous", "member", "librarian", "administrator"}

// String gives the role's name: "librarian".
func (r Role) String() string {
	if r < Anonymous || r > Administrator {
		return roleNames[Anonymous]
	}
	return roleNames[r]
}

// ParseRole reads a role's name; false for anything else.
func ParseRole(name string) (Role, bool) {
	for i, known := range roleNames {
		if name == known {
			return Role(i), true
		}
	}
	return Anonymous, false
}

// MarshalText writes the role's name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the role's name; any other text is an error.
func (r *Role) UnmarshalText(text []byte) error {
	role, ok := ParseRole(string(text))
	if !ok {
		return greyshelf.Errorf(greyshelf.Invalid, "read the role", string(text), "there is no such role")
	}
	*r = role
	return nil
}

// Door is a way to a report.
type Door int

// The doors.
const (
	Record  Door = iota // the catalogue record, list entry, citation
	Snippet             // an extract of at most [SnippetLength] characters
	Page                // page text, page image, thumbnail, passage
	File                // the file itself
	Edit                // changing the record, seeing its history and findings
)

// SnippetLength is the most characters (code points) of a page that a reader
// without access to its text may see at a time.
const SnippetLength = 300

// May reports whether the reader may go through the door to the report.
// Librarians may everything. Members read whatever is published. Anonymous
// readers see published reports as far as their rights allow.
func May(reader Reader, report greyshelf.Report, door Door) bool {
	switch {
	case reader.Role >= Librarian:
		return true
	case door == Edit || report.State != greyshelf.Published:
		return false
	case reader.Role == Member:
		return true
	}
	return open(report.Rights.EffectiveAccess(), door)
}

// open says how far each degree of access goes for an anonymous reader.
func open(access greyshelf.Access, door Door) bool {
	switch access {
	case greyshelf.AccessOpen:
		return true
	case greyshelf.AccessExtract:
		return door == Record || door == Snippet
	case greyshelf.AccessLink:
		return door == Record
	}
	return false
}

// Shown gives the report as the reader may see it: without what is the desk's
// own (its notes, and where on its computers a file came from) unless the reader
// is of the desk, and without the contents of files of which no extract may be
// shown.
func Shown(reader Reader, report greyshelf.Report) greyshelf.Report {
	if May(reader, report, Edit) {
		return report
	}
	report.Note, report.Desk, report.Entry = "", greyshelf.DeskFile{}, nil
	report.Editions = slices.Clone(report.Editions)
	for i, e := range report.Editions {
		report.Editions[i].Files = slices.Clone(e.Files)
		for j := range e.Files {
			f := &report.Editions[i].Files[j]
			if !public(f.Source) {
				f.Source = ""
			}
			if !May(reader, report, Snippet) {
				f.Outline = nil
			}
		}
	}
	return report
}

// public reports whether a file came from an address rather than from a path
// on somebody's computer.
func public(source string) bool {
	return strings.HasPrefix(source, "https://") || strings.HasPrefix(source, "http://")
}
