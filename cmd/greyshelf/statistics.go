package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) statisticsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "statistics", Short: "Say how the library was used, by month", Args: cobra.NoArgs,
		Long: `Say how often the pages of the library were shown, by month: visits, pages,
views of reports, downloads, searches, and searches that found nothing. Readers
are counted, not known. What the library holds, and every table as CSV, is on the
page /statistics.`,
		Example: "  greyshelf statistics --year 2026\n  greyshelf statistics --json",
	}
	year := c.Flags().String("year", "", "only this year")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
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
