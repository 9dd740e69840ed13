package main

import "github.com/spf13/cobra"

func (p *program) mcpCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Offer the library to a language model (Model Context Protocol)",
		Long: `Speak the Model Context Protocol on standard input and output: tools to search
pages, read a page, get a record and cite, each answer with report, page and
quotation. It only reads. A served library speaks it too, at the address /mcp,
to whoever may read it.`,
		Example: `  greyshelf mcp --library ~/library
  greyshelf mcp --public`,
		Args: cobra.NoArgs,
	}
	public := c.Flags().Bool("public", false, "see only what anonymous readers see")
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		return l.MCP(c.Context(), *public)
	}
	return c
}
