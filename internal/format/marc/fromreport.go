package marc

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// Options say what a record cannot know of itself.
type Options struct {
	Address string // where the library shows the report; may be empty
	Agency  string // whose control number the report's identifier is (003); may be empty
}

// leader is that of a new record (n) for language material (a), a monograph
// (m), in UTF-8 (a), at an abbreviated level (3), without punctuation (c).
// Lengths are set where a record is written.
const leader = "00000nam a22000003c 4500"

// FromReport makes the record of a report.
func FromReport(r greyshelf.Report, o Options) Record {
	b := &builder{Record{Leader: leader}}
	b.control("001", r.ID)
	b.control("003", o.Agency)
	if !r.Updated.IsZero() {
		b.control("005", r.Updated.UTC().Format("20060102150405")+".0")
	}
	b.control("006", "m     o  d        ")
	b.control("007", "cr |||||||||||")
	b.control("008", fixed(r))
	b.numbers(r)
	b.languages(r.Languages)
	b.agents(r)
	b.titles(r)
	b.published(r)
	b.field("490", "0 ", "a", r.Series)
	b.abstract(r.Abstract)
	b.rights(r.Rights)
	for _, h := range r.Headings {
		if h.Authority != "" {
			b.field("650", " 4", "a", h.Label)
		} else {
			b.field("653", "  ", "a", h.Label)
		}
	}
	b.field("655", " 7", "a", r.Type, "2", "local")
	b.field("856", "40", "u", r.URL, "q", mediaType(r.Format))
	b.field("856", "42", "3", "Catalogue record", "u", o.Address)
	slices.SortStableFunc(b.Fields, func(a, b Field) int { return strings.Compare(a.Tag, b.Tag) })
	return b.Record
}

// fixed gives field 008, forty characters (008, books).
func fixed(r greyshelf.Report) string {
	f := []byte(strings.Repeat(" ", 40))
	entered := r.Created
	if entered.IsZero() {
		entered = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	copy(f, entered.UTC().Format("060102"))
	copy(f[6:], "nuuuuuuuu")
	if y := r.Date.Year(); y > 0 {
		copy(f[6:], fmt.Sprintf("s%04d    ", y))
		if edtf := r.Date.EDTF; len(edtf) == 10 {
			copy(f[6:], "e"+strings.ReplaceAll(edtf, "-", ""))
		} else if len(edtf) == 7 && edtf[5] < '2' {
			copy(f[6:], "e"+edtf[:4]+edtf[5:]+"  ")
		}
	}
	copy(f[15:], "xx ")
	f[23] = 'o'           // online
	copy(f[29:], "000 0") // no conference, festschrift or index; not fiction
	copy(f[35:], "und")
	if len(r.Languages) > 0 {
		if code := languageCode(r.Languages[0]); code != "" {
			copy(f[35:], code)
		}
	}
	f[39] = 'd' // made by neither a national library nor a cooperative
	return string(f)
}

// numbers writes the identifiers.
func (b *builder) numbers(r greyshelf.Report) {
	for _, id := range r.Identifiers {
		switch id.Scheme {
		case greyshelf.ISBN:
			b.field("020", "  ", "a", id.Value)
		case greyshelf.ISSN:
			b.field("022", "  ", "a", id.Value)
		case greyshelf.ItemCode:
			b.field("037", "  ", "a", id.Value)
		case greyshelf.ReportNumber:
			b.field("088", "  ", "a", id.Value)
		default:
			b.field("024", "7 ", "a", id.Value, "2", string(id.Scheme))
		}
	}
	if from, to, _ := strings.Cut(r.Date.EDTF, "/"); from != "" {
		b.field("046", "  ", "k", from, "l", to, "2", "edtf")
	}
}

// languages writes the codes of MARC, and the tags themselves where they say
// more than a code can.
func (b *builder) languages(tags []string) {
	var codes, whole []string
	exact := true
	for _, tag := range tags {
		code := languageCode(tag)
		exact = exact && code != "" && LanguageTag(code) == tag
		if code != "" {
			codes = append(codes, "a", code)
		}
		whole = append(whole, "a", tag)
	}
	b.field("041", "  ", codes...)
	if !exact {
		b.field("041", " 7", append(whole, "2", "rfc5646")...)
	}
}

// agents writes the first author as main entry, everybody else as added entry.
func (b *builder) agents(r greyshelf.Report) {
	main := slices.IndexFunc(r.Agents, responsible)
	for i, a := range r.Agents {
		tag, indicators, name := "700", "0 ", a.Name
		switch {
		case a.Kind == greyshelf.Body:
			tag, indicators = "710", "2 "
		case a.Family != "" && a.Given != "":
			indicators, name = "1 ", a.Inverted()
		case a.Family != "":
			indicators, name = "1 ", a.Family
		}
		if i == main {
			tag = "1" + tag[1:]
		}
		relator := relators[a.Role]
		b.field(tag, indicators, "a", name, "c", a.Stated, "u", a.Affiliation, "e", relator.term, "4", relator.code)
	}
}

// responsible reports whether a contribution is that of an author.
func responsible(c greyshelf.Contribution) bool {
	return c.Role == greyshelf.Author || c.Role == greyshelf.Speaker
}

// relators are the terms and codes of the MARC Code List for Relators.
var relators = map[greyshelf.Role]struct{ term, code string }{
	greyshelf.Author:        {"author", "aut"},
	greyshelf.Publisher:     {"publisher", "pbl"},
	greyshelf.Commissioning: {"commissioning body", "pat"},
	greyshelf.Hosting:       {"host institution", "his"},
	greyshelf.Speaker:       {"speaker", "spk"},
}

// titles writes title, statement of responsibility, parallel titles, version.
func (b *builder) titles(r greyshelf.Report) {
	var names []string
	more := ""
	for _, a := range r.Agents {
		if responsible(a) {
			names = append(names, a.Name)
			if a.EtAl {
				more = etAl
			}
		}
	}
	indicators := []byte("00")
	if len(names) > 0 {
		indicators[0] = '1'
	}
	language := ""
	if len(r.Languages) > 0 {
		language = r.Languages[0]
	}
	indicators[1] = byte('0' + nonfiling(xmltree.Line(r.Title), language))
	b.field("245", string(indicators), "a", r.Title, "b", r.Subtitle, "c", strings.Join(names, ", ")+more)
	for _, title := range r.ParallelTitles {
		b.field("246", "31", "a", title)
	}
	b.field("250", "  ", "a", r.Version)
}

const etAl = " [et al.]"

// nonfiling gives the number of characters, at most nine, before the word by
// which a title is filed: a quotation mark or article of its language.
func nonfiling(title, language string) int {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	sign := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	rest := strings.TrimLeftFunc(title, sign)
	for _, article := range articles[base] {
		if len(rest) > len(article) && strings.EqualFold(rest[:len(article)], article) {
			rest = rest[len(article):]
			break
		}
	}
	n := utf8.RuneCountInString(title) - utf8.RuneCountInString(strings.TrimLeftFunc(rest, sign))
	if n > 9 || n == utf8.RuneCountInString(title) {
		return 0
	}
	return n
}

// articles are the initial articles by language (MARC 21, appendix F).
var articles = map[string][]string{
	"en": {"the ", "a ", "an "}, "": {"the "},
	"fr": {"les ", "le ", "la ", "une ", "un ", "l'", "l’"},
	"es": {"los ", "las ", "el ", "la ", "una ", "un "},
	"de": {"der ", "die ", "das ", "eine ", "ein "},
	"it": {"gli ", "il ", "lo ", "la ", "le ", "l'", "l’"},
	"pt": {"os ", "as ", "o ", "a "},
	"nl": {"het ", "een ", "de "},
	"ar": {"ال"},
}

// published writes the imprint and the extent. What nobody printed stands in
// square brackets, as cataloguers write what they supply.
func (b *builder) published(r greyshelf.Report) {
	printed := r.Date.Printed
	if printed == "" && r.Date.EDTF != "" {
		printed = "[" + r.Date.EDTF + "]"
	}
	var parts []string
	for _, a := range r.AgentsWith(greyshelf.Publisher) {
		parts = append(parts, "b", a.Name)
	}
	b.field("264", " 1", append(parts, "c", printed)...)
	extent, size := []string{"a", r.Extent.Printed}, []string{"b", r.Format, "c", r.Size.Printed}
	if read, _ := greyshelf.ParseExtent(r.Extent.Printed); read.Pages != r.Extent.Pages && r.Extent.Pages > 0 {
		extent = append(extent, "a", "["+greyshelf.FormatExtent(r.Extent.Pages)+"]")
	}
	if read, _ := greyshelf.ParseSize(r.Size.Printed); read.Bytes != r.Size.Bytes && r.Size.Bytes > 0 {
		size = append(size, "c", fmt.Sprintf("[%d bytes]", r.Size.Bytes))
	}
	b.field("300", "  ", extent...)
	b.field("336", "  ", "a", "text", "b", "txt", "2", "rdacontent")
	b.field("337", "  ", "a", "computer", "b", "c", "2", "rdamedia")
	b.field("338", "  ", "a", "online resource", "b", "cr", "2", "rdacarrier")
	b.field("347", "  ", append(size, "2", "rda")...)
}

// abstract writes a field for each paragraph: a field has one line only.
func (b *builder) abstract(text string) {
	for _, paragraph := range strings.Split(xmltree.Clean(text), "\n") {
		b.field("520", "3 ", "a", paragraph)
	}
}

// rights writes the statement and the code with the licence's address, the
// holder, and that a file is open to everybody.
func (b *builder) rights(r greyshelf.Rights) {
	if r.EffectiveAccess() == greyshelf.AccessOpen {
		b.field("506", "0 ", "a", "Open access", "f", "Unrestricted online access", "2", "star")
	}
	b.field("540", "  ", "a", r.Statement, "f", string(r.Code), "u", LicenceURL(r.Code), "2", "local")
	b.field("542", "1 ", "d", r.Holder)
}

// LicenceURL gives the address of a Creative Commons licence or dedication, or
// "" for other codes.
func LicenceURL(code greyshelf.RightsCode) string {
	name, found := strings.CutPrefix(string(code), "cc-")
	at := strings.LastIndexByte(name, '-')
	switch {
	case code == "cc0":
		return "https://creativecommons.org/publicdomain/zero/1.0/"
	case !found || at < 1:
		return ""
	}
	return "https://creativecommons.org/licenses/" + name[:at] + "/" + name[at+1:] + "/"
}

// mediaType gives the media type of a format as lists print it.
func mediaType(format string) string {
	switch strings.ToUpper(format) {
	case "PDF":
		return "application/pdf"
	case "HTML":
		return "text/html"
	}
	return ""
}
