package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// mostTried is on how many of the last reports a rule is tried.
const mostTried = 100

func (p *program) ruleCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rule",
		Short: "Keep rules for what comes in: of this publisher, that heading, publish",
		Long: `Keep rules for what comes in: which reports they are for, and what they do with
them. A rule works on new reports only, never on those that are there. Every
change of a rule, and all that rules do, is a decision that greyshelf undo takes
back.`,
		Example: "  greyshelf rule test --title sanctions --heading Sanctions\n  greyshelf rule add 'Our own briefs' --publisher 'Harbour Institute' --heading Ports --move accept\n  greyshelf rule list",
	}
	c.AddCommand(p.ruleListCommand(), p.ruleAddCommand(), p.ruleTestCommand(), p.ruleRemoveCommand())
	return c
}

func (p *program) ruleListCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "list", Short: "List the rules", Example: "  greyshelf rule list --json", Args: cobra.NoArgs,
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			all, err := l.Desk.Rules(c.Context())
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(append([]curate.Rule{}, all...))
			}
			for _, u := range all {
				off := ""
				if u.Off {
					off = "  (off)"
				}
				fmt.Fprintf(p.out, "%s  %s%s\n", u.ID, printable(u.Name), off)
			}
			if len(all) == 0 {
				fmt.Fprintln(p.out, "There are no rules. greyshelf rule add makes one.")
			}
			return nil
		})
	}
	return c
}

// ruleFlags gives a command the flags that say what a rule is for and does.
func ruleFlags(c *cobra.Command) *curate.Rule {
	u := new(curate.Rule)
	c.Flags().StringVar(&u.When.Publisher, "publisher", "", "for reports of this publisher")
	c.Flags().StringVar(&u.When.Language, "language", "", "for reports in this language (en, fr …)")
	c.Flags().StringVar(&u.When.Type, "type", "", "for reports of this type")
	c.Flags().StringVar(&u.When.Title, "title", "", "for reports in whose title all these words stand")
	c.Flags().StringVar((*string)(&u.When.Rights), "rights", "", "for reports with this code of rights")
	c.Flags().StringVar(&u.When.Source, "source", "", "for reports whose address or path begins so")
	c.Flags().StringArrayVar(&u.Then.Headings, "heading", nil, "add this heading (may be given again)")
	c.Flags().StringVar(&u.Then.Sensitivity, "sensitivity", "", "set this flag where there is none")
	c.Flags().StringVar(&u.Then.RequestedBy, "requested-by", "", "note for whom they are, where nobody is named")
	c.Flags().StringVar((*string)(&u.Then.Move), "move", "", fmt.Sprintf("move them: one of %v", curate.RuleMoves()))
	c.Flags().StringVar(&u.Then.Reason, "reason", "", "why; must be given to refuse")
	return u
}

func (p *program) ruleAddCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add NAME", Short: "Add a rule", Args: cobra.ExactArgs(1),
		Example: "  greyshelf rule add 'Our own briefs' --publisher 'Harbour Institute' --heading Ports --move accept",
	}
	u := ruleFlags(c)
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		u.Name = args[0]
		return p.withLibrary(c, func(l *app.Library) error {
			kept, made, err := l.Desk.PutRule(c.Context(), "local", *u, "")
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(kept)
			}
			fmt.Fprintf(p.out, "%s  %s\nTake it back with: greyshelf undo %s\n", kept.ID, printable(kept.Name), made.ID)
			return nil
		})
	}
	return c
}

// tried is as JSON what a rule would have done with a report.
type tried struct {
	Report  string             `json:"report"`
	Title   string             `json:"title"`
	Changes []greyshelf.Change `json:"changes"`
}

func (p *program) ruleTestCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "test [RULE]", Short: "Say what a rule would have done with the last hundred reports", Args: cobra.MaximumNArgs(1),
		Long:    "Say what a rule, kept or told by flags, would have done with the last hundred\nreports when they came in. Nothing is changed.",
		Example: "  greyshelf rule test 7uembh7k5u\n  greyshelf rule test --title sanctions --heading Sanctions",
	}
	told := ruleFlags(c)
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			u := *told
			u.Name = "test"
			if len(args) == 1 {
				var err error
				if u, err = l.Desk.Rule(c.Context(), args[0]); err != nil {
					return err
				}
			}
			trials, err := l.Desk.TryRule(c.Context(), u, mostTried)
			if err != nil {
				return err
			}
			return p.printTrials(trials, *asJSON)
		})
	}
	return c
}

func (p *program) printTrials(trials []curate.Trial, asJSON bool) error {
	all := []tried{}
	for _, t := range trials {
		all = append(all, tried{t.Report.ID, t.Report.FullTitle(), append([]greyshelf.Change{}, t.Changes...)})
	}
	if asJSON {
		return p.printJSON(all)
	}
	for _, t := range all {
		fmt.Fprintf(p.out, "%s  %s\n", t.Report, printable(t.Title))
		for _, change := range t.Changes {
			fmt.Fprintf(p.out, "    %s: %s → %s\n", change.Field, cut(change.Before), cut(change.After))
		}
	}
	fmt.Fprintf(p.out, "It would have matched %d of the last %d reports.\n", len(all), mostTried)
	return nil
}

func (p *program) ruleRemoveCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "remove RULE", Short: "Remove a rule; what it did stays", Example: "  greyshelf rule remove 7uembh7k5u", Args: cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			made, err := l.Desk.DropRule(c.Context(), "local", args[0], "")
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(made)
			}
			fmt.Fprintf(p.out, "Removed. Take it back with: greyshelf undo %s\n", made.ID)
			return nil
		})
	}
	return c
}
