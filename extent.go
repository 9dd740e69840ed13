package greyshelf

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Extent is the number of pages as printed and as a number: "81 pages" is 81,
// "pp. 34-40" is 7.
type Extent struct {
	Printed string `json:"printed,omitempty"`
	Pages   int    `json:"pages,omitempty"`
}

// Size is a file size as printed and in bytes: "268.20 KB", 1024-based where
// the program computes it, as printed where it was read.
type Size struct {
	Printed string `json:"printed,omitempty"`
	Bytes   int64  `json:"bytes,omitempty"`
}

// mostPages is the largest extent that is believed.
const mostPages = 1_000_000

// ParseExtent reads a number of pages ("81 pages", "1,024 pp.", "12 страниц")
// or a range of pages ("pp. 34-40", "S. 134–40"). A number without a word for
// pages is not an extent.
func ParseExtent(printed string) (Extent, bool) {
	extent := Extent{Printed: strings.TrimSpace(printed)}
	if len(extent.Printed) > 60 {
		return Extent{}, false
	}
	words := strings.Fields(spaceOut(westernDigits(extent.Printed)))
	switch {
	case len(words) == 2 && pageWord(words[1]):
		extent.Pages = pageNumber(words[0])
	case len(words) == 2 && pageWord(words[0]):
		extent.Pages = pageRange(words[1])
	}
	return extent, extent.Pages > 0
}

// spaceOut puts a space between a digit and a letter that touch ("81p."), and
// takes the white space off dashes ("34 - 40").
func spaceOut(text string) string {
	var b strings.Builder
	var previous rune
	for _, r := range text {
		if unicode.IsDigit(previous) && unicode.IsLetter(r) || previous == '.' && unicode.IsDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		previous = r
	}
	out := b.String()
	for _, dash := range []string{"–", "—"} {
		out = strings.ReplaceAll(out, dash, "-")
	}
	return strings.ReplaceAll(strings.ReplaceAll(out, "- ", "-"), " -", "-")
}

// westernDigits writes Arabic-Indic and Persian digits as 0..9.
func westernDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := digitValue(r); ok {
			return rune('0' + d)
		}
		return r
	}, text)
}

// pageWord reports whether the word counts pages.
func pageWord(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".,")) {
	case "page", "pages", "p", "pp", "pg", "pgs", "página", "páginas", "pág", "págs", "seite", "seiten", "s",
		"страница", "страницы", "страниц", "стр", "с", "صفحة", "صفحات", "ص":
		return true
	}
	return false
}

// pageNumber reads "81" or "1,024"; 0 when it is no number of pages.
func pageNumber(text string) int {
	if head, tail, found := strings.Cut(text, ","); found && len(tail) == 3 && len(head) <= 3 {
		text = head + tail
	}
	n, ok := twoOrFour(text)
	if !ok || text == "" || len(text) > 7 || n > mostPages {
		return 0
	}
	return n
}

// pageRange gives the number of pages from "34-40", "134-40" or "12".
func pageRange(text string) int {
	first, last, isRange := strings.Cut(strings.TrimRight(text, ".,"), "-")
	from := pageNumber(first)
	if from == 0 {
		return 0
	}
	if !isRange {
		return 1
	}
	if len(last) < len(first) {
		last = first[:len(first)-len(last)] + last
	}
	return max(0, pageNumber(last)-from+1)
}

// FormatExtent prints a number of pages: "1 page", "81 pages"; "" for none.
func FormatExtent(pages int) string {
	switch {
	case pages <= 0:
		return ""
	case pages == 1:
		return "1 page"
	}
	return strconv.Itoa(pages) + " pages"
}

// ParseSize reads a file size: "268.20 KB", "0.7 MB", "0,7 Mo", "512 bytes".
// The units are 1024-based. Bytes is the printed number, so it is as exact as
// the printing.
func ParseSize(printed string) (Size, bool) {
	size := Size{Printed: strings.TrimSpace(printed)}
	if len(size.Printed) > 40 {
		return Size{}, false
	}
	words := strings.Fields(spaceUnit(westernDigits(size.Printed)))
	if len(words) != 2 {
		return Size{}, false
	}
	unit := sizeUnit(words[1])
	number, err := strconv.ParseFloat(decimalPoint(words[0]), 64)
	if unit == 0 || err != nil || number <= 0 || number*float64(unit) > math.MaxInt64/2 {
		return Size{}, false
	}
	size.Bytes = int64(math.Round(number * float64(unit)))
	return size, size.Bytes > 0
}

// spaceUnit puts a space between number and unit that touch: "268KB".
func spaceUnit(text string) string {
	at := strings.IndexFunc(text, unicode.IsLetter)
	if at <= 0 {
		return text
	}
	return text[:at] + " " + text[at:]
}

// decimalPoint writes a number with a point: "0,7" is 0.7, "1,234" and
// "1,234.5" are thousands. Signs, exponents and the like make it no number.
func decimalPoint(text string) string {
	if strings.Trim(text, "0123456789.,") != "" {
		return ""
	}
	head, tail, found := strings.Cut(text, ",")
	switch {
	case !found:
		return text
	case len(strings.TrimRight(tail, ".0123456789")) == 0 && len(tail) >= 3 && (len(tail) == 3 || tail[3] == '.') && head != "0":
		return head + tail
	}
	return head + "." + tail
}

// sizeUnit gives the number of bytes of a unit, or 0.
func sizeUnit(unit string) int64 {
	switch strings.ToLower(strings.Trim(unit, ".")) {
	case "b", "byte", "bytes", "octet", "octets", "o", "байт":
		return 1
	case "kb", "kib", "k", "ko", "кб":
		return 1 << 10
	case "mb", "mib", "m", "mo", "мб":
		return 1 << 20
	case "gb", "gib", "g", "go", "гб":
		return 1 << 30
	}
	return 0
}

// FormatSize prints a size 1024-based with two decimals: "512 bytes",
// "268.20 KB", "1.37 MB"; "" for none.
func FormatSize(bytes int64) string {
	switch {
	case bytes <= 0:
		return ""
	case bytes == 1:
		return "1 byte"
	case bytes < 1<<10:
		return strconv.FormatInt(bytes, 10) + " bytes"
	}
	number := float64(bytes) / 1024
	for _, unit := range []string{"KB", "MB"} {
		if number < 1023.995 { // what is printed never reaches 1024.00
			return fmt.Sprintf("%.2f %s", number, unit)
		}
		number /= 1024
	}
	return fmt.Sprintf("%.2f GB", number)
}
