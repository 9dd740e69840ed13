package history

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Sizes of the log.
const (
	logPage     = 50  // decisions on a page
	mostNamed   = 3   // reports of a decision that a line names
	mostPlanned = 200 // reports of a decision that its page shows
)

type logView struct {
	Lines    []line
	Who, Day string
	Method   greyshelf.Method
	Methods  []greyshelf.Method
	People   []string
	Older    string // address of the next page; "" on the last
	Filtered bool
	Audit    bool // the reader may have the whole of it
}

// line is a decision in the log.
type line struct {
	Decision
	Reports []named
	More    int // further reports
	Fields  []string
	Records []named
}

// named is a report or a record with its address; "" where it has none.
type named struct{ Title, Link string }

// Log answers GET /decisions: what was decided in the library, newest first,
// by person (who), kind (method) and day.
func (p *Page) Log(v *site.Visit) error {
	asked := v.R.URL.Query()
	f := catalog.LogFilter{Who: asked.Get("who"), Method: greyshelf.Method(asked.Get("method")), Limit: logPage + 1}
	if day, err := time.Parse(time.DateOnly, asked.Get("day")); err == nil {
		f.From, f.Until = day, day.AddDate(0, 0, 1)
	} else if asked.Get("day") != "" {
		return greyshelf.Errorf(greyshelf.Invalid, "read decisions", "", "“%s” is not a day; write 2026-04-22", asked.Get("day"))
	}
	f.Before, _ = strconv.ParseInt(asked.Get("before"), 10, 64) // none is the newest page
	found, err := v.Catalog.Log(v.R.Context(), f)
	if err != nil {
		return err
	}
	data := logView{
		Who: f.Who, Day: asked.Get("day"), Method: f.Method, Filtered: f.Who != "" || f.Method != "" || !f.From.IsZero(), Audit: v.MayAdminister(),
		Methods: []greyshelf.Method{greyshelf.ByAdd, greyshelf.ByRedescribe, greyshelf.ByImport, greyshelf.ByPerson, greyshelf.ByRule, greyshelf.ByUndo},
	}
	if len(found) > logPage {
		found = found[:logPage]
		next := url.Values{"before": {strconv.FormatInt(found[logPage-1].Seq, 10)}}
		for _, name := range []string{"who", "method", "day"} {
			if asked.Get(name) != "" {
				next.Set(name, asked.Get(name))
			}
		}
		data.Older = v.Link("/decisions?", next.Encode())
	}
	for _, d := range found {
		data.Lines = append(data.Lines, newLine(v, d))
	}
	if v.People != nil {
		persons, err := v.People.People(v.R.Context())
		if err != nil {
			return err
		}
		for _, person := range persons {
			data.People = append(data.People, person.Name)
		}
	}
	return v.Show(p.log, v.Text.Get("decisions.title"), data)
}

func newLine(v *site.Visit, d greyshelf.Decision) line {
	out := line{Decision: Decision{ID: d.ID, Who: d.Who, Method: string(d.Method), Reason: d.Reason, Undoes: d.Undoes, Seq: d.Seq, At: d.At}}
	var seen []string
	for _, c := range d.Changes {
		if !slices.Contains(out.Fields, c.Field) && c.Field != "entry" {
			out.Fields = append(out.Fields, c.Field)
		}
		if slices.Contains(seen, c.Report) {
			continue
		}
		seen = append(seen, c.Report)
		if len(out.Reports) < mostNamed {
			out.Reports = append(out.Reports, name(v, c.Report))
		}
	}
	out.More = len(seen) - len(out.Reports)
	for _, c := range d.Records {
		one := named{Title: c.Kind}
		if c.Kind == authority.Kind {
			one.Link = v.Link("/a/", c.ID)
		}
		if len(out.Records) < mostNamed && !slices.Contains(out.Records, one) {
			out.Records = append(out.Records, one)
		}
	}
	return out
}

// name gives the title and address of a report.
func name(v *site.Visit, id string) named {
	r, err := v.Catalog.Report(v.R.Context(), id)
	if err != nil {
		return named{Title: id}
	}
	return named{v.TitleOf(r), v.Link("/r/", id, "/history")}
}

type decisionView struct {
	line
	Plan    []planned
	Rest    int    // reports of which nothing is shown
	Open    bool   // something of it was changed again since
	Whole   bool   // it can be undone as a whole only
	Why     string // why it cannot be undone; "" when it can
	Source  *greyshelf.Source
	Changed int // reports that an undo would change
}

// planned is what undoing a decision would do to a report.
type planned struct {
	named
	Changes []Change
	Later   []later
}

// later is a field that was changed again.
type later struct {
	Field, Decision, Who string
	At                   time.Time
}

// Decision answers GET /decisions/ID: one decision, and what undoing it would
// change now.
func (p *Page) Decision(v *site.Visit) error {
	d, err := v.Catalog.Decision(v.R.Context(), v.R.PathValue("decision"))
	if err != nil {
		return err
	}
	data := decisionView{line: newLine(v, d), Source: d.Source}
	plan, err := v.Library.Desk.PlanUndo(v.R.Context(), d.ID)
	switch kind := greyshelf.KindOf(err); {
	case kind == greyshelf.Conflict || kind == greyshelf.Invalid:
		data.Why = greyshelf.ReasonOf(err)
		for _, c := range d.Changes {
			plan.Reports = addChange(plan.Reports, c)
		}
	case err != nil:
		return err
	}
	data.Open, data.Whole = plan.Open(), plan.Whole
	for _, r := range plan.Reports {
		if len(r.Changes) > 0 {
			data.Changed++
		}
		if len(data.Plan) < mostPlanned {
			data.Plan = append(data.Plan, newPlanned(v, r))
		}
	}
	data.Rest = len(plan.Reports) - len(data.Plan)
	return v.Show(p.decision, v.Text.Get("decision.title"), data)
}

// addChange puts a change to those of its report.
func addChange(all []curate.UndoneReport, c greyshelf.Change) []curate.UndoneReport {
	if n := len(all); n > 0 && all[n-1].Report.ID == c.Report {
		all[n-1].Changes = append(all[n-1].Changes, c)
		return all
	}
	return append(all, curate.UndoneReport{Report: greyshelf.Report{ID: c.Report}, Changes: []greyshelf.Change{c}})
}

func newPlanned(v *site.Visit, r curate.UndoneReport) planned {
	out := planned{named: name(v, r.Report.ID)}
	for _, c := range r.Changes {
		if c.Field != "entry" {
			out.Changes = append(out.Changes, NewChange(c))
		}
	}
	for _, o := range r.Later {
		out.Later = append(out.Later, later{o.Field, o.By.ID, o.By.Who, o.By.At})
	}
	return out
}

// UndoDecision answers POST /decisions/ID/undo: all of it, or with rest=1 what
// nobody changed again since.
func (p *Page) UndoDecision(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	undo := v.Library.Desk.Undo
	if form.Get("rest") != "" {
		undo = v.Library.Desk.UndoRest
	}
	made, err := undo(v.R.Context(), v.Editor().Name, v.R.PathValue("decision"), form.Get("reason"))
	if err != nil {
		return err
	}
	v.WasChanged()
	return v.Redirect(http.StatusSeeOther, v.Link("/decisions/", made.ID))
}
