package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) mailCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "mail", Short: "Try the mail server", Args: cobra.NoArgs,
		Long: `Try the mail server that greyshelf.toml names. The digest, and the mails by
which readers confirm that they want it, go through this server.`,
		Example: "  greyshelf mail test ada@example.org",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use: "test E-MAIL", Short: "Send a test message and say what became of it", Example: "  greyshelf mail test ada@example.org", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			l, err := p.open(c, false)
			if err != nil {
				return err
			}
			defer l.Close()
			if err := l.TestMail(c.Context(), args[0]); err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "The mail server took the message for %s.\n", printable(args[0]))
			return err
		},
	})
	return c
}
