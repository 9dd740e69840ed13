package landing

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	deepest     = 64      // open elements that are remembered
	mostHeard   = 12      // captures at one time
	mostScripts = 20      // of JSON-LD
	longestJSON = 1 << 20 // bytes of one script
	mostAttrs   = 60      // attributes of one tag
)

// element is an open element of which something is wanted; others are not
// remembered.
type element struct {
	within  int // elements of the same name that are open in it
	tag     atom.Atom
	name    string   // where tag is 0
	capture *capture // its text is captured
	scope   scope    // it begins an item
	aside   bool     // navigation, foot, related matter
	hidden  bool     // its text is not shown
}

// scope says what an item of microdata or RDFa is.
type scope int

const (
	noScope   scope = iota
	workScope       // a report or the like
	partScope       // what a property of the work holds: its author, its publisher
	elseScope       // anything else: its properties are not those of the report
)

// capture gathers the text of an element.
type capture struct {
	form   Form
	name   string
	text   strings.Builder
	value  string // takes the place of the text: datetime, an inner name
	body   bool
	link   *Link    // the text is that of a link
	parent *capture // the text is its name
	longer bool     // than may be
	limit  int      // bytes
}

// attributes are those of one tag, names in lower case.
type attributes map[string]string

// tokens such as those of class and rel.
func (a attributes) tokens(name string) []string {
	return strings.Fields(strings.ToLower(a[name]))
}

// scan reads the page once from beginning to end. Its cost grows with the
// length of the page and not with its depth.
func (r *reader) scan(z *html.Tokenizer) {
	for {
		switch z.Next() {
		case html.ErrorToken:
			for len(r.open) > 0 {
				r.pop()
			}
			return
		case html.StartTagToken:
			r.start(z, false)
		case html.SelfClosingTagToken:
			r.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name), string(name))
		case html.TextToken:
			if len(r.heard) > 0 || len(r.open) > 0 && r.open[len(r.open)-1].tag == atom.Script {
				r.text(z)
			}
		}
	}
}

// start opens an element.
func (r *reader) start(z *html.Tokenizer, closed bool) {
	raw, more := z.TagName()
	e := element{tag: atom.Lookup(raw)}
	if e.tag == 0 {
		e.name = string(raw[:min(len(raw), 40)])
	}
	a := attributes{}
	for n := 0; more && n < mostAttrs; n++ {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, seen := a[string(key)]; !seen && len(value) <= 4*longestValue {
			a[string(key)] = string(value)
		}
	}
	switch e.tag {
	case atom.Meta, atom.Link, atom.Base, atom.Img, atom.Br, atom.Hr, atom.Input, atom.Source, atom.Wbr, atom.Embed, atom.Area, atom.Col, atom.Track:
		r.void(e.tag, a)
		return
	case atom.Html:
		r.language(a["lang"])
	}
	if closed && e.name != "" {
		return
	}
	r.endOmitted(e)
	changed := r.inherit(&e, a)
	e.capture = r.listen(&e, a)
	if len(r.open) >= deepest || e.capture == nil && e.scope == noScope && !changed {
		r.nest(e)
		return
	}
	r.open = append(r.open, e)
	if e.capture != nil {
		r.heard = append(r.heard, e.capture)
	}
}

// endOmitted ends the innermost element where one of the same name that cannot
// stand in it begins: its end tag was left out.
func (r *reader) endOmitted(e element) {
	switch e.tag {
	case atom.P, atom.A, atom.Li, atom.H1, atom.Dd, atom.Td:
		if n := len(r.open); n > 0 && r.open[n-1].tag == e.tag {
			r.pop()
		}
	}
}

// nest counts an element that is not remembered within the open one of its
// name, so that its end tag is not taken for that of the other.
func (r *reader) nest(e element) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].named(e.tag, e.name) {
			r.open[i].within++
			return
		}
	}
}

func (e element) named(tag atom.Atom, name string) bool {
	return e.tag == tag && (tag != 0 || e.name == name)
}

// inherit marks what is hidden, beside the matter, or an item, and reports
// whether that is not so of what is around it.
func (r *reader) inherit(e *element, a attributes) (changed bool) {
	if n := len(r.open); n > 0 {
		e.aside, e.hidden = r.open[n-1].aside, r.open[n-1].hidden
	}
	before := *e
	_, hidden := a["hidden"]
	switch e.tag {
	case atom.Nav, atom.Footer, atom.Aside:
		e.aside = true
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Textarea, atom.Noframes, atom.Noembed, atom.Xmp, atom.Svg:
		hidden = true
	}
	e.hidden = e.hidden || hidden
	_, item := a["itemscope"]
	if kind := a["itemtype"] + " " + a["typeof"]; item || strings.TrimSpace(kind) != "" {
		e.scope = elseScope
		for _, t := range strings.Fields(kind) {
			if workRank(t) > 0 {
				e.scope = workScope
			}
		}
	}
	return e.aside != before.aside || e.hidden != before.hidden
}

// scopeAt gives the nearest item and the capture of the element that began it.
func (r *reader) scopeAt() (scope, *capture) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].scope != noScope {
			return r.open[i].scope, r.open[i].capture
		}
	}
	return noScope, nil
}

// end closes the nearest element of the name, with those left open within it.
func (r *reader) end(tag atom.Atom, name string) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if !r.open[i].named(tag, name) {
			continue
		}
		if r.open[i].within > 0 {
			r.open[i].within--
			return
		}
		for len(r.open) > i {
			r.pop()
		}
		return
	}
}

// pop closes the innermost element.
func (r *reader) pop() {
	e := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	if e.capture == nil {
		return
	}
	r.heard = slices.DeleteFunc(r.heard, func(c *capture) bool { return c == e.capture })
	c := e.capture
	value := c.value
	if value == "" && !c.longer {
		value = c.text.String()
	}
	switch {
	case c.link != nil:
		c.link.Text = firstOf(tidy(value), c.link.Text)
		r.link(*c.link)
	case c.parent != nil:
		c.parent.value = firstOf(c.parent.value, tidy(value))
	default:
		r.add(c.form, c.name, value, c.body)
	}
}

// text hands a text to the captures that are open.
func (r *reader) text(z *html.Tokenizer) {
	if n := len(r.open); n > 0 && r.open[n-1].hidden {
		if c := r.open[n-1].capture; r.open[n-1].tag == atom.Script && c == nil {
			return
		} else if r.open[n-1].tag == atom.Script {
			if raw := z.Raw(); len(raw) <= longestJSON && len(r.scripts) < mostScripts {
				r.scripts = append(r.scripts, string(raw))
			}
		}
		return
	}
	text := z.Text()
	for _, c := range r.heard {
		if c.text.Len()+len(text) > c.limit {
			c.longer = true
			continue
		}
		c.text.Write(text)
		c.text.WriteByte(' ')
	}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
