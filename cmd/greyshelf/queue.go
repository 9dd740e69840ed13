package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
)

func (p *program) queueCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "queue",
		Short: "List what waits for the desk, and move it on",
		Long: `List candidates, drafts, what waits for a second pair of eyes, and what is
published and still to be looked at; and move reports on: accept, refuse, hold
until a day. The site shows the same queue with each report's page beside its
record.`,
		Example: "  greyshelf queue --language fr\n  greyshelf queue accept 7uembh7k5u ogldsn3a02\n  greyshelf queue refuse 7uembh7k5u --reason 'a press release'",
		Args:    cobra.NoArgs,
	}
	state := c.Flags().String("state", "", "only candidate, draft, \"to review\", or published (to be looked at)")
	language := c.Flags().String("language", "", "only reports in this language (en, fr …)")
	publisher := c.Flags().String("publisher", "", "only reports of this publisher")
	limit := c.Flags().Int("limit", 0, "at most so many (0 = all)")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			waiting, err := l.Waiting(c.Context(), greyshelf.State(*state), *language, *publisher, *limit)
			if err != nil || *asJSON {
				if err == nil {
					err = p.printJSON(waiting)
				}
				return err
			}
			for _, r := range waiting {
				fmt.Fprintf(p.out, "%-10s  %-10s  %s\n", r.ID, r.State, printable(r.FullTitle()))
			}
			if len(waiting) == 0 {
				fmt.Fprintln(p.out, "Nothing waits. What is uploaded, found or imported as a draft comes here.")
			}
			return nil
		})
	}
	for _, m := range curate.Moves() {
		c.AddCommand(p.moveCommand(m))
	}
	return c
}

func (p *program) moveCommand(m curate.Move) *cobra.Command {
	short := map[curate.Move]string{
		curate.Accept: "Accept reports and publish them", curate.AcceptFirst: "Publish reports that are still to be looked at", curate.SendOn: "Send reports to a second pair of eyes",
		curate.Refuse: "Refuse reports, with a reason", curate.Hold: "Hold reports until a day, on which they are published", curate.Withdraw: "Withdraw reports; their addresses stay and say why",
		curate.Archive: "Archive reports", curate.TakeBack: "Make reports drafts again",
	}[m]
	c := &cobra.Command{Use: string(m) + " REPORT...", Short: short, Args: cobra.MinimumNArgs(1),
		Long:    short + ".\nAll of it is one decision, which greyshelf undo takes back. --dry-run says what would happen.",
		Example: "  greyshelf queue " + string(m) + " 7uembh7k5u" + map[curate.Move]string{curate.Refuse: " --reason 'a press release'", curate.Hold: " --until 2026-12-01"}[m],
	}
	moving := curate.Moving{Move: m}
	c.Flags().StringVar(&moving.Reason, "reason", "", "why; kept in the history")
	if m == curate.Hold {
		c.Flags().StringVar(&moving.Until, "until", "", "the day on which they are published: 2026-12-01")
	}
	if m == curate.Withdraw {
		c.Flags().StringVar(&moving.Public, "public", "", "what the address says to everybody")
	}
	dryRun := c.Flags().Bool("dry-run", false, "only say what would happen")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			var steps []curate.Step
			var made greyshelf.Decision
			var err error
			if *dryRun {
				steps, err = l.Desk.PlanMove(c.Context(), args, moving)
			} else {
				steps, made, err = l.Desk.MoveAll(c.Context(), "local", args, moving)
			}
			if err != nil {
				return err
			}
			return p.printMoved(steps, made, *asJSON)
		})
	}
	return c
}

// moved is a step as JSON.
type moved struct {
	Report   string          `json:"report"`
	From     greyshelf.State `json:"from"`
	To       greyshelf.State `json:"to,omitempty"`
	Problem  string          `json:"problem,omitempty"`
	Decision string          `json:"decision,omitempty"` // by which greyshelf undo takes it back
}

func (p *program) printMoved(steps []curate.Step, made greyshelf.Decision, asJSON bool) error {
	all := []moved{}
	for _, s := range steps {
		one := moved{Report: s.Before.ID, From: s.Before.State, To: s.After.State, Decision: made.ID}
		if s.Problem != "" {
			one.To, one.Problem, one.Decision = "", s.Problem, ""
		}
		all = append(all, one)
		if asJSON {
			continue
		}
		if one.Problem != "" {
			fmt.Fprintf(p.out, "%s  stays %s: %s\n", one.Report, one.From, one.Problem)
			continue
		}
		fmt.Fprintf(p.out, "%s  %s → %s  %s\n", one.Report, one.From, one.To, printable(s.Before.FullTitle()))
	}
	if asJSON {
		return p.printJSON(all)
	}
	if made.ID != "" {
		fmt.Fprintf(p.out, "Take it back with: greyshelf undo %s\n", made.ID)
	}
	return nil
}
