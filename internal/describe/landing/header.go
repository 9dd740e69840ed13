package landing

import (
	"net/url"
	"slices"
	"strings"
)

const (
	mostTyped     = 100    // links of a header
	longestHeader = 64_000 // bytes of all values together
)

// WithHeader adds to the page what the Link header (RFC 8288) of an HTTP answer
// from the address base says: the canonical address, one to cite, a licence, a
// PDF. For the answer that is the PDF itself, page is the zero value; then
// Canonical is "" unless the header names another address of the same site.
func WithHeader(page Page, values []string, base *url.URL) Page {
	if base == nil || base.Host == "" {
		return page
	}
	r := reader{base: base, page: page}
	own := page.Canonical
	if own == page.URL {
		r.page.Canonical = "" // nothing but its own address was known
	}
	length := 0
	for _, value := range values {
		if length += len(value); length <= longestHeader {
			r.header(value)
		}
	}
	if !sameSite(base.String(), r.page.Canonical) || page.URL == "" && r.page.Canonical == address(base) {
		r.page.Canonical = own
	}
	if len(r.links) > 0 {
		r.page.PDFs = rank(append(slices.Clone(page.PDFs), r.links...), page.title(), page.first(LinkRel, "lang"))
	}
	return r.page
}

// header takes the links of one header value.
func (r *reader) header(value string) {
	for n := 0; n < mostTyped; n++ {
		_, rest, found := strings.Cut(value, "<")
		target, rest, closed := strings.Cut(rest, ">")
		if !found || !closed {
			return
		}
		a, after := parameters(rest)
		a["href"] = target
		value = after
		if anchor, other := a["anchor"]; !other || resolve(r.base, anchor) == address(r.base) {
			r.typed(a)
		}
	}
}

// typed takes one link as if it stood in the page.
func (r *reader) typed(a attributes) {
	before := len(r.page.Values)
	r.rel(a)
	for i := before; i < len(r.page.Values); i++ {
		r.page.Values[i].Form = Header
	}
}

// parameters reads `; name=value; name="value"` up to the comma that ends a
// link.
func parameters(text string) (a attributes, rest string) {
	a = attributes{}
	for {
		text = strings.TrimLeft(text, " \t;")
		end := strings.IndexAny(text, "=;,")
		if end < 0 || text[end] == ',' || len(a) > mostAttrs {
			return a, text
		}
		name := strings.ToLower(strings.TrimSpace(text[:end]))
		if text[end] == ';' {
			text = text[end:]
			continue
		}
		var value string
		value, text = parameter(strings.TrimLeft(text[end+1:], " \t"))
		if _, seen := a[name]; !seen {
			a[name] = value
		}
	}
}

// parameter reads a value, which may be quoted.
func parameter(text string) (value, rest string) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, ";,")
		if end < 0 {
			end = len(text)
		}
		return strings.TrimSpace(text[:end]), text[end:]
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return b.String(), text[i+1:]
		case '\\':
			if i++; i < len(text) {
				b.WriteByte(text[i])
			}
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String(), ""
}
