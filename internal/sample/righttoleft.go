package sample

import (
	"unicode"

	"github.com/greyshelf/greyshelf/internal/sample/pdf"
)

// visualRuns gives the runs of a right-to-left line as they stand on paper,
// from left to right: Arabic shaped from right to left, Latin words and
// numbers from left to right (Unicode Standard Annex #9, in the small part
// that the samples need: one level of embedding, no explicit marks).
func visualRuns(font *pdf.Font, line string, size float64) []pdf.Run {
	parts := directions([]rune(line))
	runs := make([]pdf.Run, 0, len(parts))
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i].leftToRight {
			runs = append(runs, font.Run(parts[i].text, size))
		} else {
			runs = append(runs, font.RightToLeft(parts[i].text, size))
		}
	}
	return runs
}

// part is a stretch of one direction, in the order of reading.
type part struct {
	text        string
	leftToRight bool
}

// directions splits a line. What stands between two letters or digits that run
// from left to right runs with them; all other signs run with the paragraph.
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
