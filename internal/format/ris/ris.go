// Package ris writes and reads RIS, the tagged format of reference managers
// (Research Information Systems, "RIS Format Specifications", 2011).
//
// It is a leaf beside package csl: item → RIS and back. It stores nothing. A
// line break in a value becomes a space, so that no value can begin a tag.
package ris

import (
	"bufio"
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// field is one tag and its value.
type field struct{ tag, value string }

// Write writes the items as RIS in UTF-8 with the line ends of the
// specification (CR LF).
func Write(w io.Writer, items []csl.Item) error {
	out := bufio.NewWriter(w)
	for _, item := range items {
		for _, f := range fields(item) {
			if f.value = greyshelf.OneLine(f.value); f.value != "" {
				out.WriteString(f.tag + "  - " + f.value + "\r\n")
			}
		}
		out.WriteString("ER  - \r\n\r\n") // the first error is kept until Flush
	}
	if err := out.Flush(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write RIS", "", err)
	}
	return nil
}

// fields gives the fields of an item in order, TY first.
func fields(item csl.Item) []field {
	all := []field{{"TY", risType(item.Type)}, {"ID", string(item.ID)}}
	for _, n := range item.Author {
		all = append(all, field{"AU", inverted(n)})
	}
	if item.Custom != nil && item.Custom.EtAl {
		all = append(all, field{"AU", etAl})
	}
	for _, n := range item.Editor {
		all = append(all, field{"A2", inverted(n)})
	}
	edtf := item.Issued.EDTF()
	first, _, _ := strings.Cut(edtf, "/")
	year, _, _ := strings.Cut(first, "-")
	all = append(all, field{"TI", item.Title}, field{"ST", item.TitleShort}, field{"T2", item.ContainerTitle},
		field{"T3", item.CollectionTitle}, field{"PB", item.Publisher}, field{"CY", item.PublisherPlace},
		field{"PY", year}, field{"DA", risDate(edtf)}, field{"M3", item.Genre}, field{"ET", string(item.Version)})
	all = append(all, field{"M1", string(item.Number)}, field{"SN", item.ISBN}, field{"SN", item.ISSN})
	all = append(all, field{"VL", string(item.Volume)}, field{"IS", string(item.Issue)}, field{"AB", item.Abstract})
	for _, k := range item.Keywords() {
		all = append(all, field{"KW", k})
	}
	pages := string(item.NumberOfPages)
	if item.Page != "" {
		pages = string(item.Page)
	}
	return append(all, field{"SP", pages}, field{"LA", item.Language}, field{"DO", item.DOI}, field{"UR", item.URL}, field{"N1", item.Note})
}

// etAl stands in the place of an author where there are more.
const etAl = "et al."

// inverted gives "Family, Given, Suffix". A body ends in a comma, by which
// reference managers keep it whole.
func inverted(n csl.Name) string {
	name := greyshelf.OneLine(n.Inverted())
	if n.Literal != "" && name != "" {
		return strings.TrimRight(name, ", ") + ","
	}
	return name
}

// risDate gives "2016/10/19/", "2016/10//" or "2016///Winter"; of a span the
// beginning, and the end as what the format calls other information.
func risDate(edtf string) string {
	if edtf == "" {
		return ""
	}
	if from, to, span := strings.Cut(edtf, "/"); span {
		parts := append(strings.Split(from, "-"), "", "")[:3]
		return strings.Join(parts, "/") + "/to " + to
	}
	parts := append(strings.Split(edtf, "-"), "", "")[:3]
	if len(parts[1]) == 2 && parts[1] > "12" {
		word, _, _ := strings.Cut(greyshelf.FormatDate(edtf), " ")
		return parts[0] + "///" + word
	}
	return strings.Join(parts, "/") + "/"
}

// risType gives the reference type of an item type.
func risType(cslType string) string {
	switch cslType {
	case csl.TypeChapter:
		return "CHAP"
	case csl.TypeSpeech:
		return "HEAR"
	case csl.TypeArticle:
		return "JOUR"
	case csl.TypeWebpage:
		return "ELEC"
	case csl.TypeLegislation:
		return "STAT"
	case csl.TypeDocument:
		return "GEN"
	}
	return "RPRT"
}
