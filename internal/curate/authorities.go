package curate

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

const (
	opMergeAuthorities = "merge authorities"
	opSplitAuthority   = "split an authority"
)

// PutAuthority keeps a new authority (revision 0; it gets an identifier where
// it has none) or a changed one. revision is that of the form the person saw.
// Errors: Invalid with what is wrong, Conflict, Exists, NotFound.
func (d *Desk) PutAuthority(ctx context.Context, who string, a greyshelf.Authority, revision int, reason string) (greyshelf.Authority, greyshelf.Decision, error) {
	a, err := authority.Tidy(a)
	if err != nil {
		return a, greyshelf.Decision{}, err
	}
	if a.ID == "" {
		a.ID = d.NewID()
	}
	if a.MergedInto != "" {
		return a, greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, "keep the authority", a.ID, "it was merged into %s; change that one", a.MergedInto)
	}
	if err := authority.CheckRelations(ctx, d.Catalog, a); err != nil {
		return a, greyshelf.Decision{}, err
	}
	made, err := d.Catalog.Commit(ctx, catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Records: []catalog.Record{authority.Record(a, revision)}})
	return a, made, err
}

// Touched gives the reports that point to the authority, or that name it by
// one of its forms without pointing to another.
func (d *Desk) Touched(ctx context.Context, a greyshelf.Authority) ([]greyshelf.Report, error) {
	return d.touched(ctx, a.ID, a.Type, a.Forms())
}

func (d *Desk) touched(ctx context.Context, id string, of greyshelf.AuthorityType, forms []string) ([]greyshelf.Report, error) {
	p := newPointer(id, of, forms)
	ids, err := authority.Naming(ctx, d.Catalog, id, forms)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var all []greyshelf.Report
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		if r.MergedInto == "" && p.touches(r) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b greyshelf.Report) int { return a.Created.Compare(b.Created) })
	return all, nil
}

// pointer finds what in a report points to an authority.
type pointer struct {
	id    string
	of    greyshelf.AuthorityType
	forms map[string]bool // folded
}

func newPointer(id string, of greyshelf.AuthorityType, forms []string) pointer {
	p := pointer{id, of, map[string]bool{}}
	for _, form := range forms {
		p.forms[authority.Fold(form)] = true
	}
	return p
}

func (p pointer) is(linked, name string) bool {
	return linked == p.id && p.id != "" || linked == "" && p.forms[authority.Fold(name)]
}

// agent reports whether an agent is the one that the authority is of. A
// subject is never an agent, and a person no body.
func (p pointer) agent(a greyshelf.Agent) bool {
	return p.of != greyshelf.AuthorityConcept && (p.of == greyshelf.AuthorityPerson) == (a.Kind == greyshelf.Person) && p.is(a.Authority, a.Name)
}

func (p pointer) touches(r greyshelf.Report) bool {
	return slices.ContainsFunc(r.Agents, func(c greyshelf.Contribution) bool { return p.agent(c.Agent) }) ||
		slices.ContainsFunc(r.Headings, func(h greyshelf.Heading) bool { return p.is(h.Authority, h.Label) })
}

// repoint makes the report point to another authority. Agents keep their name
// as printed; a heading gets the preferred form in its language.
func (p pointer) repoint(r greyshelf.Report, to greyshelf.Authority) greyshelf.Report {
	r.Agents, r.Headings = slices.Clone(r.Agents), slices.Clone(r.Headings)
	for i := range r.Agents {
		if p.agent(r.Agents[i].Agent) {
			r.Agents[i].Authority = to.ID
		}
	}
	for i, h := range r.Headings {
		if p.is(h.Authority, h.Label) {
			r.Headings[i] = greyshelf.Heading{Label: to.LabelIn(h.Language), Language: h.Language, Authority: to.ID}
		}
	}
	r.Headings = unique(r.Headings)
	return r
}

// unique drops headings that a merge made the same.
func unique(all []greyshelf.Heading) []greyshelf.Heading {
	var once []greyshelf.Heading
	for _, h := range all {
		if !slices.Contains(once, h) {
			once = append(once, h)
		}
	}
	return once
}

// MergeAuthorities makes one authority of two by one decision: into takes over
// the forms, links and relations of id, whose address leads there from now on,
// and what pointed to id points to into: other authorities, and the reports
// named (nil = every one of [Desk.Touched]). Undo brings all back. Errors:
// NotFound; Invalid with itself, for different sorts of things, when a circle
// would be made; Conflict when one was merged already or changed meanwhile.
func (d *Desk) MergeAuthorities(ctx context.Context, who, id, into string, reports []string, reason string) (greyshelf.Decision, error) {
	from, fromRevision, to, toRevision, err := d.mergeableAuthorities(ctx, id, into)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason)}
	merged := authority.Join(to, from)
	if merged, err = authority.Tidy(merged); err != nil {
		return greyshelf.Decision{}, err
	}
	if err := authority.CheckMerge(ctx, d.Catalog, merged, from.ID); err != nil {
		return greyshelf.Decision{}, err
	}
	gone := greyshelf.Authority{ID: from.ID, Type: from.Type, Label: from.Label, Language: from.Language, MergedInto: to.ID}
	c.Records = []catalog.Record{authority.Record(merged, toRevision), authority.Record(gone, fromRevision)}
	others, err := d.repointRecords(ctx, from.ID, to.ID)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	c.Records = append(c.Records, others...)
	if c.Reports, err = d.repointed(ctx, newPointer(from.ID, from.Type, from.Forms()), from, merged, reports); err != nil {
		return greyshelf.Decision{}, err
	}
	return d.Catalog.Commit(ctx, c)
}

func (d *Desk) mergeableAuthorities(ctx context.Context, id, into string) (from greyshelf.Authority, fromRevision int, to greyshelf.Authority, toRevision int, err error) {
	if from, fromRevision, err = authority.Get(ctx, d.Catalog, id); err == nil {
		to, toRevision, err = authority.Get(ctx, d.Catalog, into)
	}
	if err != nil {
		return
	}
	concept := func(a greyshelf.Authority) bool { return a.Type == greyshelf.AuthorityConcept }
	person := func(a greyshelf.Authority) bool { return a.Type == greyshelf.AuthorityPerson }
	switch {
	case id == into:
		err = greyshelf.Errorf(greyshelf.Invalid, opMergeAuthorities, id, "an authority cannot be merged with itself")
	case from.MergedInto != "":
		err = greyshelf.Errorf(greyshelf.Conflict, opMergeAuthorities, id, "it was merged into %s already; undo that first", from.MergedInto)
	case to.MergedInto != "":
		err = greyshelf.Errorf(greyshelf.Conflict, opMergeAuthorities, id, "%s was merged into %s; merge into that one", into, to.MergedInto)
	case concept(from) != concept(to) || person(from) != person(to):
		err = greyshelf.Errorf(greyshelf.Invalid, opMergeAuthorities, id, "a %s cannot be merged into a %s", from.Type, to.Type)
	}
	return
}

// repointRecords gives the authorities that point to one record, pointing to
// another; the other itself is not among them.
func (d *Desk) repointRecords(ctx context.Context, from, to string) ([]catalog.Record, error) {
	changed := map[string]bool{to: true, from: true}
	var all []catalog.Record
	for _, relation := range []authority.Relation{authority.Parent, authority.Earlier, authority.Broader, authority.Related, authority.Merged} {
		pointing, err := authority.Pointing(ctx, d.Catalog, relation, from)
		if err != nil {
			return nil, err
		}
		for _, a := range pointing {
			if changed[a.ID] {
				continue
			}
			changed[a.ID] = true
			_, revision, err := authority.Get(ctx, d.Catalog, a.ID)
			if err != nil {
				return nil, err
			}
			all = append(all, authority.Record(authority.Repoint(a, from, to), revision))
		}
	}
	return all, nil
}

// repointed gives the touched reports, or those of them that were chosen,
// pointing to another authority.
func (d *Desk) repointed(ctx context.Context, p pointer, from, to greyshelf.Authority, chosen []string) ([]greyshelf.Report, error) {
	touched, err := d.touched(ctx, p.id, p.of, slices.Collect(keys(p.forms)))
	if err != nil {
		return nil, err
	}
	var all []greyshelf.Report
	for _, r := range touched {
		if chosen == nil || slices.Contains(chosen, r.ID) {
			all = append(all, p.repoint(r, to))
		}
	}
	return all, nil
}

func keys(set map[string]bool) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range set {
			if !yield(key) {
				return
			}
		}
	}
}

// SplitAuthority makes a record of its own of a variant that is the name of
// something else: the new one has that name, the old one has it no longer, and
// the reports named (nil = all that name it so) point to the new one. Errors:
// NotFound; Invalid when it is no variant of the record; Conflict.
func (d *Desk) SplitAuthority(ctx context.Context, who, id, variant string, reports []string, reason string) (greyshelf.Authority, greyshelf.Decision, error) {
	old, revision, err := authority.Get(ctx, d.Catalog, id)
	if err != nil {
		return greyshelf.Authority{}, greyshelf.Decision{}, err
	}
	rest, ok := authority.Without(old, variant)
	if !ok || old.MergedInto != "" {
		return greyshelf.Authority{}, greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, opSplitAuthority, id, "“%.100s” is no variant of it", variant)
	}
	apart, err := authority.Tidy(greyshelf.Authority{ID: d.NewID(), Type: old.Type, Label: variant, Language: old.Language})
	if err != nil {
		return apart, greyshelf.Decision{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, reason), Records: []catalog.Record{authority.Record(rest, revision), authority.Record(apart, 0)}}
	touched, err := d.touched(ctx, id, old.Type, []string{variant})
	if err != nil {
		return apart, greyshelf.Decision{}, err
	}
	p := newPointer("", old.Type, []string{variant})
	for _, r := range touched {
		if reports == nil || slices.Contains(reports, r.ID) {
			c.Reports = append(c.Reports, p.repoint(unlinked(r, id, p.forms), apart))
		}
	}
	made, err := d.Catalog.Commit(ctx, c)
	return apart, made, err
}

// unlinked takes the link to an authority from what has one of the names.
func unlinked(r greyshelf.Report, id string, forms map[string]bool) greyshelf.Report {
	r.Agents, r.Headings = slices.Clone(r.Agents), slices.Clone(r.Headings)
	for i, c := range r.Agents {
		if c.Authority == id && forms[authority.Fold(c.Name)] {
			r.Agents[i].Authority = ""
		}
	}
	for i, h := range r.Headings {
		if h.Authority == id && forms[authority.Fold(h.Label)] {
			r.Headings[i].Authority = ""
		}
	}
	return r
}

// ImportAuthorities writes what a plan would do, as one decision. file names
// where it came from. Errors: Invalid when there is nothing to do; Conflict
// when the library changed since the plan was made.
func (d *Desk) ImportAuthorities(ctx context.Context, who, file string, plan authority.Plan) (greyshelf.Decision, error) {
	if len(plan.Records()) == 0 {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Invalid, "import authorities", file, "it brings nothing new")
	}
	decision := d.decision(who, greyshelf.ByImport, file+": "+plan.String())
	return d.Catalog.Commit(ctx, catalog.Commit{Decision: decision, Records: plan.Records()})
}

// Names reports whether a report points to the authority, or names it by one
// of its forms without pointing to another.
func Names(a greyshelf.Authority, r greyshelf.Report) bool {
	return newPointer(a.ID, a.Type, a.Forms()).touches(r)
}
