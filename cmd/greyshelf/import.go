package main

import (
	"fmt"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

// importing is the flags of an import.
type importing struct {
	as             string
	mapped         []string
	dryRun, asJSON bool
	publish, draft bool
	alike          string
}

func (p *program) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import FILE|FOLDER…",
		Short: "Bring records from elsewhere: lists, references, tables, catalogues, folders",
		Long: `Bring the records that you have: annotated lists (text or HTML), BibTeX, RIS,
CSL-JSON, tables (CSV, XLSX), MARC 21, MARCXML, MODS, Dublin Core, EndNote,
Zotero RDF with its attachments, an export of paperless-ngx, a Calibre library,
and folders or ZIP archives of these. The format is told by the content.

Each record becomes a draft that says where it came from. A record that was
imported before is known and left alone. One that looks like a report of the
library is never merged: it becomes a draft with a note of what it looks like,
or is skipped. What cannot be read is named with its line, and the rest goes on.
An import can be stopped and run again; greyshelf undo IMPORT takes it back,
and import --past names the imports that there were.`,
		Example: `  greyshelf import --dry-run library.bib
  greyshelf import table.xlsx --map "Erschienen bei=publisher" --map Kürzel=
  greyshelf import ~/Calibre --look-alikes skip
  greyshelf import --past`,
		Args: cobra.ArbitraryArgs,
	}
	c.AddCommand(p.importListCommand())
	var o importing
	c.Flags().StringVar(&o.as, "as", "", "the format, where the content does not tell it: "+formatNames())
	c.Flags().StringArrayVar(&o.mapped, "map", nil, "of a table: COLUMN=FIELD, COLUMN= leaves it out; may be given many times; fields: "+strings.Join(bring.FieldNames(), ", "))
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "only say what would become of each record")
	c.Flags().BoolVar(&o.asJSON, "json", false, "print JSON, one object a line: a record each, then a summary")
	c.Flags().BoolVar(&o.publish, "publish", false, "publish what is new at once; look-alikes stay drafts")
	c.Flags().BoolVar(&o.draft, "draft", true, "keep what is new as drafts")
	c.Flags().StringVar(&o.alike, "look-alikes", string(bring.TakeDraft), "what becomes of a record that looks like a report: draft or skip")
	c.MarkFlagsMutuallyExclusive("publish", "draft")
	past := c.Flags().Bool("past", false, "list the imports that there were, the newest first, also those that were stopped")
	c.RunE = func(c *cobra.Command, args []string) error {
		if *past {
			return p.pastImports(c, args, o.asJSON)
		}
		if len(args) == 0 {
			return c.Help()
		}
		o.publish = o.publish || !o.draft
		return p.bringAll(c, args, o)
	}
	return c
}

// pastImports lists the imports, so that one that was stopped can be undone.
func (p *program) pastImports(c *cobra.Command, args []string, asJSON bool) error {
	if len(args) > 0 {
		return greyshelf.Errorf(greyshelf.Invalid, "import", args[0], "--past imports nothing; leave the file out")
	}
	l, err := p.open(c, false)
	if err != nil {
		return err
	}
	defer l.Close()
	all, err := l.Desk.Imports(c.Context(), 0)
	if err != nil {
		return err
	}
	if len(all) == 0 && !asJSON {
		fmt.Fprintln(p.out, "Nothing was imported yet.")
	}
	for _, one := range all {
		if asJSON {
			if err := p.printJSON(one); err != nil {
				return greyshelf.E(greyshelf.Unavailable, "import", "standard output", err)
			}
			continue
		}
		fmt.Fprintf(p.out, "%s  %s  %s  reports: %d  %s\n", one.ID, one.At.UTC().Format("2006-01-02 15:04"), printable(one.Who), one.Added, printable(one.Name))
	}
	return nil
}

func formatNames() string {
	var all []string
	for _, f := range bring.Formats() {
		all = append(all, f.Name)
	}
	return strings.Join(all, ", ")
}

// options checks the flags.
func (o importing) options() (bring.Options, bring.Choices, error) {
	options := bring.Options{As: o.as, Map: map[string]string{}}
	for _, m := range o.mapped {
		at := strings.LastIndexByte(m, '=')
		if at < 1 {
			return options, bring.Choices{}, greyshelf.Errorf(greyshelf.Invalid, "import", m, "write --map COLUMN=FIELD")
		}
		options.Map[m[:at]] = m[at+1:]
	}
	choices := bring.Choices{Publish: o.publish, Alike: bring.Take(o.alike)}
	if choices.Alike != bring.TakeDraft && choices.Alike != bring.TakeSkip {
		return options, choices, greyshelf.Errorf(greyshelf.Invalid, "import", o.alike, "--look-alikes must be draft or skip")
	}
	return options, choices, nil
}

// bringAll brings every input, each as an import of its own.
func (p *program) bringAll(c *cobra.Command, args []string, o importing) error {
	options, choices, err := o.options()
	if err != nil {
		return err
	}
	l, err := p.open(c, !o.dryRun)
	if err != nil {
		return err
	}
	defer l.Close()
	failed := false
	for _, name := range args {
		one := &bringingOne{program: p, importing: o, bar: p.noBar()}
		if !o.asJSON && !o.dryRun {
			one.bar = p.bar(-1, "importing")
		}
		if err := one.run(c, l, name, options, choices); err != nil {
			if len(args) == 1 || c.Context().Err() != nil {
				return err
			}
			p.fail(name, err)
			failed = true
		}
		failed = failed || one.failed
	}
	if !o.dryRun {
		if err := l.IndexNow(c.Context(), nil); err != nil {
			fmt.Fprintln(p.err, "greyshelf: the records are imported; the search index follows later:", greyshelf.ReasonOf(err))
		}
	}
	if failed {
		return errSomeFailed
	}
	return nil
}

// bringingOne is the import of one input as it is shown.
type bringingOne struct {
	*program
	importing
	bar      *progressbar.ProgressBar
	summary  bring.Summary
	made     int // reports
	skipped  int // look-alikes
	failed   bool
	printErr error
}

// broughtLine is a record as --json prints it.
type broughtLine struct {
	Record   int      `json:"record"`
	File     string   `json:"file"`
	Line     int      `json:"line,omitempty"`
	Format   string   `json:"format"`
	Status   string   `json:"status"` // new, known, alike or broken
	Became   string   `json:"became,omitempty"`
	Report   string   `json:"report,omitempty"` // the new one
	Title    string   `json:"title,omitempty"`
	Other    string   `json:"other,omitempty"`        // the report that it is or looks like
	Twin     int      `json:"other_record,omitempty"` // the record of this import that it is or looks like
	Percent  int      `json:"percent,omitempty"`
	Why      string   `json:"why,omitempty"`
	Files    int      `json:"files,omitempty"`
	Problems []string `json:"problems,omitempty"`
}

func (b *bringingOne) run(c *cobra.Command, l *app.Library, name string, options bring.Options, choices bring.Choices) error {
	in, closer, err := bring.Open(name)
	if err != nil {
		return err
	}
	defer closer.Close()
	if b.dryRun {
		b.columns(in, options)
		for step, err := range l.BringSteps(c.Context(), in, options) {
			if err != nil {
				return err
			}
			b.show(step, curate.Brought{})
		}
		return b.end(name, curate.Import{})
	}
	made, err := l.Bring(c.Context(), in, options, curate.Order{Who: localUser, Choices: choices, Done: b.show})
	_ = b.bar.Finish()
	if err != nil && b.summary.Total() == 0 {
		return err
	}
	if printed := b.end(name, made); err == nil {
		err = printed
	}
	return err
}

// columns shows how the columns of a table are understood.
func (b *bringingOne) columns(in bring.Input, options bring.Options) {
	columns, err := bring.Columns(in, options)
	if err != nil || b.asJSON {
		return // the reading says it
	}
	for _, column := range columns {
		field := string(column.Field)
		if field == "" {
			field = "(left out)"
		}
		fmt.Fprintf(b.out, "column %s = %s\t%s\n", printable(column.Name), field, printable(short(column.Sample, 60)))
	}
}

// show takes what became of a record, or would.
func (b *bringingOne) show(step bring.Step, became curate.Brought) {
	_ = b.bar.Add(1)
	b.summary.Add(step)
	problems := append(step.Problems, became.Problems...)
	if became.Err != nil {
		problems = append(problems, greyshelf.ReasonOf(became.Err))
	}
	switch {
	case became.Status == curate.Added:
		b.made++
	case became.Status == curate.Skipped && step.Status == bring.Alike:
		b.skipped++
	}
	b.failed = b.failed || became.Err != nil || step.Status == bring.Broken && step.Why != bring.BetweenEntries
	if b.asJSON {
		line := broughtLine{
			Record: step.Ordinal, File: step.File, Line: step.Line, Format: step.Format, Status: string(step.Status), Became: string(became.Status),
			Title: step.Report.Title, Other: step.Other, Twin: step.Record, Percent: step.Percent, Why: step.Why, Files: len(step.Files), Problems: problems,
		}
		if became.Status == curate.Added {
			line.Report = became.Report
		}
		if err := b.printJSON(line); err != nil {
			b.printErr = err
		}
		return
	}
	b.showText(step, problems)
}

func (b *bringingOne) showText(step bring.Step, problems []string) {
	where := step.String()
	if step.Status == bring.Broken {
		fmt.Fprintf(b.err, "greyshelf: %s: %s\n", printable(where), printable(step.Why))
	}
	for _, problem := range problems {
		fmt.Fprintf(b.err, "greyshelf: %s: %s\n", printable(where), printable(problem))
	}
	if !b.dryRun || step.Status == bring.Broken {
		return
	}
	line := fmt.Sprintf("%s\t%s\t%s", step.Status, printable(where), printable(short(step.Report.Title, 100)))
	if step.Status != bring.New {
		line += "\t" + likeWhat(step)
	}
	fmt.Fprintln(b.out, line)
}

// likeWhat says which report a record is or looks like.
func likeWhat(step bring.Step) string {
	what := fmt.Sprintf("record %d", step.Record)
	if step.Other != "" {
		what = step.Other
	}
	if step.Status == bring.Alike {
		what = fmt.Sprintf("looks like %s, %d %%", what, step.Percent)
	}
	return what + ": " + printable(step.Why)
}

// end prints the summary.
func (b *bringingOne) end(name string, made curate.Import) error {
	if b.asJSON {
		if b.printErr != nil {
			return greyshelf.E(greyshelf.Unavailable, "import", "standard output", b.printErr)
		}
		return b.printJSON(struct {
			Input   string        `json:"input"`
			Import  string        `json:"import,omitempty"`
			Made    int           `json:"made"`
			Summary bring.Summary `json:"summary"`
		}{name, importID(made), b.made, b.summary})
	}
	s := b.summary
	_, err := fmt.Fprintf(b.out, "%s: %d records: %d new, %d known already, %d look like a report, %d could not be read; of %d something was left out.\n",
		printable(name), s.Total(), s.New, s.Known, s.Alike, s.Broken, s.Problems)
	if made.Added == 0 || err != nil {
		return err
	}
	state := "drafts"
	if b.publish {
		state = "published, look-alikes drafts"
	}
	_, err = fmt.Fprintf(b.out, "Reports made: %d (%s). Look-alikes skipped: %d. greyshelf undo %s takes the import back.\n", b.made, state, b.skipped, made.ID)
	return err
}

func importID(made curate.Import) string {
	if made.Added == 0 {
		return ""
	}
	return made.ID
}

func (p *program) importListCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list FILE",
		Short: "Import an annotated list: a record per entry",
		Long: `Import an annotated list. Each entry becomes a record without a file, keeps its
own layout, and is one decision that can be undone. An entry that was imported
before is known and not imported again.`,
		Example: `  greyshelf import list june.txt
  greyshelf import list --json june.txt`,
		Args: cobra.ExactArgs(1),
	}
	asJSON := jsonFlag(c)
	draft := c.Flags().Bool("draft", false, "keep the records as drafts instead of publishing them")
	c.RunE = func(c *cobra.Command, args []string) error {
		entries, err := p.readEntries(args[0])
		if err != nil {
			return err
		}
		l, err := p.open(c, true)
		if err != nil {
			return err
		}
		defer l.Close()
		failed := false
		for _, e := range entries {
			imported := l.ImportEntry(c.Context(), e, args[0], app.AddOptions{Who: localUser, Draft: *draft})
			if imported.Err != nil {
				failed = true
				p.fail(fmt.Sprintf("%s:%d", args[0], e.Line), imported.Err)
			}
			if err := p.printImported(imported, *asJSON); err != nil {
				return greyshelf.E(greyshelf.Unavailable, "import list", "standard output", err)
			}
		}
		if err := l.IndexNow(c.Context(), nil); err != nil {
			fmt.Fprintln(p.err, "greyshelf: the records are imported; the search index follows later:", greyshelf.ReasonOf(err))
		}
		if failed {
			return errSomeFailed
		}
		return nil
	}
	return c
}

func (p *program) printImported(i app.Imported, asJSON bool) error {
	if asJSON {
		return p.printJSON(i)
	}
	_, err := fmt.Fprintf(p.out, "line %d\t%s\t%s\t%s\n", i.Line, i.Status, i.Report, printable(i.Title))
	return err
}

// undoImport takes a whole import back.
func (p *program) undoImport(c *cobra.Command, l *app.Library, id, reason string, asJSON bool) error {
	undone, err := l.Desk.UndoImport(c.Context(), localUser, id, reason)
	if undone.Withdrawn > 0 {
		_ = l.IndexNow(c.Context(), nil)
	}
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(undone)
	}
	for _, report := range undone.Kept {
		fmt.Fprintf(p.err, "greyshelf: %s was changed since the import and stays\n", report)
	}
	_, err = fmt.Fprintf(p.out, "Reports withdrawn: %d; kept because they were changed since: %d. Import the same list again to have them back.\n", undone.Withdrawn, len(undone.Kept))
	return err
}
