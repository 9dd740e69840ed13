package alert

import (
	"context"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
)

// mostEntries bounds an alert; what is more comes in the next one, at the next
// run.
const mostEntries = 100

// mark is how far a contact was told.
type mark struct {
	Contact   string    `json:"contact"`
	After     int64     `json:"after"`     // number of the latest news looked at
	Confirmed time.Time `json:"confirmed"` // of the contact: who comes back begins anew
	Last      time.Time `json:"last"`      // when it was last looked at
	revision  int
}

func (m mark) record() catalog.Record { return record(markKind, m.Contact, m, m.revision) }

// Run prepares the alerts of every contact whose period is over and gives how
// many. Nothing is sent: package sending does. The first run ever tells
// nobody of what was there before.
func (o *Office) Run(ctx context.Context) (alerts int, err error) {
	s, err := o.state(ctx)
	if err != nil {
		return 0, err
	}
	first := !s.Caught
	if first { // those who are there hear of what comes from now on
		if s, err = o.follow(ctx, s); err != nil {
			return 0, err
		}
	}
	marks, err := o.join(ctx, s)
	if err != nil || first {
		return 0, err
	}
	if s, err = o.follow(ctx, s); err != nil {
		return 0, err
	}
	f, fresh := o.finder(), o.recent(s)
	for _, m := range marks {
		made, err := o.tell(ctx, f, fresh, m)
		if err != nil {
			return alerts, err
		}
		if made {
			alerts++
		}
	}
	return alerts, nil
}

// recent gives the news after a number, reading those that many contacts share
// once.
func (o *Office) recent(s state) func(ctx context.Context, after int64) ([]item, error) {
	known := map[int64][]item{s.Last: nil}
	return func(ctx context.Context, after int64) ([]item, error) {
		if all, ok := known[after]; ok {
			return all, nil
		}
		all, err := o.since(ctx, after)
		if err == nil {
			known[after] = all
		}
		return all, err
	}
}

// join gives every contact that wants alerts its mark, and drops what is kept
// of those who are gone. It gives the marks by contact.
func (o *Office) join(ctx context.Context, s state) ([]mark, error) {
	marks, err := o.marks(ctx)
	if err != nil {
		return nil, err
	}
	var all []mark
	for c, err := range o.Contacts.Contacts(ctx) {
		if err != nil {
			return nil, err
		}
		if !c.WantsAlerts() {
			continue
		}
		m, known := marks[c.ID]
		delete(marks, c.ID)
		if !known || !m.Confirmed.Equal(c.Confirmed) {
			m.Contact, m.After, m.Confirmed, m.Last = c.ID, s.Last, c.Confirmed, o.now()
			if err := o.Catalog.PutRecords(ctx, m.record()); err != nil {
				return nil, err
			}
			m.revision++
		}
		all = append(all, m)
	}
	for _, m := range marks {
		if err := o.forget(ctx, m); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (o *Office) marks(ctx context.Context) (map[string]mark, error) {
	marks := map[string]mark{}
	for r, err := range o.Catalog.Records(ctx, catalog.RecordFilter{Kind: markKind}) {
		if err != nil {
			return nil, err
		}
		m := mark{revision: r.Revision}
		if err := read(r, &m); err != nil {
			return nil, err
		}
		marks[m.Contact] = m
	}
	return marks, nil
}

// forget drops the mark of a contact that wants no alerts any more and, when
// it was erased, what its alerts said, which tells of its searches.
func (o *Office) forget(ctx context.Context, m mark) error {
	drop := []catalog.Record{m.record().Drop()}
	if _, err := o.Contacts.Contact(ctx, m.Contact); greyshelf.KindOf(err) == greyshelf.NotFound {
		for r, err := range o.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "contact:" + m.Contact}) {
			if err != nil {
				return err
			}
			drop = append(drop, r.Drop())
		}
	}
	return o.Catalog.PutRecords(ctx, drop...)
}

// tell prepares the alert of one contact when its period is over and there is
// something to tell.
func (o *Office) tell(ctx context.Context, f *finder, fresh func(context.Context, int64) ([]item, error), m mark) (made bool, err error) {
	c, err := o.Contacts.Contact(ctx, m.Contact)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return false, nil // erased a moment ago
	}
	if err != nil || !due(c.Frequency, m.Last, o.now()) {
		return false, err
	}
	items, err := fresh(ctx, m.After)
	if err != nil || len(items) == 0 && c.Frequency == contact.AtOnce {
		return false, err
	}
	a := Alert{ID: o.NewID(), Contact: c.ID, At: o.now().UTC()}
	full := false
	for _, i := range items {
		entry, wanted, err := f.match(ctx, c, i.report)
		if err != nil {
			return false, err
		}
		m.After = i.number
		if wanted {
			a.Entries = append(a.Entries, entry)
		}
		if full = len(a.Entries) == mostEntries; full {
			break
		}
	}
	if !full { // else its period is not over: the rest follows at the next run
		m.Last = o.now()
	}
	records := []catalog.Record{m.record()}
	if made = len(a.Entries) > 0; made {
		records = append(records, record(Kind, a.ID, a, 0, "contact:"+c.ID), sending.ForAlert(a.ID, c.ID, a.At))
	}
	return made, o.Catalog.PutRecords(ctx, records...)
}

// Preview gives what the contact would be told now, whatever its period, and
// writes nothing; no entries when there is nothing. Errors: NotFound.
func (o *Office) Preview(ctx context.Context, id string) (Alert, error) {
	c, err := o.Contacts.Contact(ctx, id)
	if err != nil {
		return Alert{}, err
	}
	a := Alert{Contact: c.ID, At: o.now().UTC(), Entries: []Entry{}}
	marks, err := o.marks(ctx)
	if err != nil {
		return a, err
	}
	m, known := marks[c.ID]
	if !known {
		return a, nil // it hears of what comes after it is first looked at
	}
	items, err := o.since(ctx, m.After)
	if err != nil {
		return a, err
	}
	coming, err := o.coming(ctx)
	f := o.finder()
	for _, i := range append(items, coming...) {
		if len(a.Entries) == mostEntries {
			break
		}
		entry, wanted, failed := f.match(ctx, c, i.report)
		if failed != nil {
			return a, failed
		}
		if wanted {
			a.Entries = append(a.Entries, entry)
		}
	}
	return a, err
}

// coming gives what became known and has no number yet, as the next run will
// find it.
func (o *Office) coming(ctx context.Context) ([]item, error) {
	s, err := o.state(ctx)
	if err != nil || !s.Caught {
		return nil, err
	}
	var all []item
	seen := map[string]bool{}
	for after := s.Outbox; ; {
		changed, err := o.Catalog.Changed(ctx, after, batch)
		if err != nil || len(changed) == 0 {
			return all, err
		}
		for _, c := range changed {
			after = c.Mark
			fresh, err := o.fresh(ctx, c.Report)
			if err != nil {
				return all, err
			}
			if fresh && !seen[c.Report] {
				r, err := o.public(ctx, c.Report)
				if err != nil {
					return all, err
				}
				seen[c.Report] = true
				all = append(all, item{report: r})
			}
		}
	}
}

// Known is everything that is known of a contact, as it is given to the person
// who asks for it.
type Known struct {
	Contact contact.Contact   `json:"contact"`
	Sent    []sending.Sending `json:"sent,omitempty"`
	Alerts  []Alert           `json:"alerts,omitempty"`
}

// KnownOf gathers everything that is known of a contact.
func KnownOf(ctx context.Context, records catalog.Records, c contact.Contact) (known Known, err error) {
	known.Contact = c
	if known.Sent, err = sending.To(ctx, records, c.ID); err != nil {
		return known, err
	}
	known.Alerts, err = told(ctx, records, c.ID)
	return known, err
}

// told gives the alerts of a contact, for its own eyes.
func told(ctx context.Context, records catalog.Records, contact string) ([]Alert, error) {
	var all []Alert
	for r, err := range records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "contact:" + contact}) {
		if err != nil {
			return nil, err
		}
		var a Alert
		if err := read(r, &a); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}
