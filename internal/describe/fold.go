package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text made comparable: lower case, one space for any white space,
// plain hyphens and quotation marks, no ligatures, soft hyphens or marks that
// do not show. at[i] is the code point of the original that byte i came from;
// it has one entry more than text has bytes.
type folded struct {
	text string
	at   []int
}

// fold makes a text comparable. A line break after a hyphen vanishes.
func fold(text []rune) folded {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	at := make([]int, 0, len(text)+len(text)/8)
	var last rune
	for i, r := range text {
		switch form := foldRune(r); {
		case form == "":
			continue
		case form == " " && (last == ' ' || last == 0 || last == '-' && r == '\n'):
			continue
		default:
			b.WriteString(form)
			for range len(form) {
				at = append(at, i)
			}
			last, _ = utf8.DecodeLastRuneInString(form)
		}
	}
	return folded{b.String(), append(at, len(text))}
}

// foldString is the folded form alone, without white space at the ends.
func foldString(text string) string {
	return strings.TrimSpace(fold([]rune(text)).text)
}

func foldRune(r rune) string {
	switch r {
	case '‐', '‑', '‒', '–', '—', '−':
		return "-"
	case '‘', '’', '‚', '‛', 'ʼ', '`', '´':
		return "'"
	case '“', '”', '„', '«', '»', '‟':
		return `"`
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬀ':
		return "ff"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	case 'ё', 'Ё':
		return "е"
	case 'ـ', '\u00ad', '\ufeff':
		return ""
	}
	switch {
	case r < utf8.RuneSelf && r > ' ' && r < 0x7f:
		return string(unicode.ToLower(r))
	case unicode.IsSpace(r):
		return " "
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.IsControl(r):
		return ""
	}
	return string(unicode.ToLower(r))
}

// span gives the code points of the original that the bytes [from, to) of the
// folded text came from.
func (f folded) span(from, to int) (start, end int) {
	if from >= to {
		return f.at[from], f.at[from]
	}
	return f.at[from], f.at[to-1] + 1
}

// find gives the place of a folded phrase as whole words, in code points.
func (f folded) find(phrase string) (start, end int, found bool) {
	at := findWhole(f.text, phrase)
	if at < 0 || phrase == "" {
		return 0, 0, false
	}
	start, end = f.span(at, at+len(phrase))
	return start, end, true
}

// findWhole gives the byte offset of the phrase where no letter or digit
// touches it, or -1. It looks at no more than 200 places.
func findWhole(text, phrase string) int {
	if phrase == "" {
		return -1
	}
	for from, n := 0, 0; n < 200; n++ {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			return -1
		}
		at += from
		if endsApart(text[:at]) && startsApart(text[at+len(phrase):]) {
			return at
		}
		from = at + 1
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
	}
	return -1
}

// startsApart reports whether no letter or digit begins the text.
func startsApart(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// endsApart reports whether no letter or digit ends the text.
func endsApart(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// joinLines makes one line of several: a soft hyphen at the end of a line and
// the break after it vanish, a hyphen stays without a space after it, any other
// white space becomes one space.
func joinLines(text string) string {
	text = strings.ReplaceAll(text, "\u00ad\n", "")
	text = strings.ReplaceAll(text, "\u00ad", "")
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if i > 0 && b.Len() > 0 && !brokenAtHyphen(b.String(), line) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// brokenAtHyphen reports whether a line ends in a hyphen that joins it with the
// next one ("long-" / "term"); a dash between words does not.
func brokenAtHyphen(before, after string) bool {
	head, found := strings.CutSuffix(before, "-")
	if !found {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(head)
	first, _ := utf8.DecodeRuneInString(after)
	return (unicode.IsLetter(last) || unicode.IsDigit(last)) && (unicode.IsLetter(first) || unicode.IsDigit(first))
}
