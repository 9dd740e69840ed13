package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

func (p *program) authorityCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "authority",
		Short: "List, show, add, merge, import and export authorities",
		Long: `Keep the records of named things: persons, bodies, states, instruments, places
and concepts, each with its preferred form and the other forms under which it is
found. See greyshelf headings for concepts.`,
	}
	c.AddCommand(p.listAuthoritiesCommand(), p.showAuthorityCommand(), p.addAuthorityCommand(), p.mergeAuthoritiesCommand(), p.importAuthoritiesCommand(), p.exportAuthoritiesCommand())
	return c
}

// typeFlag adds the --type flag.
func typeFlag(c *cobra.Command, fallback greyshelf.AuthorityType) *string {
	var names []string
	for _, t := range greyshelf.AuthorityTypes() {
		names = append(names, string(t))
	}
	return c.Flags().String("type", string(fallback), "one of: "+strings.Join(names, ", "))
}

// withLibrary opens the library for the time of a command.
func (p *program) withLibrary(c *cobra.Command, do func(*app.Library) error) error {
	l, err := p.open(c, false)
	if err != nil {
		return err
	}
	defer l.Close()
	return do(l)
}

func (p *program) listAuthoritiesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "list [TEXT]", Short: "List the authorities, or those of which a form begins with the text",
		Example: "  greyshelf authority list rand\n  greyshelf authority list --type person", Args: cobra.MaximumNArgs(1),
	}
	of, asJSON := typeFlag(c, ""), jsonFlag(c)
	limit := c.Flags().Int("limit", 50, "at most so many; 0 = all")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			most := *limit
			if most <= 0 {
				most = 1 << 30
			}
			if len(args) == 0 {
				all, err := authority.List(c.Context(), l.Catalog, greyshelf.AuthorityType(*of), 0, most)
				if err != nil {
					return err
				}
				return p.printAuthorities(all, *asJSON)
			}
			all, err := authority.Suggest(c.Context(), l.Catalog, authority.Names, args[0], most)
			if err != nil {
				return err
			}
			concepts, err := authority.Suggest(c.Context(), l.Catalog, authority.Subjects, args[0], most)
			if err != nil {
				return err
			}
			var some []greyshelf.Authority
			for _, a := range append(all, concepts...) {
				if (*of == "" || string(a.Type) == *of) && len(some) < most {
					some = append(some, a)
				}
			}
			return p.printAuthorities(some, *asJSON)
		})
	}
	return c
}

func (p *program) printAuthorities(all []greyshelf.Authority, asJSON bool) error {
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, a := range all {
		if asJSON {
			if err := p.printJSON(a); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", a.ID, a.Type, printable(a.Label))
	}
	return table.Flush()
}

func (p *program) showAuthorityCommand() *cobra.Command {
	c := &cobra.Command{Use: "show ID|NAME", Short: "Show an authority with its forms, links and the reports that it touches", Args: cobra.ExactArgs(1)}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			a, err := findAuthority(c, l, args[0])
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(a)
			}
			fmt.Fprintf(p.out, "%s  %s  (%s)\n", a.ID, printable(a.Label), a.Type)
			if a.MergedInto != "" {
				fmt.Fprintf(p.out, "  merged into %s\n", a.MergedInto)
			}
			for _, form := range a.Forms()[1:] {
				fmt.Fprintf(p.out, "  also  %s\n", printable(form))
			}
			for _, link := range a.Links {
				fmt.Fprintf(p.out, "  %s  %s\n", link.Scheme, link.Value)
			}
			if a.Place != "" {
				fmt.Fprintf(p.out, "  place  %s\n", printable(a.Place))
			}
			if a.Note != "" {
				fmt.Fprintf(p.out, "  note  %s\n", printable(a.Note))
			}
			touched, err := l.Desk.Touched(c.Context(), a)
			for _, r := range touched {
				fmt.Fprintf(p.out, "  report  %s  %s\n", r.ID, printable(r.Title))
			}
			return err
		})
	}
	return c
}

// findAuthority finds by identifier, else by name. Errors: NotFound; Conflict
// when several have the name.
func findAuthority(c *cobra.Command, l *app.Library, text string) (greyshelf.Authority, error) {
	a, _, err := authority.Get(c.Context(), l.Catalog, text)
	if greyshelf.KindOf(err) != greyshelf.NotFound {
		return a, err
	}
	found, err := authority.Find(c.Context(), l.Catalog, text)
	if err == nil && len(found) == 0 {
		found, err = authority.Concepts(c.Context(), l.Catalog, text)
	}
	switch {
	case err != nil:
		return a, err
	case len(found) == 0:
		return a, greyshelf.Errorf(greyshelf.NotFound, "find the authority", text, "there is none with this identifier or name")
	case len(found) > 1:
		return a, greyshelf.Errorf(greyshelf.Conflict, "find the authority", text, "%d have this name; use the identifier of one: %s, %s …", len(found), found[0].ID, found[1].ID)
	}
	return found[0], nil
}

func (p *program) addAuthorityCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add NAME", Short: "Add an authority and print its identifier", Args: cobra.ExactArgs(1),
		Example: "  greyshelf authority add \"RAND Corporation\" --variant RAND --link ror:00f2z7n96",
	}
	of, asJSON := typeFlag(c, greyshelf.AuthorityBody), jsonFlag(c)
	variants := c.Flags().StringArray("variant", nil, "another form of the name; may be given many times")
	links := c.Flags().StringArray("link", nil, "an identifier: ror:…, orcid:…, viaf:… or wikidata:…")
	place := c.Flags().String("place", "", "where it has its seat")
	note := c.Flags().String("note", "", "what it is")
	broader := c.Flags().StringArray("broader", nil, "identifier or label of a broader concept")
	parent := c.Flags().String("parent", "", "identifier or name of the body that it is part of")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			a := greyshelf.Authority{Type: greyshelf.AuthorityType(*of), Label: args[0], Variants: *variants, Place: *place, Note: *note}
			for _, link := range *links {
				scheme, value, _ := strings.Cut(link, ":")
				a.Links = append(a.Links, greyshelf.Identifier{Scheme: greyshelf.Scheme(scheme), Value: value})
			}
			for _, name := range *broader {
				above, err := findAuthority(c, l, name)
				if err != nil {
					return err
				}
				a.Broader = append(a.Broader, above.ID)
			}
			if *parent != "" {
				above, err := findAuthority(c, l, *parent)
				if err != nil {
					return err
				}
				a.Parent = above.ID
			}
			kept, _, err := l.Desk.PutAuthority(c.Context(), "local", a, 0, "")
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(kept)
			}
			_, err = fmt.Fprintln(p.out, kept.ID)
			return err
		})
	}
	return c
}

func (p *program) mergeAuthoritiesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "merge ID INTO", Short: "Make one authority of two; the reports of the first point to the second",
		Long: `Make one authority of two: the second takes over the forms, links and relations
of the first, whose address leads there from now on. With --dry-run the reports
are listed that would point to the second; with --report only the ones named
do. greyshelf undo DECISION brings all back.`,
		Args: cobra.ExactArgs(2),
	}
	asJSON := jsonFlag(c)
	dryRun := c.Flags().Bool("dry-run", false, "only list the reports that are touched")
	reports := c.Flags().StringArray("report", nil, "only this report points to the second one; may be given many times")
	reason := c.Flags().String("reason", "", "why, kept with the decision")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			from, err := findAuthority(c, l, args[0])
			if err != nil {
				return err
			}
			into, err := findAuthority(c, l, args[1])
			if err != nil {
				return err
			}
			if *dryRun {
				touched, err := l.Desk.Touched(c.Context(), from)
				for _, r := range touched {
					fmt.Fprintf(p.out, "%s  %s\n", r.ID, printable(r.Title))
				}
				return err
			}
			made, err := l.Desk.MergeAuthorities(c.Context(), "local", from.ID, into.ID, *reports, *reason)
			if err != nil {
				return err
			}
			if *asJSON {
				return p.printJSON(made)
			}
			_, err = fmt.Fprintf(p.out, "merged %s into %s by decision %s\n", from.ID, into.ID, made.ID)
			return err
		})
	}
	return c
}

func (p *program) importAuthoritiesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "import FILE", Short: "Import authorities from ROR, Wikidata, SKOS or MARC 21",
		Long: `Import authorities from a file: a dump of ROR (JSON), an extract of Wikidata
(JSON of the query service or of entities, or CSV with the columns item and
itemLabel), SKOS, or authority records of MARC 21 (MARCXML, or ISO 2709 in
UTF-8). A record that the library has already (by identifier, or by name) gets
what the file adds. Everything is one decision, which greyshelf undo
takes back; --dry-run only says what would be done.`,
		Example: "  greyshelf authority import ror-data.json --dry-run", Args: cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	dryRun := c.Flags().Bool("dry-run", false, "only say what would be done")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			plan, made, err := l.ImportAuthorities(c.Context(), args[0], p.in, *dryRun)
			if err != nil {
				return err
			}
			return p.printPlan(plan, made, *dryRun, *asJSON)
		})
	}
	return c
}

// mostPrinted is how many records a plan shows; --json has all.
const mostPrinted = 20

// printPlan says what an import did or would do.
func (p *program) printPlan(plan authority.Plan, made greyshelf.Decision, dryRun, asJSON bool) error {
	if asJSON {
		return p.printJSON(struct {
			New      []greyshelf.Authority `json:"new"`
			Changed  []authority.Change    `json:"changed"`
			Same     int                   `json:"same"`
			Skipped  []authority.Skip      `json:"skipped"`
			Decision string                `json:"decision,omitempty"`
		}{plan.New, plan.Changed, plan.Same, plan.Skipped, made.ID})
	}
	for i, s := range plan.Skipped {
		if i == mostPrinted {
			fmt.Fprintf(p.err, "… and %d more were left out\n", len(plan.Skipped)-i)
			break
		}
		fmt.Fprintf(p.err, "item %d left out: %s %s\n", s.Item, printable(s.Name), printable(s.Reason))
	}
	if dryRun {
		for i, a := range plan.New {
			if i < mostPrinted {
				fmt.Fprintf(p.out, "new      %s  (%s)\n", printable(a.Label), a.Type)
			}
		}
		for i, c := range plan.Changed {
			if i < mostPrinted {
				fmt.Fprintf(p.out, "changed  %s  %s: %d forms instead of %d\n", c.Before.ID, printable(c.Before.Label), len(c.After.Forms()), len(c.Before.Forms()))
			}
		}
		_, err := fmt.Fprintf(p.out, "would be: %s\n", plan)
		return err
	}
	_, err := fmt.Fprintln(p.out, plan)
	if made.ID != "" {
		_, err = fmt.Fprintf(p.out, "decision %s\n", made.ID)
	}
	return err
}

func (p *program) exportAuthoritiesCommand() *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "Write the authorities as SKOS (Turtle), MARCXML, MARC 21 (ISO 2709) or JSON", Args: cobra.NoArgs, Example: "  greyshelf authority export --format marcxml > authorities.xml"}
	of, asJSON := typeFlag(c, ""), jsonFlag(c)
	format := c.Flags().String("format", "skos", "skos, marcxml or marc (ISO 2709)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			switch {
			case *asJSON:
				all, err := authority.List(c.Context(), l.Catalog, greyshelf.AuthorityType(*of), 0, 0)
				if err != nil {
					return err
				}
				return p.printAuthorities(all, true)
			case *format == "skos":
				return authority.ExportSKOS(c.Context(), p.out, l.Catalog, greyshelf.AuthorityType(*of))
			case *format == "marcxml" || *format == "marc":
				return authority.ExportMARC(c.Context(), p.out, l.Catalog, greyshelf.AuthorityType(*of), *format == "marc")
			}
			return greyshelf.Errorf(greyshelf.Invalid, "export authorities", *format, "the format must be skos, marcxml or marc")
		})
	}
	return c
}
