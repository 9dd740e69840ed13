package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
)

func (p *program) identifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "identify FILE|REPORT…",
		Short: "Say what files are to the library: a copy, a new edition, a translation …",
		Long: `Say what files are to the library: the same file, another copy, a new edition,
a translation, a part or a summary of a report, or a report of its own with
nearly the same title; each with percentages and what speaks for it. A file, a
folder or an address is read and not added; of a report of the library every
file is compared with the other reports. Nothing is merged: see greyshelf merge.`,
		Example: `  greyshelf identify new.pdf
  greyshelf identify 3f9k2m0a1b --json`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		failed := false
		for _, arg := range args {
			err := p.identify(c.Context(), l, arg, *asJSON)
			if err != nil {
				failed = true
			}
			if err != nil && !errors.Is(err, errSomeFailed) { // those are named already
				p.fail(arg, err)
			}
		}
		if failed {
			return errSomeFailed
		}
		return nil
	}
	return c
}

// identify says what a report, or what each file of an input, is to the
// library.
func (p *program) identify(ctx context.Context, l *app.Library, arg string, asJSON bool) error {
	all, err := l.IdentifyReport(ctx, arg)
	if _, missing := os.Stat(arg); greyshelf.KindOf(err) == greyshelf.NotFound || missing == nil {
		all, err = p.identifyInputs(ctx, l, arg)
	}
	for _, one := range all {
		write := p.printIdentified
		if asJSON {
			write = func(one app.Identified) error { return p.printJSON(one) }
		}
		if err := write(one); err != nil {
			return greyshelf.E(greyshelf.Unavailable, "identify", "standard output", err)
		}
	}
	return err
}

func (p *program) identifyInputs(ctx context.Context, l *app.Library, arg string) ([]app.Identified, error) {
	found, err := acquire.Expand([]string{arg}, p.in)
	if err != nil {
		return nil, err
	}
	var all []app.Identified
	var failed error
	for _, in := range found.Inputs {
		one, err := l.IdentifyInput(ctx, in)
		switch {
		case err == nil:
			all = append(all, one)
		case ctx.Err() != nil || len(found.Inputs) == 1:
			return nil, err
		default:
			p.fail(in.Name, err)
			failed = errSomeFailed
		}
	}
	return all, failed
}

func (p *program) printIdentified(one app.Identified) error {
	fmt.Fprintf(p.out, "%s  %s\n", printable(one.Input), printable(one.Title))
	if len(one.Matches) == 0 {
		_, err := fmt.Fprintln(p.out, "  nothing in the library is like it")
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, m := range one.Matches {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", printable(m.Report), m.Verdict, printable(fmt.Sprintf("%s (%d %%)", m.Title, m.Percent)))
		for _, e := range m.Evidence {
			sign := "+"
			if e.Against {
				sign = "-"
			}
			fmt.Fprintf(table, "  \t\t%s %s\n", sign, printable(e.Says))
		}
	}
	return table.Flush()
}

// looksLike says in a line what an added file may be; "" where nothing is near.
func looksLike(matches []identify.Match) string {
	if len(matches) == 0 || !matches[0].Verdict.Near() {
		return ""
	}
	m := matches[0]
	title := m.Title
	if title == "" {
		title = m.Report
	}
	return fmt.Sprintf("looks like %s of “%s”, report %s (%d %%)", m.Verdict.Noun(), title, m.Report, m.Percent)
}

func (p *program) mergeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "merge REPORT INTO",
		Short: "Make one report of two",
		Long: `Make one report of two. The files of REPORT become a further edition of INTO, a
further copy, or a translation, as --as says; INTO keeps its description and
takes over identifiers that it lacks. REPORT is withdrawn and its address, with
those of its pages and passages, leads to INTO. greyshelf undo brings both back.`,
		Example: "  greyshelf merge 8c1m0t2v4x 3f9k2m0a1b --as edition",
		Args:    cobra.ExactArgs(2),
	}
	asJSON := jsonFlag(c)
	as := c.Flags().String("as", "", "what the files are to INTO: edition, copy or translation")
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		decision, err := l.Desk.Merge(c.Context(), localUser, args[0], args[1], curate.MergeAs(*as), *reason)
		if err != nil {
			return err
		}
		_ = l.IndexNow(c.Context(), nil)
		if *asJSON {
			return p.printJSON(decision)
		}
		_, err = fmt.Fprintf(p.out, "%s is part of %s now. This is decision %s; undo it to have both back.\n", args[0], args[1], decision.ID)
		return err
	}
	return c
}

func (p *program) splitCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "split REPORT FILE",
		Short: "Make a report of its own of one file of a report",
		Long: `Make a report of its own of one file of a report. FILE is its SHA-256 or the
beginning of it; greyshelf show lists the files. The new report is described as
the file was when it was added. To take a merge back use greyshelf undo.`,
		Example: "  greyshelf split 3f9k2m0a1b 5f2d81c09a77e001",
		Args:    cobra.ExactArgs(2),
	}
	asJSON := jsonFlag(c)
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		outcome, err := l.Desk.Split(c.Context(), localUser, args[0], args[1], *reason)
		if err != nil {
			return err
		}
		_ = l.IndexNow(c.Context(), nil)
		if *asJSON {
			return p.printJSON(struct {
				Report   string `json:"report"`
				Decision string `json:"decision"`
			}{outcome.Report, outcome.Decision})
		}
		_, err = fmt.Fprintf(p.out, "The file is report %s now. This is decision %s; undo it to have it back.\n", outcome.Report, outcome.Decision)
		return err
	}
	return c
}
