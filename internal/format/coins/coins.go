// Package coins writes a report as an OpenURL ContextObject in SPAN (COinS;
// ANSI/NISO Z39.88-2004, the KEV format for books, whose genres include
// reports), which reference managers find in a page.
//
// It is a leaf at the end of the way of the data. It stores nothing.
package coins

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Title gives the title attribute of <span class="Z3988">: key and value
// pairs, escaped for an address. address is where the library shows the report.
func Title(r greyshelf.Report, address string) string {
	pairs := [][2]string{{"ctx_ver", "Z39.88-2004"}, {"rft_val_fmt", "info:ofi/fmt:kev:mtx:book"}, {"rft.genre", "report"}}
	add := func(key, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			pairs = append(pairs, [2]string{key, value})
		}
	}
	add("rft.btitle", r.FullTitle())
	first := true
	for _, a := range r.AgentsWith(greyshelf.Author) {
		if first && a.Kind == greyshelf.Person {
			add("rft.aulast", a.Family)
			add("rft.aufirst", a.Given)
		}
		if a.Kind == greyshelf.Body {
			add("rft.aucorp", a.Name)
		} else {
			add("rft.au", a.Name)
		}
		first = false
	}
	for _, p := range r.AgentsWith(greyshelf.Publisher) {
		add("rft.pub", p.Name)
	}
	add("rft.date", r.Date.EDTF)
	add("rft.series", r.Series)
	add("rft.isbn", r.Identifier(greyshelf.ISBN))
	add("rft.issn", r.Identifier(greyshelf.ISSN))
	if r.Extent.Pages > 0 {
		add("rft.tpages", strconv.Itoa(r.Extent.Pages))
	}
	if doi := r.Identifier(greyshelf.DOI); doi != "" {
		add("rft_id", "info:doi/"+doi)
	}
	add("rft_id", address)
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p[0] + "=" + url.QueryEscape(p[1]))
	}
	return b.String()
}
