package greyshelf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PersonFromName makes a person from a name in natural order. The family name
// is the last word with the particles before it ("Lynn van der Berg", "Sami
// al-Arian"); a suffix goes behind the given names, as in an inverted heading
// ("King, Martin Luther, Jr."); titles and degrees ("Dr.", ", PhD") belong to
// neither. Where family names of two words stand without a sign of it, only the
// last word is taken. A name of one word has no family name. Name stays as
// printed.
func PersonFromName(name string) Agent {
	printed := strings.Join(strings.Fields(name), " ")
	agent := Agent{Kind: Person, Name: printed}
	words, suffix := nameWords(printed)
	if len(words) < 2 {
		return agent
	}
	family := len(words) - 1
	for family > 1 && nameParticle(words[family-1]) {
		family--
	}
	agent.Family = strings.Join(words[family:], " ")
	agent.Given = strings.Join(words[:family], " ") + suffix
	return agent
}

// nameWords gives the words of a name without titles and degrees, and its
// suffix as ", Jr.".
func nameWords(name string) (words []string, suffix string) {
	head, tail, _ := strings.Cut(name, ",")
	for _, part := range strings.Split(tail, ",") {
		if part = strings.TrimSpace(part); nameSuffix(part) {
			suffix = ", " + part
		}
	}
	words = strings.Fields(head)
	for len(words) > 1 && namePrefix(words[0]) && !isInitialM(words) {
		words = words[1:]
	}
	for len(words) > 2 {
		last := words[len(words)-1]
		if !nameSuffix(last) && !nameDegree(last) {
			break
		}
		if nameSuffix(last) {
			suffix = ", " + last
		}
		words = words[:len(words)-1]
	}
	return words, suffix
}

// isInitialM reports whether a leading "M." is an initial and not the French
// title: "M. E. Dunn", "M. Dunn".
func isInitialM(words []string) bool {
	return words[0] == "M." && (len(words) < 3 || strings.HasSuffix(words[1], "."))
}

// PersonFromInverted makes a person from a heading with the family name first:
// "Davis, Lynn E.", "King, Martin Luther, Jr.". Name becomes the natural order.
func PersonFromInverted(heading string) Agent {
	heading = strings.Join(strings.Fields(heading), " ")
	family, given, found := strings.Cut(heading, ",")
	family, given = strings.TrimSpace(family), strings.TrimSpace(given)
	if !found || family == "" || given == "" {
		return Agent{Kind: Person, Name: strings.Trim(heading, ", ")}
	}
	first, suffix, hasSuffix := strings.Cut(given, ",")
	name := strings.TrimSpace(first) + " " + family
	if hasSuffix {
		name += ", " + strings.TrimSpace(suffix)
	}
	return Agent{Kind: Person, Name: strings.TrimSpace(name), Family: family, Given: given}
}

// Inverted gives the form under which the agent is filed: "Family, Given" for
// a person, the name of a body and of a person with one name.
func (a Agent) Inverted() string {
	if a.Kind != Person || a.Family == "" || a.Given == "" {
		return a.Name
	}
	return a.Family + ", " + a.Given
}

// nameParticle reports whether the word before a family name belongs to it.
func nameParticle(word string) bool {
	switch word {
	case "van", "von", "vom", "zu", "zur", "zum", "der", "den", "het", "ter", "ten", "te", "de", "del", "della", "di",
		"da", "do", "dos", "das", "du", "des", "la", "le", "lo", "al", "el", "bin", "ibn", "bint", "ben", "ould", "abu", "af", "av",
		"'t", "Al", "El", "Ibn", "Bin", "Ben", "Ould", "Abu", "Le", "La", "Du", "De", "Del", "Di", "Da", "Van", "Von", "Der", "бен", "ибн", "фон", "ван", "де", "بن", "ابن", "آل", "أبو":
		return true
	}
	return false
}

// nameSuffix reports whether the word tells namesakes apart.
func nameSuffix(word string) bool {
	switch word {
	case "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

// namePrefix reports whether the word is a title before a name.
func namePrefix(word string) bool {
	switch word {
	case "Dr.", "Dr", "Prof.", "Prof", "Professor", "Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Sir", "Dame", "Hon.",
		"Gen.", "Lt.", "Col.", "Maj.", "Capt.", "Adm.", "Amb.", "Ambassador", "Rev.", "General", "M.", "Mme", "Herr",
		"Frau", "Sra.", "Г-н", "Г-жа", "الدكتور", "الدكتورة", "د.":
		return true
	}
	return false
}

// nameDegree reports whether the word is a degree behind a name.
func nameDegree(word string) bool {
	switch strings.ReplaceAll(word, ".", "") {
	case "PhD", "MD", "JD", "MA", "MPH", "MPA", "MBA", "DPhil", "LLM", "Esq":
		return true
	}
	return false
}

// LooksLikeBody reports whether a name is that of a corporate body rather than
// of a person: it has a word that bodies have in their names ("Institute",
// "Ministère", "Комитет"), begins with "The", or is one word in capitals
// ("UNHCR"). False means not known.
func LooksLikeBody(name string) bool {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;/()[]\"“”", r) })
	if len(words) == 0 || len(name) > 500 {
		return false
	}
	if words[0] == "The" && len(words) > 1 || len(words) == 1 && isAcronym(words[0]) {
		return true
	}
	for _, word := range words {
		if word == "&" || bodyWord(strings.ToLower(strings.Trim(word, ".:’'"))) {
			return true
		}
	}
	return false
}

// isAcronym reports whether the word is of two to eight capitals, also with
// points: "RAND", "U.S.".
func isAcronym(word string) bool {
	plain := strings.ReplaceAll(word, ".", "")
	n := utf8.RuneCountInString(plain)
	return n >= 2 && n <= 8 && !strings.ContainsFunc(plain, func(r rune) bool { return !unicode.IsUpper(r) })
}

// bodyWord reports whether a lower-case word is one that bodies have in their
// names.
func bodyWord(word string) bool {
	for _, prefix := range []string{"ال", "лаборатор", "министер"} {
		if rest, found := strings.CutPrefix(word, prefix); found {
			if prefix != "ال" {
				return true
			}
			word = rest
		}
	}
	for _, ending := range []string{"ministerium", "institut", "stiftung", "universität", "zentrum", "gesellschaft", "bundesamt", "fonds", "behörde"} {
		if strings.HasSuffix(strings.TrimSuffix(word, "s"), ending) { // also in the genitive
			return true
		}
	}
	return bodyWordEnglish(word) || bodyWordOther(word)
}

// bodyWordEnglish holds the English words.
func bodyWordEnglish(word string) bool {
	switch word {
	case "academy", "administration", "agency", "alliance", "army", "assembly", "associates", "association", "authority",
		"bank", "board", "bureau", "cabinet", "campaign", "center", "centers", "centre", "centres", "chamber", "coalition",
		"college", "command", "commission", "committee", "company", "confederation", "conference", "congress",
		"consortium", "consulting", "corp", "corporation", "council", "court", "department", "dept", "directorate",
		"division", "embassy", "endowment", "faculty", "federation", "force", "forum", "foundation", "fund", "gmbh",
		"government", "group", "headquarters", "house", "inc", "initiative", "institute", "institutes", "institution",
		"international", "journal", "laboratory", "laboratories", "league", "library", "llc", "ltd", "magazine", "mission",
		"ministry", "museum", "nations", "navy", "network", "observatory", "office", "organisation", "organization",
		"parliament", "partners", "partnership", "party", "press", "program", "programme", "project", "representatives",
		"republic", "research", "review", "school", "secretariat", "senate", "service", "services", "society", "states",
		"studies", "subcommittee", "survey", "taskforce", "treasury", "trust", "union", "university", "watch":
		return true
	}
	return false
}

// bodyWordOther holds the French, Spanish, German, Russian and Arabic words.
func bodyWordOther(word string) bool {
	switch word {
	case "académie", "agence", "assemblée", "banque", "comité", "conseil", "direction", "école", "fondation",
		"fédération", "gouvernement", "groupe", "ministère", "observatoire", "parlement", "sénat", "société",
		"secrétariat", "université", "fonds", "haut-commissariat", "cour", "caisse", "délégation", "tribunal", "chambre",
		"academia", "agencia", "asamblea", "asociación", "banco", "centro", "comisión", "consejo", "fondo", "fundación",
		"gobierno", "grupo", "instituto", "ministerio", "oficina", "organización", "observatorio", "secretaría", "senado",
		"sociedad", "universidad", "contraloría", "delegación", "cámara", "república",
		"akademie", "amt", "ausschuss", "bundesregierung", "bundestag", "hochschule", "kommission", "rat", "verband",
		"verein", "vereinte", "landtag", "rechnungshof", "delegation",
		"агентство", "академия", "ассоциация", "банк", "дума", "институт", "института", "комиссия", "комитет",
		"министерство", "объединенных", "организация", "правительство", "служба", "совет", "союз", "университет",
		"управление", "федерация", "фонд", "центр", "общество", "делегация", "палата", "республика",
		"اتحاد", "أكاديمية", "بنك", "جامعة", "جمعية", "جمعيه", "حكومة", "لجنة", "مجلس", "مركز", "معهد", "مكتب", "منظمة",
		"مؤسسة", "هيئة", "وزارة", "وكالة", "أمم", "ديوان", "صندوق", "وفد", "جمهورية":
		return true
	}
	return false
}
