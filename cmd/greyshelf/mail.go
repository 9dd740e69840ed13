package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) mailCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "mail", Short: "Try the mail server, note what came back", Args: cobra.NoArgs,
		Long: `Try the mail server that greyshelf.toml names. The digest, and the mails by
which readers confirm that they want it, go through this server.`,
		Example: "  greyshelf mail test ada@example.org\n  greyshelf mail bounces mailbox",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.bouncesCommand(), &cobra.Command{
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

func (p *program) bouncesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "bounces FILE…", Short: "Note on the contacts which messages came back", Args: cobra.MinimumNArgs(1),
		Long: `Read delivery status notifications (RFC 3464), as mail servers send them to the
digest's sender: single messages or mailboxes (mbox); - reads from standard
input. A refusal for good (status 5) is noted on the contact of the message,
once; after three the contact is sent nothing more, and /contacts shows why.
Other mail is passed over.`,
		Example: "  greyshelf mail bounces /var/mail/desk\n  greyshelf mail bounces - --json < notice.eml",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		var all app.Bounces
		for _, name := range args {
			in := c.InOrStdin()
			if name != "-" {
				f, err := os.Open(name)
				if err != nil {
					return greyshelf.E(greyshelf.NotFound, "read the notices", name, err)
				}
				defer f.Close()
				in = f
			}
			if err := l.NoteBounces(c.Context(), in, &all); err != nil {
				return err
			}
		}
		if *asJSON {
			return p.printJSON(all)
		}
		_, err = fmt.Fprintf(p.out, "%d messages read: %d refusals noted, %d not (temporary, or of nobody here), %d messages are no notices\n", all.Messages, all.Noted, all.Passed, all.Others)
		return err
	}
	return c
}
