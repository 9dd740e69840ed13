package digest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// KindRules is the kind of the one record that holds the rules.
const KindRules = "digest-rules"

// rulesID is its identifier.
const rulesID = "all"

const opRules = "change the rules of the digest"

// Rule says of the digest what every issue is to have: what is new and answers
// the query, under the heading.
type Rule struct {
	Heading string `json:"heading,omitempty"` // of a section; "" = none
	Query   string `json:"query"`             // in the query language
}

// Rules are the rules of the digest in the order in which they are asked: a
// report stands under the first one that takes it.
type Rules struct {
	All      []Rule `json:"rules"`
	Revision int    `json:"-"` // guards against lost updates
}

// Find reports whether a query finds a report, as everybody may.
type Find func(ctx context.Context, query, report string) (bool, error)

// mostRules bounds what is asked for every new report.
const mostRules = 50

// Rules gives the rules of the digest.
func (d *Desk) Rules(ctx context.Context) (Rules, error) {
	r, err := d.Catalog.Record(ctx, KindRules, rulesID)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return Rules{}, nil
	}
	if err != nil {
		return Rules{}, err
	}
	var rules Rules
	if err := json.Unmarshal(r.Data, &rules); err != nil {
		return rules, greyshelf.E(greyshelf.Internal, "read the rules of the digest", r.ID, err)
	}
	rules.Revision = r.Revision
	return rules, nil
}

// PutRules keeps the rules by a decision, if they are others than before; those
// without a query go. Errors:
// Invalid, Conflict.
func (d *Desk) PutRules(ctx context.Context, who rights.Reader, rules Rules) (Rules, error) {
	var kept []Rule
	for _, r := range rules.All {
		r.Heading, r.Query = greyshelf.OneLine(r.Heading), greyshelf.OneLine(r.Query)
		if r.Query == "" {
			continue
		}
		if parsed, err := query.Parse(r.Query); err != nil || parsed == nil {
			return rules, greyshelf.Errorf(greyshelf.Invalid, opRules, r.Query, "this asks for nothing, or for too much at a time")
		}
		if tooLong(r.Heading, longestTitle) {
			return rules, greyshelf.Errorf(greyshelf.Invalid, opRules, "", "a heading is longer than %d characters", longestTitle)
		}
		kept = append(kept, r)
	}
	if len(kept) > mostRules {
		return rules, greyshelf.Errorf(greyshelf.Invalid, opRules, "", "there are at most %d rules", mostRules)
	}
	rules.All = kept
	if now, err := d.Rules(ctx); err != nil || now.Revision == rules.Revision && slices.Equal(now.All, kept) {
		return now, err
	}
	data, _ := json.Marshal(rules) // texts always have a JSON form
	_, err := d.Catalog.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: who.Name, Method: greyshelf.ByPerson},
		Records:  []catalog.Record{{Kind: KindRules, ID: rulesID, Data: data, Revision: rules.Revision}},
	})
	if greyshelf.KindOf(err) == greyshelf.Exists { // there were none when the form was made
		err = greyshelf.E(greyshelf.Conflict, opRules, "", err)
	}
	if err == nil {
		rules.Revision++
	}
	return rules, err
}

// Picked is what the rules take of what is new since the last issue.
type Picked struct {
	Rules [][]greyshelf.Report // of each rule, in order of arrival
	Rest  []greyshelf.Report   // that no rule takes
	Left  int                  // new reports, older than these, that no rule was asked for
}

// Pick asks the rules for what became public in the period of the issue, was
// not sent by an earlier one, and is not in this one: the newest reports, at
// most so many.
func (d *Desk) Pick(ctx context.Context, i Issue, rules Rules, most int, find Find) (Picked, error) {
	picked := Picked{Rules: make([][]greyshelf.Report, len(rules.All))}
	fresh, err := d.SinceLast(ctx, i.Since)
	if err != nil {
		return picked, err
	}
	in := i.Reports()
	fresh = slices.DeleteFunc(fresh, func(r greyshelf.Report) bool { return slices.Contains(in, r.ID) })
	picked.Left = max(0, len(fresh)-most)
	for _, r := range fresh[picked.Left:] {
		at, err := first(ctx, rules, r.ID, find)
		if err != nil {
			return picked, err
		}
		if at < 0 {
			picked.Rest = append(picked.Rest, r)
		} else {
			picked.Rules[at] = append(picked.Rules[at], r)
		}
	}
	return picked, nil
}

// first gives the first rule that takes the report; -1 for none.
func first(ctx context.Context, rules Rules, report string, find Find) (int, error) {
	for n, rule := range rules.All {
		if found, err := find(ctx, rule.Query, report); err != nil || found {
			return n, err
		}
	}
	return -1, nil
}

// Fill puts what the rules take at the ends of the sections with their
// headings, which are made where they are missing, and gives how many reports
// that are. Nobody has looked at what it chose: the issue is a draft still.
func (d *Desk) Fill(ctx context.Context, i *Issue, find Find) (int, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return 0, err
	}
	picked, err := d.Pick(ctx, *i, rules, mostItems-len(i.Reports()), find)
	if err != nil {
		return 0, err
	}
	added := 0
	for n, reports := range picked.Rules {
		for _, r := range reports {
			i.under(rules.All[n].Heading, r.ID)
			added++
		}
	}
	return added, nil
}

// under puts a report at the end of the section with the heading.
func (i *Issue) under(heading, report string) {
	at := slices.IndexFunc(i.Sections, func(s Section) bool { return strings.EqualFold(s.Heading, heading) })
	if at < 0 {
		at = len(i.Sections)
		i.Sections = append(i.Sections, Section{Heading: heading})
	}
	i.Sections[at].Items = append(i.Sections[at].Items, Item{Report: report})
}

// Latest gives the issue that was sent last, from which the period of the next
// one begins; the zero Issue before the first.
func (d *Desk) Latest(ctx context.Context) (Issue, error) { return d.last(ctx) }
