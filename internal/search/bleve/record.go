package bleve

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// gap is the number of positions between parts of a record, so that no phrase
// reaches from one into the next.
const gap = 200

// part is a piece of a record and the field in which it can be asked for.
type part struct {
	field query.FieldName
	text  string
}

// parts gives what can be searched in a record. The title comes twice: a
// report that is about the words goes before one that mentions them. A name is
// found as it is printed and as its authority has it.
func parts(d *search.Document) []part {
	r := &d.Report
	title := r.Title
	if r.Subtitle != "" {
		title += "\n" + r.Subtitle
	}
	all := []part{{query.FieldTitle, title}, {"", title}, {query.FieldAbstract, r.Abstract}, {query.FieldAbstract, r.Annotation}, {"", r.Series}}
	for i, c := range r.Agents {
		name := query.FieldAuthor
		if c.Role == greyshelf.Publisher || c.Role == greyshelf.Commissioning || c.Role == greyshelf.Hosting {
			name = query.FieldPublisher
		}
		all = append(all, part{name, c.Name})
		if known := named(d.Names.Agents, i).Name; known != c.Name {
			all = append(all, part{name, known})
		}
	}
	for i, h := range r.Headings {
		all = append(all, part{query.FieldSubject, h.Label})
		if known := named(d.Names.Headings, i).Name; known != h.Label {
			all = append(all, part{query.FieldSubject, known})
		}
	}
	for _, id := range r.Identifiers {
		all = append(all, part{query.FieldIdentifier, id.Value})
	}
	return slices.DeleteFunc(all, func(p part) bool { return p.text == "" })
}

// named gives what is known of the name at a place.
func named(all []search.Named, i int) search.Named {
	if i < len(all) {
		return all[i]
	}
	return search.Named{}
}

// stems reports whether the words of a field are stemmed. Names and
// identifiers are not.
func stems(name query.FieldName) bool {
	return name == query.FieldTitle || name == query.FieldAbstract || name == query.FieldSubject
}

// fieldTerms gives the engine's field for the terms of a record's field.
func fieldTerms(name query.FieldName, language string) string {
	if !stems(name) {
		language = undetermined
	}
	return string(name) + "_" + language
}

// fieldWords gives the engine's field for its folded words.
func fieldWords(name query.FieldName) string { return string(name) + "_w" }

// recordLanguage gives the language that a record is analysed in.
func (a *analyser) recordLanguage(r *greyshelf.Report) string {
	if len(r.Languages) == 0 {
		return undetermined
	}
	return a.baseCode(r.Languages[0])
}

// record makes the record document of a report and completes its row.
func (x *Index) record(d *search.Document, row *row) (*document.Document, error) {
	r := &d.Report
	language := x.analyser.recordLanguage(r)
	var text []token
	byField := map[query.FieldName][]token{}
	for _, p := range parts(d) {
		tokens := x.analyser.tokens(language, p.text)
		text = appendApart(text, tokens)
		if p.field != "" && !stems(p.field) {
			tokens = x.analyser.tokens(undetermined, p.text)
		}
		if p.field != "" {
			byField[p.field] = appendApart(byField[p.field], tokens)
		}
	}
	all := stemmedField(textField+language, text)
	if all.length > 0 {
		row.Texts++
		row.Length += all.length
	}
	data, err := json.Marshal(row)
	if err != nil {
		return nil, err
	}
	made := newDocument(documentName(r.ID, language, 0, 0), r.ID, all, foldedField(wordsField, text),
		keyword(kindField, recordKind), stored(rowField, data))
	for name, tokens := range byField {
		made.AddField(stemmedField(fieldTerms(name, language), tokens))
		made.AddField(foldedField(fieldWords(name), tokens))
	}
	return made, nil
}

// appendApart adds tokens behind those there are, a [gap] away.
func appendApart(list, more []token) []token {
	offset := 0
	if len(list) > 0 {
		offset = list[len(list)-1].pos + gap
	}
	for _, t := range more {
		t.pos += offset
		list = append(list, t)
	}
	return list
}

// newRow gives the row of a report, without what its documents add.
func newRow(d *search.Document, files []string) *row {
	r := &d.Report
	language := ""
	if len(r.Languages) > 0 {
		language = r.Languages[0]
	}
	values, also := facets(d)
	return &row{
		ID: r.ID, State: r.State, Title: search.SortTitle(r.Title, language), Date: r.Date.EDTF,
		Files: files, Pages: len(d.Pages), Facets: values, Also: also, present: true,
	}
}

// facets gives the values of a report in each facet: publishers and subjects
// as their authorities have them. also has the printed forms of these.
func facets(d *search.Document) (values, also map[string][]string) {
	r := &d.Report
	values, also = map[string][]string{}, map[string][]string{}
	add := func(facet, value string) {
		if value != "" && !slices.Contains(values[facet], value) {
			values[facet] = append(values[facet], value)
		}
	}
	addNamed := func(facet, printed string, known search.Named) {
		if known.Name == "" || known.Name == printed {
			add(facet, printed)
			return
		}
		add(facet, known.Name)
		also[facet] = append(also[facet], printed)
	}
	if year := yearOf(r.Date.EDTF); year != 0 {
		add(search.FacetYear, strconv.Itoa(year))
	}
	for i, a := range r.Agents {
		known := named(d.Names.Agents, i)
		add(search.FacetAuthority, known.Authority)
		switch {
		case a.Role == greyshelf.Publisher:
			addNamed(search.FacetPublisher, a.Name, known)
		case a.Kind == greyshelf.Person:
			addNamed(search.FacetPerson, a.Name, known)
		default:
			addNamed(search.FacetBody, a.Name, known)
		}
	}
	for _, language := range r.Languages {
		add(search.FacetLanguage, language)
	}
	for i, h := range r.Headings {
		known := named(d.Names.Headings, i)
		add(search.FacetAuthority, known.Authority)
		for _, above := range append([]string{known.Authority}, known.Above...) {
			add(search.FacetUnder, above)
		}
		addNamed(search.FacetSubject, h.Label, known)
	}
	add(search.FacetFormat, r.Format)
	add(search.FacetType, r.Type)
	return values, also
}

// yearOf gives the year that an EDTF date begins with, or 0.
func yearOf(edtf string) int {
	if len(edtf) < 4 {
		return 0
	}
	year, err := strconv.Atoi(edtf[:4])
	if err != nil || year < 0 {
		return 0
	}
	return year
}
