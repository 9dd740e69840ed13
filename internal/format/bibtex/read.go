package bibtex

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// mostErrors is how many wrong entries are told one by one.
const mostErrors = 100

// Read reads a bibliography. Entries that cannot be read are passed over: the
// [greyshelf.Invalid] error then has one line for each, with line and number of
// the entry, and the items are those that could be read.
func Read(r io.Reader) ([]csl.Item, error) {
	data, err := csl.Limited(r, "read BibTeX")
	if err != nil {
		return nil, err
	}
	p := parser{text: strings.TrimPrefix(string(data), "\uFEFF"), strings: months()}
	var items []csl.Item
	var wrong []error
	for n := 1; len(items) < csl.MaxItems && len(wrong) < mostErrors; n++ {
		e, ok, err := p.next()
		if !ok {
			break
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("entry %d, %s", n, greyshelf.ReasonOf(err)))
			continue
		}
		items = append(items, e.item())
	}
	if len(wrong) > 0 {
		return items, greyshelf.E(greyshelf.Invalid, "read BibTeX", "", errors.Join(wrong...))
	}
	return items, nil
}

// monthNames gives the names by which BibTeX knows the months.
func monthNames() []string { return strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec") }

func months() map[string]string {
	all := map[string]string{}
	for i, m := range monthNames() {
		all[m] = fmt.Sprintf("%02d", i+1)
	}
	return all
}

// text gives the first of the fields that is there, decoded.
func (e entry) text(names ...string) string {
	for _, name := range names {
		if value := decode(e.fields[name]); value != "" {
			return value
		}
	}
	return ""
}

func (e entry) item() csl.Item {
	item := csl.Item{
		ID: csl.Text(e.key), Type: itemType(e), Title: e.text("title"), TitleShort: e.text("shorttitle"),
		ContainerTitle: e.text("journal", "journaltitle", "booktitle"), CollectionTitle: e.text("series"),
		Publisher: e.text("institution", "publisher", "organization", "school"), PublisherPlace: e.text("address", "location"),
		Genre: e.text("type"), Number: csl.Text(e.text("number")), Version: csl.Text(e.text("version", "edition")),
		Volume: csl.Text(e.text("volume")), Page: csl.Text(e.text("pages")), NumberOfPages: csl.Text(e.text("pagetotal")),
		DOI: e.text("doi"), ISBN: e.text("isbn"), ISSN: e.text("issn"), URL: e.text("url"), Language: e.language(),
		Abstract: e.text("abstract"), Note: e.text("note"), Issued: e.date(),
	}
	if item.Genre == item.Type {
		item.Genre = "" // said by the type
	}
	var keywords []string
	for _, k := range split(e.fields["keywords"], ",") {
		if k = decode(k); k != "" {
			keywords = append(keywords, k)
		}
	}
	item.SetKeywords(keywords)
	if sub := e.text("subtitle"); sub != "" {
		item.TitleShort, item.Title = item.Title, item.Title+": "+sub
	}
	etAl := false
	item.Author, etAl = readNames(e.fields["author"])
	item.Editor, _ = readNames(e.fields["editor"])
	if etAl {
		item.SetEtAl()
	}
	return item
}

func (e entry) date() *csl.Date {
	text := e.text("date")
	if text == "" {
		text = e.text("year")
		if month := e.text("month"); len(month) == 2 {
			text += "-" + month
		} else if month != "" {
			text = month + " " + text
		}
	}
	if greyshelf.ValidEDTF(text) {
		return csl.FromDate(greyshelf.Date{EDTF: text})
	}
	d, ok := greyshelf.ParseDate(text)
	if !ok {
		d = greyshelf.Date{Printed: text}
	}
	return csl.FromDate(d)
}

// itemType gives the type of an entry; that of @misc stands in its type field.
func itemType(e entry) string {
	switch e.kind {
	case "misc", "unpublished":
		switch kind := e.text("type"); kind {
		case csl.TypeSpeech, "testimony", "remarks":
			return csl.TypeSpeech
		case csl.TypeLegislation:
			return kind
		}
		return csl.TypeDocument
	case "legislation", "legal", "jurisdiction":
		return csl.TypeLegislation
	case "incollection", "inbook", "inproceedings":
		return csl.TypeChapter
	case "article":
		return csl.TypeArticle
	case "online", "electronic", "www":
		return csl.TypeWebpage
	}
	return csl.TypeReport
}

// readNames reads names divided by "and"; etAl says that "others" ends them.
func readNames(value string) (names []csl.Name, etAl bool) {
	for _, name := range split(value, " and ") {
		switch {
		case name == "":
		case name == "others":
			etAl = true
		default:
			names = append(names, readName(name))
		}
	}
	return names, etAl
}

// readName reads "{Body}", "von Last, First", "von Last, Jr, First" and "First
// von Last" (Patashnik, BibTeXing, §4).
func readName(name string) csl.Name {
	parts := split(name, ",")
	switch {
	case strings.HasPrefix(name, "{") && len(split(name, " ")) == 1:
		return csl.Name{Literal: decode(name)}
	case len(parts) == 1 && !strings.Contains(name, " "):
		return csl.Name{Family: decode(name)}
	case len(parts) == 1:
		return csl.FromAgent(greyshelf.PersonFromName(decode(name)))
	case len(parts) == 2:
		return csl.FromAgent(greyshelf.Agent{Kind: greyshelf.Person, Family: decode(parts[0]), Given: decode(parts[1])})
	}
	n := csl.FromAgent(greyshelf.Agent{Kind: greyshelf.Person, Family: decode(parts[0]), Given: decode(parts[2])})
	n.Suffix = decode(parts[1])
	return n
}

// split divides at a separator outside of braces and trims the parts.
func split(value, separator string) []string {
	value = strings.Join(strings.Fields(value), " ")
	var parts []string
	depth, from := 0, 0
	for i := 0; i < len(value); i++ {
		switch {
		case value[i] == '\\':
			i++
		case value[i] == '{':
			depth++
		case value[i] == '}':
			depth--
		case depth == 0 && strings.HasPrefix(value[i:], separator):
			parts = append(parts, strings.TrimSpace(value[from:i]))
			i += len(separator) - 1
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(value[from:]))
}
