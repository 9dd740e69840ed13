// Package rules is where the desk says what it does again and again with
// reports of a kind, and tries that on the last hundred before it counts.
//
// It stands in the web beside the other pages. Rules are kept, tried and
// applied by curate; a rule works on reports as they come in only.
package rules

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed *.html rules.css
var files embed.FS

// Files gives the templates and style of the pages.
func Files() fs.FS { return files }

// Pages is the list of rules and the form of one.
type Pages struct{ list, one *site.Template }

// New makes the pages.
func New(s *site.Site) (*Pages, error) {
	list, err1 := s.Template(files, "rules.html")
	one, err2 := s.Template(files, "rule.html")
	return &Pages{list, one}, errors.Join(err1, err2)
}

type listView struct {
	Rules []curate.Rule
	Done  string // decision that was made last, to be undone
}

// List answers GET /rules.
func (p *Pages) List(v *site.Visit) error {
	all, err := v.Library.Desk.Rules(v.R.Context())
	if err != nil {
		return err
	}
	return v.Show(p.list, v.Text.Get("rules.title"), listView{all, v.R.URL.Query().Get("done")})
}

type oneView struct {
	Rule     curate.Rule
	Headings string
	Moves    []curate.Move
	Tried    bool
	Trials   []trial
	Looked   int
	Problem  string
}

type trial struct {
	site.Brief
	Fields []string // what the rule would have changed
}

// mostTried is on how many of the last reports a rule is tried.
const mostTried = 100

// One answers GET /rules/{rule}; "new" is a new one.
func (p *Pages) One(v *site.Visit) error {
	rule, err := p.rule(v)
	if err != nil {
		return err
	}
	return p.show(v, http.StatusOK, oneView{Rule: rule})
}

func (p *Pages) rule(v *site.Visit) (curate.Rule, error) {
	id := v.R.PathValue("rule")
	if id == "new" {
		return curate.Rule{}, nil
	}
	return v.Library.Desk.Rule(v.R.Context(), id)
}

func (p *Pages) show(v *site.Visit, status int, data oneView) error {
	data.Headings, data.Moves, data.Looked = strings.Join(data.Rule.Then.Headings, "\n"), curate.RuleMoves(), mostTried
	return v.ShowStatus(status, p.one, v.Text.Get("rules.one"), data)
}

// Change answers POST /rules/{rule}: tries, keeps or removes it, by the value
// of do.
func (p *Pages) Change(v *site.Visit) error {
	rule, err := p.rule(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	ctx, who := v.R.Context(), v.Editor().Name
	var made greyshelf.Decision
	data := oneView{Rule: read(rule, form)}
	switch form.Get("do") {
	case "drop":
		made, err = v.Library.Desk.DropRule(ctx, who, rule.ID, "")
	case "try":
		var trials []curate.Trial
		if trials, err = v.Library.Desk.TryRule(ctx, data.Rule, mostTried); err == nil {
			data.Tried = true
			for _, t := range trials {
				data.Trials = append(data.Trials, newTrial(v, t))
			}
			return p.show(v, http.StatusOK, data)
		}
	default:
		_, made, err = v.Library.Desk.PutRule(ctx, who, data.Rule, "")
	}
	switch kind := greyshelf.KindOf(err); kind {
	case "":
		return v.Redirect(http.StatusSeeOther, v.Link("/rules?done=", made.ID))
	case greyshelf.Invalid, greyshelf.Conflict, greyshelf.TooLarge:
		data.Problem = greyshelf.ReasonOf(err)
		return p.show(v, kind.HTTPStatus(), data)
	}
	return err
}

func newTrial(v *site.Visit, t curate.Trial) trial {
	out := trial{Brief: v.Brief(t.Report)}
	for _, c := range t.Changes {
		out.Fields = append(out.Fields, c.Field)
	}
	return out
}

// read reads the form of a rule.
func read(rule curate.Rule, form url.Values) curate.Rule {
	rule.Name, rule.Off = form.Get("name"), form.Get("on") == ""
	rule.When = curate.When{
		Publisher: form.Get("publisher"), Language: form.Get("language"), Type: form.Get("type"), Title: form.Get("title"),
		Rights: greyshelf.RightsCode(strings.TrimSpace(form.Get("rights"))), Source: form.Get("source"),
	}
	rule.Then = curate.Then{
		Headings: strings.Split(form.Get("headings"), "\n"), Sensitivity: form.Get("sensitivity"), RequestedBy: form.Get("requested_by"),
		Move: curate.Move(form.Get("move")), Reason: form.Get("reason"),
	}
	return rule
}

// Undo answers POST /rules/undo: takes a change of a rule back.
func (p *Pages) Undo(v *site.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	undone, err := v.Library.Desk.Undo(v.R.Context(), v.Editor().Name, form.Get("decision"), "")
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/rules?done=", undone.ID))
}
