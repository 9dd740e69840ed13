package entry

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// nameScan reads names from a text word by word.
type nameScan struct {
	text string
	at   int
}

// invertedNames reads names with the family name first from the beginning of a
// text: "Sharp, Jeremy M.; Blanchard, Christopher M.", "Davis, Lynn E., et. al."
// It gives how many bytes they take, their stop included, and 0 where the text
// does not begin so.
func invertedNames(text string) (int, []greyshelf.EntryAuthor) {
	s := nameScan{text: text}
	var authors []greyshelf.EntryAuthor
	for len(authors) < 200 {
		author, ok := s.inverted()
		if !ok && len(authors) > 0 {
			author, ok = s.natural() // "Brook, Ann and Bo Lee"
		}
		if !ok {
			return 0, nil
		}
		authors = append(authors, author)
		if !s.anotherName() {
			break
		}
		if s.etAl() { // "Brook, Ann; et al."
			authors[len(authors)-1].EtAl = true
			break
		}
	}
	if s.at == len(s.text) || s.text[s.at-1] == '.' {
		return s.at, authors
	}
	if s.text[s.at] == '.' {
		return s.at + 1, authors
	}
	return 0, nil
}

// inverted reads one name with the family name first.
func (s *nameScan) inverted() (greyshelf.EntryAuthor, bool) {
	from := s.at
	family := s.family()
	if family == "" {
		s.at = from
		return greyshelf.EntryAuthor{}, false
	}
	given := s.given()
	if given == "" || greyshelf.LooksLikeBody(family+" "+given) {
		s.at = from
		return greyshelf.EntryAuthor{}, false
	}
	p := greyshelf.PersonFromInverted(family + ", " + given)
	return greyshelf.EntryAuthor{Name: p.Name, Role: greyshelf.Author, EtAl: s.etAl(), Family: p.Family, Given: p.Given}, true
}

// natural reads one name of two or more words in natural order.
func (s *nameScan) natural() (greyshelf.EntryAuthor, bool) {
	name := s.given()
	if !strings.Contains(name, " ") || isInitial(name[strings.LastIndexByte(name, ' ')+1:]) || greyshelf.LooksLikeBody(name) {
		return greyshelf.EntryAuthor{}, false
	}
	return greyshelf.EntryAuthor{Name: name, Role: greyshelf.Author, EtAl: s.etAl()}, true
}

// anotherName passes what divides names.
func (s *nameScan) anotherName() bool {
	from := s.at
	divided := s.pass(";")
	if !divided && s.pass(",") && !s.passWord("and") {
		s.at = from
		return false
	}
	return s.passWord("and") || s.passWord("&") || divided || s.at > from
}

// space passes white space.
func (s *nameScan) space() {
	s.at = len(s.text) - len(strings.TrimLeftFunc(s.text[s.at:], isSpace))
}

// pass passes white space and the mark, if the mark is there.
func (s *nameScan) pass(mark string) bool {
	from := s.at
	s.space()
	if rest, found := strings.CutPrefix(s.text[s.at:], mark); found {
		s.at = len(s.text) - len(rest)
		return true
	}
	s.at = from
	return false
}

// passWord passes a whole word.
func (s *nameScan) passWord(word string) bool {
	from := s.at
	if s.pass(word) && s.at < len(s.text) {
		if r, _ := utf8.DecodeRuneInString(s.text[s.at:]); isSpace(r) {
			return true
		}
	}
	s.at = from
	return false
}

// word reads letters with hyphens and apostrophes, at most 40 bytes of them.
func (s *nameScan) word() string {
	s.space()
	end := len(s.text)
	for i, r := range s.text[s.at:] {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("-‐‑'’", r) {
			end = s.at + i
			break
		}
		if i > 40 {
			return ""
		}
	}
	word := s.text[s.at:end]
	s.at = end
	return word
}

// family reads one to four words up to a comma, each with a capital or a
// particle.
func (s *nameScan) family() string {
	var words []string
	for len(words) < 4 {
		word := s.word()
		if !capital(word) && !particle(word) {
			return ""
		}
		words = append(words, word)
		if s.pass(",") {
			return strings.Join(words, " ")
		}
	}
	return ""
}

// given reads given names up to what ends the name: a stop that is not that of
// an initial, a semicolon, a comma, or the last initial.
func (s *nameScan) given() string {
	var words []string
	for len(words) < 5 {
		from := s.at
		word := s.word()
		if !capital(word) && !(particle(word) && len(words) > 0) || word == "" {
			s.at = from
			break
		}
		initial := utf8.RuneCountInString(word) == 1 && s.dotted()
		if len(words) > 0 && isInitial(words[len(words)-1]) && !initial && (!isInitial(words[0]) || !s.nameEnds()) {
			s.at = from // "Rielly, John E. Americans and the World"
			break
		}
		if initial {
			word += "."
		}
		words = append(words, word)
		if !initial && s.nameEnds() {
			break
		}
	}
	given := strings.Join(words, " ")
	return given + s.suffix()
}

// isInitial reports whether the word is a letter with a stop.
func isInitial(word string) bool {
	return strings.HasSuffix(word, ".") && utf8.RuneCountInString(word) == 2
}

// dotted passes a stop that follows at once.
func (s *nameScan) dotted() bool {
	if strings.HasPrefix(s.text[s.at:], ".") {
		s.at++
		return true
	}
	return false
}

// nameEnds reports whether a name ends here.
func (s *nameScan) nameEnds() bool {
	return s.at == len(s.text) || strings.ContainsAny(s.text[s.at:s.at+1], ".;,")
}

// suffix reads ", Jr." and the like.
func (s *nameScan) suffix() string {
	from := s.at
	if s.pass(",") {
		switch word := s.word(); word {
		case "Jr", "Sr":
			s.dotted()
			return ", " + word + "."
		case "II", "III", "IV":
			return ", " + word
		}
	}
	s.at = from
	return ""
}

// etAl reads "et al." in the ways it is written, with or without a comma.
func (s *nameScan) etAl() bool {
	from := s.at
	s.pass(",")
	n := etAlLength(s.text[s.at:])
	if n == 0 {
		s.at = from
		return false
	}
	s.at += n
	return true
}

// etAlLength gives the length of an "et al." that the text begins with: also
// "et. al.", "at al.", "and others", "и др.".
func etAlLength(text string) int {
	s := nameScan{text: text}
	first := strings.ToLower(s.word())
	s.dotted()
	second := strings.ToLower(s.word())
	switch first + " " + second {
	case "et al", "at al", "and others", "et autres", "y otros", "u a", "и др":
		s.dotted()
		return s.at
	}
	return 0
}

// capital reports whether the word begins with a capital, or is written in a
// script without them.
func capital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(first) && !unicode.IsLower(first)
}

// particle reports whether a small word may stand in a family name.
func particle(word string) bool {
	switch word {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin", "ibn", "ben", "ter", "ten", "zu", "y":
		return true
	}
	return strings.HasPrefix(word, "al-") || strings.HasPrefix(word, "el-") || strings.HasPrefix(word, "d'") || strings.HasPrefix(word, "d’")
}
