package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

// undoneReport is what an undo would do to a report, as JSON.
type undoneReport struct {
	Report  string             `json:"report"`
	Title   string             `json:"title"`
	Changes []greyshelf.Change `json:"changes"`
	Stays   []staying          `json:"stays,omitempty"`
}

// staying is a field that was changed again since, and by which decision.
type staying struct {
	Field    string `json:"field"`
	Decision string `json:"decision"`
	Who      string `json:"who"`
}

// previewUndo prints what undoing a decision would change, a report a line.
func (p *program) previewUndo(c *cobra.Command, l *app.Library, decision string, asJSON bool) error {
	plan, err := l.Desk.PlanUndo(c.Context(), decision)
	if err != nil {
		return err
	}
	for _, r := range plan.Reports {
		one := undoneReport{Report: r.Report.ID, Title: r.Report.Title, Changes: r.Changes}
		for _, o := range r.Later {
			one.Stays = append(one.Stays, staying{o.Field, o.By.ID, o.By.Who})
		}
		if asJSON {
			if err := p.printJSON(one); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(p.out, "%s  %s\n", one.Report, printable(one.Title))
		for _, change := range one.Changes {
			fmt.Fprintf(p.out, "  %s: %s → %s\n", change.Field, cut(change.Before), cut(change.After))
		}
		for _, s := range one.Stays {
			fmt.Fprintf(p.out, "  %s stays: decision %s (%s) changed it again\n", s.Field, s.Decision, printable(s.Who))
		}
	}
	return nil
}

// cut gives the beginning of a JSON value.
func cut(value []byte) string {
	const most = 60
	if runes := []rune(printable(string(value))); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return printable(string(value))
}
