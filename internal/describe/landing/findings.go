package landing

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	bcp47 "golang.org/x/text/language"

	"github.com/greyshelf/greyshelf"
)

const (
	mostOfField  = 60  // findings of one field
	longestTitle = 500 // code points
	longestName  = 200
	leastText    = 80 // code points of an abstract; less is a teaser
)

// Findings gives what the page states, as findings beside the file: Quote is
// the value as printed, Page is 0, the method "landing-highwire@1" or the like,
// confidence 0: how far such a value is trusted is for package describe to say,
// which sees the document. A value that is none of its field (a date that is no
// day, a number whose check digit is wrong) is left out.
func Findings(page Page) []greyshelf.Finding {
	g := gatherer{page: page, count: map[greyshelf.Field]int{}, seen: map[greyshelf.Finding]bool{}}
	for _, v := range page.Values {
		if field, kind := fieldOf(v.Form, v.Name); field != "" {
			g.take(v, field, kind)
		}
	}
	if doi := greyshelf.NormaliseDOI(page.CiteAs); doi != "" {
		g.add(Value{Form: LinkRel, Text: page.CiteAs}, greyshelf.FieldIdentifier, "doi:"+doi, "")
	}
	g.add(Value{Form: LinkRel, Text: firstOf(page.Canonical, page.URL)}, greyshelf.FieldURL, page.Canonical, "")
	return g.found
}

// gatherer makes findings of values.
type gatherer struct {
	page   Page
	found  []greyshelf.Finding
	count  map[greyshelf.Field]int
	seen   map[greyshelf.Finding]bool
	author string // the last creator, whose affiliation follows
}

func (g *gatherer) add(v Value, field greyshelf.Field, value, kind string) {
	f := greyshelf.Finding{Field: field, Value: value, Kind: kind, Quote: v.Text, Method: "landing-" + string(v.Form) + "@1"}
	if value != v.Text {
		f.Printed = v.Text
	}
	if field == greyshelf.FieldAffiliation {
		f.Of = g.author
	}
	if value == "" || g.seen[f] || g.count[field] >= mostOfField {
		return
	}
	g.seen[f] = true
	g.count[field]++
	g.found = append(g.found, f)
}

// take reads a value as one of the field.
func (g *gatherer) take(v Value, field greyshelf.Field, kind string) {
	long := utf8.RuneCountInString(v.Text)
	switch field {
	case greyshelf.FieldTitle, greyshelf.FieldSubtitle:
		if title := g.withoutSite(v.Text); long <= longestTitle {
			g.add(v, field, title, "")
		}
	case greyshelf.FieldCreator:
		g.creators(v, kind)
	case greyshelf.FieldPublisher, greyshelf.FieldSeries, greyshelf.FieldVersion, greyshelf.FieldReportNumber:
		if long <= longestName && !isAddress(v.Text) {
			g.add(v, field, v.Text, "")
		}
	case greyshelf.FieldAffiliation:
		if long <= longestName && g.author != "" {
			g.add(v, field, v.Text, "")
		}
	case greyshelf.FieldDate:
		g.add(v, field, edtf(v.Text), kind)
	case greyshelf.FieldAbstract:
		if kind == kindTeaser || long < leastText {
			kind = ""
		}
		g.add(v, field, v.Text, kind)
	case greyshelf.FieldRights:
		g.add(v, field, rightsCode(v.Text), "")
	case greyshelf.FieldLanguage:
		g.add(v, field, language(v.Text), "")
	case greyshelf.FieldIdentifier:
		g.identifiers(v)
	}
}

// creators reads one or, divided by semicolons, several names. A byline is one
// finding as printed: who reads it knows names.
func (g *gatherer) creators(v Value, kind string) {
	if v.Name == "byline" {
		if utf8.RuneCountInString(v.Text) <= 5*longestName {
			g.add(v, greyshelf.FieldCreator, v.Text, "byline")
		}
		return
	}
	for _, name := range strings.Split(v.Text, ";") {
		name = strings.Trim(name, " ,")
		if utf8.RuneCountInString(name) > longestName || isAddress(name) || name == "" {
			continue
		}
		one := v
		one.Text = name
		if v.Body || kind == string(greyshelf.Body) || greyshelf.LooksLikeBody(name) {
			g.author = name
			g.add(one, greyshelf.FieldCreator, name, string(greyshelf.Body))
			continue
		}
		g.author = greyshelf.PersonFromName(name).Inverted()
		if strings.Contains(name, ",") {
			g.author = greyshelf.PersonFromInverted(name).Inverted()
		}
		g.add(one, greyshelf.FieldCreator, g.author, "")
	}
}

// withoutSite cuts the name of the site or its owner from the end of a title:
// "Title | Institute".
func (g *gatherer) withoutSite(title string) string {
	for _, v := range g.page.Values {
		if field, _ := fieldOf(v.Form, v.Name); field != greyshelf.FieldPublisher {
			continue
		}
		head, found := cutSuffixFold(title, v.Text)
		if cut := strings.TrimRight(head, " |–—-·:»"); found && cut != "" && len(cut) < len(strings.TrimRight(head, " ")) {
			return cut
		}
	}
	return title
}

func cutSuffixFold(text, suffix string) (string, bool) {
	at := len(text) - len(suffix)
	if suffix == "" || at <= 0 || !utf8.RuneStart(text[at]) || !strings.EqualFold(text[at:], suffix) {
		return text, false
	}
	return text[:at], true
}

// identifiers reads a DOI, an ISBN or an ISSN, with its name or an address.
func (g *gatherer) identifiers(v Value) {
	scheme, text := greyshelf.Scheme(""), v.Text
	for _, s := range []greyshelf.Scheme{greyshelf.DOI, greyshelf.ISBN, greyshelf.ISSN} {
		if strings.HasSuffix(v.Name, string(s)) {
			scheme = s
		}
		if head := string(s) + ":"; len(text) > len(head) && strings.EqualFold(text[:len(head)], head) {
			scheme, text = s, text[len(head):]
		}
	}
	if scheme == "" && greyshelf.NormaliseDOI(text) != "" {
		scheme = greyshelf.DOI
	}
	if id, ok := greyshelf.ParseIdentifier(scheme, strings.TrimSpace(text)); ok {
		g.add(v, greyshelf.FieldIdentifier, string(id.Scheme)+":"+id.Value, "")
	}
}

func isAddress(text string) bool {
	return strings.Contains(text, "://") || strings.HasPrefix(text, "www.") || strings.HasPrefix(text, "//")
}

// The beginning of a date in numbers: ISO 8601, or with slashes as Highwire
// tags have it, year first.
var numericDate = regexp.MustCompile(`^([12][0-9]{3})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?:[T ].*)?$`)

// edtf reads a date, of a time the day that is written. "" for anything else.
func edtf(text string) string {
	if utf8.RuneCountInString(text) > 100 {
		return ""
	}
	date := ""
	if m := numericDate.FindStringSubmatch(text); m != nil {
		date = m[1]
		for _, part := range m[2:] {
			if n, err := strconv.Atoi(part); err == nil {
				date += "-" + string(rune('0'+n/10)) + string(rune('0'+n%10))
			}
		}
	} else if d, ok := greyshelf.ParseDate(text); ok {
		date = d.EDTF
	}
	if year, err := strconv.Atoi(date[:min(4, len(date))]); err != nil || year < 1850 || year > 2100 || !greyshelf.ValidEDTF(date) {
		return ""
	}
	return date
}

// language gives the primary language of a tag ("en_US", "eng") as BCP 47; ""
// for what is none.
func language(tag string) string {
	tag = strings.TrimSpace(tag)
	if len(tag) < 2 || len(tag) > 35 {
		return ""
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	parsed, err := bcp47.All.Parse(first)
	base, sure := parsed.Base()
	if err != nil || sure == bcp47.No {
		return ""
	}
	return base.String()
}

// The address of a Creative Commons licence, and its short name.
var (
	ccAddress = regexp.MustCompile(`(?i)creativecommons\.org/(licenses|publicdomain)/([a-z-]{2,10})/([0-9]\.[0-9])`)
	ccShort   = regexp.MustCompile(`(?i)^cc[- ](by(?:[- ](?:nc|sa|nd))*)[- ]([1-4]\.[0-9])\b`)
)

// rightsCode gives the code of a licence's address or short name, or that of a
// copyright line; "" for what is not understood.
func rightsCode(text string) string {
	if m := ccAddress.FindStringSubmatch(text); m != nil {
		switch name := strings.ToLower(m[2]); {
		case !strings.EqualFold(m[1], "publicdomain"):
			return "cc-" + name + "-" + m[3]
		case name == "zero":
			return "cc0"
		default:
			return string(greyshelf.PublicDomain)
		}
	}
	if m := ccShort.FindStringSubmatch(text); m != nil {
		return "cc-" + strings.ReplaceAll(strings.ToLower(m[1]), " ", "-") + "-" + m[2]
	}
	if strings.HasPrefix(text, "©") && len(text) > len("©")+4 {
		return string(greyshelf.Copyright)
	}
	return ""
}
