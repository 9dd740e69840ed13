package digests

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// mostAsked is how many new reports the page asks the rules for.
const mostAsked = 200

// emptyRows is how many rows for new rules the form has.
const emptyRows = 2

type rulesView struct {
	Rules   []ruleRow
	Rest    []site.Brief // new reports that no rule takes
	Since   digest.Issue // the issue that was sent last
	New     int          // reports since then
	Left    int          // of these, older ones that no rule was asked for
	Old     int          // the revision
	Problem string
}

type ruleRow struct {
	digest.Rule
	N     int          // from 1
	Takes []site.Brief // of what is new
	Empty bool         // for a new rule
	Last  bool         // of those that are there
}

// Rules answers GET /digests/rules: what every issue is to have.
func (p *Pages) Rules(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	rules, err := v.Digest.Rules(v.R.Context())
	if err != nil {
		return err
	}
	return p.showRules(v, http.StatusOK, rules, "")
}

func (p *Pages) showRules(v *site.Visit, status int, rules digest.Rules, problem string) error {
	ctx := v.R.Context()
	view := rulesView{Old: rules.Revision, Problem: problem}
	var err error
	if view.Since, err = v.Digest.Latest(ctx); err != nil {
		return err
	}
	picked := digest.Picked{Rules: make([][]greyshelf.Report, len(rules.All))}
	if problem == "" {
		if picked, err = v.Digest.Pick(ctx, digest.Issue{Since: view.Since.SentAt}, rules, mostAsked, finds(v)); err != nil {
			return err
		}
	}
	for n, rule := range rules.All {
		row := ruleRow{Rule: rule, N: n + 1, Last: n+1 == len(rules.All)}
		for _, r := range picked.Rules[n] {
			row.Takes = append(row.Takes, v.Brief(r))
		}
		view.New += len(row.Takes)
		view.Rules = append(view.Rules, row)
	}
	for _, r := range picked.Rest {
		view.Rest = append(view.Rest, v.Brief(r))
	}
	view.Left = picked.Left
	view.New += len(view.Rest) + view.Left
	for range emptyRows {
		view.Rules = append(view.Rules, ruleRow{N: len(view.Rules) + 1, Empty: true})
	}
	return v.ShowStatus(status, p.rules, v.Text.Get("digest.rules"), view)
}

// finds asks the search as everybody may.
func finds(v *site.Visit) digest.Find {
	return func(ctx context.Context, query, report string) (bool, error) {
		answer, err := v.Search.Search(ctx, search.Ask{Text: query, Only: report, Reader: rights.Reader{}, Grouped: true, Bare: true, PerReport: 1, Limit: 1})
		return len(answer.Hits) > 0, err
	}
}

// ChangeRules answers POST /digests/rules: keeps the rows as the form has them,
// one of them moved or removed where its button says so.
func (p *Pages) ChangeRules(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	rules := digest.Rules{}
	rules.Revision, _ = strconv.Atoi(form.Get("revision"))
	for n, query := range form["query"] {
		rule := digest.Rule{Query: query}
		if n < len(form["heading"]) {
			rule.Heading = form["heading"][n]
		}
		rules.All = append(rules.All, rule)
	}
	do, at, _ := strings.Cut(form.Get("do"), ":")
	if n, err := strconv.Atoi(at); err == nil && n >= 1 && n <= len(rules.All) {
		switch {
		case do == "remove":
			rules.All = slices.Delete(rules.All, n-1, n)
		case do == "up" && n > 1:
			rules.All[n-1], rules.All[n-2] = rules.All[n-2], rules.All[n-1]
		}
	}
	_, err = v.Digest.PutRules(v.R.Context(), v.Editor(), rules)
	if kind := greyshelf.KindOf(err); kind == greyshelf.Invalid || kind == greyshelf.Conflict {
		return p.showRules(v, kind.HTTPStatus(), rules, reason(err))
	}
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/digests/rules"))
}
