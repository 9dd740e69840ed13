package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// bodyBehind reads the name of a body behind a label: what is left of row i
// from code point start, or the row beneath where nothing is, and the rows that
// continue an unfinished name. It gives an empty passage where no body stands
// there.
func (s *scene) bodyBehind(sh *sheet, i, start int) (from, to int) {
	if strings.Trim(string(sh.text[start:sh.rows[i].End]), " :–-") == "" {
		if i++; i >= len(sh.rows) || sh.rows[i].prose && len(sh.rows[i].fold) > 90 {
			return 0, 0
		}
		start = sh.rows[i].Start
	}
	from, to = s.bodyInRow(sh.text[:sh.rows[i].End], start)
	for range 2 {
		if i++; i >= len(sh.rows) || to < sh.rows[i-1].End || !s.continues(sh.rows[i-1], sh.rows[i]) || !s.nameGoesOn(sh, from, to, sh.rows[i]) {
			break
		}
		next := sh.rows[i]
		for to = next.Start; to < next.End && !strings.ContainsRune("|·•;()[]©\t", sh.text[to]) && !sentenceEnds(sh.text[:next.End], to); {
			to++
		}
	}
	return from, to
}

// nameGoesOn reports whether the next row belongs to the name [from, to): the
// name ends in a small word or a comma, the row begins with one, or only both
// together are a body's name.
func (s *scene) nameGoesOn(sh *sheet, from, to int, next row) bool {
	name := strings.TrimSpace(string(sh.text[from:to]))
	if s.knowledge.body(name) != "" && s.knowledge.body(name+" "+next.Text) == "" || s.isDateRow(next) || isAddress(next.fold) ||
		s.isNameRow(next) || next.End-from > longestBody {
		return false
	}
	last, first := lastWord(name), leadingWord(next.Text)
	r, _ := utf8.DecodeRuneInString(first)
	return s.knowledge.body(name+" "+next.Text) != "" || isSmallWord(last) || strings.HasSuffix(name, ",") || strings.HasSuffix(name, "&") ||
		isSmallWord(first) || unicode.IsLower(r) || !s.looksLikeBody(name) && greyshelf.LooksLikeBody(next.Text)
}

// bodyInRow gives the name of a body that begins at the place and ends with the
// text, at a stop, a bracket or a sign that parts; a name with small letters is
// taken whole where it is printed alone.
func (s *scene) bodyInRow(text []rune, at int) (from, to int) {
	for at < len(text) && (unicode.IsSpace(text[at]) || strings.ContainsRune(":–-—,", text[at])) {
		at++
	}
	if at < len(text) {
		at = skipArticle(text, at)
	}
	stop := at
	for stop < len(text) && !strings.ContainsRune("|·•;()[]©\t", text[stop]) && !sentenceEnds(text, stop) {
		stop++
	}
	span := trimSpan(text, at, stop)
	whole := string(text[span[0]:span[1]])
	whole, dated := s.beforeDate(whole)
	whole = s.withoutPlace(whole)
	usual := s.nominative(whole)
	span[1] = span[0] + utf8.RuneCountInString(whole)
	words := len(strings.Fields(whole))
	if words > 0 && words <= 14 && utf8.RuneCountInString(whole) <= longestBody && (s.knowledge.body(usual) != "" || dated && s.looksLikeBody(usual) ||
		s.looksLikeBody(usual) && (capitalised(whole) || s.printedAlone(foldString(whole)) || mostlyName(whole))) {
		return span[0], span[1]
	}
	from, to = s.nameFrom(text, at)
	return from, s.wholeName(text, from, to)
}

// mostlyName reports whether the text reads as one name though it has small
// words: in Russian only the first word has a capital, in French and Spanish
// few have.
func mostlyName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && len(strings.Fields(text)) <= 12 && !strings.ContainsAny(text, ":?!@")
}

// beforeDate cuts ", 12 May 2016" and ", 2016" off the end of a name.
func (s *scene) beforeDate(text string) (string, bool) {
	runes := []rune(text)
	for _, m := range greyshelf.FindDates(text) {
		if m.End >= len(runes)-1 && m.Start > 3 {
			return strings.TrimRight(string(runes[:m.Start]), " ,-–"), true
		}
	}
	if from, to := lastYear(runes); to > 0 && to >= len(runes)-1 && from > 3 {
		return strings.TrimRight(string(runes[:from]), " ,-–"), true
	}
	return text, false
}

// withoutPlace cuts the town behind a comma off a name ("Harbour Press,
// London"). What belongs to the name stays: a legal form, the end of a list
// ("Ministry of Economy, Trade and Industry"), a body to which it belongs.
func (s *scene) withoutPlace(name string) string {
	head, tail, found := strings.Cut(name, ",")
	if !found || s.knowledge.body(name) != "" || !s.looksLikeBody(head) || isLegalForm([]rune(tail), 0) {
		return name
	}
	if s.knowledge.body(head) == "" && !isAcronymForm(strings.TrimSpace(tail)) {
		for _, word := range strings.Fields(foldString(tail)) {
			if s.phrases["and"].set[word] || word == "&" {
				return name
			}
		}
	}
	return head
}

// sentenceEnds reports whether a stop at the place ends a sentence and is not
// part of an abbreviation: a space or nothing is behind, a longer word before.
func sentenceEnds(text []rune, at int) bool {
	if text[at] != '.' && text[at] != '؛' || at+1 < len(text) && !unicode.IsSpace(text[at+1]) {
		return false
	}
	return !isAbbreviation(text, at)
}

// skipArticle gives the place behind an article.
func skipArticle(text []rune, at int) int {
	lower := strings.ToLower(string(text[at:min(len(text), at+5)]))
	for _, article := range []string{"the ", "der ", "die ", "das ", "dem ", "den ", "des ", "los ", "las ", "les ", "le ", "la ", "el ", "l'", "l’"} {
		if strings.HasPrefix(lower, article) && at+utf8.RuneCountInString(article) < len(text) {
			if next := text[at+utf8.RuneCountInString(article)]; unicode.IsUpper(next) && !unicode.IsUpper(text[at]) || article == "the " {
				return at + utf8.RuneCountInString(article)
			}
		}
	}
	return at
}

func lastWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[len(words)-1]
	}
	return ""
}

func leadingWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[0]
	}
	return ""
}

// nominative writes the first word of a name as it stands alone, where the
// label before it asked for another case ("im Auftrag des Bundesministeriums",
// "по заказу Министерства").
func (s *scene) nominative(name string) string {
	first := leadingWord(name)
	lower := strings.ToLower(first)
	for _, pair := range s.phrases["nominative"].ordered {
		oblique, plain, found := strings.Cut(pair, " > ")
		head, ends := strings.CutSuffix(lower, oblique)
		if !found || !ends || head != "" && !isLatin(oblique) {
			continue
		}
		kept := []rune(first)[:utf8.RuneCountInString(head)]
		if len(kept) == 0 {
			r, size := utf8.DecodeRuneInString(plain)
			plain = string(unicode.ToUpper(r)) + plain[size:]
		}
		return string(kept) + plain + strings.TrimPrefix(strings.TrimSpace(name), first)
	}
	return name
}

func isLatin(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Latin, r)
}
