package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
)

func (p *program) alertCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "alert", Short: "Tell contacts what is new of what they want to hear of", Args: cobra.NoArgs,
		Long: `Tell contacts by mail what is new of what they want to hear of: at once, daily,
weekly or monthly, with the passages that answer their searches. While the
library is served, the server does this by itself.`,
		Example: "  greyshelf alert run\n  greyshelf alert preview ada@example.org",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.runAlertsCommand(), p.previewAlertCommand(), p.alertStatusCommand(), p.resolveAlertCommand())
	return c
}

func (p *program) runAlertsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "run", Short: "Make and send the alerts whose time has come", Args: cobra.NoArgs,
		Long: `Make the alerts of every contact whose period is over, and send everything that
is due. The first run ever tells nobody of what was there before. A message
whose fate is in doubt is never sent again by itself.`,
		Example: "  greyshelf alert run\n  greyshelf alert run --json",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		made, here, err := l.AlertsNow(c.Context())
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(struct {
				Made   int  `json:"made"`
				Served bool `json:"served,omitempty"` // the server makes and sends them
			}{made, !here})
		}
		if !here {
			fmt.Fprintln(p.err, "The library is served; the server makes and sends them now.")
			return nil
		}
		_, err = fmt.Fprintf(p.out, "%d alerts made\n", made)
		return err
	}
	return c
}

func (p *program) previewAlertCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "preview CONTACT", Short: "Show what a contact would be told now; nothing is sent", Args: cobra.ExactArgs(1),
		Example: "  greyshelf alert preview ada@example.org\n  greyshelf alert preview 3k2m9p1c0d --json",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		a, letter, err := l.PreviewAlert(c.Context(), args[0])
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(struct {
				alert.Alert
				Subject string `json:"subject,omitempty"`
				Text    string `json:"text,omitempty"`
				HTML    string `json:"html,omitempty"`
			}{a, letter.Subject, letter.Text, letter.HTML})
		}
		if len(a.Entries) == 0 {
			fmt.Fprintln(p.err, "There is nothing new for this contact; no mail would go.")
			return nil
		}
		_, err = fmt.Fprint(p.out, letter.Text)
		return err
	}
	return c
}

func (p *program) alertStatusCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "status", Short: "Say what became of the alerts, and which are in doubt", Args: cobra.NoArgs,
		Example: "  greyshelf alert status\n  greyshelf alert status --json",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		counts, err := sending.CountAlerts(c.Context(), l.Catalog)
		if err != nil {
			return err
		}
		troubles, err := l.AlertTroubles(c.Context())
		if err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(struct {
				Counts   map[sending.State]int `json:"counts"`
				Troubles []sending.Sending     `json:"troubles,omitempty"`
			}{counts, troubles})
		}
		for _, state := range sending.States() {
			if counts[state] > 0 {
				fmt.Fprintf(p.out, "%-8s %d\n", state, counts[state])
			}
		}
		for _, s := range troubles {
			fmt.Fprintf(p.out, "%s  %s  contact %s  %s\n", s.ID, s.State, s.Contact, printable(s.Reason))
		}
		if len(counts) == 0 {
			fmt.Fprintln(p.err, "No alert was made yet.")
		}
		return nil
	}
	return c
}

func (p *program) resolveAlertCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "resolve MESSAGE", Short: "Say what became of a message in doubt", Args: cobra.ExactArgs(1),
		Long: `Say that a message in doubt, which alert status lists, has arrived; or, with
--again, that it shall be sent again, under the same Message-ID.`,
		Example: "  greyshelf alert resolve 3k2m9p1c0d.7f2q8w1x5z\n  greyshelf alert resolve 3k2m9p1c0d.7f2q8w1x5z --again",
	}
	again := c.Flags().Bool("again", false, "send it again")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		if err := l.ResolveAlert(c.Context(), args[0], *again); err != nil {
			return err
		}
		if *asJSON {
			return p.printJSON(struct {
				Message string `json:"message"`
				Again   bool   `json:"again"`
			}{args[0], *again})
		}
		_, err = fmt.Fprintf(p.out, "%s: noted\n", printable(args[0]))
		return err
	}
	return c
}
