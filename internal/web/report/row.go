package report

import (
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// row is one field of the record as it is shown.
type row struct {
	Key    string // row.KEY in the locale files
	Values []value
	Origin origins
}

type value struct {
	Text   string
	Detail string // the same in a normal form, or a word on it
	Known  string // locale prefix under which Text may have a name: "language."
	Link   string // to the outside
	Query  string // facet that finds more of the same
	Page   string // path of the page that shows all with this name
	Name   string // the name that the page is asked for; "" where the path says all
}

// about gives a test for findings of the fields.
func about(fields ...greyshelf.Field) func(greyshelf.Finding) bool {
	return func(f greyshelf.Finding) bool { return slices.Contains(fields, f.Field) }
}

// aboutScheme gives a test for findings of an identifier scheme.
func aboutScheme(scheme greyshelf.Scheme) func(greyshelf.Finding) bool {
	return func(f greyshelf.Finding) bool {
		if scheme == greyshelf.ReportNumber {
			return f.Field == greyshelf.FieldReportNumber
		}
		return f.Field == greyshelf.FieldIdentifier && strings.HasPrefix(f.Value, string(scheme)+":")
	}
}

// rows gives the fields that have a value, in the order of the record.
func rows(r greyshelf.Report, from tell) []row {
	var all []row
	add := func(key, field string, about func(greyshelf.Finding) bool, values ...value) {
		var present []value
		for _, one := range values {
			if one.Text != "" {
				present = append(present, one)
			}
		}
		if len(present) > 0 {
			all = append(all, row{key, present, from(field, about)})
		}
	}
	for _, role := range []greyshelf.Role{greyshelf.Author, greyshelf.Speaker, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting} {
		finding := greyshelf.FieldCreator
		if role == greyshelf.Publisher {
			finding = greyshelf.FieldPublisher
		}
		add(string(role), "agents", about(finding), agents(r, role)...)
	}
	add("date", "date", about(greyshelf.FieldDate), value{Text: r.Date.Printed, Detail: differing(r.Date.EDTF, r.Date.Printed), Page: yearPage(r.Date)}, value{Text: onlyIf(r.Date.Printed == "", r.Date.EDTF), Page: yearPage(r.Date)})
	add("type", "type", about(greyshelf.FieldType), value{Text: r.Type, Known: "type.", Query: search.FacetType})
	add("subject", "headings", about(), headings(r)...)
	add("series", "series", about(greyshelf.FieldSeries), value{Text: r.Series})
	add("series_number", "series_number", about(), value{Text: r.SeriesNumber})
	add("version", "version", about(greyshelf.FieldVersion), value{Text: r.Version})
	for _, id := range r.Identifiers {
		add(string(id.Scheme), "identifiers", aboutScheme(id.Scheme), value{Text: id.Value, Link: resolver(id)})
	}
	add("language", "languages", about(greyshelf.FieldLanguage), languages(r)...)
	add("rights", "rights", about(greyshelf.FieldRights), value{Text: string(r.Rights.Code), Known: "rights."}, value{Text: r.Rights.Statement}, value{Text: r.Rights.Holder, Detail: "holder"})
	add("format", "format", about(), value{Text: r.Format})
	add("pages", "extent", about(greyshelf.FieldPages), value{Text: r.Extent.Printed})
	add("size", "size", about(greyshelf.FieldSize), value{Text: r.Size.Printed})
	add("url", "url", about(), value{Text: r.URL, Link: site.SafeURL(r.URL)})
	add("embargo_until", "embargo_until", about(), value{Text: r.EmbargoUntil})
	add("note", "note", about(), value{Text: r.Note})
	add("sensitivity", "desk", about(), value{Text: r.Desk.Sensitivity})
	add("requested_by", "desk", about(), value{Text: r.Desk.RequestedBy})
	add("reading", "desk", about(), value{Text: string(r.Desk.Reading), Known: "reading."})
	return all
}

func languages(r greyshelf.Report) []value {
	var all []value
	for _, tag := range r.Languages {
		all = append(all, value{Text: tag, Known: "language.", Query: search.FacetLanguage})
	}
	return all
}

func differing(a, b string) string {
	if a == b {
		return ""
	}
	return a
}

func onlyIf(condition bool, text string) string {
	if condition {
		return text
	}
	return ""
}

func agents(r greyshelf.Report, role greyshelf.Role) []value {
	var all []value
	for _, c := range r.Agents {
		if c.Role != role {
			continue
		}
		one := value{Text: c.Name, Name: c.Name, Detail: c.Stated}
		if c.EtAl {
			one.Text += " et al."
		}
		if role == greyshelf.Publisher {
			one.Page = "/publisher"
		}
		if role == greyshelf.Author && c.Kind == greyshelf.Person {
			one.Page = "/person"
		}
		all = append(all, one)
	}
	return all
}

// yearPage gives the path of the page of a date's year; "" without one.
func yearPage(d greyshelf.Date) string {
	year := d.EDTF[:min(len(d.EDTF), 4)]
	if len(year) < 4 || year < "1000" || strings.Trim(year, "0123456789") != "" {
		return ""
	}
	return "/year/" + year
}

func headings(r greyshelf.Report) []value {
	var all []value
	for _, h := range r.Headings {
		all = append(all, value{Text: h.Label, Page: "/heading", Name: h.Label})
	}
	return all
}

// resolver gives the address at which an identifier is looked up.
func resolver(id greyshelf.Identifier) string {
	switch id.Scheme {
	case greyshelf.DOI:
		return "https://doi.org/" + id.Value
	case greyshelf.ISSN:
		return "https://portal.issn.org/resource/ISSN/" + id.Value
	}
	return ""
}

// origins is where a value comes from, as far as the reader may see it.
type origins struct {
	Method   greyshelf.Method // "" when nothing is known
	Who      string
	At       time.Time
	Reason   string
	File     string // name of the imported list
	Line     int
	Raw      string // the entry as written
	Restored bool
	Quotes   []quote
	Others   []quote // what was found too, and was not chosen
}

type quote struct {
	Value, Text, Method string
	Why                 string // it was not chosen
	Page                int
	Link                string // to the page or passage; "" where it is closed
	Confidence          int    // per cent
}

// mostQuotes bounds the evidence that is shown for one value.
const mostQuotes = 40

func newOrigins(v *site.Visit, r greyshelf.Report, o curate.Origin) origins {
	out := origins{Method: o.Method, Who: v.Text.Get("origin.desk"), At: o.At, Restored: o.Restored != ""}
	if v.May(r, rights.Edit) { // readers learn how, not who or from which of the desk's lists
		out.Who, out.Reason = o.Who, o.Reason
		if o.Source != nil {
			out.File, out.Line, out.Raw = o.Source.File, o.Source.Line, site.Extract(o.Source.Raw)
		}
	}
	for _, f := range o.Findings[:min(len(o.Findings), mostQuotes)] {
		out.Quotes = append(out.Quotes, newQuote(v, r, o.File, f))
	}
	return out
}

// others gives the findings of the set that were not chosen.
func others(v *site.Visit, r greyshelf.Report, set greyshelf.FindingSet, about func(greyshelf.Finding) bool) []quote {
	var all []quote
	for _, f := range set.Findings {
		if !f.Chosen && about(f) && len(all) < mostQuotes && v.May(r, rights.Snippet) {
			all = append(all, newQuote(v, r, set.File, f))
		}
	}
	return all
}

// newQuote shows a finding as far as the reader may see it.
func newQuote(v *site.Visit, r greyshelf.Report, sha string, f greyshelf.Finding) quote {
	one := quote{Value: site.Extract(f.Value), Text: strings.Join(strings.Fields(f.Quote), " "), Method: f.Method, Page: f.Page, Why: f.Why, Confidence: int(f.Confidence*100 + 0.5)}
	switch {
	case v.May(r, rights.Page) && f.Page > 0:
		one.Link = passageLink(v, r, sha, f)
	case v.May(r, rights.Page):
	case v.May(r, rights.Snippet):
		one.Text = site.Extract(one.Text)
	default:
		one.Text = ""
	}
	return one
}

// passageLink leads to the quotation on its page; to the page alone where the
// quotation is not found again.
func passageLink(v *site.Visit, r greyshelf.Report, sha string, f greyshelf.Finding) string {
	link := v.PageLink(r.ID, sha, f.Page)
	file, ok := r.File(sha)
	if !ok {
		return ""
	}
	p, err := v.Pages.Page(v.R.Context(), sha, file.Text, f.Page)
	if err != nil {
		return link
	}
	start, end, ok := site.FindQuote(p.Text, f.Quote)
	if !ok {
		return link
	}
	return link + "/" + site.Span(start, end)
}
