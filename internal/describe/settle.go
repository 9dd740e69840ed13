package describe

import (
	"math"
	"sort"

	"github.com/greyshelf/greyshelf"
)

const (
	enough       = 0.30 // a value trusted less is not chosen
	enoughTitle  = 0.50 // nor a title: some line always stands out
	enoughDate   = 0.60 // a date that was not chosen is named beside the chosen one from here on
	certain      = 0.99 // no value is trusted more
	mostFindings = 12   // kept of one field
)

// settle strengthens proposals that agree, chooses, and says why. The findings
// come field by field in the order of the proposals, chosen ones first.
func (s *scene) settle(found []proposal) []greyshelf.Finding {
	var order []greyshelf.Field
	byField := map[greyshelf.Field][]proposal{}
	for _, p := range found {
		if p.Value == "" {
			continue
		}
		if byField[p.Field] == nil {
			order = append(order, p.Field)
		}
		byField[p.Field] = append(byField[p.Field], p)
	}
	var all []greyshelf.Finding
	for _, field := range order {
		settled := s.settleField(field, byField[field])
		if field == greyshelf.FieldAffiliation {
			settled = s.chooseAffiliations(settled, all)
		}
		for i, p := range settled {
			if i == mostFindings && !p.Chosen {
				break
			}
			p.Confidence = math.Round(p.Confidence*1000) / 1000
			all = append(all, p.Finding)
		}
	}
	return all
}

func (s *scene) settleField(field greyshelf.Field, found []proposal) []proposal {
	found = agree(found)
	if field != greyshelf.FieldCreator {
		sort.SliceStable(found, func(i, j int) bool { return before(found[i], found[j]) })
	}
	switch field {
	case greyshelf.FieldCreator:
		found = chooseGroup(found)
	case greyshelf.FieldAffiliation: // chosen with their authors, see chooseAffiliations
	case greyshelf.FieldIdentifier, greyshelf.FieldLanguage, greyshelf.FieldParallelTitle: // each is chosen for itself
		for i := range found {
			found[i].Chosen = !found[i].never && found[i].Confidence >= enough
		}
	default:
		if len(found) > 0 && !found[0].never && found[0].Confidence >= needed(field) {
			found[0].Chosen = true
		}
	}
	for i := range found {
		found[i].Why = s.why(found[i], found)
	}
	return found
}

// needed gives the confidence that a value of the field must have.
func needed(field greyshelf.Field) float64 {
	if field == greyshelf.FieldTitle {
		return enoughTitle
	}
	return enough
}

// before orders the proposals of a field.
func before(a, b proposal) bool {
	switch {
	case a.never != b.never:
		return b.never
	case a.rank != b.rank:
		return a.rank > b.rank
	case a.Confidence != b.Confidence:
		return a.Confidence > b.Confidence
	}
	return a.Page < b.Page
}

// agree joins proposals of the same value by the same method, and strengthens
// the same value by different methods: the doubts are multiplied.
func agree(found []proposal) []proposal {
	type key struct{ value, method, group, of string }
	seen := map[key]bool{}
	var kept []proposal
	methods := map[string]map[string]float64{} // value → method → best confidence
	for _, p := range found {
		value := foldString(p.Value)
		if methods[value] == nil {
			methods[value] = map[string]float64{}
		}
		if !p.never {
			methods[value][p.Method] = max(methods[value][p.Method], p.Confidence)
		}
		k := key{value, p.Method, p.group, p.Of}
		if !seen[k] {
			seen[k] = true
			kept = append(kept, p)
		}
	}
	for i, p := range kept {
		doubt := 1 - p.Confidence
		others := methods[foldString(p.Value)]
		for _, method := range sortedKeys(others) {
			if method != p.Method {
				doubt *= 1 - 0.8*others[method]
			}
		}
		if !p.never {
			kept[i].Confidence = max(p.Confidence, min(certain, 1-doubt))
		}
	}
	return kept
}

func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func compactStrings(sorted []string) []string {
	var kept []string
	for _, v := range sorted {
		if len(kept) == 0 || kept[len(kept)-1] != v {
			kept = append(kept, v)
		}
	}
	return kept
}
