// Package alert tells readers what is new of what they want to hear of: by
// mail, at once, daily, weekly or monthly, with the passages that matched.
//
// It belongs to the publish stage. It follows the catalogue's outbox, as far
// as the search index has come, and numbers every report the first time that
// everybody may know of it. Each contact has a mark: the number up to which it
// was told. When a contact's period is over, what is new to it becomes one
// alert; the alert, its pending message and the moved mark are written in one
// transaction, and package sending sends it. So a kill at any moment loses no
// report and repeats none. A report that is withdrawn before its alert goes
// out is left out of it.
//
// It stores records of the kinds "alert", "alert-news", "alert-mark" and
// "alert-state", without an address or a name.
package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// The kinds of the records.
const (
	Kind      = "alert"
	newsKind  = "alert-news"
	markKind  = "alert-mark"
	stateKind = "alert-state"
)

// Passage is where a report answers a search of the contact.
type Passage struct {
	File  string   `json:"file,omitempty"` // SHA-256; "" for a hit in the record
	Page  int      `json:"page,omitempty"` // from 1
	Label string   `json:"label,omitempty"`
	Text  string   `json:"text"`            // at most rights.SnippetLength code points
	Marks [][2]int `json:"marks,omitempty"` // [start, end) in code points of Text
	Open  bool     `json:"open,omitempty"`  // everybody may open the page
}

// Entry is a report in an alert.
type Entry struct {
	Report   string    `json:"report"`
	Passages []Passage `json:"passages,omitempty"`
}

// Alert is what one contact is told at one time.
type Alert struct {
	ID      string    `json:"id"`
	Contact string    `json:"contact"`
	At      time.Time `json:"at"`
	Entries []Entry   `json:"entries"`
}

// Search looks for a query in one report, as everybody may: whether it answers,
// and the best passages. Errors: Invalid (a query that cannot be run).
type Search func(ctx context.Context, query, report string) (found bool, passages []Passage, err error)

// Source is what is read of the catalogue.
type Source interface {
	catalog.Records
	Report(ctx context.Context, id string) (greyshelf.Report, error)
	Changed(ctx context.Context, after int64, limit int) ([]catalog.Changed, error)
}

// Office makes alerts and writes their letters. Its fields must be set. Only
// one process may run it at a time.
type Office struct {
	Catalog  Source
	Contacts *contact.Register
	Search   Search
	// Indexed gives the mark of the outbox up to which the index has come.
	Indexed func(ctx context.Context) (int64, error)
	// Authority gives a concept or body, by which broader headings are found.
	Authority func(ctx context.Context, id string) (greyshelf.Authority, error)
	Site      string                     // address of the site, without a slash at its end
	FileName  func(sha256 string) string // a file's name in addresses of the site
	Words     func(language string) Words
	Now       func() time.Time // in the time zone of the library, which says when a day begins
	NewID     func() string
}

// news is a report that became known to everybody, under the next number.
type news struct {
	Number int64     `json:"number"`
	Report string    `json:"report"`
	At     time.Time `json:"at"`
}

// state is how far the outbox was followed.
type state struct {
	Outbox   int64 `json:"outbox"`
	Last     int64 `json:"last"`   // greatest number of news
	Caught   bool  `json:"caught"` // what was there before the first run is numbered
	revision int
}

const batch = 200

func (s state) record() catalog.Record { return record(stateKind, "news", s, s.revision) }

func record(kind, id string, data any, revision int, keys ...string) catalog.Record {
	text, _ := json.Marshal(data) // texts, numbers and times always have a JSON form
	return catalog.Record{Kind: kind, ID: id, Data: text, Revision: revision, Keys: keys}
}

func read(r catalog.Record, into any) error {
	if err := json.Unmarshal(r.Data, into); err != nil {
		return greyshelf.E(greyshelf.Internal, "read the "+r.Kind, r.ID, err)
	}
	return nil
}

func (o *Office) state(ctx context.Context) (s state, err error) {
	r, err := o.Catalog.Record(ctx, stateKind, "news")
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		return s, nil
	case err == nil:
		err = read(r, &s)
		s.revision = r.Revision
	}
	return s, err
}

// follow numbers what became known since it was last called.
func (o *Office) follow(ctx context.Context, s state) (state, error) {
	indexed, err := o.Indexed(ctx)
	if err != nil {
		return s, err
	}
	for {
		changed, err := o.Catalog.Changed(ctx, s.Outbox, batch)
		if err != nil {
			return s, err
		}
		before := s.Outbox
		var records []catalog.Record
		for _, c := range changed {
			if c.Mark > indexed {
				break
			}
			s.Outbox = c.Mark
			fresh, err := o.fresh(ctx, c.Report)
			if err != nil {
				return s, err
			}
			if fresh {
				s.Last++
				records = append(records, record(newsKind, numbered(s.Last), news{s.Last, c.Report, o.now()}, 0, "report:"+c.Report))
			}
		}
		done := s.Outbox == before
		if done && s.Caught {
			return s, nil
		}
		s.Caught = s.Caught || done
		if err := o.Catalog.PutRecords(ctx, append(records, s.record())...); err != nil {
			return s, err
		}
		s.revision++
	}
}

// fresh reports whether everybody may know of the report and it has no number.
func (o *Office) fresh(ctx context.Context, id string) (bool, error) {
	r, err := o.Catalog.Report(ctx, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return false, nil
	}
	if err != nil || !rights.May(rights.Reader{}, r, rights.Record) {
		return false, err
	}
	for _, err := range o.Catalog.Records(ctx, catalog.RecordFilter{Kind: newsKind, Key: "report:" + id, Limit: 1}) {
		return false, err
	}
	return true, nil
}

// since gives the news with greater numbers, in order, of reports that are
// still public.
func (o *Office) since(ctx context.Context, after int64) ([]item, error) {
	var all []item
	for r, err := range o.Catalog.Records(ctx, catalog.RecordFilter{Kind: newsKind, After: numbered(after)}) {
		if err != nil {
			return nil, err
		}
		var n news
		if err := read(r, &n); err != nil {
			return nil, err
		}
		report, err := o.public(ctx, n.Report)
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
		case err != nil:
			return nil, err
		default:
			all = append(all, item{n.Number, report})
		}
	}
	return all, nil
}

// item is a numbered report.
type item struct {
	number int64
	report greyshelf.Report
}

// public gives a report that everybody may know of. Errors: NotFound.
func (o *Office) public(ctx context.Context, id string) (greyshelf.Report, error) {
	r, err := o.Catalog.Report(ctx, id)
	if err == nil && !rights.May(rights.Reader{}, r, rights.Record) {
		err = greyshelf.Errorf(greyshelf.NotFound, "write the alert", id, "the report is not public")
	}
	return r, err
}

// numbered is a number as an identifier, in the same order.
func numbered(n int64) string { return fmt.Sprintf("%019d", n) }

func (o *Office) now() time.Time { return o.Now().Truncate(time.Second) }
