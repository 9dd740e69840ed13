package digest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Add puts reports at the end of the last section; those that are in the issue
// already stay where they are. It gives how many are new.
func (i *Issue) Add(reports ...string) int {
	if len(i.Sections) == 0 {
		i.Sections = []Section{{}}
	}
	known, added := i.Reports(), 0
	last := &i.Sections[len(i.Sections)-1]
	for _, id := range reports {
		if id != "" && !slices.Contains(known, id) {
			last.Items = append(last.Items, Item{Report: id})
			known = append(known, id)
			added++
		}
	}
	return added
}

// Remove takes a report out.
func (i *Issue) Remove(report string) {
	for s := range i.Sections {
		i.Sections[s].Items = slices.DeleteFunc(i.Sections[s].Items, func(item Item) bool { return item.Report == report })
	}
}

// Move puts a report so many places further down (negative: up); at the edge of
// a section it goes over into the next one.
func (i *Issue) Move(report string, by int) {
	for ; by > 0; by-- {
		i.moveDown(report)
	}
	for ; by < 0; by++ {
		i.moveUp(report)
	}
}

func (i *Issue) moveDown(report string) {
	s, n := i.place(report)
	switch {
	case s < 0:
	case n+1 < len(i.Sections[s].Items):
		items := i.Sections[s].Items
		items[n], items[n+1] = items[n+1], items[n]
	case s+1 < len(i.Sections):
		i.over(s, n, s+1, 0)
	}
}

func (i *Issue) moveUp(report string) {
	s, n := i.place(report)
	switch {
	case s < 0:
	case n > 0:
		items := i.Sections[s].Items
		items[n], items[n-1] = items[n-1], items[n]
	case s > 0:
		i.over(s, n, s-1, len(i.Sections[s-1].Items))
	}
}

// over takes an item from one section into another.
func (i *Issue) over(s, n, to, at int) {
	item := i.Sections[s].Items[n]
	i.Sections[s].Items = slices.Delete(i.Sections[s].Items, n, n+1)
	i.Sections[to].Items = slices.Insert(i.Sections[to].Items, at, item)
}

// place gives section and position of a report; -1 for one that is not there.
func (i *Issue) place(report string) (section, position int) {
	for s, section := range i.Sections {
		for n, item := range section.Items {
			if item.Report == report {
				return s, n
			}
		}
	}
	return -1, -1
}

// Arrange puts the reports in the order of a whole new arrangement: sections
// with identifiers, as a script sends after dragging. Blurbs stay; reports that
// the arrangement leaves out go to its end; unknown ones are left out.
func (i *Issue) Arrange(order []Section) {
	items := map[string]Item{}
	for _, s := range i.Sections {
		for _, item := range s.Items {
			items[item.Report] = item
		}
	}
	rest := i.Reports()
	var arranged []Section
	for _, s := range order {
		section := Section{Heading: s.Heading}
		for _, item := range s.Items {
			if at := slices.Index(rest, item.Report); at >= 0 {
				section.Items = append(section.Items, items[item.Report])
				rest = slices.Delete(rest, at, at+1)
			}
		}
		arranged = append(arranged, section)
	}
	i.Sections = arranged
	i.Add(rest...)
	for s := range i.Sections {
		for n, item := range i.Sections[s].Items {
			i.Sections[s].Items[n] = items[item.Report]
		}
	}
}

// Headings arranges the reports under their first subject heading, in the
// order of the alphabet; those without one come last, without a heading.
func (d *Desk) Headings(ctx context.Context, i *Issue) error {
	labels := map[string]string{}
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{IDs: i.Reports()}) {
		if err != nil {
			return err
		}
		if len(r.Headings) > 0 {
			labels[r.ID] = greyshelf.OneLine(r.Headings[0].Label)
		}
	}
	var order []Section
	for _, id := range i.Reports() {
		at := slices.IndexFunc(order, func(s Section) bool { return s.Heading == labels[id] })
		if at < 0 {
			at = len(order)
			order = append(order, Section{Heading: labels[id]})
		}
		order[at].Items = append(order[at].Items, Item{Report: id})
	}
	slices.SortStableFunc(order, func(a, b Section) int {
		if (a.Heading == "") != (b.Heading == "") {
			return len(b.Heading) - len(a.Heading)
		}
		return strings.Compare(strings.ToLower(a.Heading), strings.ToLower(b.Heading))
	})
	i.Arrange(order)
	return nil
}

// SinceLast gives the reports that became public since the time and that no
// issue has sent, in order of arrival.
func (d *Desk) SinceLast(ctx context.Context, since time.Time) ([]greyshelf.Report, error) {
	reports, err := d.published(ctx, since)
	if err != nil {
		return nil, err
	}
	sent, err := d.everSent(ctx)
	return slices.DeleteFunc(reports, func(r greyshelf.Report) bool { return sent[r.ID] }), err
}

// everSent gives the reports that some issue has sent. There are few issues,
// and there may be many reports to ask about.
func (d *Desk) everSent(ctx context.Context) (map[string]bool, error) {
	sent := map[string]bool{}
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "state:" + string(Sent)}) {
		if err != nil {
			return nil, err
		}
		i, err := issueOf(r)
		if err != nil {
			return nil, err
		}
		for _, id := range i.Reports() {
			sent[id] = true
		}
	}
	return sent, nil
}

// published gives the reports that became public since the time.
func (d *Desk) published(ctx context.Context, since time.Time) ([]greyshelf.Report, error) {
	var all []greyshelf.Report
	for r, err := range d.Catalog.Shown(ctx, catalog.ShownFilter{From: since}) {
		if err != nil {
			return nil, err
		}
		if !rights.May(rights.Reader{}, r, rights.Record) {
			continue
		}
		fresh := !r.Created.Before(since)
		if !fresh {
			if fresh, err = d.becamePublic(ctx, r.ID, since); err != nil {
				return nil, err
			}
		}
		if fresh {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b greyshelf.Report) int { return a.Created.Compare(b.Created) })
	return all, nil
}

// becamePublic looks in the history of a report that was there before.
func (d *Desk) becamePublic(ctx context.Context, id string, since time.Time) (bool, error) {
	decisions, err := d.Catalog.Decisions(ctx, id, 0)
	for _, decision := range decisions {
		if decision.At.Before(since) {
			break // newest first
		}
		for _, c := range decision.Changes {
			if c.Field == "state" && string(c.After) == `"`+string(greyshelf.Published)+`"` {
				return true, nil
			}
		}
	}
	return false, err
}

// Repeat is a report that an earlier issue has sent already.
type Repeat struct {
	Report string
	Number int // of that issue
}

// sentIn gives the numbers of the issues, but the one, that sent the report.
func (d *Desk) sentIn(ctx context.Context, report, but string) ([]int, error) {
	var numbers []int
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: "report:" + report}) {
		if err != nil {
			return nil, err
		}
		i, err := issueOf(r)
		if err != nil {
			return nil, err
		}
		if i.State == Sent && i.ID != but {
			numbers = append(numbers, i.Number)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// Measure says how an issue stands to what the desk published.
type Measure struct {
	Since     time.Time          // beginning of the period
	Published int                // reports that became public in the period
	Included  int                // of these, in the issue
	Missing   []greyshelf.Report // of these, not in the issue
	Repeats   []Repeat           // reports of the issue that an earlier one has sent
}

// Coverage gives the share of the period's reports that the issue includes,
// 0..1; 1 when nothing was published.
func (m Measure) Coverage() float64 {
	if m.Published == 0 {
		return 1
	}
	return float64(m.Included) / float64(m.Published)
}

// Measure measures the issue.
func (d *Desk) Measure(ctx context.Context, i Issue) (Measure, error) {
	m := Measure{Since: i.Since}
	period, err := d.published(ctx, i.Since)
	if err != nil {
		return m, err
	}
	in := i.Reports()
	for _, r := range period {
		switch {
		case slices.Contains(in, r.ID):
			m.Published++
			m.Included++
		case i.SentAt.IsZero() || r.Created.Before(i.SentAt):
			m.Published++
			m.Missing = append(m.Missing, r)
		}
	}
	for _, id := range in {
		numbers, err := d.sentIn(ctx, id, i.ID)
		if err != nil {
			return m, err
		}
		for _, n := range numbers {
			m.Repeats = append(m.Repeats, Repeat{id, n})
		}
	}
	return m, nil
}
