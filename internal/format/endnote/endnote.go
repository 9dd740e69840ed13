// Package endnote writes and reads references for EndNote: the tagged form
// (.enw, after Refer) and EndNote XML.
//
// It is a leaf beside package csl: item → file and back. It stores nothing. A
// line break in a value becomes a space, so that no value can begin a tag.
package endnote

import (
	"bufio"
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// field is one tag of the tagged form and its value.
type field struct {
	tag   byte
	value string
}

// Write writes the items in the tagged form, in UTF-8.
func Write(w io.Writer, items []csl.Item) error {
	out := bufio.NewWriter(w)
	for _, item := range items {
		for _, f := range fields(item) {
			if f.value = greyshelf.OneLine(f.value); f.value != "" {
				out.WriteString("%" + string(f.tag) + " " + f.value + "\r\n")
			}
		}
		out.WriteString("\r\n") // the first error is kept until Flush
	}
	if err := out.Flush(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write EndNote", "", err)
	}
	return nil
}

// fields gives the fields of an item in order, the type first.
func fields(item csl.Item) []field {
	all := []field{{'0', typeName(item.Type)}}
	for _, n := range item.Author {
		all = append(all, field{'A', inverted(n)})
	}
	if item.Custom != nil && item.Custom.EtAl {
		all = append(all, field{'A', etAl})
	}
	for _, n := range item.Editor {
		all = append(all, field{'E', inverted(n)})
	}
	all = append(all, field{'T', item.Title}, field{'!', item.TitleShort}, field{container(item.Type), item.ContainerTitle},
		field{'S', item.CollectionTitle}, field{'I', item.Publisher}, field{'C', item.PublisherPlace}, field{'D', year(item)},
		field{'8', item.Issued.EDTF()}, field{'9', item.Genre}, field{'7', string(item.Version)}, field{numberTag(item.Type), string(item.Number)},
		field{'V', string(item.Volume)}, field{'P', pages(item)}, field{'@', item.ISBN}, field{'@', item.ISSN},
		field{'G', item.Language}, field{'R', item.DOI}, field{'U', item.URL}, field{'X', item.Abstract}, field{'Z', item.Note})
	for _, k := range item.Keywords() {
		all = append(all, field{'K', k})
	}
	return append(all, field{'F', string(item.ID)})
}

// etAl stands in the place of an author where there are more.
const etAl = "et al."

// inverted gives "Family, Given, Suffix"; a body ends in a comma, by which
// EndNote keeps it whole.
func inverted(n csl.Name) string {
	name := greyshelf.OneLine(n.Inverted())
	if n.Literal != "" && name != "" {
		return strings.TrimRight(name, ", ") + ","
	}
	return name
}

func year(item csl.Item) string {
	edtf := item.Issued.EDTF()
	return edtf[:min(len(edtf), 4)]
}

func pages(item csl.Item) string {
	if item.Page != "" {
		return string(item.Page)
	}
	return string(item.NumberOfPages)
}

// container gives the tag of what an item is part of.
func container(cslType string) byte {
	if cslType == csl.TypeArticle {
		return 'J'
	}
	return 'B'
}

// numberTag gives the tag of the number, which articles need for their issue.
func numberTag(cslType string) byte {
	if cslType == csl.TypeArticle {
		return 'M'
	}
	return 'N'
}

// kind is a reference type of EndNote.
type kind struct {
	csl, name string
	number    string // in EndNote XML
}

// kinds gives the reference types; the first of a CSL type is written.
func kinds() []kind {
	return []kind{{csl.TypeReport, "Report", "27"}, {csl.TypeDocument, "Generic", "13"}, {csl.TypeChapter, "Book Section", "5"}, {csl.TypeSpeech, "Hearing", "14"},
		{csl.TypeArticle, "Journal Article", "17"}, {csl.TypeArticle, "Magazine Article", "19"}, {csl.TypeArticle, "Newspaper Article", "23"},
		{csl.TypeWebpage, "Web Page", "12"}, {csl.TypeLegislation, "Statute", "31"}, {csl.TypeLegislation, "Bill", "4"}}
}

func typeName(cslType string) string {
	for _, k := range kinds() {
		if k.csl == cslType {
			return k.name
		}
	}
	return "Report"
}

// cslType gives the item type of a reference type, by name or number.
func cslType(named string) string {
	for _, k := range kinds() {
		if strings.EqualFold(k.name, named) || k.number == named {
			return k.csl
		}
	}
	return csl.TypeReport
}
