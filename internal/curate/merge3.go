package curate

import (
	"encoding/json"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Together is what comes of two changes that were made to one state of a
// report, without knowledge of each other.
type Together struct {
	Report     greyshelf.Report // theirs, with all that was changed by me and by nobody else
	Mine       []string         // fields in which it differs from theirs
	Theirs     []string         // fields that they changed
	Collisions []Collision      // fields that both changed, in ways that do not go together; Report has theirs
}

// Collision is a field that two people gave different values, as JSON values
// of that field; null where it is empty.
type Collision struct {
	Field  string          `json:"field"`
	Base   json.RawMessage `json:"base"` // what both had before them
	Mine   json.RawMessage `json:"mine"`
	Theirs json.RawMessage `json:"theirs"`
}

// TakeMine gives what the report becomes when the field gets my value.
func (c Collision) TakeMine(report string) greyshelf.Change {
	return greyshelf.Change{Report: report, Field: c.Field, Before: c.Theirs, After: c.Mine}
}

// MergeEdits puts two changes of one report together: base is the state that
// both began with, theirs the one that was saved meanwhile. A field that only
// one of them changed gets that value. Lists are merged by their members
// (agents, headings, identifiers …), rights and what the desk keeps by their
// parts, where that leaves no doubt. It is a pure function, and gives the same
// whichever of the two came first. Errors: Invalid when a report has no JSON
// form.
func MergeEdits(base, mine, theirs greyshelf.Report) (Together, error) {
	mine.ID, theirs.ID = base.ID, base.ID
	t := Together{Report: theirs}
	byThem := map[string]greyshelf.Change{}
	for _, c := range catalog.Diff(base, theirs) {
		byThem[c.Field] = c
		t.Theirs = append(t.Theirs, c.Field)
	}
	var changes []greyshelf.Change
	for _, c := range catalog.Diff(base, mine) {
		other, both := byThem[c.Field]
		if !both {
			changes = append(changes, c)
			continue
		}
		merged, ok := mergeValue(c.Field, c.Before, c.After, other.After)
		switch {
		case !ok:
			t.Collisions = append(t.Collisions, Collision{Field: c.Field, Base: c.Before, Mine: c.After, Theirs: other.After})
		case string(merged) != string(other.After):
			changes = append(changes, greyshelf.Change{Report: base.ID, Field: c.Field, Before: other.After, After: merged})
		}
	}
	var err error
	t.Report, err = catalog.Apply(theirs, changes)
	for _, c := range catalog.Diff(theirs, t.Report) {
		t.Mine = append(t.Mine, c.Field)
	}
	return t, err
}

// mergeValue puts two new values of a field together; false where they do not
// go together.
func mergeValue(field string, base, mine, theirs json.RawMessage) (json.RawMessage, bool) {
	switch {
	case string(mine) == string(theirs):
		return mine, true
	case parts[field] != nil && !isList(field):
		return mergeParts(parts[field], base, mine, theirs)
	case isList(field):
		return mergeList(field, base, mine, theirs)
	}
	return nil, false
}

// parts are the values within a field, or within a member of a list, that
// stand each for itself: what one person does to one of them does not touch
// another's change of the next. Names on one line belong together.
var parts = map[string][][]string{
	"desk":     {{"review"}, {"sensitivity"}, {"requested_by"}, {"reading"}},
	"rights":   {{"access"}, {"code", "statement", "holder"}},
	"agents":   {{"kind", "name", "family", "given", "authority"}, {"role"}, {"stated"}, {"affiliation"}, {"et_al"}},
	"editions": {{"id"}, {"label"}, {"date"}, {"language"}, {"files"}},
}

// mergeParts merges two JSON objects by the parts that stand for themselves.
func mergeParts(groups [][]string, base, mine, theirs json.RawMessage) (json.RawMessage, bool) {
	was, a, b := object(base), object(mine), object(theirs)
	if was == nil || a == nil || b == nil {
		return nil, false
	}
	merged := map[string]json.RawMessage{}
	for _, keys := range slices.Concat(groups, others(groups, was, a, b)) {
		from := a
		switch {
		case alike(keys, was, a):
			from = b
		case alike(keys, was, b), alike(keys, a, b):
		default:
			return nil, false
		}
		for _, key := range keys {
			if v, ok := from[key]; ok {
				merged[key] = v
			}
		}
	}
	if len(merged) == 0 {
		return json.RawMessage("null"), true
	}
	data, err := json.Marshal(merged)
	return data, err == nil
}

// others gives the keys that no group names, each in a group of its own.
func others(groups [][]string, objects ...map[string]json.RawMessage) [][]string {
	known := map[string]bool{}
	for _, key := range slices.Concat(groups...) {
		known[key] = true
	}
	var more [][]string
	for _, o := range objects {
		for key := range o {
			if !known[key] {
				known[key] = true
				more = append(more, []string{key})
			}
		}
	}
	return more
}

// object reads a JSON object; null is an empty one.
func object(data json.RawMessage) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	if string(data) == "null" {
		return fields
	}
	if json.Unmarshal(data, &fields) != nil {
		return nil
	}
	return fields
}

func alike(keys []string, a, b map[string]json.RawMessage) bool {
	for _, key := range keys {
		if string(a[key]) != string(b[key]) {
			return false
		}
	}
	return true
}
