package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate/audit"
)

func (p *program) auditCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "audit",
		Short: "Export every decision, and check such an export",
		Long: `Every decision on the library is sealed: its seal goes over all that it says
and over the seal of the one before, so that none can be changed or taken out
unseen. An export can be checked without the library; greyshelf doctor checks
the library itself.`,
	}
	c.AddCommand(p.auditExportCommand(), p.auditVerifyCommand())
	return c
}

func (p *program) auditExportCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "export", Short: "Write every decision, oldest first",
		Long: `Write every decision with what it changed, oldest first: as JSON Lines, which
greyshelf audit verify can check, or as CSV for spreadsheets, a row for every
field. It names people and holds what only the desk may see: keep it so.`,
		Example: "  greyshelf audit export -o decisions.jsonl\n  greyshelf audit export --csv --since 2026-01-01 > decisions.csv",
		Args:    cobra.NoArgs,
	}
	out := c.Flags().StringP("output", "o", "", "write to this file instead of standard output")
	since := c.Flags().String("since", "", "from the first decision of this day (UTC) on, as 2026-01-31")
	c.Flags().Bool("json", false, "write JSON Lines (as without it)")
	asCSV := c.Flags().Bool("csv", false, "write CSV")
	c.MarkFlagsMutuallyExclusive("json", "csv")
	c.RunE = func(c *cobra.Command, _ []string) error {
		day, as := time.Time{}, audit.JSONLines
		if *asCSV {
			as = audit.CSV
		}
		if *since != "" {
			var err error
			if day, err = time.Parse(time.DateOnly, *since); err != nil {
				return greyshelf.Errorf(greyshelf.Invalid, "export the decisions", *since, "that is not a day; write 2026-01-31")
			}
		}
		return p.withLibrary(c, func(l *app.Library) error {
			bar := p.bar(-1, "exporting")
			write := func(w io.Writer) error {
				_, err := audit.Export(c.Context(), l.Catalog, w, as, day, func() { _ = bar.Add(1) })
				_ = bar.Finish()
				return err
			}
			if *out == "" {
				return write(p.out)
			}
			if err := writeFile(*out, write); err != nil {
				return err
			}
			if err := os.Chmod(*out, 0o600); err != nil { // not for everybody
				return greyshelf.E(greyshelf.Unavailable, "write", *out, err)
			}
			_, err := fmt.Fprintf(p.out, "Wrote the decisions to %s.\n", *out)
			return err
		})
	}
	return c
}

func (p *program) auditVerifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "verify FILE", Short: "Check that no line of an export was changed or taken out",
		Long: `Check an export of decisions (JSON Lines) on its own, without the library: that
every line says what was sealed, and that none is missing. Each defect is named
with its line; the exit status is 1 then. Whoever makes all seals anew from a
changed line on can only be found by comparing the last seal with that of the
library or of another export.`,
		Example: "  greyshelf audit verify decisions.jsonl",
		Args:    cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	c.RunE = func(_ *cobra.Command, args []string) error {
		file, err := os.Open(args[0])
		if err != nil {
			return greyshelf.E(greyshelf.NotFound, "verify", args[0], err)
		}
		defer file.Close()
		found, err := audit.Verify(file)
		if err != nil {
			return greyshelf.Errorf(greyshelf.KindOf(err), "verify", args[0], "%s", greyshelf.ReasonOf(err))
		}
		if *asJSON {
			err = p.printJSON(found)
		} else {
			for _, d := range found.Defects {
				fmt.Fprintf(p.out, "line %d: %s\n", d.Line, printable(d.What))
			}
			_, err = fmt.Fprintf(p.out, "%d decisions, %d to %d; the last seal is %s\n", found.Decisions, found.First, found.Last, found.Seal)
		}
		switch {
		case err != nil:
			return err
		case len(found.Defects) > 0:
			fmt.Fprintf(p.err, "greyshelf: %s: %d defects\n", printable(args[0]), len(found.Defects))
			return errSomeFailed
		}
		return nil
	}
	return c
}
