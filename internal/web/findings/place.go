package findings

import (
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// mostPlaces bounds how often one quotation is looked for on a page.
const mostPlaces = 200

// place finds a finding's quotation in the text of its page, as [start, end) in
// code points. Of several places it is the one that lies where the finding's
// box does: a year or a name may stand on a page more than once.
func place(p greyshelf.Page, f greyshelf.Finding) (start, end int, ok bool) {
	best, from := -1.0, 0
	text := p.Text
	for range mostPlaces {
		s, e, found := site.FindQuote(text, f.Quote)
		if !found {
			break
		}
		if near := shared(p.Boxes(from+s, from+e), f.Box); near > best {
			start, end, ok, best = from+s, from+e, true, near
		}
		for range s + 1 { // on behind the first character of this place
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
		}
		from += s + 1
	}
	return start, end, ok
}

// shared gives which part of the boxes' area lies in the box, 0..1.
func shared(boxes []greyshelf.Box, in greyshelf.Box) float64 {
	var inside, all float64
	for _, b := range boxes {
		all += area(b)
		inside += area(greyshelf.Box{max(b[0], in[0]), max(b[1], in[1]), min(b[2], in[2]), min(b[3], in[3])})
	}
	if all == 0 {
		return 0
	}
	return inside / all
}

func area(b greyshelf.Box) float64 { return max(b[2]-b[0], 0) * max(b[3]-b[1], 0) }
