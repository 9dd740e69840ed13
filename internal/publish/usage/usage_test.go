package usage

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
)

func store(t *testing.T) catalog.Catalog {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func at(day string) func() time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return func() time.Time { return t }
}

func flush(t *testing.T, c *Counter) {
	t.Helper()
	if err := c.Flush(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestSeveralAdd: several processes count into one catalogue, and nothing is
// overwritten.
func TestSeveralAdd(t *testing.T) {
	records := store(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			c := &Counter{Records: records, Now: at("2026-11-23")}
			for i := range 20 {
				c.Page(i%2 == 0)
				c.Report("wells")
				c.Download("wells")
				c.Search("  No   SUCH thing ", 0)
				c.Search("wells", 3)
				flush(t, c)
			}
		})
	}
	all.Wait()
	months, err := Months(t.Context(), records)
	if err != nil || len(months) != 1 {
		t.Fatalf("%+v, %v", months, err)
	}
	m := months[0]
	if m.Month != "2026-11" || m.Pages != 80 || m.Visits != 40 || m.Views != 80 || m.Downloads != 80 || m.Searches != 160 || m.Nothing != 80 || m.Reports["wells"] != (Report{80, 80}) || m.Unfound["no such thing"] != 80 {
		t.Errorf("%+v", m)
	}
}

// TestNobodysQuery: a query is shown only when it was asked often, one with an
// address never, and none is endless.
func TestNobodysQuery(t *testing.T) {
	records := store(t)
	c := &Counter{Records: records, Now: at("2026-11-23")}
	for range 5 {
		c.Search("often", 0)
		c.Search("ada@example.org", 0)
		c.Search(strings.Repeat("ä", 5000), 0)
	}
	c.Search("once", 0)
	flush(t, c)
	months, err := Months(t.Context(), records)
	if err != nil || len(months) != 1 || len(months[0].Unfound) != 2 || months[0].Unfound["often"] != 5 || months[0].Unfound[strings.Repeat("ä", longestAsk)] != 5 {
		t.Errorf("%+v, %v", months, err)
	}
}

// TestForgotten: months that are no longer kept are gone.
func TestForgotten(t *testing.T) {
	records := store(t)
	c := &Counter{Records: records, Now: at("2026-01-31"), Keep: 3}
	c.Page(true)
	flush(t, c)
	c.Now = at("2026-03-31")
	flush(t, c)
	if months, err := Months(t.Context(), records); err != nil || len(months) != 1 {
		t.Errorf("in the third month: %+v, %v", months, err)
	}
	c.Now = at("2026-04-01")
	flush(t, c)
	if months, err := Months(t.Context(), records); err != nil || len(months) != 0 {
		t.Errorf("in the fourth: %+v, %v", months, err)
	}
}

func TestSum(t *testing.T) {
	sum := Sum([]Month{{Month: "2026-01", Pages: 1, Reports: map[string]Report{"a": {1, 0}}}, {Month: "2026-02", Pages: 2, Reports: map[string]Report{"a": {2, 1}, "b": {1, 1}}}})
	if sum.Month != "2026-01/2026-02" || sum.Pages != 3 || sum.Reports["a"] != (Report{3, 1}) || len(sum.Reports) != 2 {
		t.Errorf("%+v", sum)
	}
}
