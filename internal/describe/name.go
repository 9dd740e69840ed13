package describe

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// personName is a person's name found in a text.
type personName struct {
	agent      greyshelf.Agent
	start, end int  // code points of the text it was found in
	sure       bool // a known given name, an initial or a title: not just capitalised words
}

// readNames reads a text that consists of names of persons, divided by commas,
// semicolons, "and" or "&". rest is where the first thing that is no name
// begins (code points); it equals the length where all were names.
func (s *scene) readNames(text []rune) (names []personName, rest int) {
	parts := s.splitNames(text)
	for i, part := range parts {
		n, ok := s.readName(text[part[0]:part[1]])
		if !ok {
			if i > 0 && isDegree(string(text[part[0]:part[1]])) {
				continue
			}
			return names, part[0]
		}
		n.start, n.end = part[0], part[1]
		if names = append(names, n); len(names) == 60 {
			break
		}
	}
	if len(names) > 1 && marked(text, names) {
		for i := range names {
			names[i].sure = true
		}
	}
	return names, len(text)
}

// readName reads one name of a person: two to five words that begin with
// capitals (particles may be small), letters and initials only, none of them a
// word that bodies, offices or headings have.
func (s *scene) readName(text []rune) (personName, bool) {
	if len(text) > 60 || len(text) < 4 {
		return personName{}, false
	}
	printed := strings.Join(strings.Fields(strings.TrimFunc(withoutMark(withMarks(string(text))), trimmedOfNames)), " ")
	agent := s.withDoubleName(personFrom(printed))
	plain := strings.TrimSpace(strings.TrimSuffix(agent.Given, suffixOf(agent.Given)) + " " + agent.Family)
	words := strings.Fields(plain)
	if agent.Family == "" || len(words) < 2 || len(words) > 5 || s.looksLikeBody(printed) || isInitial(agent.Family) || hasAcronym(printed) {
		return personName{}, false
	}
	sure := len(strings.Fields(printed)) > len(words) && suffixOf(agent.Given) == "" // a title stood before it
	caps, known := 0, 0
	for i, w := range words {
		if !nameWord(w) || s.isRoleWord(foldString(w)) || s.noName[foldString(w)] && !s.given[foldString(w)] && !(i == len(words)-1 && s.given[foldString(words[0])]) {
			return personName{}, false
		}
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) || unicode.Is(unicode.Arabic, first) || isParticle(w) && strings.ContainsAny(w, "-'’") {
			caps++
		}
		if i < len(words)-1 && s.given[foldString(givenPart(w))] || isParticle(w) || isInitial(w) || s.is("double names", foldString(w)) || isPatronymic(w) {
			known++
		}
		if i == len(words)-1 && joinedFamily(w) || isInitial(w) && utf8.RuneCountInString(plain) > 4 || isParticle(w) && strings.HasPrefix(w, "al-") && s.given[foldString(words[0])] || i < len(words)-1 && s.given[foldString(givenPart(w))] {
			sure = true
		}
	}
	agent.Name = printed
	return personName{agent: agent, sure: sure && (len(words) < 4 || known > 1)}, caps >= 2
}

// withoutMark cuts a footnote's letter with its bracket off a name: "Jane
// Roeb)" in a text that opens no bracket.
func withoutMark(text string) string {
	head, closed := strings.CutSuffix(strings.TrimSpace(text), ")")
	runes := []rune(head)
	if n := len(runes); closed && n > 3 && !strings.Contains(head, "(") && unicode.IsLower(runes[n-1]) && unicode.IsLower(runes[n-2]) {
		return string(runes[:n-1])
	}
	return text
}

// hasAcronym reports whether a word in capitals stands beside others that are
// not, and cannot be spoken as one: "Charlotte CBSA".
func hasAcronym(printed string) bool {
	if strings.ToUpper(printed) == printed {
		return false
	}
	for _, word := range strings.Fields(printed) {
		if n := len(word); n < 3 || n > 5 || strings.ToUpper(word) != word || strings.ContainsAny(word, ".-'") {
			continue
		}
		vowels := func(r rune) bool { return strings.ContainsRune("AEIOUY", r) }
		if at := strings.IndexFunc(word, vowels); at < 0 || at == 2 && !strings.Contains(wordOnsets, word[:2]) || at == 3 && !strings.Contains(longOnsets, word[:3]) || at > 3 {
			return true
		}
	}
	return false
}

// wordOnsets and longOnsets are two and three consonants with which words begin.
const longOnsets = "CHL CHR CHW KHR KRZ PHR SCH SCR SHR SKR SPL SPR STR SZC SZK SZL SZP THR VRB ZBR"
const wordOnsets = "BL BR BH CH CL CR CZ DH DJ DR DZ FL FR GH GL GN GR HR KH KL KN KR KV KW MB ML MN ND NG NJ PF PH PL PR PS QU RH SC SH SK SL SM SN SP SR ST SV SW SZ TH TK TR TS TW TZ VL VR WH WR ZH ZW"

// joinedFamily reports whether a word is a family name that begins with an
// apostrophe's letter, as no common word does: "O'Neill", "N'Diaye".
func joinedFamily(word string) bool {
	runes := []rune(word)
	return len(runes) > 4 && strings.ContainsRune("ONDM", runes[0]) && (runes[1] == '\'' || runes[1] == '’') && unicode.IsUpper(runes[2])
}

// withDoubleName moves the first of two Spanish family names to the second:
// "García López, María José", not "López, María José García". It is known by
// the first of them, or by its ending.
func (s *scene) withDoubleName(agent greyshelf.Agent) greyshelf.Agent {
	given := strings.Fields(agent.Given)
	n := len(given)
	if n < 2 || strings.Contains(agent.Given, ",") || isInitial(agent.Family) {
		return agent
	}
	first, from := foldString(given[n-1]), n-1
	spanish := n == 2 && s.mainLanguage() == "es" && s.given[foldString(given[0])] && !isInitial(given[1]) && upperFirst(given[1])
	if s.given[first] || !spanish && !s.is("double names", first) && !(strings.HasSuffix(first, "ez") && len(first) > 4) {
		return agent
	}
	for from > 1 && isParticle(given[from-1]) {
		from--
	}
	agent.Family = strings.Join(given[from:], " ") + " " + agent.Family
	agent.Given = strings.Join(given[:from], " ")
	return agent
}

func trimmedOfNames(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;:*†‡§()", r) || unicode.IsDigit(r)
}

// givenPart gives the first half of "Jean-Paul".
func givenPart(word string) string {
	first, _, _ := strings.Cut(word, "-")
	return first
}

func suffixOf(given string) string {
	if at := strings.Index(given, ", "); at >= 0 {
		return given[at:]
	}
	return ""
}

// personFrom makes a person of a name as printed. It knows what a name in
// natural order does not tell: "Иванов И. И." and "Иванов Иван Иванович" have
// the family name first, and names in capitals are not meant so.
func personFrom(printed string) greyshelf.Agent {
	words := strings.Fields(spacedInitials(printed))
	for len(words) > 2 && isRank(words[0]) {
		words = words[1:]
	}
	allCaps := strings.ToUpper(printed) == printed && strings.ToLower(printed) != printed
	for i, w := range words {
		switch {
		case allCaps && i > 0 && i < len(words)-1 && smallParticle(w, words[i-1]):
			words[i] = strings.ToLower(w)
		case (utf8.RuneCountInString(w) > 2 || allCaps && utf8.RuneCountInString(w) == 2) && strings.ToUpper(w) == w && !strings.Contains(w, "."):
			words[i] = titleCase(w)
		}
	}
	n := len(words)
	if n == 3 && (isInitial(words[1]) && isInitial(words[2]) && !isInitial(words[0]) || isPatronymic(words[2])) ||
		n == 2 && isInitial(words[1]) && isCyrillic(words[0]) && !isInitial(words[0]) {
		words = append(append([]string{}, words[1:]...), words[0])
	}
	return greyshelf.PersonFromName(strings.Join(words, " "))
}

// smallParticle reports whether a particle in capitals is usually written
// small: "DE", and "LA" behind it.
func smallParticle(word, before string) bool {
	switch strings.ToLower(word) {
	case "de", "del", "der", "den", "van", "von", "zu", "zur", "di", "da", "do", "dos", "das", "du", "des", "ter", "ten", "bin", "ibn":
		return true
	case "la", "las", "los", "el", "le":
		return strings.EqualFold(before, "de")
	}
	return false
}

// isRank reports whether a word before a name is a rank or an address.
func isRank(word string) bool {
	switch strings.TrimSuffix(strings.ToLower(word), ".") {
	case "lt", "col", "ltc", "maj", "gen", "brig", "capt", "cpt", "cmdr", "cdr", "adm", "sgt", "msgt", "rep", "sen", "hon", "rev",
		"dr", "prof", "mr", "mrs", "ms", "mme", "sir", "dame", "dipl.-ing", "ing", "mag":
		return true
	}
	return false
}

// spacedInitials parts initials that touch: "И.И. Иванов" has two.
func spacedInitials(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		b.WriteRune(r)
		if r == '.' && i+1 < len(runes) && unicode.IsUpper(runes[i+1]) && i > 0 && unicode.IsUpper(runes[i-1]) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func isCyrillic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Cyrillic, r)
}

func isPatronymic(word string) bool {
	w := strings.ToLower(word)
	return strings.HasSuffix(w, "вич") || strings.HasSuffix(w, "вна") || strings.HasSuffix(w, "ична")
}

// titleCase writes "SMITH-JONES" as "Smith-Jones".
func titleCase(word string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := r
		if !start {
			out = unicode.ToLower(r)
		}
		start = !unicode.IsLetter(r)
		return out
	}, word)
}

func isInitial(word string) bool {
	word = strings.TrimSuffix(word, ".")
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

// nameWord reports whether a word may be part of a name: letters, with
// hyphens, apostrophes and a stop, and either a capital first or a particle.
func nameWord(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !strings.ContainsRune("-‐‑'’.", r) && !unicode.Is(unicode.Mn, r):
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	if letters == 0 || strings.HasSuffix(word, ".") && letters > 2 {
		return false
	}
	return unicode.IsUpper(first) || unicode.Is(unicode.Arabic, first) || isParticle(word)
}

func isParticle(word string) bool {
	switch word {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "las", "los", "le", "y", "e", "al", "el", "bin", "ben", "ibn", "ter", "ten", "te", "zu", "zur", "af", "фон":
		return true
	}
	return strings.HasPrefix(word, "al-") || strings.HasPrefix(word, "el-") || strings.HasPrefix(word, "d'") || strings.HasPrefix(word, "d’")
}

// isRoleWord reports whether a folded word is that of an office.
func (s *scene) isRoleWord(word string) bool {
	return s.phrases["role"].set[word] || s.phrases["series"].set[word] || s.phrases["abstract"].set[word] || s.phrases["after abstract"].set[word]
}

// isRole reports whether a short folded text names an office: "senior fellow",
// "acting section research manager", "health policy analyst".
func (s *scene) isRole(f string) bool {
	if words := len(strings.Fields(f)); words == 0 || words > 14 || s.leads("and", f) != "" {
		return false
	}
	at, phrase := s.holds("role", f)
	return at >= 0 && len(strings.Fields(f[:at])) <= 4 && phrase != ""
}

// isNameRow reports whether a row holds nothing but names that are surely
// names of persons.
func (s *scene) isNameRow(r row) bool {
	if len(r.Text) > 300 {
		return false
	}
	names, rest := s.readNames([]rune(r.Text))
	if len(names) == 0 || rest < r.End-r.Start {
		return false
	}
	return mostlySure(names)
}

// isByline reports whether a row begins with "by" or the like and names.
func (s *scene) isByline(r row) bool {
	label := s.leads("by", r.fold)
	if label == "" || len(r.Text) > 300 {
		return false
	}
	names, _ := s.readNames([]rune(r.Text)[min(len([]rune(label)), r.End-r.Start):])
	return len(names) > 0 || len(label) == len(strings.TrimRight(r.fold, " :"))
}

// sameSet orders names so that sets can be compared: family name and first
// initial.
func personKeys(names []personName) []string {
	var keys []string
	for _, n := range names {
		keys = append(keys, personKey(n.agent))
	}
	sort.Strings(keys)
	return compactStrings(keys)
}

// personKey is how persons are compared: family name and first initial.
func personKey(a greyshelf.Agent) string {
	first, _ := utf8.DecodeRuneInString(foldString(a.Given))
	return foldString(a.Family) + " " + string(first)
}
