package greyshelf

import (
	"strings"
	"unicode"
)

// Identifier is a value in an identifier scheme, normalised: a DOI in lower
// case without resolver, an ISBN as 13 digits, an ISSN as "1234-567X", a report
// number as printed.
type Identifier struct {
	Scheme Scheme `json:"scheme"`
	Value  string `json:"value"`
}

// Scheme names an identifier scheme.
type Scheme string

// The schemes.
const (
	DOI          Scheme = "doi"
	ISBN         Scheme = "isbn"
	ISSN         Scheme = "issn"
	ReportNumber Scheme = "report_number"
	ItemCode     Scheme = "item_code" // a list's own code for the item
	ROR          Scheme = "ror"
	ORCID        Scheme = "orcid"
	VIAF         Scheme = "viaf"
	Wikidata     Scheme = "wikidata"
)

// ParseIdentifier normalises and checks a value of a scheme: its syntax and,
// where the scheme has one, its check digit. It gives false for a value that
// cannot be of the scheme and for an unknown scheme.
func ParseIdentifier(scheme Scheme, raw string) (Identifier, bool) {
	if len(raw) > 300 {
		return Identifier{}, false
	}
	var value string
	switch scheme {
	case DOI:
		value = NormaliseDOI(raw)
	case ISBN:
		value = NormaliseISBN(raw)
	case ISSN:
		value = NormaliseISSN(raw)
	case ORCID:
		value = NormaliseORCID(raw)
	case ROR:
		value = NormaliseROR(raw)
	case VIAF:
		value = onlyDigits(afterAny(strings.TrimSpace(raw), "https://viaf.org/viaf/", "http://viaf.org/viaf/"))
	case Wikidata:
		value = normaliseWikidata(raw)
	case ReportNumber, ItemCode:
		value = strings.Join(strings.Fields(raw), " ")
	}
	return Identifier{Scheme: scheme, Value: value}, value != ""
}

// NormaliseDOI gives a DOI (ISO 26324; DOI Handbook §2.2) in lower case,
// without resolver or "doi:": "10.7249/rr1598". It is "" for anything else.
func NormaliseDOI(raw string) string {
	doi := strings.ToLower(strings.TrimSpace(raw))
	doi = afterAny(doi, "https://", "http://")
	doi = afterAny(doi, "doi.org/", "dx.doi.org/", "www.doi.org/")
	doi = strings.TrimLeft(afterAny(doi, "doi:", "doi "), " ")
	prefix, suffix, found := strings.Cut(doi, "/")
	if !found || suffix == "" || len(doi) > 250 || !doiPrefix(prefix) {
		return ""
	}
	if strings.ContainsFunc(suffix, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) {
		return ""
	}
	return doi
}

// doiPrefix reports whether the text is "10." and a registrant code of four to
// nine digits, which may be divided by points.
func doiPrefix(prefix string) bool {
	code, found := strings.CutPrefix(prefix, "10.")
	first, _, _ := strings.Cut(code, ".")
	if !found || len(first) < 4 || len(first) > 9 || strings.HasSuffix(code, ".") || strings.Contains(code, "..") {
		return false
	}
	return strings.Trim(code, "0123456789.") == ""
}

// NormaliseISBN gives an ISBN (ISO 2108) as 13 digits; an ISBN of ten digits
// gets the prefix 978 and a new check digit. It is "" where the check digit or
// the prefix is wrong.
func NormaliseISBN(raw string) string {
	isbn := compact(afterAny(strings.ToUpper(strings.TrimSpace(raw)), "ISBN-13", "ISBN-10", "ISBN"))
	switch {
	case len(isbn) == 10 && isbn10Valid(isbn):
		body := "978" + isbn[:9]
		return body + string(isbn13Check(body))
	case len(isbn) == 13 && onlyDigits(isbn) != "" && isbn13Check(isbn[:12]) == isbn[12]:
		if strings.HasPrefix(isbn, "978") || strings.HasPrefix(isbn, "979") {
			return isbn
		}
	}
	return ""
}

// isbn10Valid checks the ten characters of an old ISBN: weights 10 to 1, sum a
// multiple of 11, X for ten as the last.
func isbn10Valid(isbn string) bool {
	sum := 0
	for i := range 10 {
		d, ok := checkValue(isbn[i], i == 9)
		if !ok {
			return false
		}
		sum += (10 - i) * d
	}
	return sum%11 == 0
}

// isbn13Check gives the check digit of the first twelve digits: weights 1 and
// 3, sum a multiple of 10.
func isbn13Check(body string) byte {
	sum := 0
	for i := range 12 {
		sum += int(body[i]-'0') * (1 + i%2*2)
	}
	return byte('0' + (10-sum%10)%10)
}

// NormaliseISSN gives an ISSN (ISO 3297) as "1234-567X", or "" where the check
// character (weights 8 to 1, modulo 11) is wrong.
func NormaliseISSN(raw string) string {
	issn := compact(afterAny(strings.ToUpper(strings.TrimSpace(raw)), "EISSN", "E-ISSN", "ISSN-L", "ISSN"))
	if len(issn) != 8 {
		return ""
	}
	sum := 0
	for i := range 8 {
		d, ok := checkValue(issn[i], i == 7)
		if !ok {
			return ""
		}
		sum += (8 - i) * d
	}
	if sum%11 != 0 || sum == 0 {
		return ""
	}
	return issn[:4] + "-" + issn[4:]
}

// NormaliseORCID gives an ORCID iD as "0000-0002-1825-0097", or "" where its
// check character (ISO/IEC 7064, MOD 11-2) is wrong.
func NormaliseORCID(raw string) string {
	id := afterAny(strings.ToUpper(strings.TrimSpace(raw)), "HTTPS://ORCID.ORG/", "HTTP://ORCID.ORG/", "ORCID.ORG/")
	id = compact(id)
	if len(id) != 16 {
		return ""
	}
	total := 0
	for i := range 15 {
		d, ok := checkValue(id[i], false)
		if !ok {
			return ""
		}
		total = (total + d) * 2 % 11
	}
	if check, ok := checkValue(id[15], true); !ok || check != (12-total)%11 {
		return ""
	}
	return id[:4] + "-" + id[4:8] + "-" + id[8:12] + "-" + id[12:]
}

// NormaliseROR gives a ROR identifier as its nine characters ("05dxps055"), or
// "" where it has not the form of one: a zero, six letters or digits, two
// check digits (ISO/IEC 7064, MOD 97-10, over Crockford's base 32).
func NormaliseROR(raw string) string {
	id := afterAny(strings.ToLower(strings.TrimSpace(raw)), "https://ror.org/", "http://ror.org/", "ror.org/")
	if len(id) != 9 || id[0] != '0' {
		return ""
	}
	number := 0
	for i := 1; i < 7; i++ {
		d := strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", id[i])
		if d < 0 {
			return ""
		}
		number = number*32 + d
	}
	check, ok := twoOrFour(id[7:])
	if !ok || 98-number*100%97 != check {
		return ""
	}
	return id
}

// normaliseWikidata gives an item number such as "Q861556".
func normaliseWikidata(raw string) string {
	id := afterAny(strings.TrimSpace(raw), "https://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/")
	digits, found := strings.CutPrefix(strings.ToUpper(id), "Q")
	if !found || onlyDigits(digits) == "" {
		return ""
	}
	return "Q" + digits
}

// afterAny cuts the first of the prefixes that the text has.
func afterAny(text string, prefixes ...string) string {
	for _, p := range prefixes {
		if rest, found := strings.CutPrefix(text, p); found {
			return rest
		}
	}
	return text
}

// compact drops hyphens, dashes, white space and a leading colon, by which
// numbers are divided for people.
func compact(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-‐‑–—:", r) {
			return -1
		}
		return r
	}, number)
}

// onlyDigits gives the text if it consists of ASCII digits, else "".
func onlyDigits(text string) string {
	if len(text) > 30 || strings.Trim(text, "0123456789") != "" {
		return ""
	}
	return text
}

// checkValue gives the value of a digit; X is ten where it may stand.
func checkValue(c byte, mayBeX bool) (int, bool) {
	if c >= '0' && c <= '9' {
		return int(c - '0'), true
	}
	return 10, mayBeX && (c == 'X' || c == 'x')
}
