package csl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// FromReport makes the item of a report. base is the address of the library
// ("https://library.example.org"), used where the report has no address of its
// own; "" for none. The desk's note is not written: it is not for readers.
func FromReport(r greyshelf.Report, base string) Item {
	item := Item{
		ID: Text(r.ID), Title: r.Title, CollectionTitle: r.Series, Version: Text(r.Version),
		Issued: FromDate(r.Date), Abstract: r.Abstract, URL: r.URL,
		Number: Text(r.Identifier(greyshelf.ReportNumber)), DOI: r.Identifier(greyshelf.DOI),
		ISBN: r.Identifier(greyshelf.ISBN), ISSN: r.Identifier(greyshelf.ISSN), License: string(r.Rights.Code),
	}
	if r.Subtitle != "" {
		item.Title, item.TitleShort = withSubtitle(r.Title, r.Subtitle), r.Title
	}
	item.Type, item.Genre = itemType(r.Type)
	item.setAgents(r)
	if len(r.Languages) > 0 {
		item.Language = r.Languages[0]
	}
	if r.Extent.Pages > 0 {
		item.NumberOfPages = Text(strconv.Itoa(r.Extent.Pages))
	}
	if item.URL == "" && base != "" && r.ID != "" {
		item.URL = strings.TrimRight(base, "/") + "/r/" + r.ID
	}
	var labels []string
	for _, h := range r.Headings {
		labels = append(labels, h.Label)
	}
	item.SetKeywords(labels)
	item.custom().Record = record(r)
	return item
}

// setAgents takes authors, speakers and publishers from the report.
func (item *Item) setAgents(r greyshelf.Report) {
	var publishers []string
	for _, c := range r.Agents {
		switch c.Role {
		case greyshelf.Author, greyshelf.Speaker:
			item.Author = append(item.Author, FromAgent(c.Agent))
			if c.EtAl {
				item.custom().EtAl = true
			}
		case greyshelf.Publisher:
			publishers = append(publishers, c.Name)
		}
	}
	item.Publisher = strings.Join(publishers, "; ")
}

// withSubtitle joins title and subtitle with a colon, or with nothing but a
// space behind a question or exclamation mark.
func withSubtitle(title, subtitle string) string {
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") {
		return title + " " + subtitle
	}
	return title + ": " + subtitle
}

// itemType gives the CSL type of a report's type, and the genre where the CSL
// type does not say it all.
func itemType(of string) (cslType, genre string) {
	switch of {
	case TypeReport, TypeChapter, TypeArticle, TypeWebpage, TypeLegislation:
		return of, ""
	case "":
		return TypeDocument, ""
	case "testimony", "remarks", TypeSpeech:
		return TypeSpeech, of
	}
	return TypeReport, of
}

// ToReport makes a draft of the item, without identifier. What is not stated
// stays empty. An item that carries its record, see [Custom], gives all of it.
func ToReport(item Item) greyshelf.Report {
	if r, ok := recorded(item); ok {
		return r
	}
	r := greyshelf.Report{
		State: greyshelf.Draft, Type: reportType(item), Title: item.Title, Series: item.CollectionTitle,
		Version: string(item.Version), Date: item.Issued.date(), Abstract: item.Abstract, URL: item.URL,
		Rights: greyshelf.Rights{Code: rightsCode(item.License)},
	}
	if rest, found := strings.CutPrefix(item.Title, item.TitleShort); found && item.TitleShort != "" {
		if subtitle := strings.TrimLeft(rest, ": "); subtitle != "" && withSubtitle(item.TitleShort, subtitle) == item.Title {
			r.Title, r.Subtitle = item.TitleShort, subtitle
		}
	}
	role := greyshelf.Author
	if item.Type == TypeSpeech {
		role = greyshelf.Speaker
	}
	for i, n := range item.Author {
		etAl := item.Custom != nil && item.Custom.EtAl && i == len(item.Author)-1
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: n.Agent(), Role: role, EtAl: etAl})
	}
	for name := range strings.SplitSeq(item.Publisher, ";") {
		if name = strings.TrimSpace(name); name != "" {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
		}
	}
	for _, k := range item.Keywords() {
		r.Headings = append(r.Headings, greyshelf.Heading{Label: k})
	}
	if item.Language != "" {
		r.Languages = []string{item.Language}
	}
	if n, err := strconv.Atoi(string(item.NumberOfPages)); err == nil && n > 0 {
		r.Extent = greyshelf.Extent{Printed: greyshelf.FormatExtent(n), Pages: n}
	}
	r.Identifiers = identifiers(item)
	return r
}

func reportType(item Item) string {
	switch {
	case item.Genre != "" && (item.Type == TypeReport || item.Type == TypeSpeech):
		return item.Genre
	case item.Type == TypeDocument:
		return item.Genre
	case item.Type == "article-journal", item.Type == "article-magazine", item.Type == "article-newspaper":
		return TypeArticle
	}
	return item.Type
}

// identifiers gives the identifiers of the item that are valid.
func identifiers(item Item) []greyshelf.Identifier {
	var ids []greyshelf.Identifier
	for _, raw := range []greyshelf.Identifier{
		{Scheme: greyshelf.DOI, Value: item.DOI}, {Scheme: greyshelf.ISBN, Value: item.ISBN},
		{Scheme: greyshelf.ISSN, Value: item.ISSN}, {Scheme: greyshelf.ReportNumber, Value: string(item.Number)},
	} {
		if id, ok := greyshelf.ParseIdentifier(raw.Scheme, raw.Value); ok && raw.Value != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// SetKeywords writes the keywords, divided by ", ".
func (item *Item) SetKeywords(keywords []string) {
	item.Keyword = strings.Join(keywords, ", ")
	if slices.ContainsFunc(keywords, func(k string) bool { return strings.Contains(k, ",") }) {
		item.custom().Keywords = keywords
	}
}

// SetEtAl says that there are more authors than are named.
func (item *Item) SetEtAl() { item.custom().EtAl = true }

// Keywords gives the keywords one by one.
func (item Item) Keywords() []string {
	if item.Custom != nil && item.Custom.Keywords != nil {
		return item.Custom.Keywords
	}
	var all []string
	for _, k := range strings.FieldsFunc(item.Keyword, func(r rune) bool { return r == ',' || r == ';' }) {
		if k = strings.TrimSpace(k); k != "" {
			all = append(all, k)
		}
	}
	return all
}
