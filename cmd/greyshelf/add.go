package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/app"
)

// localUser is who decides on the command line until there are accounts.
const localUser = "local"

func (p *program) addCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "add PATH|URL…",
		Short: "Take reports in: files, folders, addresses",
		Long: `Take reports in: PDF, EPUB, DOCX and HTML files. A folder stands for every PDF,
EPUB and DOCX below it, - for a list of paths and addresses on standard input,
one a line. Each file is read and described; identical bytes are known and not
added again. What cannot be read is named with its reason and the rest goes on.
It can be stopped and run again.

--to adds files to a report that is there: its annexes, its data, a copy, an
edition, a translation. --link makes a record of a report without its file, and
says which reports it looks like: the same address, identifier, or title and year.
--page takes the web page at an address as the report itself, not the PDF that
it links to.`,
		Example: `  greyshelf add ~/reports
  greyshelf add brief.pdf https://example.org/report.pdf
  find /srv -name '*.pdf' | greyshelf add -
  greyshelf add --to k3x9q2m7ab --as annex --part "Annex 2" annex2.docx
  greyshelf add --link https://example.org/report --title "Grain in Wartime" --publisher "Harbour Institute" --date 2024-03`,
	}
	asJSON := jsonFlag(c)
	draft := c.Flags().Bool("draft", false, "keep the reports as drafts instead of publishing them")
	c.Flags().Int("workers", 0, "files read at the same time (default: one per processor)")
	page := c.Flags().Bool("page", false, "take the web page at an address as the report itself, not the PDF that it links to")
	to, link := attachFlags(c), linkFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if link.url != "" {
			return p.addLink(c, link, args, to, *draft, *asJSON)
		}
		if err := to.check(c); err != nil {
			return err
		}
		if len(args) == 0 {
			if file, ok := p.in.(*os.File); ok && terminal(file) {
				return greyshelf.Errorf(greyshelf.Invalid, "add", "", "name files, folders or addresses, or - for a list on standard input")
			}
			args = []string{"-"}
		}
		found, err := acquire.Expand(args, p.in)
		if err != nil {
			return err
		}
		l, err := p.open(c, true)
		if err != nil {
			return err
		}
		defer l.Close()
		take := func(done func(app.Added)) error {
			return l.Add(c.Context(), found.Inputs, app.AddOptions{Who: localUser, Draft: *draft, Page: *page}, done)
		}
		if to.report != "" {
			take = func(done func(app.Added)) error { return l.Attach(c.Context(), found.Inputs, to.options(), done) }
		}
		return p.add(c, l, found, take, *asJSON)
	}
	return c
}

// add takes the inputs in, shows progress and at the end what became of them.
func (p *program) add(c *cobra.Command, l *app.Library, found acquire.Found, take func(func(app.Added)) error, asJSON bool) error {
	bar := p.bar(len(found.Inputs), "reading")
	var results []app.Added
	failed := 0
	var printErr error
	err := take(func(a app.Added) {
		_ = bar.Add(1)
		if a.Status == app.StatusRefused {
			failed++
		}
		if asJSON {
			if a.Err != nil {
				p.fail(a.Input, a.Err)
			}
			printErr = p.printJSON(a)
			return
		}
		results = append(results, a)
	})
	_ = bar.Finish()
	if !asJSON {
		p.addTable(results, found.Skipped)
	}
	if indexErr := l.IndexNow(c.Context(), nil); err == nil && indexErr != nil {
		fmt.Fprintf(p.err, "greyshelf: the reports are added, but the search index is not up to date yet (%s); the next search or serve does it\n", greyshelf.ReasonOf(indexErr))
	}
	switch {
	case err != nil:
		return err
	case printErr != nil:
		return greyshelf.E(greyshelf.Unavailable, "add", "standard output", printErr)
	case failed > 0:
		return errSomeFailed
	}
	return nil
}

// addTable prints what became of the inputs, refused ones on standard error
// with their reason.
func (p *program) addTable(results []app.Added, skipped int) {
	count := map[app.Status]int{}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, a := range results {
		count[a.Status]++
		if a.Status == app.StatusRefused {
			p.fail(a.Input, a.Err)
			continue
		}
		title := printable(a.Title)
		if title == "" {
			title = "(no title found)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", a.Status, a.Report, title, printable(a.Input))
		if like := looksLike(a.Matches); like != "" {
			fmt.Fprintf(table, "\t\t%s\n", printable(like))
		}
	}
	_ = table.Flush()
	fmt.Fprintf(p.out, "%d added, %d known already, %d could not be read", count[app.StatusAdded], count[app.StatusKnown], count[app.StatusRefused])
	if skipped > 0 {
		fmt.Fprintf(p.out, "; %d other files in the folders were left alone", skipped)
	}
	fmt.Fprintln(p.out, ".")
}

// bar is a progress bar on standard error with rate and time left; without a
// terminal it shows nothing.
func (p *program) bar(total int, what string) *progressbar.ProgressBar {
	var w io.Writer = io.Discard
	if terminal(p.err) {
		w = p.err
	}
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
}

// noBar is a progress bar that shows nothing.
func (p *program) noBar() *progressbar.ProgressBar {
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(io.Discard))
}
