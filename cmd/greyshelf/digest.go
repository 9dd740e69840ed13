package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
)

func (p *program) digestCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "digest", Short: "List and send the issues of the digest", Args: cobra.NoArgs,
		Long: `List the issues of the digest, which are composed on the site under /digests or
begun by digest new, send them, and see what became of each message.`,
		Example: "  greyshelf digest\n  greyshelf digest send 3k2m9p1c0d\n  greyshelf digest status 3k2m9p1c0d",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error { return p.listDigests(c, *asJSON) }
	c.AddCommand(p.newDigestCommand(), p.digestRulesCommand(), p.sendDigestCommand(), p.digestStatusCommand())
	return c
}

func (p *program) listDigests(c *cobra.Command, asJSON bool) error {
	l, err := p.open(c, false)
	if err != nil {
		return err
	}
	defer l.Close()
	all, err := l.Digest.Issues(c.Context())
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, i := range all {
		if asJSON {
			if err := p.printJSON(i); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%d reports\t%s\n", i.ID, i.Number, i.State, len(i.Reports()), printable(i.Title))
	}
	if len(all) == 0 && !asJSON {
		fmt.Fprintln(p.err, "No issue yet; compose one on the site under /digests, or with greyshelf digest new.")
	}
	return table.Flush()
}

func (p *program) sendDigestCommand() *cobra.Command {
	return &cobra.Command{
		Use: "send [ISSUE]", Short: "Schedule an issue for now and send what is due", Args: cobra.MaximumNArgs(1),
		Long: `Schedule an issue for now, if one is named, and send everything that is due. While
the library is served, the server sends. A message whose fate is in doubt is
never sent again by itself.`,
		Example: "  greyshelf digest send 3k2m9p1c0d\n  greyshelf digest send",
		RunE: func(c *cobra.Command, args []string) error {
			l, err := p.open(c, false)
			if err != nil {
				return err
			}
			defer l.Close()
			if _, err := l.Post(); err != nil {
				return err
			}
			for _, id := range args {
				i, err := l.Digest.Issue(c.Context(), id)
				if err == nil && i.Open() {
					_, err = l.Digest.Schedule(c.Context(), rights.Reader{Role: rights.Administrator, Name: "local"}, id, i.Revision, time.Time{})
				}
				if err != nil {
					return err
				}
			}
			sent, err := l.SendNow(c.Context())
			if err == nil && !sent {
				fmt.Fprintln(p.err, "The library is served; the server sends it now.")
			}
			return err
		},
	}
}

func (p *program) digestStatusCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "status [ISSUE]", Short: "Say what became of the messages of each issue", Args: cobra.MaximumNArgs(1),
		Example: "  greyshelf digest status\n  greyshelf digest status 3k2m9p1c0d --json",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		all, err := l.Digest.Issues(c.Context())
		if len(args) == 1 {
			var one digest.Issue
			one, err = l.Digest.Issue(c.Context(), args[0])
			all = []digest.Issue{one}
		}
		if err != nil {
			return err
		}
		for _, i := range all {
			counts, err := sending.Count(c.Context(), l.Catalog, i.ID)
			if err != nil {
				return err
			}
			if err := p.printCounts(i, counts, *asJSON); err != nil {
				return err
			}
		}
		return nil
	}
	return c
}

func (p *program) printCounts(i digest.Issue, counts map[sending.State]int, asJSON bool) error {
	if asJSON {
		return p.printJSON(struct {
			Issue  string                `json:"issue"`
			Number int                   `json:"number"`
			State  digest.State          `json:"state"`
			Counts map[sending.State]int `json:"counts"`
		}{i.ID, i.Number, i.State, counts})
	}
	fmt.Fprintf(p.out, "%s  No. %d  %s  %s\n", i.ID, i.Number, i.State, printable(i.Title))
	for _, state := range sending.States() {
		if counts[state] > 0 {
			fmt.Fprintf(p.out, "  %-8s %d\n", state, counts[state])
		}
	}
	return nil
}
