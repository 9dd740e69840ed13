package digests

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// mostFound bounds the reports that a search on the page offers.
const mostFound = 50

type composeView struct {
	Issue    digest.Issue
	Sections []section
	Styles   []digest.Style
	Measure  digest.Measure
	Percent  int
	Missing  []site.Brief
	Query    string
	Found    []site.Brief
	TwoPairs bool
	Mail     bool
	Formats  []string
	Problem  string
	Past     []greyshelf.Decision
	Counts   []count
	Trouble  []trouble
}

type section struct {
	N       int
	Heading string
	Items   []item
}

type item struct {
	site.Brief
	Blurb, Abstract string
	Hidden          bool  // nobody but the desk may see it; it will not be sent
	Repeats         []int // issues that have sent it
}

// trouble is a message that the desk should look at.
type trouble struct {
	sending.Sending
	Email string
}

// Compose answers GET /digests/{issue}.
func (p *Pages) Compose(v *site.Visit) error { return p.show(v, http.StatusOK, "") }

func (p *Pages) show(v *site.Visit, status int, problem string) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	ctx := v.R.Context()
	i, err := v.Digest.Issue(ctx, v.R.PathValue("issue"))
	if err != nil {
		return err
	}
	view := composeView{Issue: i, TwoPairs: v.Digest.TwoPairs, Mail: v.Post != nil, Formats: formats(), Problem: problem, Query: strings.TrimSpace(v.R.URL.Query().Get("q"))}
	if view.Styles, err = v.Digest.Styles(ctx); err != nil {
		return err
	}
	if view.Measure, err = v.Digest.Measure(ctx, i); err != nil {
		return err
	}
	view.Percent = int(view.Measure.Coverage()*100 + 0.5)
	for _, r := range view.Measure.Missing {
		view.Missing = append(view.Missing, v.Brief(r))
	}
	if view.Sections, err = sections(v, i, view.Measure.Repeats); err != nil {
		return err
	}
	if view.Past, err = v.Catalog.RecordDecisions(ctx, digest.Kind, i.ID); err != nil {
		return err
	}
	view.Past = view.Past[:min(len(view.Past), 20)]
	if err := view.find(v); err != nil {
		return err
	}
	if err := view.fate(v); err != nil {
		return err
	}
	return v.ShowStatus(status, p.compose, i.Title, view)
}

// find fills in what the search of the page finds.
func (view *composeView) find(v *site.Visit) error {
	if view.Query == "" || !view.Issue.Open() {
		return nil
	}
	reports, err := v.Selection(url.Values{"q": {view.Query}})
	if err != nil {
		return err
	}
	in := view.Issue.Reports()
	for r, err := range reports {
		if err != nil {
			return err
		}
		if !slices.Contains(in, r.ID) {
			view.Found = append(view.Found, v.Brief(r))
		}
		if len(view.Found) == mostFound {
			break
		}
	}
	return nil
}

// fate fills in what became of the messages.
func (view *composeView) fate(v *site.Visit) (err error) {
	if view.Counts, err = counted(v, view.Issue); err != nil || v.Post == nil {
		return err
	}
	all, err := v.Post.Troubled(v.R.Context(), view.Issue.ID)
	if err != nil {
		return err
	}
	view.Trouble = troubles(v, all)
	return nil
}

// sections gives the issue's reports as the page shows them.
func sections(v *site.Visit, i digest.Issue, repeats []digest.Repeat) ([]section, error) {
	reports := map[string]greyshelf.Report{}
	if ids := i.Reports(); len(ids) > 0 {
		for r, err := range v.Catalog.Reports(v.R.Context(), catalog.Filter{IDs: ids}) {
			if err != nil {
				return nil, err
			}
			reports[r.ID] = r
		}
	}
	var all []section
	for n, s := range i.Sections {
		out := section{N: n, Heading: s.Heading}
		for _, it := range s.Items {
			r, there := reports[it.Report]
			shown := item{Brief: site.Brief{ID: it.Report, Title: it.Report}, Blurb: it.Blurb, Hidden: !there || !catalog.Public(r)}
			if there {
				shown.Brief, shown.Abstract = v.Brief(r), r.ListAbstract()
			}
			for _, repeat := range repeats {
				if repeat.Report == it.Report {
					shown.Repeats = append(shown.Repeats, repeat.Number)
				}
			}
			out.Items = append(out.Items, shown)
		}
		all = append(all, out)
	}
	return all, nil
}

// Change answers POST /digests/{issue}: keeps what the form says and then does
// what its button says.
func (p *Pages) Change(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	to, err := p.change(v, v.R.PathValue("issue"), form)
	switch kind := greyshelf.KindOf(err); {
	case kind == "":
		return v.Redirect(http.StatusSeeOther, to)
	case kind == greyshelf.Invalid || kind == greyshelf.Conflict || kind == greyshelf.Forbidden:
		return p.show(v, kind.HTTPStatus(), reason(err))
	}
	return err
}

func (p *Pages) change(v *site.Visit, id string, form url.Values) (to string, err error) {
	ctx, who := v.R.Context(), v.Editor()
	to = v.Link("/digests/", id)
	do, what, _ := strings.Cut(form.Get("do"), ":")
	revision, _ := strconv.Atoi(form.Get("revision"))
	var at time.Time
	switch do {
	case "hold":
		_, err = v.Digest.Hold(ctx, who, id, revision)
	case "approve":
		_, err = v.Digest.Approve(ctx, who, id, revision)
	case "recall":
		_, err = v.Digest.Recall(ctx, who, id, revision)
	case "undo":
		err = v.Digest.Undo(ctx, who, what)
	case "send", "schedule":
		if do == "schedule" {
			if at, err = time.Parse("2006-01-02T15:04", form.Get("at")); err != nil {
				return to, greyshelf.Errorf(greyshelf.Invalid, "schedule the issue", id, "%s", v.Text.Get("digest.time"))
			}
		}
		if _, err = v.Digest.Schedule(ctx, who, id, revision, at); err == nil {
			v.WasChanged()
		}
	case "again", "arrived":
		err = resolve(v, what, do == "again")
	default:
		return to, p.edit(v, id, revision, do, what, form, &to)
	}
	return to, err
}

// edit keeps the form and moves, adds or removes.
func (p *Pages) edit(v *site.Visit, id string, revision int, do, what string, form url.Values, to *string) error {
	ctx := v.R.Context()
	_, err := v.Digest.Change(ctx, v.Editor(), id, revision, func(i *digest.Issue) error {
		filled(i, form)
		switch do {
		case "up":
			i.Move(what, -1)
		case "down":
			i.Move(what, 1)
		case "remove":
			i.Remove(what)
		case "section":
			i.Sections = append(i.Sections, digest.Section{Heading: v.Text.Get("digest.section.new")})
		case "add":
			i.Add(form["id"]...)
		case "headings":
			return v.Digest.Headings(ctx, i)
		case "since", "rules":
			return added(v, i, do)
		}
		return nil
	})
	if (do == "up" || do == "down") && err == nil {
		*to += "#i-" + url.PathEscape(what)
	}
	return err
}

// filled puts the fields of the form into the issue. The order of the reports
// is that of the fields "order": a section's number behind a #, then its
// reports.
func filled(i *digest.Issue, form url.Values) {
	if !form.Has("title") {
		return
	}
	i.Title, i.Date, i.Language, i.Style, i.Intro = form.Get("title"), strings.TrimSpace(form.Get("date")), strings.TrimSpace(form.Get("language")), form.Get("style"), form.Get("intro")
	i.Number, _ = strconv.Atoi(strings.TrimSpace(form.Get("number")))
	i.Groups = nil
	for _, g := range strings.Split(form.Get("groups"), ",") {
		if g = strings.TrimSpace(g); g != "" {
			i.Groups = append(i.Groups, g)
		}
	}
	var order []digest.Section
	for _, name := range form["order"] {
		if n, isSection := strings.CutPrefix(name, "#"); isSection {
			order = append(order, digest.Section{Heading: form.Get("heading." + n)})
			continue
		}
		if len(order) == 0 {
			order = []digest.Section{{}}
		}
		last := &order[len(order)-1]
		last.Items = append(last.Items, digest.Item{Report: name})
	}
	i.Arrange(order)
	for s := range i.Sections {
		for n, it := range i.Sections[s].Items {
			if form.Has("blurb." + it.Report) {
				i.Sections[s].Items[n].Blurb = form.Get("blurb." + it.Report)
			}
		}
	}
}

// reason gives what went wrong, for the page.
func reason(err error) string { return greyshelf.ReasonOf(err) }

type stylesView struct {
	Styles  []digest.Style
	Style   digest.Style // being edited
	Fields  []string
	Problem string
}

// Styles answers GET /digests/styles: the house styles; with id, one of them to
// be changed.
func (p *Pages) Styles(v *site.Visit) error { return p.showStyles(v, http.StatusOK, nil, "") }

func (p *Pages) showStyles(v *site.Visit, status int, edited *digest.Style, problem string) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	all, err := v.Digest.Styles(v.R.Context())
	if err != nil {
		return err
	}
	view := stylesView{Styles: all, Fields: digest.Fields(), Problem: problem}
	if id := v.R.URL.Query().Get("id"); id != "" {
		if view.Style, err = v.Digest.Style(v.R.Context(), id); err != nil {
			return err
		}
	}
	if edited != nil {
		view.Style = *edited
	}
	return v.ShowStatus(status, p.styles, v.Text.Get("digest.styles"), view)
}

// ChangeStyle answers POST /digests/styles.
func (p *Pages) ChangeStyle(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	revision, _ := strconv.Atoi(form.Get("revision"))
	s := digest.Style{ID: form.Get("id"), Name: form.Get("name"), Form: form.Get("form"), Sections: form.Get("sections") != "", Revision: revision}
	if s.ID != "" { // an identifier is given here, never by a form
		if _, err := v.Digest.Style(v.R.Context(), s.ID); err != nil {
			return err
		}
	}
	kept, err := v.Digest.PutStyle(v.R.Context(), v.Editor(), s)
	if kind := greyshelf.KindOf(err); kind == greyshelf.Invalid || kind == greyshelf.Conflict {
		return p.showStyles(v, kind.HTTPStatus(), &s, reason(err))
	}
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/digests/styles?id=", url.QueryEscape(kept.ID)))
}
