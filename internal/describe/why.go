package describe

import (
	"fmt"
	"sort"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// why says in words why a finding was chosen or not, and against which other
// value.
func (s *scene) why(p proposal, found []proposal) string {
	meaning := s.meaning(p)
	switch {
	case p.Chosen:
		return "chosen: " + meaning + s.agreeing(p, found) + s.beaten(p, found)
	case p.never:
		return "not chosen: " + meaning
	case p.Confidence < needed(p.Field):
		return fmt.Sprintf("not chosen, too uncertain (%.2f, %.2f are needed): %s", p.Confidence, needed(p.Field), meaning)
	}
	for _, other := range found {
		if other.Chosen && foldString(other.Value) == foldString(p.Value) {
			return "agrees with the chosen value: " + meaning
		}
	}
	for _, other := range found {
		if other.Chosen {
			return "not chosen, " + s.against(p, other) + ": " + meaning
		}
	}
	return "not chosen: " + meaning
}

// meaning says what a finding is, in words.
func (s *scene) meaning(p proposal) string {
	meaning := s.weights[p.Method].meaning
	if meaning == "" {
		meaning = p.Method
	}
	if p.Why != "" {
		meaning += " (" + p.Why + ")"
	}
	return meaning
}

// against says why the chosen value goes before p: by its kind, or because it
// is more certain.
func (s *scene) against(p, chosen proposal) string {
	value, meaning := shown(chosen.Value), s.weights[chosen.Method].meaning
	switch {
	case chosen.rank > p.rank && meaning != "":
		return fmt.Sprintf("“%s” goes before it, as a value %s does", value, clause(meaning))
	case chosen.Confidence > p.Confidence:
		return fmt.Sprintf("“%s” is more certain (%.2f against %.2f)", value, chosen.Confidence, p.Confidence)
	case chosen.Confidence == p.Confidence:
		return fmt.Sprintf("“%s” is as certain and stands before it", value)
	}
	return fmt.Sprintf("“%s” goes before it", value)
}

// clause puts the meaning of a method behind "a value": "after “updated”" stays
// as it is, "the running head" becomes "that is the running head".
func clause(meaning string) string {
	first, _, _ := strings.Cut(meaning, " ")
	switch first {
	case "after", "in", "behind", "named", "standing", "found", "by", "with", "of", "said":
		return meaning
	}
	return "that is " + meaning
}

// shown cuts a long value for a sentence.
func shown(value string) string {
	if runes := []rune(value); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return value
}

// beaten names the best of the other values that could have been chosen.
func (s *scene) beaten(p proposal, found []proposal) string {
	switch p.Field {
	case greyshelf.FieldCreator, greyshelf.FieldIdentifier, greyshelf.FieldAffiliation:
		return "" // several may be chosen
	}
	for _, other := range found {
		if !other.Chosen && !other.never && other.Confidence >= needed(p.Field) && foldString(other.Value) != foldString(p.Value) {
			return fmt.Sprintf("; before “%s” (%s, %.2f)", shown(other.Value), s.weights[other.Method].meaning, other.Confidence)
		}
	}
	return ""
}

// agreeing names what else gave the same value.
func (s *scene) agreeing(p proposal, found []proposal) string {
	var others []string
	for _, other := range found {
		if other.Method != p.Method && !other.never && foldString(other.Value) == foldString(p.Value) {
			meaning := s.weights[other.Method].meaning
			if meaning == "" {
				meaning = other.Method
			}
			others = append(others, meaning)
		}
	}
	if len(others) == 0 {
		return ""
	}
	sort.Strings(others)
	return "; the same: " + strings.Join(compactStrings(others), ", ")
}
