package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) exportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the public library as files",
		Long:  `Write what everybody may see of the library as files.`,
	}
	c.AddCommand(p.exportSiteCommand())
	return c
}

func (p *program) exportSiteCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "site DIR", Short: "Write the public library as a static site, with search, for a web server or a stick", Args: cobra.ExactArgs(1),
		Long: `Write every page that anybody may see as files with relative links: they work
from a plain web server and from a stick, with a search that needs no server.
What is not public, and pages that rights close, are not in it.

DIR is new, empty, or was written by this command before: then only what has
changed is written, and what is gone is removed. Broken off, the same command
finishes it.

Feeds and a sitemap are written only where --at says where the site will be.
Citations and records name that address, else the one that the library has
(--address), else none.`,
		Example: "  greyshelf export site /media/stick/library\n  greyshelf export site public --at https://reports.example.org",
	}
	at := c.Flags().String("at", "", "address at which the site will be served; for canonical links and feeds")
	language := c.Flags().String("in", "en", "language of the pages: en, fr")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			bar := p.bar(-1, "exporting")
			summary, err := l.ExportSite(c.Context(), args[0], *at, *language, func(done, known int) {
				bar.ChangeMax(known)
				_ = bar.Set(done) // it is only shown
			})
			_ = bar.Finish()
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(summary)
			}
			fmt.Fprintf(p.out, "%d files (%s) in %s: %d written, %d removed.\n", summary.Files, greyshelf.FormatSize(summary.Bytes), args[0], summary.Written, summary.Removed)
			if summary.Failed > 0 {
				fmt.Fprintf(p.err, "The site could not show %d addresses; its log says why. They are not in the folder.\n", summary.Failed)
			}
			return nil
		})
	}
	return c
}
