package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
)

func (p *program) entryCommand() *cobra.Command {
	c := &cobra.Command{Use: "entry", Short: "Work with entries of annotated lists", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(p.entryParseCommand())
	return c
}

func (p *program) entryParseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "parse FILE|-",
		Short: "Read an annotated list into its fields, without a library",
		Example: `  greyshelf entry parse list.txt
  greyshelf entry parse --json - < list.txt`,
		Args: cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	c.RunE = func(_ *cobra.Command, args []string) error {
		entries, err := p.readEntries(args[0])
		if err != nil {
			return err
		}
		for _, e := range entries {
			if *asJSON {
				err = p.printJSON(e)
			} else {
				err = p.printEntry(e)
			}
			if err != nil {
				return greyshelf.E(greyshelf.Unavailable, "entry parse", "standard output", err)
			}
		}
		return nil
	}
	return c
}

// readEntries reads a list from a file or standard input.
func (p *program) readEntries(name string) ([]greyshelf.Entry, error) {
	r := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, greyshelf.E(greyshelf.NotFound, "read the list", name, err)
		}
		defer file.Close()
		r = file
	}
	return entry.Parse(r)
}

// printEntry prints the fields of an entry for people.
func (p *program) printEntry(e greyshelf.Entry) error {
	var b strings.Builder
	for _, field := range [][2]string{
		{"title", e.Title}, {"publisher", e.Publisher}, {"authors", e.AuthorsRaw}, {"date", e.DatePrinted}, {"EDTF", e.Date}, {"abstract", short(e.Abstract, 100)},
		{"rights", e.Rights}, {"format", e.Format}, {"pages", e.PagesPrinted}, {"size", e.Size}, {"url", e.URL}, {"code", e.Code}, {"not read", e.Rest},
	} {
		if field[1] != "" {
			fmt.Fprintf(&b, "  %-10s %s\n", field[0], printable(field[1]))
		}
	}
	_, err := fmt.Fprintf(p.out, "line %d, confidence %.2f\n%s\n", e.Line, e.Confidence, b.String())
	return err
}
