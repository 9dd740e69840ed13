package queue

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/edit"
	"github.com/greyshelf/greyshelf/internal/web/page"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

type reviewView struct {
	Brief    site.Brief
	Revision int
	Narrow   string
	Position int // how many of the queue's reports of the filter are left
	Fields   []field
	Doubts   int
	Agents   []agent
	Roles    []greyshelf.Role
	Moves    []curate.Move
	Previous string // addresses of the neighbours in the queue
	Next     string
	Here     string // address of this page with its filter
	Matches  []match
	Sheet    *sheet
	Closed   bool // the visitor, as they read now, may not see pages
	Done     *done
	Reason   string
	Until    string
	Problem  string
	Conflict bool // somebody else changed the same fields
}

// sheet is the page of the file that stands beside the record, in the form that
// the part "sheet" draws.
type sheet struct {
	Here, Image    string
	Page           greyshelf.Page
	Language       string
	Layer          page.Layer
	File           string
	Last           int
	Previous, Next string // pages, on this page
}

// Review answers GET /queue/{id}.
func (p *Pages) Review(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	if r.MergedInto != "" {
		return v.Redirect(http.StatusSeeOther, v.Link("/queue/", r.MergedInto))
	}
	return p.show(v, http.StatusOK, r, reviewView{}, nil)
}

// show shows the page of a report; sent is what was typed, where that could not
// be saved.
func (p *Pages) show(v *site.Visit, status int, r greyshelf.Report, data reviewView, sent url.Values) error {
	query := v.R.URL.Query()
	if data.Narrow == "" {
		data.Narrow = narrow(filterOf(query)).Encode()
	}
	filter := filterOf(values(data.Narrow))
	data.Brief, data.Moves, data.Roles, data.Done = v.Brief(r), curate.MovesOf(r), roles(), doneOf(v, query)
	data.Here = v.Link("/queue/", r.ID, "?", data.Narrow)
	if data.Revision == 0 {
		data.Revision = r.Revision
	}
	if err := data.neighbours(v, r, filter); err != nil {
		return err
	}
	found, err := v.Matches(r)
	if err != nil {
		return err
	}
	if data.Matches, err = matches(v, found); err != nil {
		return err
	}
	if err := data.fill(v, r, sent); err != nil {
		return err
	}
	if data.Closed = !v.May(r, rights.Page); !data.Closed {
		if data.Sheet, err = newSheet(v, r, data); err != nil {
			return err
		}
	}
	return v.ShowStatus(status, p.review, data.Brief.Title, data)
}

// match is a report of the library that this one may be.
type match struct {
	identify.Found
	Brief site.Brief
}

// mostMatches bounds how many are named; the page of matches has more.
const mostMatches = 3

func matches(v *site.Visit, found []identify.Found) ([]match, error) {
	var named []match
	for _, f := range found[:min(len(found), mostMatches)] {
		other, err := v.Catalog.Report(v.R.Context(), f.Report)
		if err != nil {
			return nil, err
		}
		named = append(named, match{f, v.Brief(other)})
	}
	return named, nil
}

// neighbours finds what stands before and behind the report in the queue, and
// how many there are.
func (data *reviewView) neighbours(v *site.Visit, r greyshelf.Report, filter catalog.QueueFilter) error {
	next, err := neighbour(v, filter, r.ID, true)
	if err != nil {
		return err
	}
	previous, err := neighbour(v, filter, r.ID, false)
	if err != nil {
		return err
	}
	if next != "" {
		data.Next = v.Link("/queue/", next, "?", data.Narrow)
	}
	if previous != "" {
		data.Previous = v.Link("/queue/", previous, "?", data.Narrow)
	}
	counts, err := v.Catalog.CountWaiting(v.R.Context(), filter)
	for state, n := range counts {
		if filter.State == "" || filter.State == state {
			data.Position += n
		}
	}
	return err
}

// neighbour gives the report behind or before another in the queue; "" at its
// end.
func neighbour(v *site.Visit, filter catalog.QueueFilter, id string, behind bool) (string, error) {
	filter.Limit = 1
	if behind {
		filter.After = id
	} else {
		filter.Before = id
	}
	ids, err := v.Catalog.Waiting(v.R.Context(), filter)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// newSheet gives the page that the address names, else that of the first
// doubtful value, else the first one; nil for a report without pages.
func newSheet(v *site.Visit, r greyshelf.Report, data reviewView) (*sheet, error) {
	query := v.R.URL.Query()
	all := r.Files()
	if len(all) == 0 {
		return nil, nil
	}
	file, marks, number := all[0], [2]int{-1, -1}, 1
	if q := data.firstDoubt(); q != nil {
		if at, ok := r.File(q.file); ok {
			file, number, marks = at, q.Page, q.span
		}
	}
	if f, ok := r.File(query.Get("file")); ok {
		file, marks, number = f, [2]int{-1, -1}, 1
	}
	if n, err := strconv.Atoi(query.Get("p")); err == nil && n > 0 {
		number, marks = n, [2]int{-1, -1}
		if start, end, ok := site.ParseSpan(query.Get("s")); ok {
			marks = [2]int{start, end}
		}
	}
	pg, err := v.Pages.Page(v.R.Context(), file.SHA256, file.Text, number)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := &sheet{Here: v.PageLink(r.ID, file.SHA256, number), Page: pg, Language: site.Language(r), File: file.SHA256, Last: max(file.Pages, number)}
	s.Image = s.Here + "/image?w=1000"
	var spans [][2]int
	if marks[0] >= 0 {
		spans = append(spans, marks)
	}
	s.Layer = page.NewLayer(pg, spans, nil)
	turn := func(n int) string { return data.Here + "&file=" + site.FileName(file.SHA256) + "&p=" + strconv.Itoa(n) }
	if number > 1 {
		s.Previous = turn(number - 1)
	}
	if number < s.Last {
		s.Next = turn(number + 1)
	}
	return s, nil
}

// Decide answers POST /queue/{id}: saves what was changed, moves the report if
// a move is named, and goes to the next one.
func (p *Pages) Decide(v *site.Visit) error {
	r, err := v.EditedReport()
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	data := reviewView{Narrow: narrow(filterOf(values(form.Get("narrow")))).Encode(), Reason: form.Get("reason"), Until: form.Get("until")}
	if data.Revision, err = strconv.Atoi(form.Get("revision")); err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "edit report", r.ID, "the form does not say which revision it changes")
	}
	next, err := neighbour(v, filterOf(values(data.Narrow)), r.ID, true) // before it leaves the queue
	if err != nil {
		return err
	}
	moving := movingOf(form)
	e := curate.Editing{Report: r.ID, Revision: data.Revision, Reason: moving.Reason, Mine: taken(form)}
	e.Seen, _ = strconv.Atoi(form.Get("seen")) // none was seen where it does not say
	e.Change = func(r *greyshelf.Report) error {
		if err := edit.Apply(form, r); err != nil || moving.Move == "" {
			return err
		}
		moved, err := moving.Moved(*r)
		if err == nil {
			*r = moved
		}
		return err
	}
	if e.File, e.Found, err = pointedAt(v, r, form); err != nil {
		return err
	}
	edited, err := v.Library.Desk.EditTogether(v.R.Context(), v.Editor().Name, e)
	switch kind := greyshelf.KindOf(err); {
	case err == nil:
		v.WasChanged()
	case kind == greyshelf.Invalid && moving.Move == "" && unchanged(r, form):
		// nothing to save: on to the next
	case kind == greyshelf.Invalid || kind == greyshelf.Conflict:
		data.Problem, data.Conflict = greyshelf.ReasonOf(err), kind == greyshelf.Conflict
		return p.show(v, kind.HTTPStatus(), r, data, form)
	default:
		return err
	}
	return v.Redirect(http.StatusSeeOther, p.onwards(v, r, data.Narrow, next, moving.Move, edited.Decision.ID, form.Get("stay") != ""))
}

// unchanged reports whether a form changes nothing of the report.
func unchanged(r greyshelf.Report, form url.Values) bool {
	after := r
	return edit.Apply(form, &after) == nil && len(catalog.Diff(r, after)) == 0
}

// onwards gives the address to go to: the next report, this one if it was asked
// to stay, the queue at its end.
func (p *Pages) onwards(v *site.Visit, r greyshelf.Report, narrowed, next string, move curate.Move, decision string, stay bool) string {
	with := values(narrowed)
	if decision != "" {
		with.Set("done", decision)
		with.Set("move", string(move))
	}
	switch {
	case stay:
		return v.Link("/queue/", r.ID, "?", with.Encode())
	case next != "":
		return v.Link("/queue/", next, "?", with.Encode())
	}
	return v.Link("/queue?", with.Encode())
}

// taken reads of which fields the person says whose value stays.
func taken(form url.Values) map[string]bool {
	mine := map[string]bool{}
	for name := range form {
		if field, ok := strings.CutPrefix(name, "take-"); ok {
			mine[field] = form.Get(name) == "mine"
		}
	}
	return mine
}

// pointedAt reads the passages that fields were filled with: "found-title" is
// "FILE/PAGE/START-END". All must be of one file; others are passed over.
func pointedAt(v *site.Visit, r greyshelf.Report, form url.Values) (string, []greyshelf.Finding, error) {
	file := greyshelf.File{}
	var found []greyshelf.Finding
	for name, value := range form {
		of, ok := strings.CutPrefix(name, "found-")
		parts := strings.Split(value[0], "/")
		if !ok || len(parts) != 3 {
			continue
		}
		f, known := r.File(parts[0])
		number, err := strconv.Atoi(parts[1])
		start, end, isSpan := site.ParseSpan(parts[2])
		if !known || err != nil || number < 1 || !isSpan || file.SHA256 != "" && file.SHA256 != f.SHA256 {
			continue
		}
		pg, err := v.Pages.Page(v.R.Context(), f.SHA256, f.Text, number)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return "", nil, err
		}
		passage := greyshelf.PassageAt(f.SHA256, f.Text, pg, start, end)
		if passage.Quote == "" {
			continue
		}
		file = f
		found = append(found, greyshelf.Finding{Field: findingField(of), Value: passage.Quote, Page: number, Quote: passage.Quote, Box: around(passage.Boxes)})
	}
	return file.SHA256, found, nil
}

// around gives the box around boxes.
func around(boxes []greyshelf.Box) greyshelf.Box {
	var all greyshelf.Box
	for i, b := range boxes {
		if i == 0 {
			all = b
			continue
		}
		all = greyshelf.Box{min(all[0], b[0]), min(all[1], b[1]), max(all[2], b[2]), max(all[3], b[3])}
	}
	return all
}
