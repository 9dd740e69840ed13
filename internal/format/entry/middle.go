package entry

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// titleAndMiddle reads title, publisher and authors where no heading says how
// far the title goes.
func (c *citation) titleAndMiddle() {
	if n, authors := invertedNames(c.text()); n > 0 && (n < len(c.text()) || c.entry().Title == "" && c.dateBy == 0) {
		c.setAuthors(c.from, c.from+n, authors)
		c.from, c.to = trim(c.r.raw, c.from+n, c.to)
		c.titleAndPublisher()
		return
	}
	if at := speakerInside(c.text()); at > 0 {
		c.setTitle(c.from, c.withoutStop(c.from, c.from+at))
		c.middle()
		return
	}
	parts := c.parts()
	if at := capitalsEnd(parts[0].in(c.text())); len(parts) == 1 && at > 0 {
		c.setTitle(c.from, c.from+at)
		c.middle()
		return
	}
	for i := 1; i < len(parts); i++ {
		if n, _ := invertedNames(c.text()[parts[i].from:]); n > 0 || speakerStart(c.text()[parts[i].from:]) > 0 {
			c.setTitle(c.from, c.from+parts[i-1].to)
			c.middle()
			return
		}
	}
	last := c.titleEnd(parts)
	c.setTitle(c.from, c.withoutStop(c.from, c.from+parts[last].to))
	c.middle()
}

// capitalsEnd finds the end of a title in capitals that no stop divides from
// the publisher: at least three words in capitals, then a name of two or more
// words that is not. It gives 0 where there is none.
func capitalsEnd(text string) int {
	words := strings.Fields(text)
	caps := 0
	for caps < len(words) && words[caps] == strings.ToUpper(words[caps]) {
		caps++
	}
	if caps < len(words) && caps > 0 && (strings.HasSuffix(words[caps-1], ".") || caps == len(words)-1) {
		caps-- // "U.S. Department", "RAND Corporation"
	}
	if caps < 3 || caps >= len(words) || !nameLike(strings.Join(words[caps:], " ")) {
		return 0
	}
	at := 0
	for _, w := range words[:caps] {
		at += strings.Index(text[at:], w) + len(w)
	}
	return at
}

// withoutStop gives the end of a range without a stop that only divides.
func (c *citation) withoutStop(from, to int) int {
	from, to = trim(c.r.raw, from, to)
	text := c.r.raw[from:to]
	trimmed := strings.TrimRight(text, ".")
	if trimmed != text && !ownsStop(trimmed) {
		return from + len(trimmed)
	}
	return to
}

// parts divides what is left at the stops, and at a question or exclamation
// mark where a name stands behind it or nothing else divides.
func (c *citation) parts() []segment {
	text := c.text()
	strong := segments(text, false)
	all := segments(text, true)
	var parts []segment
	for i := 0; i < len(all); i++ {
		p := all[i]
		for i+1 < len(all) && strings.ContainsAny(text[p.to-min(1, p.to):p.to], "?!") && len(strong) > 1 && !nameBehind(all[i+1].in(text)) {
			i++
			p.to = all[i].to
		}
		parts = append(parts, p)
	}
	return parts
}

// nameBehind reports whether the part begins the names behind a title.
func nameBehind(part string) bool {
	n, _ := invertedNames(part)
	return n > 0 || greyshelf.LooksLikeBody(part) || speakerStart(part) > 0
}

// titleEnd says which part is the last of the title, where publisher and
// authors stand behind it and the title may have stops inside.
func (c *citation) titleEnd(parts []segment) int {
	n, text := len(parts), c.text()
	if n <= 2 {
		return 0
	}
	last, before := parts[n-1].in(text), parts[n-2].in(text)
	switch {
	case greyshelf.LooksLikeBody(before), personal(last) && !greyshelf.LooksLikeBody(last):
		return n - 3 // title, publisher, authors
	case greyshelf.LooksLikeBody(last) && personal(before):
		return n - 3 // title, authors, publisher
	case greyshelf.LooksLikeBody(last):
		return n - 2 // a title with a stop, publisher
	}
	return 0
}

// titleAndPublisher reads what stands behind authors that come first.
func (c *citation) titleAndPublisher() {
	parts := c.parts()
	if c.from >= c.to {
		return
	}
	last := max(0, len(parts)-2)
	if len(parts) > 2 && !greyshelf.LooksLikeBody(parts[len(parts)-1].in(c.text())) {
		last = 0
	}
	end := c.from + parts[last].to
	c.setTitle(c.from, c.withoutStop(c.from, end))
	if c.from < c.to {
		c.publisherOnly(c.parts()[0])
	}
}

// middle reads publisher and authors, in either order.
func (c *citation) middle() {
	if c.from >= c.to {
		return
	}
	behind := c.speaker()
	if behind == 0 {
		n, authors := invertedNames(c.text())
		if n == 0 {
			c.publisherAndAuthors(segments(c.text(), false))
			return
		}
		behind = c.from + n
		c.setAuthors(c.from, behind, authors)
	}
	c.from, c.to = trim(c.r.raw, behind, c.to)
	if c.from < c.to {
		c.publisherOnly(segments(c.text(), false)[0])
	}
}

// publisherOnly takes a part as the publisher.
func (c *citation) publisherOnly(p segment) {
	c.setPublisher(c.from+p.from, c.withStop(c.from+p.to))
}

// publisherAndAuthors reads one or two names divided by a stop. The publisher
// comes first unless only the second name looks like a body.
func (c *citation) publisherAndAuthors(parts []segment) {
	base, text := c.from, c.text()
	publisher, authors := 0, 1
	if len(parts) > 1 && !greyshelf.LooksLikeBody(parts[0].in(text)) && greyshelf.LooksLikeBody(parts[1].in(text)) && personal(parts[0].in(text)) {
		publisher, authors = 1, 0
	}
	p := parts[publisher]
	c.setPublisher(base+p.from, c.withStop(base+p.to))
	if len(parts) > 1 {
		a := parts[authors]
		from, to := base+a.from, base+a.to
		if n, names := invertedNames(c.r.raw[from:c.to]); n > 0 {
			c.setAuthors(from, from+n, names)
			return
		}
		if ownsStop(c.r.raw[from:to]) {
			to = c.withStop(to)
		}
		c.setAuthors(from, to, naturalNames(c.r.raw[from:to]))
	}
}

// withStop gives the place behind a stop that stands there.
func (c *citation) withStop(at int) int {
	if at < len(c.r.raw) && c.r.raw[at] == '.' {
		return at + 1
	}
	return at
}

// setAuthors takes the authors as written and by name.
func (c *citation) setAuthors(from, to int, authors []greyshelf.EntryAuthor) {
	from, to = trim(c.r.raw, from, to)
	e := c.entry()
	e.AuthorsRaw = clean(c.r.raw[from:to])
	e.Authors = authors
	c.r.take(fieldAuthors, from, to, authorsKey(authors))
}
