package curate

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Rule is what a desk does again and again with reports of a kind: "of this
// publisher: this heading, and publish". It works on reports as they come in,
// never on those that are there.
type Rule struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Off  bool   `json:"off,omitempty"` // kept, but not applied
	When When   `json:"when"`
	Then Then   `json:"then"`

	Revision int `json:"-"` // guards against lost updates
}

// When says which reports a rule is for: those to which all of it applies.
// Names are compared without case.
type When struct {
	Publisher string               `json:"publisher,omitempty"`
	Language  string               `json:"language,omitempty"` // BCP 47
	Type      string               `json:"type,omitempty"`
	Title     string               `json:"title,omitempty"` // words that all stand in the title
	Rights    greyshelf.RightsCode `json:"rights,omitempty"`
	Source    string               `json:"source,omitempty"` // how the address or path that a file came from begins
}

// Then says what a rule does.
type Then struct {
	Headings    []string `json:"headings,omitempty"`    // are added
	Sensitivity string   `json:"sensitivity,omitempty"` // is set where there is none
	RequestedBy string   `json:"requested_by,omitempty"`
	Move        Move     `json:"move,omitempty"`   // [Accept], [AcceptFirst], [SendOn] or [Refuse]
	Reason      string   `json:"reason,omitempty"` // of a refusal
}

const (
	ruleKind = "rule"
	opRule   = "keep the rule"
)

// Limits of rules.
const (
	mostRules    = 500
	mostHeadings = 50
	longestWords = 300 // characters of any text of a rule
)

// Matches reports whether the rule is for a report.
func (w When) Matches(r greyshelf.Report) bool {
	same := strings.EqualFold
	source := func(f greyshelf.File) bool { return strings.HasPrefix(f.Source, w.Source) }
	publisher := func(a greyshelf.Agent) bool { return same(a.Name, w.Publisher) }
	title := strings.ToLower(r.FullTitle())
	switch {
	case w.Publisher != "" && !slices.ContainsFunc(r.AgentsWith(greyshelf.Publisher), publisher):
	case w.Language != "" && !slices.ContainsFunc(r.Languages, func(l string) bool { return same(l, w.Language) }):
	case w.Type != "" && !same(r.Type, w.Type):
	case w.Rights != "" && r.Rights.Code != w.Rights:
	case w.Source != "" && !strings.HasPrefix(r.URL, w.Source) && !slices.ContainsFunc(r.Files(), source):
	case slices.ContainsFunc(strings.Fields(strings.ToLower(w.Title)), func(word string) bool { return !strings.Contains(title, word) }):
	default:
		return true
	}
	return false
}

// Apply does to a report what the rule says; matched is false, and the report
// as it was, where the rule is not for it. It is a pure function.
func (u Rule) Apply(r greyshelf.Report) (after greyshelf.Report, matched bool) {
	if u.Off || !u.When.Matches(r) {
		return r, false
	}
	r.Headings = slices.Clone(r.Headings)
	for _, label := range u.Then.Headings {
		if !slices.ContainsFunc(r.Headings, func(h greyshelf.Heading) bool { return strings.EqualFold(h.Label, label) }) {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: label})
		}
	}
	if r.Desk.Sensitivity == "" {
		r.Desk.Sensitivity = u.Then.Sensitivity
	}
	if r.Desk.RequestedBy == "" {
		r.Desk.RequestedBy = u.Then.RequestedBy
	}
	if u.Then.Move != "" {
		if moved, err := (Moving{Move: u.Then.Move, Reason: u.Then.Reason}).Moved(r); err == nil {
			r = moved // else it is already where the rule would send it
		}
	}
	return r, true
}

// Rules gives every rule, by name.
func (d *Desk) Rules(ctx context.Context) ([]Rule, error) {
	var all []Rule
	for record, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: ruleKind}) {
		if err != nil {
			return nil, err
		}
		u, err := ruleOf(record)
		if err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	return all, nil
}

// Rule gives one rule. Errors: NotFound.
func (d *Desk) Rule(ctx context.Context, id string) (Rule, error) {
	record, err := d.Catalog.Record(ctx, ruleKind, id)
	if err != nil {
		return Rule{}, err
	}
	return ruleOf(record)
}

func ruleOf(record catalog.Record) (Rule, error) {
	var u Rule
	if err := json.Unmarshal(record.Data, &u); err != nil {
		return u, greyshelf.E(greyshelf.Internal, "read the rule", record.ID, err)
	}
	u.Revision = record.Revision
	return u, nil
}

// PutRule keeps a new rule (no identifier) or a changed one, by a decision.
// Errors: Invalid with what is wrong, Conflict, TooLarge.
func (d *Desk) PutRule(ctx context.Context, who string, u Rule, reason string) (Rule, greyshelf.Decision, error) {
	if err := u.tidy(); err != nil {
		return u, greyshelf.Decision{}, err
	}
	if u.ID == "" {
		all, err := d.Rules(ctx)
		if err != nil {
			return u, greyshelf.Decision{}, err
		}
		if len(all) >= mostRules {
			return u, greyshelf.Decision{}, greyshelf.Errorf(greyshelf.TooLarge, opRule, u.Name, "there are %d rules already", mostRules)
		}
		u.ID, u.Revision = d.NewID(), 0
	}
	data, _ := json.Marshal(u) // texts and a flag always have a JSON form
	made, err := d.Catalog.Commit(ctx, catalog.Commit{
		Decision: d.decision(who, greyshelf.ByPerson, reason), Records: []catalog.Record{{Kind: ruleKind, ID: u.ID, Data: data, Revision: u.Revision}},
	})
	u.Revision++
	return u, made, err
}

// DropRule removes a rule, by a decision. Errors: NotFound.
func (d *Desk) DropRule(ctx context.Context, who, id, reason string) (greyshelf.Decision, error) {
	record, err := d.Catalog.Record(ctx, ruleKind, id)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Records: []catalog.Record{record.Drop()}})
}

// tidy brings a rule into its form and says what is wrong with it.
func (u *Rule) tidy() error {
	for _, text := range []*string{&u.Name, &u.When.Publisher, &u.When.Language, &u.When.Type, &u.When.Title, &u.When.Source, &u.Then.Sensitivity, &u.Then.RequestedBy, &u.Then.Reason} {
		*text = strings.Join(strings.Fields(strings.ToValidUTF8(*text, "\uFFFD")), " ")
		if len([]rune(*text)) > longestWords {
			return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "a text of the rule is longer than %d characters", longestWords)
		}
	}
	var headings []string
	for _, label := range u.Then.Headings {
		if label = strings.Join(strings.Fields(label), " "); label != "" && !slices.Contains(headings, label) {
			headings = append(headings, label)
		}
	}
	u.Then.Headings = headings
	switch {
	case u.Name == "":
		return greyshelf.Errorf(greyshelf.Invalid, opRule, "", "a rule needs a name")
	case u.When == When{}:
		return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "say for which reports the rule is; one for all of them would be a mistake soon")
	case len(headings) > mostHeadings:
		return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "a rule adds at most %d headings", mostHeadings)
	case len(headings) == 0 && u.Then.Sensitivity == "" && u.Then.RequestedBy == "" && u.Then.Move == "":
		return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "say what the rule does")
	case u.Then.Move != "" && !slices.Contains(RuleMoves(), u.Then.Move):
		return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "a rule can %v", RuleMoves())
	case u.Then.Move == Refuse && u.Then.Reason == "":
		return greyshelf.Errorf(greyshelf.Invalid, opRule, u.Name, "say why it refuses")
	}
	return nil
}

// RuleMoves gives the moves that a rule may make.
func RuleMoves() []Move { return []Move{Accept, AcceptFirst, SendOn, Refuse} }

// Trial is what a rule would have done with one report.
type Trial struct {
	Report  greyshelf.Report
	Changes []greyshelf.Change
}

// TryRule says with which of the last reports (at most so many, newest first)
// the rule would have done something, as they came in: those that are on the
// shelf by now are taken for drafts. Nothing is changed.
func (d *Desk) TryRule(ctx context.Context, u Rule, last int) ([]Trial, error) {
	if err := u.tidy(); err != nil {
		return nil, err
	}
	u.Off = false
	var trials []Trial
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{Newest: true, Limit: last}) {
		if err != nil {
			return nil, err
		}
		if r.MergedInto != "" {
			continue
		}
		r.State, r.Desk.Review, r.EmbargoUntil, r.Tombstone = greyshelf.Draft, false, "", ""
		if after, matched := u.Apply(r); matched {
			trials = append(trials, Trial{r, catalog.Diff(r, after)})
		}
	}
	return trials, nil
}

// ApplyRules lets the rules work on a report that has just come in; what they
// do is one decision, which names them. No identifier when they did nothing.
// Errors: NotFound, Conflict when somebody was quicker.
func (d *Desk) ApplyRules(ctx context.Context, id string) (greyshelf.Decision, error) {
	rules, err := d.Rules(ctx)
	if err != nil || len(rules) == 0 {
		return greyshelf.Decision{}, err
	}
	before, err := d.Catalog.Report(ctx, id)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	after := before
	var names []string
	for _, u := range rules {
		changed, matched := u.Apply(after)
		if matched && len(catalog.Diff(after, changed)) > 0 {
			after, names = changed, append(names, u.Name)
		}
	}
	if len(names) == 0 {
		return greyshelf.Decision{}, nil
	}
	if err := d.link(ctx, before, &after); err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, catalog.Commit{Decision: d.decision("greyshelf", greyshelf.ByRule, strings.Join(names, "; ")), Reports: []greyshelf.Report{after}})
}
