package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
)

func (p *program) webhookCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "webhook", Short: "Say which addresses are told what happens to reports",
		Long: `Say which addresses are told when a report is published, changed or withdrawn.
Messages are signed as Standard Webhooks are; greyshelf serve sends them, tries
again for two hours, and never loses one. See docs/webhooks.md.`,
	}
	c.AddCommand(p.addWebhookCommand(), p.listWebhooksCommand(), p.oneWebhookCommand("test", "Send a test at the next run of the server", (*webhook.Post).Try),
		p.oneWebhookCommand("remove", "Remove a webhook and what it was sent", (*webhook.Post).Remove))
	return c
}

func (p *program) addWebhookCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add ADDRESS", Short: "Add an address", Args: cobra.ExactArgs(1),
		Example: "  greyshelf webhook add https://hooks.example.org/reports\n  greyshelf webhook add https://hooks.example.org/new --event report.published",
	}
	events := c.Flags().StringSlice("event", nil, "only these: report.published, report.changed, report.withdrawn")
	secret := c.Flags().String("secret", "", "whsec_ and a key in base64; made where it is not given")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			h := webhook.Hook{Address: args[0], Secret: *secret}
			for _, e := range *events {
				h.Events = append(h.Events, webhook.Event(e))
			}
			h, err := l.Webhooks().Put(c.Context(), h)
			if err != nil || *asJSON {
				if err == nil {
					err = p.printJSON(h)
				}
				return err
			}
			fmt.Fprintf(p.out, "%s  %s\nSecret: %s\n", h.ID, printable(h.Address), h.Secret)
			return nil
		})
	}
	return c
}

func (p *program) listWebhooksCommand() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "List the addresses and how their last message went", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			hooks, err := l.Webhooks().Hooks(c.Context())
			if err != nil || *asJSON {
				if err == nil {
					err = p.printJSON(hooks)
				}
				return err
			}
			for _, h := range hooks {
				deliveries, err := l.Webhooks().Deliveries(c.Context(), h.ID)
				if err != nil {
					return err
				}
				last := "nothing sent yet"
				if len(deliveries) > 0 {
					last = strings.TrimSpace(string(deliveries[0].State) + " " + deliveries[0].Answer)
				}
				if h.Off {
					last += ", off"
				}
				fmt.Fprintf(p.out, "%s  %s  %s\n", h.ID, printable(h.Address), printable(last))
			}
			if len(hooks) == 0 {
				fmt.Fprintln(p.out, "Nobody is told yet: greyshelf webhook add ADDRESS.")
			}
			return nil
		})
	}
	return c
}

// oneWebhookCommand is a command that does something with one webhook.
func (p *program) oneWebhookCommand(name, short string, do func(*webhook.Post, context.Context, string) error) *cobra.Command {
	return &cobra.Command{
		Use: name + " WEBHOOK", Short: short, Args: cobra.ExactArgs(1), Example: "  greyshelf webhook " + name + " 8c1m0t2v4x",
		RunE: func(c *cobra.Command, args []string) error {
			return p.withLibrary(c, func(l *app.Library) error { return do(l.Webhooks(), c.Context(), args[0]) })
		},
	}
}
