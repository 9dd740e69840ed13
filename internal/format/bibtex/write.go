// Package bibtex writes and reads bibliographies in BibTeX and BibLaTeX.
//
// It is a leaf beside package csl: item → .bib and back. It stores nothing and
// runs no TeX. Values are UTF-8; what TeX reads as a command is escaped, so
// that braces in a value can never end a field.
package bibtex

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// Write writes the items for BibTeX, with year and month beside the date of
// BibLaTeX, which BibTeX passes over.
func Write(w io.Writer, items []csl.Item) error {
	return write(w, items, func(string) bool { return true }, func(name string) string { return name })
}

// WriteBibLaTeX writes the items with the types and fields of BibLaTeX (manual
// §2.1 and §2.2).
func WriteBibLaTeX(w io.Writer, items []csl.Item) error {
	return write(w, items, func(field string) bool { return field != "year" && field != "month" }, func(name string) string {
		switch name {
		case "techreport":
			return "report"
		case "journal":
			return "journaltitle"
		case "address":
			return "location"
		}
		return name
	})
}

// write writes the fields that the dialect has, under its names.
func write(w io.Writer, items []csl.Item, has func(field string) bool, named func(string) string) error {
	out := bufio.NewWriter(w)
	used := map[string]int{}
	for _, item := range items {
		key := Key(item)
		if used[key]++; used[key] > 1 {
			key = fmt.Sprintf("%s-%d", key, used[key])
		}
		fmt.Fprintf(out, "@%s{%s", named(entryType(item.Type)), key)
		for _, f := range fields(item) {
			switch {
			case f.value == "" || !has(f.name):
			case f.name == "month":
				fmt.Fprintf(out, ",\n  month = %s", f.value) // a name that every style prints in its language
			default:
				fmt.Fprintf(out, ",\n  %s = {%s}", named(f.name), f.value)
			}
		}
		out.WriteString("\n}\n\n") // the first error is kept until Flush
	}
	if err := out.Flush(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write BibTeX", "", err)
	}
	return nil
}

// field is a field and its value as TeX reads it.
type field struct{ name, value string }

// fields gives the fields of an item in order.
func fields(item csl.Item) []field {
	edtf := item.Issued.EDTF()
	year, month := "", ""
	if parts := strings.Split(edtf, "-"); edtf != "" && !strings.Contains(edtf, "/") {
		year = parts[0]
		if n, err := strconv.Atoi(strings.Join(parts[1:min(2, len(parts))], "")); err == nil && n >= 1 && n <= 12 {
			month = monthNames()[n-1]
		}
	}
	etAl := item.Custom != nil && item.Custom.EtAl
	return []field{
		{"author", names(item.Author, etAl)}, {"editor", names(item.Editor, false)}, {"title", "{" + escape(item.Title) + "}"},
		{"shorttitle", escape(item.TitleShort)}, {containerField(item.Type), escape(item.ContainerTitle)},
		{publisherField(item.Type), escape(item.Publisher)}, {"address", escape(item.PublisherPlace)}, {"series", escape(item.CollectionTitle)},
		{"type", escape(kindOf(item))}, {"number", escape(string(item.Number))}, {"version", escape(string(item.Version))},
		{"date", escape(edtf)}, {"year", year}, {"month", month}, {"volume", escape(string(item.Volume))}, {"pages", escape(string(item.Page))},
		{"pagetotal", escape(string(item.NumberOfPages))}, {"doi", escape(item.DOI)}, {"isbn", escape(item.ISBN)},
		{"issn", escape(item.ISSN)}, {"url", escape(item.URL)}, {"langid", babel(item.Language)},
		{"language", escape(item.Language)}, {"keywords", keywords(item)}, {"abstract", escape(item.Abstract)}, {"note", escape(item.Note)},
	}
}

// kindOf gives what the type field says: the genre, or what @misc leaves open.
func kindOf(item csl.Item) string {
	if item.Genre == "" && (item.Type == csl.TypeSpeech || item.Type == csl.TypeLegislation) {
		return item.Type
	}
	return item.Genre
}

// keywords divides them by commas; one with a comma stands in braces.
func keywords(item csl.Item) string {
	var all []string
	for _, k := range item.Keywords() {
		all = append(all, part(k))
	}
	return strings.Join(all, ", ")
}

func entryType(cslType string) string {
	switch cslType {
	case csl.TypeChapter:
		return "incollection"
	case csl.TypeArticle:
		return "article"
	case csl.TypeWebpage:
		return "online"
	case csl.TypeSpeech, csl.TypeLegislation, csl.TypeDocument:
		return "misc"
	}
	return "techreport"
}

func publisherField(cslType string) string {
	switch entryType(cslType) {
	case "techreport":
		return "institution"
	case "misc", "online":
		return "organization"
	}
	return "publisher"
}

func containerField(cslType string) string {
	if cslType == csl.TypeArticle {
		return "journal"
	}
	return "booktitle"
}

// names joins names with " and ". Literal names stand in braces.
func names(all []csl.Name, etAl bool) string {
	var written []string
	for _, n := range all {
		switch {
		case n.Literal != "":
			written = append(written, "{"+escape(n.Literal)+"}")
		case n.Suffix != "":
			written = append(written, part(n.FullFamily())+", "+part(n.Suffix)+", "+part(n.Given))
		case n.Given == "":
			written = append(written, oneName(n.FullFamily()))
		default:
			written = append(written, part(n.FullFamily())+", "+part(n.Given))
		}
	}
	if etAl {
		written = append(written, "others")
	}
	return strings.Join(written, " and ")
}

// oneName writes the name of a person who has one; braces would make a body of
// it, so its words are tied.
func oneName(name string) string {
	return strings.ReplaceAll(part(name), " ", "~")
}

// part protects a part of a name that the parser of names would divide.
func part(text string) string {
	if strings.Contains(text, ",") || strings.Contains(" "+strings.ToLower(text)+" ", " and ") {
		return "{" + escape(text) + "}"
	}
	return escape(text)
}

// escape writes text so that TeX prints it: its special characters as commands,
// white space as one space, control characters not at all.
func escape(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ") {
		switch r {
		case '\\':
			b.WriteString(`{$\backslash$}`) // which more programs read than \textbackslash
		case '{':
			b.WriteString(`{\textbraceleft}`)
		case '}':
			b.WriteString(`{\textbraceright}`)
		case '~':
			b.WriteString(`{\textasciitilde}`)
		case '^':
			b.WriteString(`{\textasciicircum}`)
		case '#', '$', '%', '&', '_':
			b.WriteString(`\` + string(r))
		case '"':
			b.WriteString(`{"}`)
		case '\u2028', '\u2029':
			b.WriteByte(' ')
		default:
			if !unicode.IsControl(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// Key gives the key of an item: family name, year and first telling word of the
// title in ASCII, and its identifier ("mazarr2016understanding-k3v7q2"). So it
// is the same for the same item, whatever else is in the file.
func Key(item csl.Item) string {
	key := ""
	if len(item.Author) > 0 {
		key = ascii(item.Author[0].FullFamily())
	}
	if edtf := item.Issued.EDTF(); len(edtf) >= 4 {
		key += edtf[:4]
	}
	for _, word := range strings.Fields(item.Title) {
		if word = ascii(word); len(word) > 3 {
			key += word
			break
		}
	}
	if key == "" {
		key = "item"
	}
	key = key[:min(len(key), 60)]
	if id := ascii(string(item.ID)); id != "" {
		key += "-" + id[:min(len(id), 20)]
	}
	return key
}

// ascii keeps small letters and digits, accents taken off.
func ascii(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(text))
}
