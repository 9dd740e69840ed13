// Package notice keeps what readers tell the desk of a report: an error in it,
// that they would like a copy, that it should not be there.
//
// It belongs to the curate stage: a form under every public report fills it,
// the desk answers and closes. Notices are kept without history, since they
// hold what a person wrote and perhaps an address: closing one forgets the
// address, and a notice can be erased.
//
// It stores records of the kind "notice". It sends nothing and changes no
// report.
package notice

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Kind is the kind of the records.
const Kind = "notice"

// About is what a notice is about.
type About string

// What a notice may be about.
const (
	Error    About = "error"     // something in the record or the text is wrong
	Copy     About = "copy"      // the reader asks for a copy of the report
	TakeDown About = "take-down" // the reader says that it must not be shown
)

// Abouts gives everything that a notice may be about.
func Abouts() []About { return []About{Error, Copy, TakeDown} }

// Notice is what one reader told the desk.
type Notice struct {
	ID       string    `json:"id"` // in order of arrival
	About    About     `json:"about"`
	Report   string    `json:"report"`
	Page     int       `json:"page,omitempty"` // from 1; 0 = the report as a whole
	Text     string    `json:"text"`
	Email    string    `json:"email,omitempty"` // to be answered at; forgotten when the notice is closed
	At       time.Time `json:"at"`
	Closed   time.Time `json:"closed,omitzero"`
	Who      string    `json:"who,omitempty"`    // closed it
	Answer   string    `json:"answer,omitempty"` // what was done, for the desk
	Revision int       `json:"-"`
}

// Limits of a notice and of all of them.
const (
	longestText = 4000 // characters
	mostOpen    = 2000 // open notices; then the desk must work some off first
)

const op = "tell the desk"

// Register is where notices are kept. It is safe for concurrent use.
type Register struct {
	Records catalog.Records
	Now     func() time.Time
	NewID   func() string
}

// Leave takes a notice in. Errors: Invalid with what is missing, TooLarge when
// the desk has too many open ones.
func (r *Register) Leave(ctx context.Context, n Notice) (Notice, error) {
	n.Text = tidy(n.Text)
	switch {
	case n.About != Error && n.About != Copy && n.About != TakeDown:
		return n, greyshelf.Errorf(greyshelf.Invalid, op, n.Report, "say what it is about")
	case n.Text == "" && n.About != Copy:
		return n, greyshelf.Errorf(greyshelf.Invalid, op, n.Report, "say what is wrong")
	case len([]rune(n.Text)) > longestText:
		return n, greyshelf.Errorf(greyshelf.Invalid, op, n.Report, "that is longer than %d characters", longestText)
	case n.About == Copy && n.Email == "":
		return n, greyshelf.Errorf(greyshelf.Invalid, op, n.Report, "say at which address the copy can be sent to you")
	}
	open, err := r.Open(ctx, mostOpen)
	if err != nil {
		return n, err
	}
	if len(open) >= mostOpen {
		return n, greyshelf.Errorf(greyshelf.TooLarge, op, n.Report, "the desk has too many open notices; try again later")
	}
	now := r.Now().UTC()
	n.At, n.Closed, n.Who, n.Answer, n.Revision = now.Truncate(time.Second), time.Time{}, "", "", 0
	n.ID = now.Format("20060102150405") + "-" + r.NewID()
	return n, r.put(ctx, n)
}

// Open gives the open notices, oldest first, at most so many (0 = all).
func (r *Register) Open(ctx context.Context, most int) ([]Notice, error) {
	return r.in(ctx, "open", most)
}

// Done gives the closed notices, oldest first, at most so many (0 = all).
func (r *Register) Done(ctx context.Context, most int) ([]Notice, error) {
	return r.in(ctx, "done", most)
}

func (r *Register) in(ctx context.Context, key string, most int) ([]Notice, error) {
	var all []Notice
	for record, err := range r.Records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: key, Limit: most}) {
		if err != nil {
			return nil, err
		}
		n, err := noticeOf(record)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// Notice gives one. Errors: NotFound.
func (r *Register) Notice(ctx context.Context, id string) (Notice, error) {
	record, err := r.Records.Record(ctx, Kind, id)
	if err != nil {
		return Notice{}, err
	}
	return noticeOf(record)
}

// Close says what was done about a notice and forgets the address of who left
// it. Errors: NotFound, Conflict when somebody else closed it.
func (r *Register) Close(ctx context.Context, id, who, answer string) error {
	n, err := r.Notice(ctx, id)
	if err != nil {
		return err
	}
	if !n.Closed.IsZero() {
		return greyshelf.Errorf(greyshelf.Conflict, "close the notice", id, "%s closed it already", n.Who)
	}
	n.Closed, n.Who, n.Answer, n.Email = r.Now().UTC().Truncate(time.Second), who, tidy(answer), ""
	return r.put(ctx, n)
}

// Reopen undoes closing a notice; its address stays forgotten.
func (r *Register) Reopen(ctx context.Context, id string) error {
	n, err := r.Notice(ctx, id)
	if err != nil {
		return err
	}
	n.Closed, n.Who = time.Time{}, ""
	return r.put(ctx, n)
}

// Erase removes a notice. Errors: NotFound.
func (r *Register) Erase(ctx context.Context, id string) error {
	record, err := r.Records.Record(ctx, Kind, id)
	if err != nil {
		return err
	}
	return r.Records.PutRecords(ctx, record.Drop())
}

func (r *Register) put(ctx context.Context, n Notice) error {
	key := "open"
	if !n.Closed.IsZero() {
		key = "done"
	}
	data, _ := json.Marshal(n) // texts, a number and times always have a JSON form
	return r.Records.PutRecords(ctx, catalog.Record{Kind: Kind, ID: n.ID, Keys: []string{key}, Data: data, Revision: n.Revision})
}

func noticeOf(record catalog.Record) (Notice, error) {
	var n Notice
	if err := json.Unmarshal(record.Data, &n); err != nil {
		return n, greyshelf.E(greyshelf.Internal, "read the notice", record.ID, err)
	}
	n.Revision = record.Revision
	return n, nil
}

// tidy keeps lines and drops what cannot be seen and would mislead.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			return -1
		}
		return c
	}, text))
}
