package report

import (
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
}

// rows gives the fields that have a value, in the order of the record.
func rows(r greyshelf.Report, from func(string) origins) []row {
	var all []row
	add := func(key, field string, values ...value) {
		var present []value
		for _, one := range values {
			if one.Text != "" {
				present = append(present, one)
			}
		}
		if len(present) > 0 {
			all = append(all, row{key, present, from(field)})
		}
	}
	for _, role := range []greyshelf.Role{greyshelf.Author, greyshelf.Speaker, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting} {
		add(string(role), "agents", agents(r, role)...)
	}
	add("date", "date", value{Text: r.Date.Printed, Detail: differing(r.Date.EDTF, r.Date.Printed)}, value{Text: onlyIf(r.Date.Printed == "", r.Date.EDTF)})
	add("type", "type", value{Text: r.Type, Known: "type.", Query: search.FacetType})
	add("subject", "headings", headings(r)...)
	add("series", "series", value{Text: r.Series})
	add("version", "version", value{Text: r.Version})
	for _, id := range r.Identifiers {
		add(string(id.Scheme), "identifiers", value{Text: id.Value, Link: resolver(id)})
	}
	var languages []value
	for _, tag := range r.Languages {
		languages = append(languages, value{Text: tag, Known: "language.", Query: search.FacetLanguage})
	}
	add("language", "languages", languages...)
	add("rights", "rights", value{Text: string(r.Rights.Code), Known: "rights."}, value{Text: r.Rights.Statement}, value{Text: r.Rights.Holder, Detail: "holder"})
	add("format", "format", value{Text: r.Format})
	add("pages", "extent", value{Text: r.Extent.Printed})
	add("size", "size", value{Text: r.Size.Printed})
	add("url", "url", value{Text: r.URL, Link: site.SafeURL(r.URL)})
	add("note", "note", value{Text: r.Note})
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
		one := value{Text: c.Name, Detail: c.Stated}
		if c.EtAl {
			one.Text += " et al."
		}
		if role == greyshelf.Publisher {
			one.Query = search.FacetPublisher
		}
		all = append(all, one)
	}
	return all
}

func headings(r greyshelf.Report) []value {
	var all []value
	for _, h := range r.Headings {
		all = append(all, value{Text: h.Label, Query: search.FacetSubject})
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
}

type quote struct {
	Value, Text, Method string
	Page                int
	Link                string // to the page or passage; "" where it is closed
	Confidence          int    // per cent
}

// mostQuotes bounds the evidence that is shown for one value.
const mostQuotes = 40

func newOrigins(v *site.Visit, r greyshelf.Report, o curate.Origin) origins {
	out := origins{Method: o.Method, Who: o.Who, At: o.At, Restored: o.Restored != ""}
	if v.May(r, rights.Edit) {
		out.Reason = o.Reason
	}
	if o.Source != nil {
		out.File, out.Line, out.Raw = o.Source.File, o.Source.Line, site.Extract(o.Source.Raw)
	}
	for _, f := range o.Findings[:min(len(o.Findings), mostQuotes)] {
		one := quote{Value: f.Value, Text: strings.Join(strings.Fields(f.Quote), " "), Method: f.Method, Page: f.Page, Confidence: int(f.Confidence*100 + 0.5)}
		if !v.May(r, rights.Page) {
			one.Text = site.Extract(one.Text)
		}
		if !v.May(r, rights.Snippet) {
			one.Text = ""
		}
		if f.Page > 0 && v.May(r, rights.Page) {
			one.Link = passageLink(v, r, o.File, f)
		}
		out.Quotes = append(out.Quotes, one)
	}
	return out
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
