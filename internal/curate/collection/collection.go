// Package collection keeps collections: reports that somebody put together
// under a name, for themselves or for a group of colleagues.
//
// It belongs to the curate stage and stands beside the catalogue's own order,
// the headings: a collection is private to the person who made it and to those
// it is shared with, changes nothing in a report, and gives nobody a right to
// one. What a reader may see of its reports package rights says.
//
// It stores records of the kind "collection", without history: what somebody
// reads is their own affair.
package collection

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Kind is the kind of the records.
const Kind = "collection"

// Collection is a named choice of reports.
type Collection struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Note     string    `json:"note,omitempty"`
	Owner    string    `json:"owner"`             // identifier of the person
	Shared   []string  `json:"shared,omitempty"`  // identifiers of persons who may read and fill it too
	Reports  []string  `json:"reports,omitempty"` // identifiers, in the order in which they were put in
	Created  time.Time `json:"created"`
	Revision int       `json:"-"` // guards against lost updates
}

// For reports whether a person may see and fill the collection.
func (c Collection) For(person string) bool {
	return person != "" && (c.Owner == person || slices.Contains(c.Shared, person))
}

// Limits of a collection and of a person's collections.
const (
	MostReports = 1000
	mostShared  = 200
	mostOwned   = 500
	longestName = 200 // characters
	longestNote = 2000
)

const op = "keep the collection"

// Register is where collections are kept. It is safe for concurrent use.
type Register struct {
	Records catalog.Records
	Now     func() time.Time
	NewID   func() string
}

// Of gives the collections of a person and those shared with them, by name.
func (r *Register) Of(ctx context.Context, person string) ([]Collection, error) {
	var all []Collection
	for record, err := range r.Records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "person:" + person}) {
		if err != nil {
			return nil, err
		}
		c, err := collectionOf(record)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Collection) int { return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	return all, nil
}

// Collection gives one that the person may see. Errors: NotFound, also for one
// of others.
func (r *Register) Collection(ctx context.Context, person, id string) (Collection, error) {
	record, err := r.Records.Record(ctx, Kind, id)
	if err != nil {
		return Collection{}, err
	}
	c, err := collectionOf(record)
	if err == nil && !c.For(person) {
		return Collection{}, greyshelf.Errorf(greyshelf.NotFound, "find the collection", id, "there is no such collection")
	}
	return c, err
}

// Put keeps a new collection (no identifier) or a changed one. Errors: Invalid
// with what is wrong, Conflict when it was changed meanwhile, TooLarge.
func (r *Register) Put(ctx context.Context, c Collection) (Collection, error) {
	c.Name, c.Note = greyshelf.OneLine(c.Name), strings.TrimSpace(strings.ToValidUTF8(c.Note, "\uFFFD"))
	c.Reports, c.Shared = unique(c.Reports), unique(c.Shared)
	switch {
	case c.Owner == "":
		return c, greyshelf.Errorf(greyshelf.Forbidden, op, c.Name, "sign in to keep a collection")
	case c.Name == "":
		return c, greyshelf.Errorf(greyshelf.Invalid, op, "", "a collection needs a name")
	case len([]rune(c.Name)) > longestName || len([]rune(c.Note)) > longestNote:
		return c, greyshelf.Errorf(greyshelf.Invalid, op, "", "the name or the note is too long")
	case len(c.Reports) > MostReports || len(c.Shared) > mostShared:
		return c, greyshelf.Errorf(greyshelf.TooLarge, op, c.Name, "a collection has at most %d reports and %d people", MostReports, mostShared)
	}
	if c.ID == "" {
		mine, err := r.Of(ctx, c.Owner)
		if err != nil {
			return c, err
		}
		if len(mine) >= mostOwned {
			return c, greyshelf.Errorf(greyshelf.TooLarge, op, c.Name, "that would be more than %d collections", mostOwned)
		}
		c.ID, c.Revision, c.Created = r.NewID(), 0, r.Now().UTC().Truncate(time.Second)
	}
	keys := []string{"person:" + c.Owner}
	for _, person := range c.Shared {
		keys = append(keys, "person:"+person)
	}
	data, _ := json.Marshal(c) // texts and a time always have a JSON form
	err := r.Records.PutRecords(ctx, catalog.Record{Kind: Kind, ID: c.ID, Keys: keys, Data: data, Revision: c.Revision})
	c.Revision++
	return c, err
}

// Add puts reports into a collection that the person may fill; what is in it
// already stays where it is. It is made again on the newer form when somebody
// else changed the collection meanwhile. Errors: NotFound, TooLarge.
func (r *Register) Add(ctx context.Context, person, id string, reports ...string) (Collection, error) {
	return r.update(ctx, person, id, func(c *Collection) { c.Reports = append(c.Reports, reports...) })
}

// Take takes reports out of a collection. Errors: NotFound.
func (r *Register) Take(ctx context.Context, person, id string, reports ...string) (Collection, error) {
	return r.update(ctx, person, id, func(c *Collection) {
		c.Reports = slices.DeleteFunc(c.Reports, func(report string) bool { return slices.Contains(reports, report) })
	})
}

func (r *Register) update(ctx context.Context, person, id string, change func(*Collection)) (Collection, error) {
	for {
		c, err := r.Collection(ctx, person, id)
		if err != nil {
			return c, err
		}
		change(&c)
		if c, err = r.Put(ctx, c); greyshelf.KindOf(err) != greyshelf.Conflict {
			return c, err
		}
	}
}

// Drop removes a collection of the person's own. Errors: NotFound, Forbidden
// for one that is only shared with them.
func (r *Register) Drop(ctx context.Context, person, id string) error {
	c, err := r.Collection(ctx, person, id)
	if err != nil {
		return err
	}
	if c.Owner != person {
		return greyshelf.Errorf(greyshelf.Forbidden, "drop the collection", c.Name, "only who made a collection can drop it")
	}
	return r.Records.PutRecords(ctx, catalog.Record{Kind: Kind, ID: c.ID, Revision: c.Revision})
}

func collectionOf(record catalog.Record) (Collection, error) {
	var c Collection
	if err := json.Unmarshal(record.Data, &c); err != nil {
		return c, greyshelf.E(greyshelf.Internal, "read the collection", record.ID, err)
	}
	c.Revision = record.Revision
	return c, nil
}

func unique(all []string) []string {
	seen := map[string]bool{"": true}
	var kept []string
	for _, one := range all {
		if !seen[one] {
			seen[one] = true
			kept = append(kept, one)
		}
	}
	return kept
}
