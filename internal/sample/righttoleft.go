package sample

import (
	"strings"
	"unicode"
)

// lineFromRight draws a line of Arabic that begins at x and runs to the left.
// Its words are drawn in the order of reading, as word processors do; readers
// of PDF that keep the order of the content then get sentences.
func (f *flow) lineFromRight(line []piece, s style, x, y float64) {
	text := ""
	for _, p := range line {
		text += p.text
	}
	for _, part := range directions([]rune(text)) {
		words := []string{part.text}
		if !part.leftToRight {
			words = strings.SplitAfter(part.text, " ")
		}
		for _, word := range words {
			run := s.font.RightToLeft(word, s.size)
			if part.leftToRight {
				run = s.font.Run(word, s.size)
			}
			x -= run.Width
			f.page.Glyphs(run, x, y, s.color)
		}
	}
}

// part is a stretch of one direction, in the order of reading.
type part struct {
	text        string
	leftToRight bool
}

// directions splits a line into what runs from right to left and what from left
// to right (Unicode Standard Annex #9, in the small part that the samples need:
// one level of embedding, no explicit marks). What stands between two letters
// or digits that run from left to right runs with them; all other signs run
// with the paragraph.
func directions(line []rune) []part {
	var parts []part
	for at := 0; at < len(line); {
		end := at
		if runsRight(line[at]) {
			for i := at; i < len(line) && !unicode.Is(unicode.Arabic, line[i]); i++ {
				if runsRight(line[i]) {
					end = i + 1
				}
			}
			parts = append(parts, part{string(line[at:end]), true})
		} else {
			for end < len(line) && !runsRight(line[end]) {
				end++
			}
			parts = append(parts, part{string(line[at:end]), false})
		}
		at = end
	}
	return parts
}

func runsRight(r rune) bool {
	return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Arabic, r)
}
