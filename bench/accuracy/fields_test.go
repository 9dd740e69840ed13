package accuracy

import (
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// scored is a field that is scored: how its values are read off a description
// and off the truth, and when two are the same.
type scored struct {
	name  string
	given func(describe.Description) (string, float64)
	want  func(stated) string
	same  func(given, want string) bool
}

// scoredFields gives the fields in the order of the tables.
func scoredFields() []scored {
	list := func(values []string) string { return strings.Join(values, "; ") }
	return []scored{
		{"title", chosen(greyshelf.FieldTitle), func(s stated) string { return s.title }, sameTitle},
		{"subtitle", chosen(greyshelf.FieldSubtitle), func(s stated) string { return s.subtitle }, sameTitle},
		{"parallel title", chosen(greyshelf.FieldParallelTitle), func(s stated) string { return list(s.parallel) }, sameTitle},
		{"creator", chosen(greyshelf.FieldCreator), func(s stated) string { return list(s.creators) }, sameNames},
		{"publisher", chosen(greyshelf.FieldPublisher), func(s stated) string { return list(s.publisher) }, samePlain},
		{"commissioning body", chosen(greyshelf.FieldCommissioning), func(s stated) string { return s.commissioning }, samePlain},
		{"date", chosen(greyshelf.FieldDate), func(s stated) string { return s.date }, samePlain},
		{"year", firstFour(greyshelf.FieldDate), func(s stated) string { return year(s.date) }, samePlain},
		{"report number", chosen(greyshelf.FieldReportNumber), func(s stated) string { return s.number }, samePlain},
		{"series", chosen(greyshelf.FieldSeries), func(s stated) string { return s.series }, samePlain},
		{"identifier", chosen(greyshelf.FieldIdentifier), func(s stated) string { return list(s.identifiers) }, sameSet},
		{"language", firstOf(greyshelf.FieldLanguage), func(s stated) string { return s.language }, samePlain},
		{"rights", chosen(greyshelf.FieldRights), func(s stated) string { return s.rights }, samePlain},
		{"abstract", labelledAbstract, func(s stated) string { return s.abstract }, sameTitle},
	}
}

// chosen gives the chosen values of a field, joined by "; ", with the last
// one's confidence.
func chosen(field greyshelf.Field) func(describe.Description) (string, float64) {
	return func(d describe.Description) (string, float64) {
		var values []string
		confidence := 0.0
		for _, f := range d.Chosen(field) {
			values, confidence = append(values, f.Value), f.Confidence
		}
		return strings.Join(values, "; "), confidence
	}
}

// firstOf gives the first chosen value: the main language.
func firstOf(field greyshelf.Field) func(describe.Description) (string, float64) {
	return func(d describe.Description) (string, float64) {
		for _, f := range d.Chosen(field) {
			return f.Value, f.Confidence
		}
		return "", 0
	}
}

func firstFour(field greyshelf.Field) func(describe.Description) (string, float64) {
	return func(d describe.Description) (string, float64) {
		value, confidence := firstOf(field)(d)
		return year(value), confidence
	}
}

func year(date string) string { return date[:min(4, len(date))] }

// labelledAbstract gives the abstract that the document labels. A first
// paragraph says that it is one, so it is no invented abstract.
func labelledAbstract(d describe.Description) (string, float64) {
	for _, f := range d.Chosen(greyshelf.FieldAbstract) {
		if f.Kind == greyshelf.AbstractLabelled || f.Kind == "" && strings.HasPrefix(f.Method, "labelled") {
			return f.Value, f.Confidence
		}
	}
	return "", 0
}

// fields scores every field of one document that its truth knows about.
func fields(s specimen, d describe.Description) map[string]outcome {
	out := map[string]outcome{}
	for _, f := range scoredFields() {
		if s.truth.unknown[f.name] {
			continue
		}
		given, confidence := f.given(d)
		out[f.name] = judge(given, f.want(s.truth), confidence, f.same)
	}
	return out
}
