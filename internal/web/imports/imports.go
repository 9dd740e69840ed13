// Package imports is the pages on which a list is brought: upload, preview
// with the mapping of a table's columns and a choice for what looks like a
// report, and what came of it, with an undo.
//
// It stands in the web beside the other pages. What is read and decided is the
// affair of curate and its package bring. Between the steps the upload waits in
// the library's own folder, under a name that cannot be guessed, for an hour.
package imports

import (
	"context"
	"embed"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html imports.css
var files embed.FS

// Files gives the templates and style of the pages.
func Files() fs.FS { return files }

// The limits of a page.
const (
	mostRows    = 200    // of a preview, whatever they are
	mostShown   = 500    // of a preview, when more look like a report or are broken
	mostRecords = 20_000 // of a list; more are for the command line
	mostImports = 10     // in the list of those before
	mostFiles   = 50     // of one upload
)

// Pages is the pages.
type Pages struct{ begin, preview, result *site.Template }

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	begin, err1 := s.Template(files, "importbegin.html")
	preview, err2 := s.Template(files, "importpreview.html")
	result, err3 := s.Template(files, "importresult.html")
	return &Pages{begin, preview, result}, errors.Join(err1, err2, err3)
}

type beginView struct {
	Imports []curate.Import
	Limit   string
	Undone  *curate.UndoneImport
}

func store(v *site.Visit) waiting { return waiting{dir: v.Imports.Dir, now: v.Now()} }

// Show answers GET /import.
func (p *Pages) Show(v *site.Visit) error { return p.show(v, nil) }

func (p *Pages) show(v *site.Visit, undone *curate.UndoneImport) error {
	if v.Imports.Bring == nil {
		return site.NotFound(v)
	}
	all, err := v.Library.Desk.Imports(v.R.Context(), mostImports)
	if err != nil {
		return err
	}
	return v.Show(p.begin, v.Text.Get("bring.title"), beginView{Imports: all, Limit: greyshelf.FormatSize(mostBytes), Undone: undone})
}

// Take answers POST /import: it keeps the files and leads to the preview.
func (p *Pages) Take(v *site.Visit) error {
	if v.Imports.Bring == nil {
		return site.NotFound(v)
	}
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostBytes+1<<20)
	form, err := v.R.MultipartReader()
	if err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, opWait, "", "the form holds no file")
	}
	n := 0
	id, err := store(v).keep(v.Editor().Name, func() (string, io.Reader, error) {
		for {
			part, err := form.NextPart()
			var tooLarge *http.MaxBytesError
			switch {
			case errors.Is(err, io.EOF):
				return "", nil, io.EOF
			case errors.As(err, &tooLarge):
				return "", nil, greyshelf.Errorf(greyshelf.TooLarge, opWait, "", "the files are larger than %s", greyshelf.FormatSize(mostBytes))
			case err != nil:
				return "", nil, greyshelf.Errorf(greyshelf.Invalid, opWait, "", "what was sent arrived damaged or in part; send it again")
			}
			if name := site.UploadName(part.Header.Get("Content-Disposition")); name != "" {
				if n++; n > mostFiles {
					return "", nil, greyshelf.Errorf(greyshelf.TooLarge, opWait, "", "more than %d files; send them as one ZIP archive", mostFiles)
				}
				return name, part, nil
			}
		}
	})
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/import/", id))
}

// row is a record of a preview or a result.
type row struct {
	bring.Step
	Problems []string
	Ordinal  int
}

// column is a column of a table with the name of its input.
type column struct {
	bring.Column
	Input string
}

type previewView struct {
	ID, Name string
	As       string // as chosen
	Format   string // as told
	Formats  []bring.Format
	Fields   []string
	Columns  []column
	Rows     []row
	Summary  bring.Summary
	Takes    int // records that would be imported, as long as no choice leaves one out
	More     int // records that are not shown
	Problem  string
	Mapping  url.Values // to be sent again with the choices
}

// options reads how the list is to be read: as, and c1, c2 … for the columns.
func options(form url.Values) bring.Options {
	o := bring.Options{As: form.Get("as"), Map: map[string]string{}}
	for name, values := range form {
		number, ok := strings.CutPrefix(name, "c")
		if n, err := strconv.Atoi(number); ok && err == nil && n > 0 && len(values) > 0 {
			o.Map[number] = values[0]
		}
	}
	return o
}

// mapping gives what of a form says how the list is read.
func mapping(form url.Values) url.Values {
	kept := url.Values{}
	if as := form.Get("as"); as != "" {
		kept.Set("as", as)
	}
	for number, field := range options(form).Map {
		kept.Set("c"+number, field)
	}
	return kept
}

// Preview answers GET /import/ID.
func (p *Pages) Preview(v *site.Visit) error {
	if v.Imports.Bring == nil {
		return site.NotFound(v)
	}
	id := v.R.PathValue("upload")
	in, u, closer, err := store(v).open(id, v.Editor().Name)
	if err != nil {
		return err
	}
	defer closer.Close()
	form := v.R.URL.Query()
	data := previewView{ID: id, Name: u.Name, As: form.Get("as"), Formats: bring.Formats(), Fields: bring.FieldNames(), Mapping: mapping(form)}
	o := options(form)
	if data.Format = o.As; data.Format == "" {
		data.Format, err = bring.Sniff(in)
	}
	if err == nil {
		var all []bring.Column
		all, err = bring.Columns(in, o)
		for i, c := range all {
			data.Columns = append(data.Columns, column{c, "c" + strconv.Itoa(i+1)})
		}
	}
	if err == nil {
		err = data.read(v, in, o)
	}
	if err != nil {
		if kind := greyshelf.KindOf(err); kind != greyshelf.Invalid && kind != greyshelf.TooLarge {
			return err
		}
		data.Problem = greyshelf.ReasonOf(err)
	}
	return v.Show(p.preview, v.Text.Get("bring.preview.title"), data)
}

// read reads the list: it counts all records and shows the first, and more of
// those that ask for a look.
func (data *previewView) read(v *site.Visit, in bring.Input, o bring.Options) error {
	for step, err := range v.Imports.Steps(v.R.Context(), in, o) {
		if err != nil {
			return err
		}
		if step.Ordinal > mostRecords {
			return greyshelf.Errorf(greyshelf.TooLarge, "read the list", data.Name, "it has more than %d records; use greyshelf import on the server", mostRecords)
		}
		data.Summary.Add(step)
		data.Takes = data.Summary.New + data.Summary.Alike
		asks := step.Status == bring.Alike || step.Status == bring.Broken
		if len(data.Rows) < mostRows || asks && len(data.Rows) < mostShown {
			data.Rows = append(data.Rows, row{step, step.Item.Problems, step.Ordinal})
		} else {
			data.More++
		}
	}
	return nil
}

type resultView struct {
	Name    string
	Import  curate.Import
	Summary bring.Summary
	Made    int
	Skipped int
	Rows    []resultRow // that something is to be said of
	More    int
	Problem string
	Publish bool
}

type resultRow struct {
	Where, Title, Report string
	Problems             []string
}

// Carry answers POST /import/ID: it carries the plan out.
func (p *Pages) Carry(v *site.Visit) error {
	if v.Imports.Bring == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	id := v.R.PathValue("upload")
	in, u, closer, err := store(v).open(id, v.Editor().Name)
	if err != nil {
		return err
	}
	defer closer.Close()
	if form.Get("do") == "drop" {
		store(v).drop(id)
		return v.Redirect(http.StatusSeeOther, v.Link("/import"))
	}
	choices := bring.Choices{Publish: form.Get("publish") == "yes", Alike: bring.Take(form.Get("alike")), Each: map[int]bring.Take{}}
	for name, values := range form {
		if number, ok := strings.CutPrefix(name, "take."); ok && len(values) > 0 && values[0] != "" {
			if n, err := strconv.Atoi(number); err == nil {
				choices.Each[n] = bring.Take(values[0])
			}
		}
	}
	data := resultView{Name: u.Name, Publish: choices.Publish}
	order := curate.Order{Who: v.Editor().Name, Name: u.Name, Choices: choices, Done: data.done}
	// Who leaves the page does not stop what was begun.
	data.Import, err = v.Imports.Bring(context.WithoutCancel(v.R.Context()), in, options(form), order)
	if data.Import.Added > 0 {
		v.WasChanged()
	}
	if err != nil {
		if data.Import.Added == 0 {
			return err
		}
		data.Problem = greyshelf.ReasonOf(err)
	} else {
		store(v).drop(id)
	}
	return v.Show(p.result, v.Text.Get("bring.result.title"), data)
}

// done takes what became of a record.
func (data *resultView) done(step bring.Step, became curate.Brought) {
	data.Summary.Add(step)
	one := resultRow{Where: step.String(), Title: step.Item.Report.Title, Problems: append(step.Problems, became.Problems...)}
	switch {
	case became.Status == curate.Added:
		data.Made++
		one.Report = became.Report
	case step.Status == bring.Alike && became.Err == nil:
		data.Skipped++
	case step.Status == bring.Broken:
		one.Problems = append(one.Problems, step.Why)
	}
	if became.Err != nil {
		one.Problems = append(one.Problems, greyshelf.ReasonOf(became.Err))
	}
	switch {
	case len(one.Problems) == 0 && (one.Report == "" || len(data.Rows) >= mostRows):
	case len(data.Rows) < mostShown:
		data.Rows = append(data.Rows, one)
	default:
		data.More++
	}
}

// Undo answers POST /imports/ID/undo.
func (p *Pages) Undo(v *site.Visit) error {
	if v.Imports.Bring == nil {
		return site.NotFound(v)
	}
	if _, err := v.Form(); err != nil {
		return err
	}
	undone, err := v.Library.Desk.UndoImport(v.R.Context(), v.Editor().Name, v.R.PathValue("import"), "")
	if undone.Withdrawn > 0 {
		v.WasChanged()
	}
	if err != nil {
		return err
	}
	return p.show(v, &undone)
}
