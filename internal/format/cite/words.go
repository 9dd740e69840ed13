package cite

import "strings"

// words are the words of a citation in one language.
type words struct{ and, etAl, noDate, page, pages, at string }

// wordsOf gives the words of a language, English for others.
func wordsOf(language string) words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "fr":
		return words{"et", "et al.", "s. d.", "p.", "p.", "disponible sur"}
	case "es":
		return words{"y", "et al.", "s. f.", "p.", "pp.", "disponible en"}
	case "de":
		return words{"und", "et al.", "o. J.", "S.", "S.", "verfügbar unter"}
	case "ru":
		return words{"и", "и др.", "б. г.", "с.", "с.", "доступно по адресу"}
	case "ar":
		return words{"و", "وآخرون", "د. ت.", "ص.", "ص.", "متاح على"}
	}
	return words{"and", "et al.", "n.d.", "p.", "pp.", "available at"}
}
