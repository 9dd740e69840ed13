package curate

import (
	"context"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// byHand is the method of findings that a person pointed at in a page, and of
// the set that holds them.
const byHand = "person"

// shown gives what a person pointed at as a set of findings, beside what was
// pointed at in the same file before.
func (d *Desk) shown(ctx context.Context, e Editing) ([]greyshelf.FindingSet, error) {
	if len(e.Found) == 0 {
		return nil, nil
	}
	set := greyshelf.FindingSet{Report: e.Report, File: e.File, Method: byHand}
	sets, err := d.Catalog.Findings(ctx, e.Report)
	if err != nil {
		return nil, err
	}
	fields := map[greyshelf.Field]bool{}
	for _, f := range e.Found {
		fields[f.Field] = true
	}
	for _, old := range sets {
		if old.File == e.File && old.Method == byHand {
			set.Findings = slices.DeleteFunc(slices.Clone(old.Findings), func(f greyshelf.Finding) bool { return fields[f.Field] })
		}
	}
	for _, f := range e.Found {
		f.Method, f.Confidence, f.Chosen = byHand, 1, true
		set.Findings = append(set.Findings, f)
	}
	return []greyshelf.FindingSet{set}, nil
}

// pointedAt gives what a person pointed at for a field, as far as the field
// still holds those words.
func pointedAt(r greyshelf.Report, present greyshelf.Change, sets []greyshelf.FindingSet) (file string, found []greyshelf.Finding) {
	value := squeezed(string(present.After))
	for _, set := range slices.Backward(sets) {
		if _, ok := r.File(set.File); !ok || set.Method != byHand {
			continue
		}
		for _, f := range findingsOf(present.Field, set.Findings) {
			if words := squeezed(f.Quote); words != "" && strings.Contains(value, words) {
				found = append(found, f)
			}
		}
		if found != nil {
			return set.File, found
		}
	}
	return "", nil
}

// squeezed gives a text without white space and without the escapes of JSON,
// in lower case, so that a quotation is found in a value.
func squeezed(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(`\n`, "", `\"`, `"`, `\\`, `\`).Replace(text)), ""))
}
