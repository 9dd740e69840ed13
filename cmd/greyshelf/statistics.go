package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) statisticsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "statistics", Short: "Say how the library was used and how it grew, by month", Args: cobra.NoArgs,
		Long: `Say how often the pages of the library were shown, by month: visits, pages,
views of reports, downloads, searches, and searches that found nothing. Readers
are counted, not known.

With --arrivals: how many of the reports that are published now came to the
library in each month, and how many it had by then. What it holds by year of
publication, publisher, subject and language, with pictures and every table as
CSV, is on the page /statistics.`,
		Example: "  greyshelf statistics --year 2026\n  greyshelf statistics --arrivals\n  greyshelf statistics --json",
	}
	year := c.Flags().String("year", "", "only this year")
	arrivals := c.Flags().Bool("arrivals", false, "reports by the month in which they came")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			if *arrivals {
				return p.arrivals(c.Context(), l, *year, *asJSON)
			}
			months, err := l.UsageMonths(c.Context(), *year)
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(append(months[:0:0], months...))
			}
			if len(months) == 0 {
				fmt.Fprintln(p.out, "Nothing was counted yet: greyshelf serve counts.")
				return nil
			}
			fmt.Fprintf(p.out, "%-8s %8s %8s %8s %10s %9s %8s\n", "month", "visits", "pages", "reports", "downloads", "searches", "no hit")
			for _, m := range months {
				fmt.Fprintf(p.out, "%-8s %8d %8d %8d %10d %9d %8d\n", m.Month, m.Visits, m.Pages, m.Views, m.Downloads, m.Searches, m.Nothing)
			}
			return nil
		})
	}
	return c
}

// arrivals says how the library grew.
func (p *program) arrivals(ctx context.Context, l *app.Library, year string, asJSON bool) error {
	months, err := l.Arrivals(ctx, year)
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(months)
	}
	if len(months) == 0 {
		fmt.Fprintln(p.out, "No report that is published came then.")
		return nil
	}
	fmt.Fprintf(p.out, "%-8s %8s %8s\n", "month", "reports", "so far")
	for _, m := range months {
		fmt.Fprintf(p.out, "%-8s %8d %8d\n", m.Month, m.Reports, m.Total)
	}
	return nil
}
