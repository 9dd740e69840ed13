// Package digest composes the issues that the desk sends out: reports under
// headings, each with a blurb that is this issue's alone, in the house style.
//
// It belongs to the publish stage. An issue is a record of the catalogue that
// is changed by decisions, so that it has a history and every step can be
// undone until it is sent; it names its reports and never copies them, but for
// the blurbs. What of a report everybody may know, package rights says: nothing
// else is rendered. From one document of plain blocks come the mail in text and
// HTML, the page, Markdown, DOCX, PDF and an item of a feed. Who is sent an
// issue, and what became of each message, is the affair of package sending.
package digest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// The kinds of records that this package owns.
const (
	Kind      = "digest"
	KindStyle = "digest-style"
)

// State is how far an issue has come.
type State string

// The states of an [Issue]. A draft is held for a second pair of eyes, then
// scheduled; at its time it is sent, and from then on it stays as it is.
const (
	Draft     State = "draft"
	Held      State = "held"
	Scheduled State = "scheduled"
	Sent      State = "sent"
)

// Issue is one issue of the digest.
type Issue struct {
	ID       string    `json:"id"`
	Number   int       `json:"number,omitempty"` // 0 = the next one, given when it is sent
	Title    string    `json:"title"`
	Date     string    `json:"date,omitempty"`     // EDTF, as printed on it
	Language string    `json:"language,omitempty"` // BCP 47, of title, headings and blurbs
	Intro    string    `json:"intro,omitempty"`    // paragraphs are separated by an empty line
	Style    string    `json:"style,omitempty"`    // identifier of the house style; "" = seed
	Sections []Section `json:"sections,omitempty"`
	Groups   []string  `json:"groups,omitempty"` // of contacts; none = all

	State    State     `json:"state"`
	Since    time.Time `json:"since,omitzero"` // beginning of the period whose reports it covers
	SendAt   time.Time `json:"send_at,omitzero"`
	EditedBy Person    `json:"edited_by,omitzero"` // who changed it last
	HeldBy   Person    `json:"held_by,omitzero"`   // who asked for a second pair of eyes
	Approved Person    `json:"approved,omitzero"`  // the second pair of eyes
	Created  time.Time `json:"created"`
	SentAt   time.Time `json:"sent_at,omitzero"`
	Revision int       `json:"-"` // guards against lost updates
}

// Section is a heading with reports; the heading may be empty.
type Section struct {
	Heading string `json:"heading,omitempty"`
	Items   []Item `json:"items,omitempty"`
}

// Item is a report in an issue.
type Item struct {
	Report string `json:"report"`
	Blurb  string `json:"blurb,omitempty"` // instead of the report's abstract, in this issue only
}

// Person is who did something to an issue.
type Person struct {
	ID   string `json:"id,omitempty"` // "" for who sits at the computer
	Name string `json:"name,omitempty"`
}

func personOf(who rights.Reader) Person { return Person{who.Person, who.Name} }

// Reports gives the reports of the issue in order.
func (i Issue) Reports() []string {
	var all []string
	for _, s := range i.Sections {
		for _, item := range s.Items {
			all = append(all, item.Report)
		}
	}
	return all
}

// Open reports whether the issue can still be changed.
func (i Issue) Open() bool { return i.State == Draft || i.State == Held }

// Store is what this package needs of the catalogue.
type Store interface {
	catalog.Reader
	catalog.Shown
	catalog.Writer
	catalog.Records
	catalog.History
}

// Desk is where issues are made. It is safe for concurrent use.
type Desk struct {
	Catalog Store
	Now     func() time.Time
	NewID   func() string
	// TwoPairs asks for another person's approval before an issue goes out.
	TwoPairs bool
}

const opIssue = "change the issue"

// New makes a draft. Errors: Invalid.
func (d *Desk) New(ctx context.Context, who rights.Reader, i Issue) (Issue, error) {
	now := d.Now().UTC()
	i.ID, i.State, i.Created, i.Revision = d.NewID(), Draft, now.Truncate(time.Second), 0
	i.Approved, i.HeldBy, i.SentAt = Person{}, Person{}, time.Time{}
	if i.Date == "" {
		i.Date = now.Format(time.DateOnly)
	}
	if i.Since.IsZero() {
		last, err := d.last(ctx)
		if err != nil {
			return i, err
		}
		i.Since = last.SentAt
	}
	return d.put(ctx, who, i, "")
}

// Issue gives an issue. Errors: NotFound.
func (d *Desk) Issue(ctx context.Context, id string) (Issue, error) {
	r, err := d.Catalog.Record(ctx, Kind, id)
	if err != nil {
		return Issue{}, err
	}
	return issueOf(r)
}

// Numbered gives the issue that was sent under the number. Errors: NotFound.
func (d *Desk) Numbered(ctx context.Context, number int) (Issue, error) {
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: numberKey(number)}) {
		if err != nil {
			return Issue{}, err
		}
		if i, err := issueOf(r); err != nil || i.State == Sent {
			return i, err
		}
	}
	return Issue{}, greyshelf.Errorf(greyshelf.NotFound, "find the issue", fmt.Sprint(number), "no issue was sent under this number")
}

// Issues gives all issues: those not sent yet first, then the latest first.
func (d *Desk) Issues(ctx context.Context) ([]Issue, error) {
	var all []Issue
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind}) {
		if err != nil {
			return nil, err
		}
		i, err := issueOf(r)
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b Issue) int {
		switch {
		case (a.State == Sent) != (b.State == Sent) && b.State == Sent:
			return -1
		case (a.State == Sent) != (b.State == Sent):
			return 1
		}
		return cmp.Or(b.SentAt.Compare(a.SentAt), b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// last gives the issue that was sent last; the zero Issue before the first.
func (d *Desk) last(ctx context.Context) (Issue, error) {
	all, err := d.Issues(ctx)
	for _, i := range all {
		if i.State == Sent {
			return i, nil
		}
	}
	return Issue{}, err
}

// Change lets change work on an issue that is not sent, and writes it if it is
// another one then. What was approved has to be approved again. Errors:
// NotFound, Conflict, Invalid.
func (d *Desk) Change(ctx context.Context, who rights.Reader, id string, revision int, change func(*Issue) error) (Issue, error) {
	i, err := d.at(ctx, id, revision)
	if err != nil {
		return i, err
	}
	if !i.Open() {
		return i, greyshelf.Errorf(greyshelf.Conflict, opIssue, id, "the issue is %s; call it back first", i.State)
	}
	before := recordOf(i).Data
	if err := change(&i); err != nil {
		return i, err
	}
	if err := d.valid(ctx, &i); err != nil || string(recordOf(i).Data) == string(before) {
		return i, err
	}
	i.Approved = Person{}
	return d.put(ctx, who, i, "")
}

// at gives the issue at the revision that the person saw.
func (d *Desk) at(ctx context.Context, id string, revision int) (Issue, error) {
	i, err := d.Issue(ctx, id)
	if err == nil && i.Revision != revision {
		err = greyshelf.Errorf(greyshelf.Conflict, opIssue, id, "somebody changed the issue in between; look at it again")
	}
	return i, err
}

// put checks an issue and writes it by a decision.
func (d *Desk) put(ctx context.Context, who rights.Reader, i Issue, reason string) (Issue, error) {
	i.EditedBy = personOf(who)
	if err := d.valid(ctx, &i); err != nil {
		return i, err
	}
	return d.write(ctx, who, i, reason, greyshelf.ByPerson)
}

func (d *Desk) write(ctx context.Context, who rights.Reader, i Issue, reason string, by greyshelf.Method) (Issue, error) {
	_, err := d.Catalog.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: who.Name, Method: by, Reason: reason},
		Records:  []catalog.Record{recordOf(i)},
	})
	i.Revision++
	return i, err
}

func numberKey(number int) string { return fmt.Sprintf("number:%06d", number) }

// recordOf gives the issue as the catalogue keeps it.
func recordOf(i Issue) catalog.Record {
	data, _ := json.Marshal(i) // texts, numbers and times always have a JSON form
	keys := []string{"state:" + string(i.State)}
	if i.Number > 0 {
		keys = append(keys, numberKey(i.Number))
	}
	for _, id := range i.Reports() {
		keys = append(keys, "report:"+id)
	}
	return catalog.Record{Kind: Kind, ID: i.ID, Keys: keys, Data: data, Revision: i.Revision}
}

func issueOf(r catalog.Record) (Issue, error) {
	var i Issue
	if err := json.Unmarshal(r.Data, &i); err != nil {
		return i, greyshelf.E(greyshelf.Internal, "read the issue", r.ID, err)
	}
	i.Revision = r.Revision
	return i, nil
}

// Limits of an issue.
const (
	longestTitle = 300   // characters of a title or heading
	longestText  = 20000 // characters of a blurb or of the introduction
	mostItems    = 1000
	mostSections = 100
)

// languageTag is the form of a BCP 47 tag (RFC 5646 §2.1), not its registry.
var languageTag = regexp.MustCompile(`^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8})?$`)

// valid checks an issue and trims its texts; empty sections without a heading
// go. Errors: Invalid.
func (d *Desk) valid(ctx context.Context, i *Issue) error {
	invalid := func(format string, args ...any) error {
		return greyshelf.Errorf(greyshelf.Invalid, opIssue, i.ID, format, args...)
	}
	i.Title = greyshelf.OneLine(i.Title)
	switch {
	case i.Title == "" || tooLong(i.Title, longestTitle):
		return invalid("an issue needs a title of at most %d characters", longestTitle)
	case tooLong(i.Intro, longestText):
		return invalid("the introduction is longer than %d characters", longestText)
	case i.Date != "" && !greyshelf.ValidEDTF(i.Date):
		return invalid("“%s” is not a date; write 2026-04-22", i.Date)
	case !languageTag.MatchString(i.Language):
		return invalid("“%s” is not a language; write en, fr or ar", i.Language)
	case i.Number < 0 || i.Number > 999999:
		return invalid("the number must be from 1 to 999999")
	case len(i.Sections) > mostSections || len(i.Reports()) > mostItems:
		return invalid("an issue has at most %d sections and %d reports", mostSections, mostItems)
	}
	if _, err := d.Style(ctx, i.Style); err != nil {
		return err
	}
	seen := map[string]bool{}
	for s := range i.Sections {
		section := &i.Sections[s]
		section.Heading = greyshelf.OneLine(section.Heading)
		if tooLong(section.Heading, longestTitle) {
			return invalid("a heading is longer than %d characters", longestTitle)
		}
		for n, item := range section.Items {
			if seen[item.Report] {
				return invalid("the report %s stands in it twice", item.Report)
			}
			if tooLong(item.Blurb, longestText) {
				return invalid("a blurb is longer than %d characters", longestText)
			}
			seen[item.Report] = true
			section.Items[n].Blurb = strings.TrimSpace(item.Blurb)
		}
	}
	i.Sections = slices.DeleteFunc(i.Sections, func(s Section) bool { return s.Heading == "" && len(s.Items) == 0 })
	return nil
}

func tooLong(text string, most int) bool { return len(text) > most && len([]rune(text)) > most }
