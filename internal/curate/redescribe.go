package curate

import (
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Redescription is what a newer description of a report's file would change.
type Redescription struct {
	Report  string
	Changes []Redescribed // in the order of the report's fields
	Kept    []Origin      // fields that would differ, but whose value a describer did not give
	Text    bool          // the file's text was read in another version
	After   greyshelf.Report
}

// Redescribed is a field that would change, with the findings behind the new
// value; none where the value would go.
type Redescribed struct {
	greyshelf.Change
	Findings []greyshelf.Finding `json:"findings,omitempty"`
}

// Redescribe compares a report with what a newer description says of its file.
// It is a pure function. decisions are those on the report, newest first, and sets its
// findings, oldest first. A field changes only
// if a describer gave its value and nobody decided since, or if it is empty
// and nobody emptied it; a value that an undo brought back is kept too.
// State and editions are never touched, but for what the file itself says of
// it: when file was read in another version of its text, that version, its
// facts and its contents take the place of those in the report. Errors: Invalid.
func Redescribe(r greyshelf.Report, file greyshelf.File, findings []greyshelf.Finding, decisions []greyshelf.Decision, sets []greyshelf.FindingSet) (Redescription, error) {
	plan := Redescription{Report: r.ID, After: r}
	said := FromFindings(file, findings)
	said.ID = r.ID
	origins := Origins(r, decisions, sets)
	var changes []greyshelf.Change
	for _, c := range catalog.Diff(r, said) {
		if !slices.Contains(describedFields, c.Field) {
			continue
		}
		if by, free := free(c, origins, decisions); !free {
			plan.Kept = append(plan.Kept, by)
			continue
		}
		plan.Changes = append(plan.Changes, Redescribed{Change: c, Findings: findingsOf(c.Field, findings)})
		changes = append(changes, c)
	}
	var err error
	if plan.After, err = catalog.Apply(r, changes); err == nil {
		plan.Text = readAnew(&plan.After, file)
	}
	return plan, err
}

// Changed reports whether anything would change in the report, if only the
// version of its text.
func (p Redescription) Changed() bool { return len(p.Changes) > 0 || p.Text }

// readAnew puts what a file is read as now into the report, and reports whether
// that is another version of its text.
func readAnew(r *greyshelf.Report, file greyshelf.File) (anew bool) {
	r.Editions = slices.Clone(r.Editions)
	for i := range r.Editions {
		r.Editions[i].Files = slices.Clone(r.Editions[i].Files)
		for j := range r.Editions[i].Files {
			old := &r.Editions[i].Files[j]
			if old.SHA256 == file.SHA256 && old.Text != file.Text {
				old.Text, old.Facts, old.Outline, old.Pages = file.Text, file.Facts, file.Outline, file.Pages
				anew = true
			}
		}
	}
	return anew
}

const opRedescribe = "redescribe"

// Redescribe makes a planned redescription a decision. The new findings are
// kept beside the older ones. Errors: Conflict when the report was changed since
// it was planned, Invalid when nothing would change or a new value breaks a
// rule.
func (d *Desk) Redescribe(ctx context.Context, who string, plan Redescription, set greyshelf.FindingSet) (greyshelf.Decision, error) {
	before, err := d.Catalog.Report(ctx, plan.Report)
	if err != nil {
		return greyshelf.Decision{}, err
	}
	if before.Revision != plan.After.Revision {
		return greyshelf.Decision{}, greyshelf.Errorf(greyshelf.Conflict, opRedescribe, plan.Report, "somebody changed the report in between; run it again")
	}
	if err := valid(&plan.After, catalog.Diff(before, plan.After)); err != nil {
		return greyshelf.Decision{}, err
	}
	set.Report = plan.Report
	return d.Catalog.Commit(ctx, catalog.Commit{
		Decision: d.decision(who, greyshelf.ByRedescribe, set.Method), Reports: []greyshelf.Report{plan.After}, Findings: []greyshelf.FindingSet{set},
	})
}

// describedFields are the fields of a report that a describer may give.
var describedFields = []string{
	"type", "title", "subtitle", "parallel_titles", "agents", "date", "abstract", "identifiers", "languages", "rights", "series", "version",
}

// free reports whether a describer may change the field: it gave the present
// value, or the field is empty and nobody emptied it. Else it gives the origin
// of what is kept.
func free(c greyshelf.Change, origins map[string]Origin, decisions []greyshelf.Decision) (Origin, bool) {
	if o, has := origins[c.Field]; has {
		return o, byDescriber(o.Method) && o.Restored == ""
	}
	for _, d := range decisions { // newest first
		if _, touched := changeOf(d, c.Report, c.Field); touched {
			return Origin{Field: c.Field, Decision: d.ID, Method: d.Method, Who: d.Who, At: d.At, Reason: d.Reason}, byDescriber(d.Method)
		}
	}
	return Origin{}, true
}

// byDescriber reports whether a decision says what a describer found.
func byDescriber(m greyshelf.Method) bool {
	return m == greyshelf.ByAdd || m == greyshelf.ByRedescribe
}
