package main

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/format/entry"
)

func (p *program) showCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "show REPORT…",
		Short: "Show a report: the whole record, its findings and decisions",
		Example: `  greyshelf show 3f9k2m0a1b
  greyshelf show --json 3f9k2m0a1b | jq .decisions`,
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
		for _, id := range args {
			shown, err := l.Show(c.Context(), id)
			switch {
			case err != nil:
				failed = true
				p.fail(id, err)
			case *asJSON:
				err = p.printJSON(shown)
			default:
				err = p.printShown(shown)
			}
			if err != nil && !failed {
				return greyshelf.E(greyshelf.Unavailable, "show", "standard output", err)
			}
		}
		if failed {
			return errSomeFailed
		}
		return nil
	}
	return c
}

// one gives a single report as a list.
func one(r greyshelf.Report) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) { yield(r, nil) }
}

func (p *program) printShown(s app.Shown) error {
	fmt.Fprintf(p.out, "%s  %s, revision %d\n\n", s.Report.ID, s.State, s.Revision)
	if err := entry.WriteReports(p.out, one(s.Report), true); err != nil {
		return err
	}
	for _, file := range s.Report.Files() {
		fmt.Fprintf(p.out, "\nfile %s  %s\n", file.SHA256, fileLine(file))
	}
	fmt.Fprintln(p.out)
	for _, d := range s.Decisions {
		fmt.Fprintf(p.out, "decision %s  %s by %s (%s), %d changes", d.ID, d.At.Format(time.DateTime), printable(d.Who), d.Method, len(d.Changes))
		if d.Undoes != "" {
			fmt.Fprintf(p.out, ", undoes %s", d.Undoes)
		}
		fmt.Fprintln(p.out)
	}
	_, err := fmt.Fprintln(p.out)
	return err
}

func (p *program) undoCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "undo DECISION|IMPORT",
		Short: "Undo a decision (also an undo), or a whole import",
		Long: `Undo a decision: every value it changed becomes what it was. It is itself a
decision and can be undone. A value that was changed again since is not
touched: the later decision is named, and nothing is undone unless you say
--rest. greyshelf show lists the decisions.`,
		Example: "  greyshelf undo 8c1m0t2v4x\n  greyshelf undo --preview 8c1m0t2v4x",
		Args:    cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	reason := c.Flags().String("reason", "", "why")
	preview := c.Flags().Bool("preview", false, "say what would change, and change nothing")
	rest := c.Flags().Bool("rest", false, "leave what was changed again since as it is, and undo the rest")
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		if *preview {
			return p.previewUndo(c, l, args[0], *asJSON)
		}
		if _, err := l.Desk.Import(c.Context(), args[0]); err == nil {
			return p.undoImport(c, l, args[0], *reason, *asJSON)
		}
		undo := l.Desk.Undo
		if *rest {
			undo = l.Desk.UndoRest
		}
		decision, err := undo(c.Context(), localUser, args[0], *reason)
		if err != nil {
			return err
		}
		_ = l.IndexNow(c.Context(), nil)
		if *asJSON {
			return p.printJSON(decision)
		}
		_, err = fmt.Fprintf(p.out, "Undone. This is decision %s; undo it to have everything back.\n", decision.ID)
		return err
	}
	return c
}

// fileLine says what a file is, in one line: its part, name, extent and size.
func fileLine(f greyshelf.File) string {
	var says []string
	if f.Part != "" {
		says = append(says, printable(f.Part))
	}
	says = append(says, printable(f.Name))
	switch {
	case f.Facts.Sections:
		says = append(says, fmt.Sprintf("%d sections", f.Pages))
	case f.Pages > 0:
		says = append(says, greyshelf.FormatExtent(f.Pages))
	}
	return strings.Join(append(says, greyshelf.FormatSize(f.Bytes)), ", ")
}
