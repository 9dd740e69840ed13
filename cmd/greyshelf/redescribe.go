package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
)

func (p *program) redescribeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "redescribe [REPORT…]",
		Short: "Describe stored files anew, and show what would change",
		Long: `Describe the stored files of reports anew, with the describer of this program,
and print what would change: each field before and after, with the page and the
quotation. Nothing is written without --apply. Without a report or a query it is
done for the whole library, drafts too.

Only what a describer gave is changed, and what was empty is filled; a value
that a person gave, emptied or brought back stays, and is named. With --apply
each report that changes gets one decision, which greyshelf undo takes back; the
older findings stay beside the new ones. It may be stopped at any time: the same
command goes on. It may run while the library is served.`,
		Example: `  greyshelf redescribe
  greyshelf redescribe 3f9k2m0a1b --apply
  greyshelf redescribe --query 'publisher:"geological survey"' --json | jq .changes`,
	}
	asJSON := jsonFlag(c)
	query := c.Flags().String("query", "", "only the reports that this query finds")
	apply := c.Flags().Bool("apply", false, "write the changes, one decision for each report")
	c.Flags().Int("workers", 0, "files read at the same time (default: one per processor)")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 && *query != "" {
			return greyshelf.Errorf(greyshelf.Invalid, "redescribe", "", "name reports or give a query, not both")
		}
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		if len(args) == 0 {
			if args, err = l.Redescribable(c.Context(), *query); err != nil {
				return err
			}
		}
		return p.redescribe(c, l, args, *apply, *asJSON)
	}
	return c
}

// redescribe describes the reports anew, prints each that changes or keeps
// something, and sums up.
func (p *program) redescribe(c *cobra.Command, l *app.Library, reports []string, apply, asJSON bool) error {
	bar := p.bar(len(reports), "describing")
	counts := redescribeCounts{}
	err := l.Redescribe(c.Context(), reports, app.RedescribeOptions{Who: localUser, Apply: apply}, func(r app.Redescribed) error {
		_ = bar.Clear()
		counts.add(r)
		err := p.redescribed(r, asJSON)
		_ = bar.Add(1)
		if err != nil {
			return greyshelf.E(greyshelf.Unavailable, "redescribe", "standard output", err)
		}
		return nil
	})
	_ = bar.Finish()
	if counts.of[app.WasChanged] > 0 {
		if indexErr := l.IndexNow(c.Context(), nil); err == nil && indexErr != nil {
			fmt.Fprintf(p.err, "greyshelf: the reports are changed, but the search index is not up to date yet (%s); the next search or serve does it\n", greyshelf.ReasonOf(indexErr))
		}
	}
	if !asJSON {
		fmt.Fprintln(p.out, counts.sum(apply))
	}
	if err == nil && counts.of[app.NotRead] > 0 {
		return errSomeFailed
	}
	return err
}

// redescribeCounts counts for the last line.
type redescribeCounts struct {
	of           map[app.RedescribeStatus]int
	fields, kept int
}

func (n *redescribeCounts) add(r app.Redescribed) {
	if n.of == nil {
		n.of = map[app.RedescribeStatus]int{}
	}
	n.of[r.Status]++
	n.fields += len(r.Changes)
	n.kept += len(r.Kept)
}

func (n *redescribeCounts) sum(apply bool) string {
	verb, more := "would change", ""
	changed := n.of[app.WouldChange]
	if apply {
		verb, changed = "changed", n.of[app.WasChanged]
	}
	if !apply && changed > 0 {
		more = " Nothing is written yet; --apply does it."
	}
	return fmt.Sprintf("%d reports %s (%d fields), %d stay as they are, %d values of people are kept, %d have no file, %d could not be described.%s",
		changed, verb, n.fields, n.of[app.Unchanged], n.kept, n.of[app.HasNoFile], n.of[app.NotRead], more)
}

// redescribed prints what became of one report; one that stays as it is only
// where JSON is asked for.
func (p *program) redescribed(r app.Redescribed, asJSON bool) error {
	if r.Err != nil {
		p.fail(r.Report, r.Err)
	}
	if asJSON {
		return p.printJSON(r)
	}
	if r.Err != nil || len(r.Changes)+len(r.Kept) == 0 && r.Text == "" {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n", r.Report, r.Status, printable(short(r.Title, 120)))
	if r.Text != "" {
		fmt.Fprintf(&b, "  text            read as %s\n", printable(r.Text))
	}
	for _, change := range r.Changes {
		writeChange(&b, change)
	}
	for _, kept := range r.Kept {
		fmt.Fprintf(&b, "  %-14s  kept: %s\n", kept.Field, keptBy(kept))
	}
	if r.Decision != "" {
		fmt.Fprintf(&b, "  decision %s\n", r.Decision)
	}
	_, err := fmt.Fprintln(p.out, b.String())
	return err
}

func writeChange(b *strings.Builder, c curate.Redescribed) {
	fmt.Fprintf(b, "  %-14s  %s\n  %14s→ %s\n", c.Field, shownValue(c.Before), "", shownValue(c.After))
	for _, f := range c.Findings {
		if f.Page > 0 {
			fmt.Fprintf(b, "  %16sp. %d: “%s”\n", "", f.Page, printable(short(strings.Join(strings.Fields(f.Quote), " "), 160)))
		} else {
			fmt.Fprintf(b, "  %16snot on a page: %s\n", "", f.Method)
		}
	}
}

func keptBy(o curate.Origin) string {
	words := map[greyshelf.Method]string{
		greyshelf.ByPerson: "edited", greyshelf.ByImport: "imported", greyshelf.ByUndo: "brought back",
		greyshelf.ByAdd: "brought back by an undo; it was added", greyshelf.ByRedescribe: "brought back by an undo; it was described",
	}
	return fmt.Sprintf("%s by %s, %s", words[o.Method], printable(o.Who), o.At.Format(time.DateOnly))
}

// shownValue writes the JSON value of a field for people.
func shownValue(data json.RawMessage) string {
	var value any
	if err := json.Unmarshal(data, &value); err != nil || value == nil {
		return "(nothing)"
	}
	return printable(short(plainValue(value), 200))
}

// plainValue writes texts as they are, lists with semicolons, and of an object
// what it is called.
func plainValue(value any) string {
	switch value := value.(type) {
	case string:
		return strings.Join(strings.Fields(value), " ")
	case []any:
		var parts []string
		for _, item := range value {
			parts = append(parts, plainValue(item))
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		var parts []string
		for _, key := range []string{"scheme", "name", "label", "printed", "code", "statement", "value", "edtf", "role"} {
			if text, ok := value[key].(string); ok && text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(value)
}
