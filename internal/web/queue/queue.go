// Package queue is where the desk looks through what came in: the queue as a
// list with moves for many reports at once, and each report with its page
// beside its record, every doubtful value lit, to be worked off by keyboard.
//
// It stands in the web beside the other pages. What waits the catalogue knows;
// moving, editing and undoing is curate's. All of it works by forms alone; the
// script adds the keys and fills fields by a click on the page.
package queue

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html queue.css queue.js
var files embed.FS

// Files gives the templates, style and script of the pages.
func Files() fs.FS { return files }

// Pages is the queue.
type Pages struct{ list, preview, review *site.Template }

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	list, err1 := s.Template(files, "queue.html")
	preview, err2 := s.Template(files, "queuepreview.html")
	review, err3 := s.Template(files, "queuereview.html")
	return &Pages{list, preview, review}, errors.Join(err1, err2, err3)
}

// perPage is how many reports the list has on a page.
const perPage = 50

type listView struct {
	Filter catalog.QueueFilter
	Narrow string // the filter as part of an address
	States []stateLink
	All    int
	Items  []item
	Next   string
	Mine   []language // that the person reads
	Moves  []curate.Move
	Done   *done
}

type stateLink struct {
	State   greyshelf.State
	N       int
	Link    string
	Current bool
}

type language struct {
	Tag, Link string
	N         int
	Current   bool
}

type item struct {
	site.Brief
	Link   string
	Doubts int // fields to look at
	Like   *identify.Found
}

// newItem says of a report that waits how much there is to look at, and what it
// may be to another.
func newItem(v *site.Visit, r greyshelf.Report, query string) (item, error) {
	var seen reviewView
	if err := seen.fill(v, r, nil); err != nil {
		return item{}, err
	}
	one := item{Brief: v.Brief(r), Link: v.Link("/queue/", r.ID, "?", query), Doubts: seen.Doubts}
	found, err := v.Matches(r)
	if i := slices.IndexFunc(found, func(f identify.Found) bool { return f.Verdict.Near() }); i >= 0 {
		one.Like = &found[i]
	}
	return one, err
}

// mine gives the part of the queue in each language that the person reads.
func mine(v *site.Visit, filter catalog.QueueFilter) ([]language, error) {
	if v.People == nil || v.Editor().Person == "" {
		return nil, nil
	}
	person, err := v.People.Person(v.R.Context(), v.Editor().Person)
	if err != nil {
		return nil, err
	}
	var all []language
	for _, tag := range person.Languages {
		with := filter
		with.Language = tag
		counts, err := v.Catalog.CountWaiting(v.R.Context(), with)
		if err != nil {
			return nil, err
		}
		one := language{Tag: tag, Link: v.Link("/queue?", narrow(with).Encode()), Current: filter.Language == tag}
		for _, n := range counts {
			one.N += n
		}
		all = append(all, one)
	}
	return all, nil
}

// done is what was done last, to be said and undone.
type done struct {
	Decision string
	Move     curate.Move // "" for an undo
	N        int
}

// filterOf reads a filter out of an address or a form.
func filterOf(form url.Values) catalog.QueueFilter {
	return catalog.QueueFilter{State: greyshelf.State(form.Get("state")), Language: form.Get("language"), Publisher: form.Get("publisher")}
}

// narrow writes a filter as part of an address.
func narrow(f catalog.QueueFilter) url.Values {
	form := url.Values{}
	for name, value := range map[string]string{"state": string(f.State), "language": f.Language, "publisher": f.Publisher} {
		if value != "" {
			form.Set(name, value)
		}
	}
	return form
}

// List answers GET /queue.
func (p *Pages) List(v *site.Visit) error {
	ctx, form := v.R.Context(), v.R.URL.Query()
	filter := filterOf(form)
	counts, err := v.Catalog.CountWaiting(ctx, filter)
	if err != nil {
		return err
	}
	data := listView{Filter: filter, Narrow: narrow(filter).Encode(), Moves: bulkMoves(), Done: doneOf(v, form)}
	if data.Mine, err = mine(v, filter); err != nil {
		return err
	}
	for _, state := range catalog.QueueStates() {
		with := filter
		with.State = state
		data.States = append(data.States, stateLink{state, counts[state], v.Link("/queue?", narrow(with).Encode()), filter.State == state})
		data.All += counts[state]
	}
	filter.After, filter.Limit = form.Get("after"), perPage+1
	ids, err := v.Catalog.Waiting(ctx, filter)
	if err != nil {
		return err
	}
	if len(ids) > perPage {
		ids = ids[:perPage]
		with := narrow(filter)
		with.Set("after", ids[perPage-1])
		data.Next = v.Link("/queue?", with.Encode())
	}
	for r, err := range v.Catalog.Reports(ctx, catalog.Filter{IDs: append([]string{}, ids...)}) {
		if err != nil {
			return err
		}
		one, err := newItem(v, r, data.Narrow)
		if err != nil {
			return err
		}
		data.Items = append(data.Items, one)
	}
	return v.Show(p.list, v.Text.Get("queue.title"), data)
}

// bulkMoves are the moves that can be made of many at once.
func bulkMoves() []curate.Move {
	return []curate.Move{curate.Accept, curate.AcceptFirst, curate.SendOn, curate.Refuse, curate.Hold, curate.Archive, curate.TakeBack}
}

func doneOf(v *site.Visit, form url.Values) *done {
	id := form.Get("done")
	if id == "" {
		return nil
	}
	d, err := v.Catalog.Decision(v.R.Context(), id)
	if err != nil {
		return nil // it is not said what cannot be found
	}
	reports := map[string]bool{}
	for _, c := range d.Changes {
		reports[c.Report] = true
	}
	said := &done{Decision: d.ID, N: len(reports), Move: curate.Move(form.Get("move"))}
	if !slices.Contains(curate.Moves(), said.Move) {
		said.Move = "save"
	}
	if d.Undoes != "" {
		said.Move = ""
	}
	return said
}

type previewView struct {
	curate.Moving
	Narrow  string
	Steps   []step
	Movable int
	Problem string
}

type step struct {
	site.Brief
	To      greyshelf.State
	Problem string
}

// Bulk answers POST /queue: shows what a move would do to the reports that were
// ticked, and does it when that was seen.
func (p *Pages) Bulk(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	ids := form["id"]
	slices.Sort(ids)
	ids = slices.Compact(ids)
	m := movingOf(form)
	data := previewView{Moving: m, Narrow: form.Get("narrow")}
	if form.Get("do") == "move" {
		_, decision, err := v.Library.Desk.MoveAll(v.R.Context(), v.Editor().Name, ids, m)
		if err == nil {
			v.WasChanged()
			with := values(data.Narrow)
			with.Set("done", decision.ID)
			with.Set("move", string(m.Move))
			return v.Redirect(http.StatusSeeOther, v.Link("/queue?", with.Encode()))
		}
		if kind := greyshelf.KindOf(err); kind != greyshelf.Invalid && kind != greyshelf.Conflict {
			return err
		}
		data.Problem = greyshelf.ReasonOf(err)
	}
	steps, err := v.Library.Desk.PlanMove(v.R.Context(), ids, m)
	if err != nil {
		return err
	}
	for _, s := range steps {
		data.Steps = append(data.Steps, step{v.Brief(s.Before), s.After.State, s.Problem})
		if s.Problem == "" {
			data.Movable++
		}
	}
	return v.Show(p.preview, v.Text.Get("queue.preview"), data)
}

func movingOf(form url.Values) curate.Moving {
	return curate.Moving{Move: curate.Move(form.Get("move")), Reason: form.Get("reason"), Until: form.Get("until"), Public: form.Get("public")}
}

// values reads part of an address; nothing where it is none.
func values(query string) url.Values {
	form, err := url.ParseQuery(query)
	if err != nil {
		return url.Values{}
	}
	return form
}

// Undo answers POST /queue/undo: takes a decision back and goes to the report
// that it was about, or to the queue.
func (p *Pages) Undo(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	past, err := v.Catalog.Decision(v.R.Context(), form.Get("decision"))
	if err != nil {
		return err
	}
	undone, err := v.Library.Desk.Undo(v.R.Context(), v.Editor().Name, past.ID, "")
	if err != nil {
		return err
	}
	v.WasChanged()
	with := values(form.Get("narrow"))
	with.Set("done", undone.ID)
	to := "/queue?"
	if len(past.Changes) > 0 && !slices.ContainsFunc(past.Changes, func(c greyshelf.Change) bool { return c.Report != past.Changes[0].Report }) {
		to = "/queue/" + past.Changes[0].Report + "?"
	}
	return v.Redirect(http.StatusSeeOther, v.Link(to, with.Encode()))
}
