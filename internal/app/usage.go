package app

import (
	"context"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/usage"
)

// usageEvery is how long counts wait in memory: as much is lost by a kill.
const usageEvery = 30 * time.Second

// newUsage gives the counter, nil where usage is not counted.
func newUsage(l *Library) *usage.Counter {
	if l.Config.UsageMonths < 0 {
		return nil
	}
	return &usage.Counter{Records: l.Catalog, Now: time.Now, Keep: l.Config.UsageMonths}
}

func (l *Library) flushUsage(ctx context.Context) error {
	if l.Usage == nil {
		return nil
	}
	return l.Usage.Flush(ctx)
}

// lastFlush writes what was counted before the server ends.
func (l *Library) lastFlush(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	if err := l.flushUsage(ctx); err != nil {
		l.Log.Warn("the last counts of usage could not be written", "err", err)
	}
}

// UsageMonths gives the usage of the months of a year ("" = all that is kept).
func (l *Library) UsageMonths(ctx context.Context, year string) ([]usage.Month, error) {
	all, err := usage.Months(ctx, l.Catalog)
	var some []usage.Month
	for _, m := range all {
		if year == "" || m.Month[:min(4, len(m.Month))] == year {
			some = append(some, m)
		}
	}
	return some, err
}

// Arrived is how many of the published reports came in a month.
type Arrived struct {
	Month   string `json:"month"` // "2026-11" (UTC)
	Reports int    `json:"reports"`
	Total   int    `json:"total"` // with all that came before
}

// Arrivals gives the published reports by the months of a year ("" = all) in
// which they came, oldest first.
func (l *Library) Arrivals(ctx context.Context, year string) ([]Arrived, error) {
	found, err := l.Catalog.Arrivals(ctx, greyshelf.Published)
	some, total := []Arrived{}, 0
	for _, a := range found {
		total += a.Reports
		if year == "" || a.Month[:min(4, len(a.Month))] == year {
			some = append(some, Arrived{a.Month, a.Reports, total})
		}
	}
	return some, err
}
