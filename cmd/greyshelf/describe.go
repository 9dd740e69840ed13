package main

import (
	"fmt"
	"slices"

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
that the document does not state is left out. With --explain every value that
was found is printed, also those that lost, each with why.`,
		Example: `  greyshelf describe report.pdf
  greyshelf describe --json *.pdf | jq .title
  greyshelf describe --explain report.pdf`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := jsonFlag(c)
	explain := c.Flags().Bool("explain", false, "show every finding, the chosen ones first, and why it won or lost")
	c.Flags().Int("workers", 0, "files read at the same time (default: one per processor)")
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
		return p.describe(c, reader, found.Inputs, *asJSON, *explain)
	}
	return c
}

// describe prints what each input states, in order, and names the failed ones.
func (p *program) describe(c *cobra.Command, reader *app.Reader, inputs []acquire.Input, asJSON, explain bool) error {
	bar := p.bar(len(inputs), "describing")
	if terminal(p.out) {
		bar = p.noBar() // the records themselves show how far it is
	}
	failed := false
	err := reader.DescribeAll(c.Context(), inputs, func(d app.DescribedInput) error {
		_ = bar.Add(1)
		if d.Err != nil {
			failed = true
			p.fail(d.Input.Name, d.Err)
		}
		if err := p.described(d, asJSON, explain); err != nil {
			return greyshelf.E(greyshelf.Unavailable, "describe", "standard output", err)
		}
		return nil
	})
	_ = bar.Finish()
	if err == nil && failed {
		return errSomeFailed
	}
	return err
}

// described prints one record in the form that was asked for.
func (p *program) described(d app.DescribedInput, asJSON, explain bool) error {
	switch {
	case asJSON:
		if !explain {
			d.Record.Findings = withoutWhy(d.Record.Findings)
		}
		return p.describeJSON(d.Input.Name, d.Record, d.Err)
	case d.Err != nil:
		return nil
	case explain:
		return p.explain(d.Record)
	}
	return p.describeText(d.Record)
}

// withoutWhy gives the findings without their reasons.
func withoutWhy(findings []greyshelf.Finding) []greyshelf.Finding {
	plain := slices.Clone(findings)
	for i := range plain {
		plain[i].Why = ""
	}
	return plain
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
