package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// attaching is what `add --to` was asked for.
type attaching struct{ report, as, part string }

func attachFlags(c *cobra.Command) *attaching {
	a := &attaching{}
	c.Flags().StringVar(&a.report, "to", "", "add the files to this report")
	c.Flags().StringVar(&a.as, "as", "", "what they are to it: annex, data, copy, edition or translation")
	c.Flags().StringVar(&a.part, "part", "", `what an annex or data are called: "Annex 2"`)
	return a
}

// check refuses flags that make no sense together.
func (a *attaching) check(c *cobra.Command) error {
	refuse := func(reason string) error {
		return greyshelf.Errorf(greyshelf.Invalid, "add", "", "%s", reason)
	}
	switch {
	case a.report == "" && a.as+a.part != "":
		return refuse("--as and --part need --to REPORT")
	case a.report != "" && !slices.Contains(curate.AttachWays(), curate.AttachAs(a.as)):
		return refuse("say with --as what the files are to the report: annex, data, copy, edition or translation")
	case a.part != "" && !curate.AttachAs(a.as).Beside():
		return refuse("--part names an annex or data only")
	case a.report != "" && c.Flags().Changed("draft"):
		return refuse("--draft is for new reports; a file has the state of its report")
	}
	return nil
}

func (a *attaching) options() app.AttachOptions {
	return app.AttachOptions{Who: localUser, Report: a.report, As: curate.AttachAs(a.as), Part: a.part}
}

// linking is what `add --link` was asked for.
type linking struct {
	url, title, date    string
	publishers, authors []string
}

func linkFlags(c *cobra.Command) *linking {
	k := &linking{}
	c.Flags().StringVar(&k.url, "link", "", "make a record of the report at this address, without its file")
	c.Flags().StringVar(&k.title, "title", "", "its title (with --link)")
	c.Flags().StringVar(&k.date, "date", "", "when it was published (with --link)")
	c.Flags().StringArrayVar(&k.publishers, "publisher", nil, "who published it (with --link; more than once for several)")
	c.Flags().StringArrayVar(&k.authors, "author", nil, "who wrote it (with --link; more than once for several)")
	return k
}

// report makes the record. A date that is not understood is an error.
func (k *linking) report() (greyshelf.Report, error) {
	return curate.LinkRecord{URL: k.url, Title: k.title, Date: k.date, Publishers: k.publishers, Authors: k.authors}.Report()
}

// addLink makes a record without a file.
func (p *program) addLink(c *cobra.Command, k *linking, args []string, to *attaching, draft, asJSON bool) error {
	if len(args) > 0 || *to != (attaching{}) {
		return greyshelf.Errorf(greyshelf.Invalid, "add", "", "--link makes a record without a file; add files to it afterwards, with --to")
	}
	report, err := k.report()
	if err != nil {
		return err
	}
	l, err := p.open(c, true)
	if err != nil {
		return err
	}
	defer l.Close()
	outcome, alike, err := l.RecordLink(c.Context(), localUser, report, draft)
	if err != nil {
		return err
	}
	if err := l.IndexNow(c.Context(), nil); err != nil {
		fmt.Fprintf(p.err, "greyshelf: the record is added, but the search index is not up to date yet (%s); the next search or serve does it\n", greyshelf.ReasonOf(err))
	}
	added := app.Added{Input: k.url, Status: app.Status(outcome.Status), Report: outcome.Report, Title: strings.TrimSpace(report.Title), Matches: alike}
	if asJSON {
		return p.printJSON(added)
	}
	p.addTable([]app.Added{added}, 0)
	return nil
}
