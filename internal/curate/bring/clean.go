package bring

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// The longest values in bytes. What is longer is cut, and that is said.
const (
	mostTitle = 2000
	mostName  = 500
	mostText  = 60_000
	mostMany  = 500 // members of a list
)

// tidy makes the report of an item safe to keep: values without characters
// that control a terminal or turn the direction of what follows, none too
// long, identifiers in their normal form, addresses that are safe behind a
// link. What is left out is said in the item's problems.
func tidy(i Item) Item {
	if i.Broken != "" {
		i.Report, i.Files = greyshelf.Report{}, nil
		return i
	}
	t := tidier{item: &i}
	t.report(&i.Report)
	if i.Report.Title == "" {
		i.Broken = "it has no title"
	}
	return i
}

type tidier struct{ item *Item }

func (t tidier) say(format string, args ...any) {
	if len(t.item.Problems) < 20 {
		t.item.Problems = append(t.item.Problems, fmt.Sprintf(format, args...))
	}
}

func (t tidier) report(r *greyshelf.Report) {
	*r = greyshelf.Report{
		Type: t.line("type", r.Type, mostName), Title: t.line("title", r.Title, mostTitle), Subtitle: t.line("subtitle", r.Subtitle, mostTitle),
		ParallelTitles: r.ParallelTitles, Agents: r.Agents, Date: r.Date, Abstract: t.text("abstract", r.Abstract),
		Annotation: t.text("annotation", r.Annotation), Headings: r.Headings, Identifiers: r.Identifiers, Languages: r.Languages,
		Rights: r.Rights, Format: t.line("format", r.Format, mostName), Extent: r.Extent, Size: r.Size, URL: strings.TrimSpace(r.URL),
		Series: t.line("series", r.Series, mostTitle), Version: t.line("version", r.Version, mostName),
		SeriesNumber: t.line("number in the series", r.SeriesNumber, mostName), Note: t.text("note", r.Note), Entry: r.Entry,
	}
	r.Rights.Statement, r.Rights.Holder, r.Rights.Access = t.text("rights", r.Rights.Statement), t.line("holder of rights", r.Rights.Holder, mostName), ""
	r.Extent.Printed, r.Size.Printed = t.line("pages", r.Extent.Printed, mostName), t.line("size", r.Size.Printed, mostName)
	if r.Rights.Code != "" && !isCode(r.Rights.Code) {
		t.say("%s is no code of rights and was left out", quoted(string(r.Rights.Code)))
		r.Rights.Code = ""
	}
	if r.Extent.Pages < 0 {
		r.Extent = greyshelf.Extent{}
	}
	if r.Size.Bytes < 0 {
		r.Size = greyshelf.Size{}
	}
	t.lists(r)
	t.date(r)
	if r.URL != "" && !safeURL(r.URL) {
		t.say("the address %s does not begin with https:// or http:// and was left out", quoted(r.URL))
		r.URL = ""
	}
}

func (t tidier) lists(r *greyshelf.Report) {
	var agents []greyshelf.Contribution
	for _, c := range bounded(t, "names", r.Agents) {
		c.Name, c.Family, c.Given = t.line("name", c.Name, mostName), t.line("name", c.Family, mostName), t.line("name", c.Given, mostName)
		c.Stated, c.Affiliation, c.Authority = t.line("office", c.Stated, mostName), t.line("affiliation", c.Affiliation, mostName), ""
		if c.Name != "" && (c.Kind == greyshelf.Person || c.Kind == greyshelf.Body) && isRole(c.Role) {
			agents = append(agents, c)
		}
	}
	var headings []greyshelf.Heading
	for _, h := range bounded(t, "subjects", r.Headings) {
		if label := t.line("subject", h.Label, mostName); label != "" {
			headings = append(headings, greyshelf.Heading{Label: label, Language: tag(h.Language)})
		}
	}
	var identifiers []greyshelf.Identifier
	for _, id := range bounded(t, "identifiers", r.Identifiers) {
		id.Value = t.line("identifier", id.Value, mostName)
		normal, ok := greyshelf.ParseIdentifier(id.Scheme, id.Value)
		if !ok {
			t.say("%s is no %s and was left out", quoted(id.Value), id.Scheme)
			continue
		}
		identifiers = append(identifiers, normal)
	}
	var languages, parallel []string
	for _, l := range bounded(t, "languages", r.Languages) {
		if tag(l) == "" {
			t.say("%s is no code of a language and was left out", quoted(l))
			continue
		}
		languages = append(languages, l)
	}
	for _, title := range bounded(t, "parallel titles", r.ParallelTitles) {
		if title = t.line("parallel title", title, mostTitle); title != "" {
			parallel = append(parallel, title)
		}
	}
	r.Agents, r.Headings, r.Identifiers, r.Languages, r.ParallelTitles = agents, headings, identifiers, languages, parallel
}

func (t tidier) date(r *greyshelf.Report) {
	r.Date.Printed = t.line("date", r.Date.Printed, mostName)
	if r.Date.EDTF != "" && !greyshelf.ValidEDTF(r.Date.EDTF) {
		t.say("%s is no date that can be read; it stays as printed", quoted(r.Date.EDTF))
		if r.Date.Printed == "" {
			r.Date.Printed = t.line("date", r.Date.EDTF, mostName)
		}
		r.Date.EDTF = ""
	}
}

// bounded cuts a list that is too long.
func bounded[T any](t tidier, what string, all []T) []T {
	if len(all) <= mostMany {
		return all
	}
	t.say("of %d %s the first %d were taken", len(all), what, mostMany)
	return all[:mostMany]
}

// line is a value on one line.
func (t tidier) line(what, value string, most int) string {
	return t.cut(what, oneLine(value), most)
}

// text is a value that may have several lines.
func (t tidier) text(what, value string) string {
	return t.cut(what, strings.TrimSpace(greyshelf.Plain(value)), mostText)
}

func (t tidier) cut(what, value string, most int) string {
	if len(value) <= most {
		return value
	}
	t.say("the %s is %s long and was cut after %d characters", what, greyshelf.FormatSize(int64(len(value))), most)
	return strings.TrimSpace(clip(value, most))
}

// clip gives at most so many bytes of a text, whole characters.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// oneLine gives a text on one line without characters that control.
func oneLine(text string) string { return strings.Join(strings.Fields(greyshelf.Plain(text)), " ") }

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$`)

// tag gives a language tag if the text is one (RFC 5646 §2.1).
func tag(text string) string {
	if !languageTag.MatchString(text) {
		return ""
	}
	return text
}

// isRole: no other role has a meaning here.
func isRole(r greyshelf.Role) bool {
	switch r {
	case greyshelf.Author, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting, greyshelf.Speaker:
		return true
	}
	return false
}

var creativeCommons = regexp.MustCompile(`^cc(0|-[a-z0-9.-]{1,36})$`)

// isCode: readers may open more or less by it, so that no other word is one.
func isCode(c greyshelf.RightsCode) bool {
	return c == greyshelf.PublicDomain || c == greyshelf.Copyright || c == greyshelf.AllRightsReserved || creativeCommons.MatchString(string(c))
}

func safeURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && len(address) <= mostTitle && oneLine(address) == address
}
