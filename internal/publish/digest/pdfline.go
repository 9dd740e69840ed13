package digest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// flowing is the text of a paragraph, with single spaces, and where each letter
// leads.
type flowing struct {
	letters []rune
	hrefs   []string
}

// flow puts spans together.
func flow(spans []Span) flowing {
	var f flowing
	space, before := false, ""
	for _, s := range spans {
		for _, r := range xmltree.Clean(s.Text) {
			if unicode.IsSpace(r) {
				space = len(f.letters) > 0
				continue
			}
			if space {
				href := ""
				if before == s.Href {
					href = before
				}
				f.letters, f.hrefs, space = append(f.letters, ' '), append(f.hrefs, href), false
			}
			f.letters, f.hrefs, before = append(f.letters, r), append(f.hrefs, s.Href), s.Href
		}
	}
	return f
}

// parts gives the stretches of the line that begins at the letter, in the order
// in which they stand, cut where links begin and end.
func (f flowing) parts(at int, line string, rtl bool) []stretch {
	var all []stretch
	for _, s := range stretches(line, rtl) {
		letters := []rune(s.text)
		var cuts []stretch
		for from := 0; from < len(letters); {
			href, to := f.hrefs[at+s.at+from], from
			for to < len(letters) && f.hrefs[at+s.at+to] == href {
				to++
			}
			cuts = append(cuts, stretch{text: string(letters[from:to]), rtl: s.rtl, at: s.at + from, href: href})
			from = to
		}
		if s.rtl {
			slices.Reverse(cuts)
		}
		all = append(all, cuts...)
	}
	return all
}

// broken breaks a text into lines at spaces; a word that is longer than a line
// is cut.
func broken(font *pdfwrite.Font, text string, size, most float64) []string {
	var lines []string
	line, used, space := "", 0.0, font.Run(" ", size).Width
	for _, word := range strings.Fields(text) {
		for _, piece := range cut(font, word, size, most) {
			w := stretch{text: piece, rtl: rightToLeft(piece)}.run(font, size).Width
			switch {
			case line == "":
				line, used = piece, w
			case used+space+w <= most:
				line, used = line+" "+piece, used+space+w
			default:
				lines, line, used = append(lines, line), piece, w
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut cuts a word into pieces that fit on a line: behind a mark, as addresses
// are broken, where there is one in the last half of the line.
func cut(font *pdfwrite.Font, word string, size, most float64) []string {
	var pieces []string
	from, used, mark := 0, 0.0, 0
	for i, r := range word {
		used += font.Run(string(r), size).Width
		if used > most && i > from {
			end := i
			if mark > from+(i-from)/2 {
				end = mark
			}
			pieces, from = append(pieces, word[from:end]), end
			used = font.Run(word[end:i]+string(r), size).Width
		}
		if strings.ContainsRune("/-_.?&=;,", r) {
			mark = i + utf8.RuneLen(r)
		}
	}
	return append(pieces, word[from:])
}

// stretch is text of one direction. In a line they stand from left to right as
// they are drawn.
type stretch struct {
	text string
	rtl  bool
	at   int    // of its first letter, in the line
	href string // where it leads
}

// stretches cuts a line into stretches of one direction and puts them in the
// order in which they stand (Unicode Annex 9, with one level of embedding and
// without explicit marks).
func stretches(line string, rtl bool) []stretch {
	var all []stretch
	runes := []rune(line)
	add := func(from, to int, right bool) {
		if from < to {
			all = append(all, stretch{text: string(runes[from:to]), rtl: right, at: from})
		}
	}
	for at := 0; at < len(runes); {
		other := func(r rune) bool { return strong(r, rtl) == !rtl && strong(r, !rtl) == !rtl }
		end := at
		if other(runes[at]) {
			for i := at; i < len(runes) && (other(runes[i]) || !unicode.IsLetter(runes[i])); i++ {
				if other(runes[i]) {
					end = i + 1
				}
			}
			add(at, end, !rtl)
		} else {
			for end < len(runes) && !other(runes[end]) {
				end++
			}
			add(at, end, rtl)
		}
		at = end
	}
	if rtl {
		slices.Reverse(all)
	}
	return all
}

// strong reports whether a letter or digit runs from right to left; anything
// else runs as the text around it. Digits run from left to right everywhere.
func strong(r rune, around bool) (rtl bool) {
	switch {
	case unicode.IsDigit(r):
		return false
	case unicode.IsLetter(r):
		return rightToLeft(string(r))
	}
	return around
}

func width(font *pdfwrite.Font, parts []stretch, size float64) float64 {
	sum := 0.0
	for _, s := range parts {
		sum += s.run(font, size).Width
	}
	return sum
}

func (s stretch) run(font *pdfwrite.Font, size float64) pdfwrite.Run {
	if s.rtl {
		return font.RightToLeft(s.text, size)
	}
	return font.Run(s.text, size)
}
