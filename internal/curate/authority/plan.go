package authority

import (
	"context"
	"fmt"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Plan says what an import would do. Nothing is written by making one.
type Plan struct {
	New     []greyshelf.Authority // records that the library does not have
	Changed []Change              // records that it has, with what the file adds
	Same    int                   // records that it has, to which the file adds nothing
	Skipped []Skip                // what was left out and why

	records []catalog.Record
}

// Change is a record before and after an import.
type Change struct {
	Before greyshelf.Authority `json:"before"`
	After  greyshelf.Authority `json:"after"`
}

// Skip is an item of a file that was left out.
type Skip struct {
	Item   int    `json:"item,omitempty"` // from 1, its place in the file; 0 where it has none
	Name   string `json:"name,omitempty"` // as far as it has one
	Reason string `json:"reason"`
}

// Records gives what a decision has to write.
func (p Plan) Records() []catalog.Record { return p.records }

// Relations by names of the file: what an incoming record points to.
type pointers struct{ parent, earlier, broader, related []string }

// Incoming is a record of a file. Keys name it within the file: its identifiers
// ("ror:…", "wikidata:…") or its URI.
type Incoming struct {
	Authority greyshelf.Authority
	ID        string // of the record of a library that the file was written from; empty = not known
	Item      int
	Keys      []string
	points    pointers
}

// planner makes a plan.
type planner struct {
	ctx     context.Context
	records catalog.Records
	newID   func() string
	plan    Plan
	byKey   map[string]string // identifier of the record by key of the file
	after   map[string]*greyshelf.Authority
	before  map[string]greyshelf.Authority // of those that the library has
	at      map[string]int                 // revision
	order   []string
}

// NewPlan finds for each incoming record the one of the library that it is:
// the one with one of its identifiers or its URI; else, for what has names, the
// only one of the same sort with exactly its name and no other identifier of
// the same scheme. Others are new. Errors: those of the catalogue; Invalid when
// broader concepts, parents or earlier names go round in a circle, with the
// record named.
func NewPlan(ctx context.Context, records catalog.Records, incoming []Incoming, newID func() string) (Plan, error) {
	p := &planner{ctx: ctx, records: records, newID: newID, byKey: map[string]string{}, after: map[string]*greyshelf.Authority{}, before: map[string]greyshelf.Authority{}, at: map[string]int{}}
	ids := make([]string, len(incoming))
	for i, in := range incoming {
		tidy, err := Tidy(clone(in.Authority))
		if err != nil {
			p.skip(in, greyshelf.ReasonOf(err))
			continue
		}
		in.Authority = tidy
		if ids[i], err = p.place(in); err != nil {
			return Plan{}, err
		}
	}
	for i, in := range incoming {
		if ids[i] != "" {
			if err := p.point(ids[i], in.points); err != nil {
				return Plan{}, err
			}
		}
	}
	if err := p.circles(); err != nil {
		return Plan{}, err
	}
	return p.finish()
}

func (p *planner) skip(in Incoming, reason string) {
	name := []rune(in.Authority.Label)
	p.plan.Skipped = append(p.plan.Skipped, Skip{in.Item, string(name[:min(len(name), 80)]), reason})
}

// place joins an incoming record with the one that it is.
func (p *planner) place(in Incoming) (string, error) {
	if a, own := p.own(in); own && (a.Type == greyshelf.AuthorityConcept) != (in.Authority.Type == greyshelf.AuthorityConcept) {
		p.skip(in, "it is the record "+a.ID+" of this library, which is a "+string(a.Type))
		return "", nil
	}
	id, err := p.known(in)
	if err != nil {
		return "", err
	}
	a := p.after[id]
	if id == "" {
		if id = in.ID; id == "" || p.after[id] != nil || p.taken(id) {
			id = p.newID()
		}
		fresh := in.Authority
		fresh.ID = id
		p.after[id] = &fresh
		p.order = append(p.order, id)
	} else {
		joined, err := Tidy(Join(*a, in.Authority))
		if err != nil {
			p.skip(in, greyshelf.ReasonOf(err))
			return "", nil
		}
		*a = joined
	}
	for _, key := range in.Keys {
		p.byKey[key] = id
	}
	return id, nil
}

// known gives the record that the incoming one is, read into the plan.
func (p *planner) known(in Incoming) (string, error) {
	for _, key := range in.Keys {
		if id := p.byKey[key]; id != "" {
			return id, nil
		}
	}
	var found []greyshelf.Authority
	if own, ok := p.own(in); ok {
		return own.ID, p.read(own.ID)
	}
	for _, link := range in.Authority.Links {
		some, err := Linked(p.ctx, p.records, link)
		if err != nil {
			return "", err
		}
		found = append(found, some...)
	}
	if len(found) == 0 && in.Authority.URI != "" {
		some, err := WithURI(p.ctx, p.records, in.Authority.URI)
		if err != nil {
			return "", err
		}
		found = some
	}
	if len(found) == 0 && in.Authority.Type != greyshelf.AuthorityConcept {
		some, err := Named(p.ctx, p.records, in.Authority.Label)
		if err != nil {
			return "", err
		}
		some = slices.DeleteFunc(some, func(a greyshelf.Authority) bool {
			return a.Type != in.Authority.Type || differ(a.Links, in.Authority.Links)
		})
		if len(some) == 1 {
			found = some
		}
	}
	if len(found) == 0 || found[0].Type != in.Authority.Type && (found[0].Type == greyshelf.AuthorityConcept || in.Authority.Type == greyshelf.AuthorityConcept) {
		return "", nil
	}
	return found[0].ID, p.read(found[0].ID)
}

// own gives the record of this library that the incoming one was written from:
// one with its identifier that is called so.
func (p *planner) own(in Incoming) (greyshelf.Authority, bool) {
	if in.ID == "" {
		return greyshelf.Authority{}, false
	}
	a, _, err := Get(p.ctx, p.records, in.ID)
	if err != nil || a.MergedInto != "" {
		return a, false
	}
	folded := Fold(in.Authority.Label)
	return a, slices.ContainsFunc(a.Forms(), func(form string) bool { return Fold(form) == folded })
}

// taken reports whether a record of the library has the identifier.
func (p *planner) taken(id string) bool {
	_, err := p.records.Record(p.ctx, Kind, id)
	return greyshelf.KindOf(err) != greyshelf.NotFound
}

// differ reports whether two records have different identifiers of one scheme.
func differ(a, b []greyshelf.Identifier) bool {
	for _, one := range a {
		for _, other := range b {
			if one.Scheme == other.Scheme && one.Value != other.Value {
				return true
			}
		}
	}
	return false
}

func (p *planner) read(id string) error {
	if p.after[id] != nil {
		return nil
	}
	a, revision, err := Get(p.ctx, p.records, id)
	if err != nil {
		return err
	}
	working := clone(a)
	p.before[id], p.after[id], p.at[id] = a, &working, revision
	p.order = append(p.order, id)
	return nil
}

// point resolves what a record of the file points to; what is neither in the
// file nor in the library is left out.
func (p *planner) point(id string, to pointers) error {
	a := p.after[id]
	for keys, into := range map[*[]string]*[]string{&to.earlier: &a.Earlier, &to.broader: &a.Broader, &to.related: &a.Related} {
		for _, key := range *keys {
			if other := p.byKey[key]; other != "" && other != id && !slices.Contains(*into, other) {
				*into = append(*into, other)
			}
		}
	}
	for _, key := range to.parent {
		if other := p.byKey[key]; other != "" && other != id && a.Parent == "" {
			a.Parent = other
		}
	}
	return nil
}

// circles looks whether a record of the plan would stand above itself.
func (p *planner) circles() error {
	const (
		open = 1
		done = 2
	)
	for name, up := range map[string]func(greyshelf.Authority) []string{
		"broader": func(a greyshelf.Authority) []string { return a.Broader },
		"earlier": func(a greyshelf.Authority) []string { return a.Earlier },
		"parent":  func(a greyshelf.Authority) []string { return []string{a.Parent} },
	} {
		state := map[string]int{}
		for _, start := range p.order {
			stack := []string{start}
			for len(stack) > 0 {
				id := stack[len(stack)-1]
				if id == "" || state[id] == done {
					stack = stack[:len(stack)-1]
					continue
				}
				if state[id] == open { // all above it has been walked
					state[id] = done
					stack = stack[:len(stack)-1]
					continue
				}
				state[id] = open
				a, err := p.get(id)
				if err != nil {
					return err
				}
				for _, above := range up(a) {
					if state[above] == open {
						b, _ := p.get(above)
						return greyshelf.Errorf(greyshelf.Invalid, "import authorities", a.URI, "the relation “%s” goes round in a circle between “%s” and “%s”; nothing was imported", name, a.Label, b.Label)
					}
					stack = append(stack, above)
				}
			}
		}
	}
	return nil
}

// get gives a record as it would be. One that is not there is empty.
func (p *planner) get(id string) (greyshelf.Authority, error) {
	if a := p.after[id]; a != nil {
		return *a, nil
	}
	a, _, err := Get(p.ctx, p.records, id)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return greyshelf.Authority{}, nil
	}
	return a, err
}

// finish sorts what was planned.
func (p *planner) finish() (Plan, error) {
	for _, id := range p.order {
		after, err := Tidy(*p.after[id])
		if err != nil {
			return Plan{}, err
		}
		before, had := p.before[id]
		record := Record(after, p.at[id])
		switch {
		case !had:
			p.plan.New = append(p.plan.New, after)
		case string(Record(before, 0).Data) == string(record.Data):
			p.plan.Same++
			continue
		default:
			p.plan.Changed = append(p.plan.Changed, Change{before, after})
		}
		p.plan.records = append(p.plan.records, record)
	}
	return p.plan, nil
}

// String says in a line what the plan would do.
func (p Plan) String() string {
	return fmt.Sprintf("%d new, %d changed, %d as they are, %d left out", len(p.New), len(p.Changed), p.Same, len(p.Skipped))
}
