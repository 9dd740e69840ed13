// Package usage counts how the library is used, by month, without knowing by
// whom: pages, visits, reports looked at, files taken home, searches, and
// searches that found nothing.
//
// It belongs to the publish stage: the site tells it what was asked for, the
// desk reads it for the annual report. It keeps no address, no cookie and no
// name of a browser, not for a moment longer than a request takes. A query is
// kept only by its words, only if it found nothing, and shown only when it was
// asked often enough to be nobody's in particular.
//
// It stores records of the kind "usage", one a month, without history. Counts
// wait in memory until [Counter.Flush]; a process that is killed loses those of
// the last half minute.
package usage

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Kind is the kind of the records.
const Kind = "usage"

// Month is what was counted in one month (UTC).
type Month struct {
	Month     string            `json:"month"`             // "2026-11"
	Pages     int               `json:"pages"`             // pages shown
	Visits    int               `json:"visits"`            // of these, such as readers came to from elsewhere
	Views     int               `json:"views"`             // pages of reports
	Downloads int               `json:"downloads"`         // files
	Searches  int               `json:"searches"`          //
	Nothing   int               `json:"nothing"`           // searches that found nothing
	Reports   map[string]Report `json:"reports,omitempty"` // by identifier
	Unfound   map[string]int    `json:"unfound,omitempty"` // queries that found nothing
}

// Report is how one report was used.
type Report struct {
	Views     int `json:"views"`
	Downloads int `json:"downloads"`
}

// Limits of a month, so that nobody can fill the catalogue by asking.
const (
	mostReports = 20_000
	mostUnfound = 2_000
	longestAsk  = 100 // characters of a query
	// ShownFrom is how often a query must have found nothing before it is shown.
	ShownFrom = 3
)

// Counter counts. The zero value of Keep keeps three years. It is safe for
// concurrent use, by several processes too: they add to what is there.
type Counter struct {
	Records catalog.Records
	Now     func() time.Time
	Keep    int // months that are kept; 0 = 36

	mu   sync.Mutex
	open map[string]*Month
}

// month gives the month that is being counted. The lock is held.
func (c *Counter) month() *Month {
	name := c.Now().UTC().Format("2006-01")
	if c.open == nil {
		c.open = map[string]*Month{}
	}
	if c.open[name] == nil {
		c.open[name] = &Month{Month: name, Reports: map[string]Report{}, Unfound: map[string]int{}}
	}
	return c.open[name]
}

// Page counts a page; visit says that the reader came to it from elsewhere.
func (c *Counter) Page(visit bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.month()
	m.Pages++
	if visit {
		m.Visits++
	}
}

// Report counts that the page of a report was shown.
func (c *Counter) Report(id string) { c.report(id, Report{Views: 1}) }

// Download counts that a file of a report was taken home.
func (c *Counter) Download(id string) { c.report(id, Report{Downloads: 1}) }

func (c *Counter) report(id string, more Report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.month()
	m.Views, m.Downloads = m.Views+more.Views, m.Downloads+more.Downloads
	if r, known := m.Reports[id]; known || len(m.Reports) < mostReports {
		m.Reports[id] = Report{r.Views + more.Views, r.Downloads + more.Downloads}
	}
}

// Search counts a search, and of one that found nothing the words.
func (c *Counter) Search(query string, found int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.month()
	m.Searches++
	if found > 0 {
		return
	}
	m.Nothing++
	words := []rune(strings.ToLower(strings.Join(strings.Fields(strings.ToValidUTF8(query, "")), " ")))
	if ask := string(words[:min(len(words), longestAsk)]); ask != "" && !strings.Contains(ask, "@") && (m.Unfound[ask] > 0 || len(m.Unfound) < mostUnfound) {
		m.Unfound[ask]++
	}
}

// Flush adds what was counted to the catalogue and removes months that are no
// longer kept. What could not be written is counted on.
func (c *Counter) Flush(ctx context.Context) error {
	c.mu.Lock()
	open := c.open
	c.open = nil
	c.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(open)) {
		if err := c.add(ctx, *open[name]); err != nil {
			c.mu.Lock()
			if c.open == nil {
				c.open = map[string]*Month{}
			}
			if later := c.open[name]; later != nil {
				*open[name] = plus(*open[name], *later)
			}
			c.open[name] = open[name]
			c.mu.Unlock()
			return err
		}
	}
	return c.forget(ctx)
}

// add adds to a month, again on the newer form when another process was
// quicker.
func (c *Counter) add(ctx context.Context, more Month) error {
	for {
		record, err := c.Records.Record(ctx, Kind, more.Month)
		present := Month{Month: more.Month}
		switch {
		case greyshelf.KindOf(err) == greyshelf.NotFound:
			record = catalog.Record{Kind: Kind, ID: more.Month}
		case err != nil:
			return err
		default:
			if err := json.Unmarshal(record.Data, &present); err != nil {
				return greyshelf.E(greyshelf.Internal, "count the usage", more.Month, err)
			}
		}
		record.Data, _ = json.Marshal(plus(present, more)) // numbers by text always have a JSON form
		err = c.Records.PutRecords(ctx, record)
		if kind := greyshelf.KindOf(err); kind != greyshelf.Conflict && kind != greyshelf.Exists {
			return err
		}
	}
}

// plus adds two counts of one month.
func plus(a, b Month) Month {
	sum := Month{Month: a.Month, Pages: a.Pages + b.Pages, Visits: a.Visits + b.Visits, Views: a.Views + b.Views, Downloads: a.Downloads + b.Downloads,
		Searches: a.Searches + b.Searches, Nothing: a.Nothing + b.Nothing, Reports: map[string]Report{}, Unfound: map[string]int{}}
	for _, m := range []Month{a, b} {
		for id, r := range m.Reports {
			if s, known := sum.Reports[id]; known || len(sum.Reports) < mostReports {
				sum.Reports[id] = Report{s.Views + r.Views, s.Downloads + r.Downloads}
			}
		}
		for ask, n := range m.Unfound {
			if sum.Unfound[ask] > 0 || len(sum.Unfound) < mostUnfound {
				sum.Unfound[ask] += n
			}
		}
	}
	return sum
}

// forget removes the months before those that are kept.
func (c *Counter) forget(ctx context.Context) error {
	keep := c.Keep
	if keep <= 0 {
		keep = 36
	}
	now := c.Now().UTC()
	oldest := time.Date(now.Year(), now.Month()-time.Month(keep)+1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	var old []catalog.Record
	for record, err := range c.Records.Records(ctx, catalog.RecordFilter{Kind: Kind}) {
		if err != nil {
			return err
		}
		if record.ID < oldest {
			old = append(old, record.Drop())
		}
	}
	if len(old) == 0 {
		return nil
	}
	if err := c.Records.PutRecords(ctx, old...); greyshelf.KindOf(err) != greyshelf.Conflict && greyshelf.KindOf(err) != greyshelf.NotFound {
		return err
	}
	return nil // another process was quicker
}

// Months gives what is kept, oldest first, without queries that were not asked
// often enough to be shown.
func Months(ctx context.Context, records catalog.Records) ([]Month, error) {
	var all []Month
	for record, err := range records.Records(ctx, catalog.RecordFilter{Kind: Kind}) {
		if err != nil {
			return nil, err
		}
		var m Month
		if err := json.Unmarshal(record.Data, &m); err != nil {
			return nil, greyshelf.E(greyshelf.Internal, "read the usage", record.ID, err)
		}
		maps.DeleteFunc(m.Unfound, func(_ string, n int) bool { return n < ShownFrom })
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Month) int { return strings.Compare(a.Month, b.Month) })
	return all, nil
}

// Sum adds months up; its Month is that of the first and the last.
func Sum(months []Month) Month {
	var sum Month
	for _, m := range months {
		sum = plus(sum, m)
	}
	if len(months) > 0 {
		sum.Month = months[0].Month + "/" + months[len(months)-1].Month
	}
	return sum
}
