package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

func (p *program) headingsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "headings",
		Short: "Import a vocabulary of subject headings, list it, and suggest headings for a report",
		Long: `Keep the concepts that reports are indexed with: import a thesaurus in SKOS
(N-Triples, Turtle, RDF/XML or JSON-LD) or the starter vocabulary of
international affairs that ships with the program.`,
	}
	c.AddCommand(p.importHeadingsCommand(), p.listHeadingsCommand(), p.suggestHeadingsCommand())
	return c
}

func (p *program) importHeadingsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "import [FILE]", Short: "Import a vocabulary in SKOS", Args: cobra.MaximumNArgs(1),
		Long: `Import a vocabulary in SKOS, written as N-Triples, Turtle, RDF/XML or JSON-LD.
A vocabulary in which a concept stands above itself is refused, with the concept
named. Everything is one decision, which greyshelf undo takes back.`,
		Example: "  greyshelf headings import --starter\n  greyshelf headings import thesaurus.ttl --dry-run",
	}
	asJSON := jsonFlag(c)
	starter := c.Flags().Bool("starter", false, "the vocabulary of international affairs that ships with the program")
	dryRun := c.Flags().Bool("dry-run", false, "only say what would be done")
	c.RunE = func(c *cobra.Command, args []string) error {
		if *starter == (len(args) == 1) {
			return greyshelf.Errorf(greyshelf.Invalid, "import headings", "", "name a file, or give --starter")
		}
		return p.withLibrary(c, func(l *app.Library) error {
			var plan authority.Plan
			var made greyshelf.Decision
			var err error
			if *starter {
				plan, made, err = l.ImportStarter(c.Context(), *dryRun)
			} else {
				plan, made, err = l.ImportAuthorities(c.Context(), args[0], p.in, *dryRun)
			}
			if err != nil {
				return err
			}
			return p.printPlan(plan, made, *dryRun, *asJSON)
		})
	}
	return c
}

func (p *program) listHeadingsCommand() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "List the vocabulary as a tree", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	language := c.Flags().String("language", "", "show labels in this language, as a BCP 47 tag")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			all, err := authority.List(c.Context(), l.Catalog, greyshelf.AuthorityConcept, 0, 0)
			if err != nil || *asJSON {
				if err == nil {
					err = p.printAuthorities(all, true)
				}
				return err
			}
			below := map[string][]greyshelf.Authority{}
			for _, a := range all {
				for _, id := range a.Broader {
					below[id] = append(below[id], a)
				}
				if len(a.Broader) == 0 {
					below[""] = append(below[""], a)
				}
			}
			p.printTree(below, "", *language, 0)
			return nil
		})
	}
	return c
}

// deepest is how deep a tree is printed.
const deepest = 30

func (p *program) printTree(below map[string][]greyshelf.Authority, id, language string, depth int) {
	if depth > deepest {
		return
	}
	for _, a := range below[id] {
		fmt.Fprintf(p.out, "%s%s\n", strings.Repeat("  ", depth), printable(a.LabelIn(language)))
		p.printTree(below, a.ID, language, depth+1)
	}
}

func (p *program) suggestHeadingsCommand() *cobra.Command {
	c := &cobra.Command{Use: "suggest REPORT", Short: "Suggest headings for a report, with the words and the like reports that made each suggestion", Args: cobra.ExactArgs(1)}
	asJSON := jsonFlag(c)
	limit := c.Flags().Int("limit", 10, "at most so many")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			all, err := l.SuggestHeadings(c.Context(), l.Search, args[0], max(*limit, 1))
			for _, s := range all {
				if *asJSON {
					if err := p.printJSON(s); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(p.out, "%s  %s  %.1f\n", s.Authority.ID, printable(s.Authority.Label), s.Score)
				for _, w := range s.Words {
					fmt.Fprintf(p.out, "  “%s” %s\n", printable(w.Text), whereFound(w))
				}
				for _, r := range s.Reports {
					fmt.Fprintf(p.out, "  so indexed: %s  %s (%.0f %%)\n", r.Report, printable(r.Title), 100*r.Likeness)
				}
			}
			if err == nil && len(all) == 0 && !*asJSON {
				fmt.Fprintln(p.err, "No term of the vocabulary stands in the report, and no report like it has headings.")
			}
			return err
		})
	}
	return c
}

func whereFound(w authority.Words) string {
	if w.Page > 0 {
		return fmt.Sprintf("%d × from page %d on", w.Times, w.Page)
	}
	return "in the " + w.Place
}
