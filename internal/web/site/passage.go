package site

import (
	"strconv"
	"strings"
	"unicode"
)

// ThumbWidth is the width in pixels of the picture of a page in a listing.
const ThumbWidth = 240

// ThumbQuery is what follows the address of a page to make it that of its
// thumbnail.
const ThumbQuery = "/image?w=240"

// Span writes the last part of the address of a passage: [start, end) in code
// points.
func Span(start, end int) string { return strconv.Itoa(start) + "-" + strconv.Itoa(end) }

// ParseSpan reads what [Span] writes.
func ParseSpan(text string) (start, end int, ok bool) {
	first, last, found := strings.Cut(text, "-")
	start, err1 := strconv.Atoi(first)
	end, err2 := strconv.Atoi(last)
	return start, end, found && err1 == nil && err2 == nil && start >= 0 && start < end && Span(start, end) == text
}

// FindQuote finds a quotation in a text, as [start, end) in code points. White
// space, letter case and the form of quotation marks and hyphens are passed
// over; so is a hyphen at the end of a line.
func FindQuote(text, quote string) (start, end int, ok bool) {
	folded, at := fold(text)
	wanted, _ := fold(quote)
	if len(wanted) == 0 {
		return 0, 0, false
	}
	i := strings.Index(string(folded), string(wanted))
	if i < 0 {
		return 0, 0, false
	}
	first := len([]rune(string(folded)[:i]))
	return at[first], at[first+len(wanted)-1] + 1, true
}

// fold gives the letters of a text without what does not matter, and where
// each stands in the text.
func fold(text string) (letters []rune, at []int) {
	n := 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("-‐‑\u00ad", r):
		case strings.ContainsRune("“”„«»\"", r):
			letters, at = append(letters, '"'), append(at, n)
		case strings.ContainsRune("‘’‚'", r):
			letters, at = append(letters, '\''), append(at, n)
		default:
			letters, at = append(letters, unicode.ToLower(r)), append(at, n)
		}
		n++
	}
	return letters, at
}
