package authority

import (
	"context"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Join gives the first authority with what the second one brings: its forms as
// variants, its labels in further languages, links, relations and what the
// first does not state.
func Join(to, from greyshelf.Authority) greyshelf.Authority {
	to = clone(to)
	if from.Language == "" || from.Language == to.Language {
		to.Variants = append(to.Variants, from.Label)
	} else if to.LabelIn(from.Language) == to.Label {
		to.Labels[from.Language] = from.Label
	} else {
		to.VariantsIn[from.Language] = append(to.VariantsIn[from.Language], from.Label)
	}
	to.Variants = append(to.Variants, from.Variants...)
	for tag, label := range from.Labels {
		switch {
		case tag == to.Language:
			to.Variants = append(to.Variants, label)
		case to.Labels[tag] == "":
			to.Labels[tag] = label
		default:
			to.VariantsIn[tag] = append(to.VariantsIn[tag], label)
		}
	}
	for tag, variants := range from.VariantsIn {
		to.VariantsIn[tag] = append(to.VariantsIn[tag], variants...)
	}
	to.Links = append(to.Links, from.Links...)
	to.Notations = append(to.Notations, from.Notations...)
	for into, value := range map[*string]string{&to.URI: from.URI, &to.Scheme: from.Scheme, &to.Note: from.Note, &to.Place: from.Place, &to.Parent: from.Parent} {
		if *into == "" {
			*into = value
		}
	}
	to.Earlier, to.Broader, to.Related = append(to.Earlier, from.Earlier...), append(to.Broader, from.Broader...), append(to.Related, from.Related...)
	return Repoint(to, from.ID, "")
}

// clone gives a copy whose lists and maps can be changed.
func clone(a greyshelf.Authority) greyshelf.Authority {
	a.Variants, a.Links, a.Notations = slices.Clone(a.Variants), slices.Clone(a.Links), slices.Clone(a.Notations)
	a.Earlier, a.Broader, a.Related = slices.Clone(a.Earlier), slices.Clone(a.Broader), slices.Clone(a.Related)
	labels, variants := map[string]string{}, map[string][]string{}
	maps.Copy(labels, a.Labels)
	for tag, all := range a.VariantsIn {
		variants[tag] = slices.Clone(all)
	}
	a.Labels, a.VariantsIn = labels, variants
	return a
}

// Repoint makes an authority point to another record wherever it pointed to
// one; to nothing where to is empty or is the authority itself.
func Repoint(a greyshelf.Authority, from, to string) greyshelf.Authority {
	if to == a.ID {
		to = ""
	}
	one := func(id string) string {
		if id == from || id == a.ID {
			return to
		}
		return id
	}
	all := func(ids []string) []string {
		var kept []string
		for _, id := range ids {
			if id = one(id); id != "" && id != a.ID {
				kept = append(kept, id)
			}
		}
		return unique(kept)
	}
	a.Parent, a.Earlier, a.Broader, a.Related = one(a.Parent), all(a.Earlier), all(a.Broader), all(a.Related)
	if a.MergedInto == from {
		a.MergedInto = to
	}
	return a
}

// Without gives the authority without a variant; false when it has none such.
func Without(a greyshelf.Authority, variant string) (greyshelf.Authority, bool) {
	a = clone(a)
	found := false
	drop := func(all []string) []string {
		n := len(all)
		all = slices.DeleteFunc(all, func(one string) bool { return one == variant })
		found = found || len(all) < n
		return all
	}
	a.Variants = drop(a.Variants)
	for tag, all := range a.VariantsIn {
		if a.VariantsIn[tag] = drop(all); len(a.VariantsIn[tag]) == 0 {
			delete(a.VariantsIn, tag)
		}
	}
	return a, found
}

// CheckMerge looks whether the merged record would stand above itself once what
// points to the other one points to it. Errors: Invalid.
func CheckMerge(ctx context.Context, records catalog.Records, merged greyshelf.Authority, gone string) error {
	above := func(ids []string, up func(greyshelf.Authority) []string) error {
		seen := map[string]bool{}
		for len(ids) > 0 {
			id := ids[len(ids)-1]
			ids = slices.Clone(ids[:len(ids)-1])
			if id == merged.ID || id == gone {
				return greyshelf.Errorf(greyshelf.Invalid, "merge authorities", gone, "“%s” would stand above itself; undo the relation between the two first", merged.Label)
			}
			if id == "" || seen[id] {
				continue
			}
			seen[id] = true
			a, _, err := Get(ctx, records, id)
			if greyshelf.KindOf(err) == greyshelf.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			ids = append(ids, up(a)...)
		}
		return nil
	}
	if err := above(merged.Broader, func(a greyshelf.Authority) []string { return a.Broader }); err != nil {
		return err
	}
	if err := above(merged.Earlier, func(a greyshelf.Authority) []string { return a.Earlier }); err != nil {
		return err
	}
	return above([]string{merged.Parent}, func(a greyshelf.Authority) []string { return []string{a.Parent} })
}
