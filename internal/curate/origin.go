package curate

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Origin says where the present value of a field comes from.
type Origin struct {
	Field    string              `json:"field"`    // JSON name of the field of the report
	Decision string              `json:"decision"` // identifier of the decision that gave the value
	Method   greyshelf.Method    `json:"method"`
	Who      string              `json:"who"`
	At       time.Time           `json:"at"`
	Reason   string              `json:"reason,omitempty"`
	Source   *greyshelf.Source   `json:"source,omitempty"`   // of an imported value
	File     string              `json:"file,omitempty"`     // SHA-256 of the file that the findings are in
	Findings []greyshelf.Finding `json:"findings,omitempty"` // the chosen ones that say the value
	Restored string              `json:"restored,omitempty"` // the undo that brought the value back
}

// Origins gives the origin of every field that has a value, by the field's
// JSON name. decisions are those on the report, newest first, and sets its
// findings, oldest first, as the catalogue gives them. It is a pure function.
func Origins(r greyshelf.Report, decisions []greyshelf.Decision, sets []greyshelf.FindingSet) map[string]Origin {
	origins := map[string]Origin{}
	for _, present := range catalog.Diff(greyshelf.Report{}, r) {
		given, restored, ok := giver(present, decisions)
		if !ok {
			continue
		}
		o := Origin{
			Field: present.Field, Decision: given.ID, Method: given.Method, Who: given.Who, At: given.At, Reason: given.Reason,
			Source: given.Source, Restored: restored,
		}
		if byDescriber(given.Method) {
			o.File, o.Findings = evidence(r, present, sets)
		} else if given.Method == greyshelf.ByPerson {
			o.File, o.Findings = pointedAt(r, present, sets)
		}
		origins[present.Field] = o
	}
	return origins
}

// giver finds the decision that gave a field its present value. An undo only
// brings a value back, so the decision that gave it first is the giver, and
// the undo is named as restored.
func giver(present greyshelf.Change, decisions []greyshelf.Decision) (given greyshelf.Decision, restored string, ok bool) {
	for _, d := range decisions {
		c, touched := changeOf(d, present.Report, present.Field)
		if !touched || !sameValue(c.After, present.After) {
			continue
		}
		if d.Method != greyshelf.ByUndo {
			return d, restored, true
		}
		if !ok {
			given, restored, ok = d, d.ID, true
		}
	}
	return given, restored, ok
}

// evidence gives the chosen findings that still say the field's value, from the
// newest set that says it.
func evidence(r greyshelf.Report, present greyshelf.Change, sets []greyshelf.FindingSet) (file string, findings []greyshelf.Finding) {
	for _, set := range slices.Backward(sets) {
		f, ok := r.File(set.File)
		if !ok {
			continue
		}
		said := FromFindings(f, set.Findings)
		for _, c := range catalog.Diff(greyshelf.Report{}, said) {
			if c.Field == present.Field && sameValue(c.After, present.After) {
				return set.File, findingsOf(present.Field, set.Findings)
			}
		}
	}
	return "", nil
}

// findingsOf gives the chosen findings behind a field of the report.
func findingsOf(field string, all []greyshelf.Finding) []greyshelf.Finding {
	behind := map[string][]greyshelf.Field{
		"agents":      {greyshelf.FieldCreator, greyshelf.FieldPublisher, greyshelf.FieldCommissioning, greyshelf.FieldHosting, greyshelf.FieldAffiliation},
		"identifiers": {greyshelf.FieldReportNumber, greyshelf.FieldIdentifier},
		"languages":   {greyshelf.FieldLanguage},
		"extent":      {greyshelf.FieldPages},

		"parallel_titles": {greyshelf.FieldParallelTitle},
	}
	fields := behind[field]
	if fields == nil {
		fields = []greyshelf.Field{greyshelf.Field(field)}
	}
	var found []greyshelf.Finding
	for _, f := range all {
		if f.Chosen && slices.Contains(fields, f.Field) {
			found = append(found, f)
		}
	}
	return found
}

func sameValue(a, b json.RawMessage) bool { return bytes.Equal(a, b) }
