package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
)

func (p *program) searchCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find pages",
		Long: `Find pages, and records by their title, abstract, agents and headings. Words
stand on one page; "…" is a phrase, OR, NOT and brackets work, so do title:,
author:, publisher:, year:2016..2018, prefix*, fuzzy~ and scope:report.`,
		Example: `  greyshelf search 'arms trade'
  greyshelf search '"international order" publisher:rand' --sort date
  greyshelf search cyber --facet year=2017 --json`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := jsonFlag(c)
	limit := c.Flags().Int("limit", 20, "most hits to print")
	offset := c.Flags().Int("offset", 0, "hits to leave out first")
	sort := c.Flags().String("sort", string(search.ByRelevance), "order: relevance, date, title")
	facets := c.Flags().StringArray("facet", nil, "only reports with this value, as name=value; may be given again")
	c.RunE = func(c *cobra.Command, args []string) error {
		ask := search.Ask{Text: strings.Join(args, " "), Sort: search.Sort(*sort), Limit: *limit, Offset: *offset, Facets: map[string][]string{}}
		for _, f := range *facets {
			name, value, ok := strings.Cut(f, "=")
			if !ok {
				return greyshelf.Errorf(greyshelf.Invalid, "search", f, "a facet is written as name=value, such as year=2017")
			}
			ask.Facets[name] = append(ask.Facets[name], value)
		}
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		answer, err := l.Search(c.Context(), ask)
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(answer)
		}
		return p.printAnswer(answer)
	}
	return c
}

// printAnswer prints hits for people, in a terminal with the words in bold.
func (p *program) printAnswer(a search.Answer) error {
	mark, unmark := "", ""
	if terminal(p.out) {
		mark, unmark = "\x1b[1m", "\x1b[0m"
	}
	for _, h := range a.Hits {
		where := "record"
		if h.Page > 0 {
			where = fmt.Sprintf("p. %d", h.Page)
			if h.Label != "" && h.Label != fmt.Sprint(h.Page) {
				where += " (" + h.Label + ")"
			}
		}
		fmt.Fprintf(p.out, "%s  %s, %s\n", h.Report, printable(h.Title), printable(where))
		if h.Snippet != "" {
			fmt.Fprintf(p.out, "    %s\n", marked(h, mark, unmark))
		}
	}
	_, err := fmt.Fprintf(p.out, "%d pages in %d reports\n", a.TotalPages, a.TotalReports)
	if a.Suggestion != "" {
		fmt.Fprintf(p.out, "Did you mean: %s\n", printable(a.Suggestion))
	}
	return err
}

// marked gives the snippet with the searched words between mark and unmark.
func marked(h search.Hit, mark, unmark string) string {
	text := []rune(h.Snippet)
	var b strings.Builder
	at := 0
	for _, m := range h.Marks {
		if m[0] < at || m[1] > len(text) {
			continue
		}
		b.WriteString(printable(string(text[at:m[0]])) + mark + printable(string(text[m[0]:m[1]])) + unmark)
		at = m[1]
	}
	return b.String() + printable(string(text[at:]))
}
