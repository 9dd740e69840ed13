package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// findParallel proposes what stands on the cover beside the title, set like it
// but in another language: the title of a bilingual report. Only the page of
// the title and the first two pages are looked at.
func (s *scene) findParallel(title titleBlock, blocks []titleBlock) []proposal {
	of := s.languageOfTitle(title.text)
	if of == "" {
		of = s.mainLanguage()
	}
	seen := map[string]bool{of: true}
	var found []proposal
	for _, b := range blocks {
		language := s.languageOfTitle(b.text)
		if script := languageOfScript(b.text); language == "" && script != languageOfScript(title.text) {
			language = script
		}
		if language == "" || of == "" || seen[language] || len(found) == 5 || !s.besideTitle(title.block, b.block) {
			continue
		}
		seen[language] = true
		p := s.propose(greyshelf.FieldParallelTitle, strings.TrimRight(b.text, " :–—"), "cover-layout@1", b.sheet, b.start(), b.end())
		p.Confidence, p.Why = 0.8*min(0.97, logistic(title.sum)), "set like the title, in another language"
		if b.size >= 0.9*title.size {
			p.Confidence *= 1.15
		}
		found = append(found, p)
	}
	return found
}

// besideTitle reports whether a block is set like the title on its page or on
// the first two pages, apart from running text.
func (s *scene) besideTitle(title, b block) bool {
	last := s.firstText() + 1
	switch {
	case b.sheet.index != title.sheet.index && b.sheet.index > last, overlap(title, b):
		return false
	case b.size < 0.6*title.size, b.size < 1.05*s.body, len(strings.Fields(b.text)) < 2:
		return false
	}
	return proseLines(b.sheet.rows) < 3 || b.size >= 0.9*title.size && b.size >= 1.25*s.body && !s.afterText(b)
}

func overlap(a, b block) bool {
	return a.sheet == b.sheet && a.start() < b.end() && b.start() < a.end()
}

// mainLanguage gives the language of most of the text, "" where it is not
// known.
func (s *scene) mainLanguage() string {
	if len(s.spoken) == 0 {
		return ""
	}
	return s.spoken[0].Value
}

// languageOfTitle gives the language of a few words: by their script, or among
// the languages whose small words are known by those; "" where neither tells.
func (s *scene) languageOfTitle(text string) string {
	if tag := languageOfScript(text); tag != "latin" {
		return tag
	}
	words := strings.FieldsFunc(foldString(text), func(r rune) bool { return !unicode.IsLetter(r) })
	best, second, which := 0, 0, ""
	for _, tag := range sortedKeysOf(s.small) {
		score := signLetters(tag, text)
		for _, w := range words {
			if s.small[tag][w] {
				score += 2
			}
		}
		switch {
		case score > best:
			best, second, which = score, best, tag
		case score > second:
			second = score
		}
	}
	if best < 2 || best == second {
		return ""
	}
	return which
}

// languageOfScript gives the language that a script stands for here, "latin"
// for Latin letters, "" without letters or in a mixture.
func languageOfScript(text string) string {
	count, all := map[string]int{}, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		switch {
		case unicode.Is(unicode.Latin, r):
			count["latin"]++
		case unicode.Is(unicode.Cyrillic, r):
			count["ru"]++
		case unicode.Is(unicode.Arabic, r):
			count["ar"]++
		case unicode.Is(unicode.Hebrew, r):
			count["he"]++
		case unicode.Is(unicode.Greek, r):
			count["el"]++
		case unicode.Is(unicode.Hangul, r):
			count["ko"]++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			count["ja"]++
		case unicode.Is(unicode.Han, r):
			count["zh"]++
		}
	}
	for tag, n := range count {
		if 10*n > 7*all {
			return tag
		}
	}
	return ""
}

// signLetters counts, up to two, the letters that one of the known languages
// writes and the others seldom do.
func signLetters(tag, text string) int {
	letters := map[string]string{"de": "äöüß", "fr": "çœèêàùâîôû", "es": "ñ¿¡áíóú"}[tag]
	n := 0
	for _, r := range strings.ToLower(text) {
		if strings.ContainsRune(letters, r) && letters != "" {
			n++
		}
	}
	return min(n, 2)
}

func sortedKeysOf(m map[string]map[string]bool) []string {
	flat := map[string]float64{}
	for k := range m {
		flat[k] = 0
	}
	return sortedKeys(flat)
}

// splitLanguages cuts a block where the language of its lines changes: two
// titles of one report, one beneath the other in one size.
func (s *scene) splitLanguages(b block) []block {
	for k := 1; k < len(b.rows); k++ {
		head, tail := newBlock(b.sheet, b.rows[:k]), newBlock(b.sheet, b.rows[k:])
		if s.differ(head.text, tail.text) && s.differ(head.text, b.rows[k].Text) {
			return append([]block{head}, s.splitLanguages(tail)...)
		}
	}
	return []block{b}
}

// differ reports whether two texts are surely in different languages.
func (s *scene) differ(a, b string) bool {
	x, y := s.languageOfTitle(a), s.languageOfTitle(b)
	return x != "" && y != "" && x != y
}
