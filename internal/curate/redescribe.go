package curate

import (
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Redescription is what a newer description of a report's file would change.
type Redescription struct {
	Report  string
	Changes []Redescribed // in the order of the report's fields
	Kept    []Origin      // fields that would differ, but whose value a describer did not give
	After   greyshelf.Report
}

// Redescribed is a field that would change, with the findings behind the new
// value; none where the value would go.
type Redescribed struct {
	greyshelf.Change
	Findings []greyshelf.Finding
}

// Redescribe compares a report with what a newer description says of its file.
// It is a pure function. decisions are those on the report, newest first, and sets its
// findings, oldest first. A field changes only
// if a describer gave its value and nobody decided since, or if it is empty
// and nobody emptied it; a value that an undo brought back is kept too.
// Editions, files and state are never touched. Errors: Invalid.
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
	plan.After, err = catalog.Apply(r, changes)
	return plan, err
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
