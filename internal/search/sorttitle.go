package search

import (
	"strings"
	"unicode"
)

// articles gives the words of a language that are passed over at the beginning
// of a title when titles are sorted (MARC 21: nonfiling characters). Russian
// has none; the Arabic article is a part of its word.
func articles(language string) []string {
	code, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch code {
	case "", "en":
		return []string{"the ", "a ", "an "}
	case "fr":
		return []string{"le ", "la ", "les ", "un ", "une ", "des ", "l'", "l’"}
	case "es":
		return []string{"el ", "la ", "los ", "las ", "un ", "una ", "unos ", "unas ", "lo "}
	case "de":
		return []string{"der ", "die ", "das ", "ein ", "eine "}
	case "ar":
		return []string{"ال"}
	}
	return nil
}

// SortTitle gives the form of a title by which it is sorted: lower case,
// without quotation marks and other signs at the beginning, without a leading
// article of its language (BCP 47; English when not known).
func SortTitle(title, language string) string {
	sign := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	key := strings.TrimLeftFunc(strings.ToLower(title), sign)
	for _, article := range articles(language) {
		rest, ok := strings.CutPrefix(key, article)
		if rest = strings.TrimLeftFunc(rest, sign); ok && rest != "" {
			return rest
		}
	}
	return key
}
