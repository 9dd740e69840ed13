package sru

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf/internal/query"
)

// index is an index of the context sets cql and dc, and the field of the
// library's query language that it means.
type index struct {
	set, name, title string
	field            query.FieldName // empty: the whole report
}

func indexes() []index {
	return []index{
		{"cql", "serverchoice", "Anywhere in the report", ""},
		{"cql", "anywhere", "Anywhere in the report", ""},
		{"dc", "title", "Title", query.FieldTitle},
		{"dc", "creator", "Author", query.FieldAuthor},
		{"dc", "publisher", "Publisher", query.FieldPublisher},
		{"dc", "subject", "Subject heading", query.FieldSubject},
		{"dc", "description", "Abstract", query.FieldAbstract},
		{"dc", "date", "Year", query.FieldYear},
		{"dc", "language", "Language", query.FieldLanguage},
		{"dc", "type", "Type", query.FieldType},
		{"dc", "format", "Format", query.FieldFormat},
		{"dc", "identifier", "Identifier", query.FieldIdentifier},
	}
}

// indexOf finds an index by its name, with or without its set.
func indexOf(name string) (index, error) {
	if name == "" {
		return indexes()[0], nil
	}
	set, bare, qualified := strings.Cut(name, ".")
	if !qualified {
		set, bare = "", name
	}
	known := false
	for _, i := range indexes() {
		known = known || i.set == set
		if i.name == bare && (set == "" || set == i.set) {
			return i, nil
		}
	}
	if qualified && !known {
		return index{}, diag(15, set)
	}
	return index{}, diag(16, name)
}

// translate gives the query of the library for one in CQL. Terms are looked
// for in the whole report, since SRU finds records. nil asks for everything.
func translate(c *clause) (query.Query, error) {
	if c.boolean == "" && c.index == "cql.allrecords" {
		return nil, nil
	}
	q, err := part(c)
	if err != nil {
		return nil, err
	}
	q = query.InReport{Of: q}
	if _, err := query.Parse(q.String()); err != nil {
		return nil, diag(38, "") // more than the library's language allows
	}
	return q, nil
}

func part(c *clause) (query.Query, error) {
	if c.boolean == "" {
		return leaf(c)
	}
	left, err := part(c.left)
	if err != nil {
		return nil, err
	}
	right, err := part(c.right)
	if err != nil {
		return nil, err
	}
	switch c.boolean {
	case "or":
		if longer, ok := left.(query.Or); ok {
			return query.Or{Of: append(longer.Of, right)}, nil
		}
		return query.Or{Of: []query.Query{left, right}}, nil
	case "not":
		right = query.Not{Of: right}
	}
	if longer, ok := left.(query.And); ok {
		return query.And{Of: append(longer.Of, right)}, nil
	}
	return query.And{Of: []query.Query{left, right}}, nil
}

// leaf translates a search clause.
func leaf(c *clause) (query.Query, error) {
	i, err := indexOf(c.index)
	if err != nil {
		return nil, err
	}
	relation := strings.TrimPrefix(c.relation, "cql.")
	if i.field == query.FieldYear {
		return years(relation, c.term)
	}
	var of query.Query
	switch relation {
	case "=", "==", "exact", "adj", "scr":
		of, err = phrase(c.term)
	case "any", "all":
		of, err = words(relation, c.term)
	case "<", ">", "<=", ">=", "within", "encloses":
		return nil, diag(22, relation)
	default:
		return nil, diag(19, relation)
	}
	if err != nil || i.field == "" {
		return of, err
	}
	return query.Field{Name: i.field, Of: of}, nil
}

// words translates the relations any and all.
func words(relation, term string) (query.Query, error) {
	var parts []query.Query
	for _, word := range strings.Fields(term) {
		q, err := phrase(word)
		if err != nil {
			return nil, err
		}
		parts = append(parts, q)
	}
	switch {
	case len(parts) == 0:
		return nil, diag(27, "")
	case len(parts) == 1:
		return parts[0], nil
	case relation == "any":
		return query.Or{Of: parts}, nil
	}
	return query.And{Of: parts}, nil
}

// phrase translates a term: a word, the beginning of one, or words side by
// side. Masking is supported at the end of one word only.
func phrase(term string) (query.Query, error) {
	text, masked, err := unescape(term)
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(text)
	said := strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
	switch {
	case !said:
		return nil, diag(27, "")
	case masked && (len(fields) > 1 || !plain(fields[0])):
		return nil, diag(28, "*")
	case masked && len([]rune(fields[0])) < 2:
		return nil, diag(29, "*")
	case masked:
		return query.Prefix{Text: fields[0]}, nil
	case len(fields) == 1 && plain(fields[0]):
		return query.Word{Text: fields[0]}, nil
	}
	return query.Phrase{Text: strings.Join(fields, " ")}, nil
}

// unescape takes the backslashes away and says whether the term ends in a
// masking star. Quotation marks part words: the language of the library has no
// others than those of a phrase.
func unescape(term string) (text string, masked bool, err error) {
	var b strings.Builder
	runes := []rune(term)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '\\' && i+1 < len(runes):
			i++
			b.WriteRune(neutral(runes[i]))
		case r == '*' && i == len(runes)-1:
			masked = true
		case r == '*' || r == '?':
			return "", false, diag(28, string(r))
		case r == '^':
			return "", false, diag(31, "")
		default:
			b.WriteRune(neutral(r))
		}
	}
	return b.String(), masked, nil
}

func neutral(r rune) rune {
	if r == '\\' || unicode.Is(unicode.Quotation_Mark, r) && r != '\'' && r != '’' || unicode.IsControl(r) {
		return ' '
	}
	return r
}

// plain reports whether a word can stand as it is in the language of the
// library: letters and digits only, and no operator.
func plain(word string) bool {
	switch strings.ToUpper(word) {
	case "AND", "OR", "NOT", "NEAR":
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) < 0
}

// years translates the relations of dc.date; the library searches by year.
func years(relation, term string) (query.Query, error) {
	var all []int
	for _, text := range strings.Fields(term) {
		y := 0
		for _, r := range text {
			if r < '0' || r > '9' || len(text) != 4 {
				return nil, diag(36, "a date is a year of four digits")
			}
			y = y*10 + int(r-'0')
		}
		all = append(all, y)
	}
	if len(all) == 0 || len(all) > 2 && relation != "any" || len(all) != 2 && relation == "within" || len(all) == 2 && relation != "within" && relation != "any" {
		return nil, diag(36, term)
	}
	first, last := all[0], all[len(all)-1]
	var span query.Years
	switch relation {
	case "=", "==", "exact", "all", "scr":
		span = query.Years{From: first, To: first}
	case "<":
		span = query.Years{To: first - 1}
	case "<=":
		span = query.Years{To: first}
	case ">":
		span = query.Years{From: first + 1}
	case ">=":
		span = query.Years{From: first}
	case "within":
		span = query.Years{From: min(first, last), To: max(first, last)}
	case "any":
		return anyYear(all)
	default:
		return nil, diag(19, relation)
	}
	if span.From <= 0 && span.To <= 0 || span.From > 9999 {
		return nil, diag(36, term)
	}
	return query.Field{Name: query.FieldYear, Of: span}, nil
}

func anyYear(all []int) (query.Query, error) {
	var parts []query.Query
	for _, y := range all {
		if y == 0 {
			return nil, diag(36, "0000")
		}
		parts = append(parts, query.Field{Name: query.FieldYear, Of: query.Years{From: y, To: y}})
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return query.Or{Of: parts}, nil
}

// sorting translates a sortBy clause: the library sorts by date, newest first,
// and by title.
func sorting(keys []sortKey) (Sort, error) {
	if len(keys) == 0 {
		return ByRelevance, nil
	}
	if len(keys) > 1 {
		return "", diag(82, "more than one key")
	}
	i, err := indexOf(keys[0].index)
	if err != nil {
		return "", err
	}
	descending := false
	for _, m := range keys[0].modifiers {
		switch m {
		case "sort.descending", "descending":
			descending = true
		case "sort.ascending", "ascending":
			descending = false
		default:
			return "", diag(20, m)
		}
	}
	switch {
	case i.field == query.FieldYear && descending:
		return ByDate, nil
	case i.field == query.FieldTitle && !descending:
		return ByTitle, nil
	}
	return "", diag(82, keys[0].index)
}
