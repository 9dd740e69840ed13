package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) describeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "describe FILE…",
		Short: "Say what a report states about itself, without a library",
		Long: `Read files and print the record that Greyshelf would make of each, with the
page and the quotation on which every value stands. Nothing is stored. A value
that the document does not state is left out.`,
		Example: `  greyshelf describe report.pdf
  greyshelf describe --json *.pdf | jq .title`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		found, err := acquire.Expand(args, p.in)
		if err != nil {
			return err
		}
		config, err := app.LoadConfig(c.Flags())
		if err != nil {
			return err
		}
		reader, err := app.NewReader(config)
		if err != nil {
			return err
		}
		defer reader.Close()
		failed := false
		for _, in := range found.Inputs {
			record, err := reader.Describe(c.Context(), in)
			if err != nil {
				failed = true
				p.fail(in.Name, err)
			}
			if *asJSON {
				err = p.describeJSON(in.Name, record, err)
			} else if err == nil {
				err = p.describeText(record)
			} else {
				err = nil
			}
			if err != nil {
				return greyshelf.E(greyshelf.Unavailable, "describe", "standard output", err)
			}
		}
		if failed {
			return errSomeFailed
		}
		return nil
	}
	return c
}

// describeJSON prints a record, or why there is none, on a line.
func (p *program) describeJSON(input string, record any, err error) error {
	if err != nil {
		return p.printJSON(struct {
			Input string `json:"input"`
			Error string `json:"error"`
		}{input, greyshelf.ReasonOf(err)})
	}
	return p.printJSON(record)
}

// describeText prints each chosen value with its page and quotation.
func (p *program) describeText(record app.Record) error {
	if _, err := fmt.Fprintln(p.out, printable(record.Input)); err != nil {
		return err
	}
	for _, f := range record.Findings {
		if !f.Chosen {
			continue
		}
		where := "file"
		if f.Page > 0 {
			where = fmt.Sprintf("p. %d", f.Page)
		}
		if _, err := fmt.Fprintf(p.out, "  %-14s %s\n  %14s %s, %s, %.2f\n", f.Field, printable(short(f.Value, 200)), "", where, f.Method, f.Confidence); err != nil {
			return err
		}
	}
	return nil
}

// short cuts text to n characters.
func short(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n]) + "…"
}
