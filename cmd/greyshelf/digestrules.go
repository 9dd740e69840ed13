package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// here is who sits at the computer.
func here() rights.Reader { return rights.Reader{Role: rights.Administrator, Name: "local"} }

func (p *program) digestRulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "rules", Short: "Show the rules of the digest and what they take of what is new", Args: cobra.NoArgs,
		Long: `Show what every issue of the digest is to have: queries, each with the heading
under which its new reports stand, and how many reports since the last issue each
takes. A report stands under the first rule that takes it.`,
		Example: "  greyshelf digest rules\n  greyshelf digest rules add subject:water --heading Water\n  greyshelf digest rules remove 2",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			rules, picked, err := l.DigestRules(c.Context())
			if err != nil {
				return err
			}
			return p.printRules(rules, picked, *asJSON)
		})
	}
	c.AddCommand(p.addDigestRuleCommand(), p.removeDigestRuleCommand())
	return c
}

// printRules prints a line per rule.
func (p *program) printRules(rules digest.Rules, picked digest.Picked, asJSON bool) error {
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for n, rule := range rules.All {
		if asJSON {
			line := struct {
				digest.Rule
				Takes int `json:"takes"`
			}{rule, len(picked.Rules[n])}
			if err := p.printJSON(line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%d\t%s\t%s\ttakes %d\n", n+1, printable(rule.Query), printable(rule.Heading), len(picked.Rules[n]))
	}
	if err := table.Flush(); err != nil || asJSON {
		return err
	}
	if len(rules.All) == 0 {
		fmt.Fprintln(p.err, "No rule yet; greyshelf digest rules add makes one.")
		return nil
	}
	fmt.Fprintf(p.out, "%d new reports are taken by no rule.\n", len(picked.Rest))
	return nil
}

func (p *program) addDigestRuleCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add QUERY", Short: "Add a rule behind the others", Args: cobra.ExactArgs(1),
		Long: `Add a rule: what is new and answers the query, in the words of greyshelf search,
stands in the next issue under the heading.`,
		Example: `  greyshelf digest rules add "publisher:oasis wells" --heading "Oasis on wells"`,
	}
	heading := c.Flags().String("heading", "", "heading of the section in the issue")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			if strings.TrimSpace(args[0]) == "" {
				return greyshelf.Errorf(greyshelf.Invalid, "add a rule", "", "the query asks for nothing")
			}
			rules, err := l.Digest.Rules(c.Context())
			if err != nil {
				return err
			}
			rules.All = append(rules.All, digest.Rule{Heading: *heading, Query: args[0]})
			_, err = l.Digest.PutRules(c.Context(), here(), rules)
			return err
		})
	}
	return c
}

func (p *program) removeDigestRuleCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove N", Short: "Remove a rule by its number", Args: cobra.ExactArgs(1), Example: "  greyshelf digest rules remove 2",
		RunE: func(c *cobra.Command, args []string) error {
			return p.withLibrary(c, func(l *app.Library) error {
				rules, err := l.Digest.Rules(c.Context())
				if err != nil {
					return err
				}
				n, err := strconv.Atoi(args[0])
				if err != nil || n < 1 || n > len(rules.All) {
					return greyshelf.Errorf(greyshelf.Invalid, "remove the rule", args[0], "there are the rules 1 to %d", len(rules.All))
				}
				rules.All = slices.Delete(rules.All, n-1, n)
				_, err = l.Digest.PutRules(c.Context(), here(), rules)
				return err
			})
		},
	}
}

func (p *program) newDigestCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "new", Short: "Make a draft of what the rules take since the last issue", Args: cobra.NoArgs,
		Long: `Make a draft of an issue: of what the rules of the digest take of the reports that
are new since the last issue, each under the heading of its rule; with --all, of
everything new. The draft is arranged and sent on the site, or with digest send.`,
		Example: `  greyshelf digest new --title "New on the shelf"`,
	}
	title := c.Flags().String("title", "New on the shelf", "title of the issue")
	all := c.Flags().Bool("all", false, "everything new, not only what rules take")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			i, err := l.NewDigest(c.Context(), here(), *title, *all)
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(i)
			}
			fmt.Fprintf(p.out, "%s  %d reports\n", i.ID, len(i.Reports()))
			return nil
		})
	}
	return c
}
