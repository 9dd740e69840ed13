package cite

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// words are the words of a citation in one language.
type words struct {
	and, etAl, noDate, page, pages, at, accessed, circa, editor, editors, in string
	months, seasons                                                          []string
	dayMonth, beforeYear                                                     string // form of a whole date: day and month as %[1]d, %[2]s, and what stands before the year
}

// wordsOf gives the words of a language, English for others.
func wordsOf(language string) words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "fr":
		return words{"et", "et al.", "s. d.", "p.", "p.", "disponible sur", "consulté le", "vers", "dir.", "dir.", "dans",
			list("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"), list("printemps été automne hiver"), "%d %s", " "}
	case "es":
		return words{"y", "et al.", "s. f.", "p.", "pp.", "disponible en", "consultado el", "ca.", "ed.", "eds.", "en",
			list("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"), list("primavera verano otoño invierno"), "%d de %s", " de "}
	case "de":
		return words{"und", "et al.", "o. J.", "S.", "S.", "verfügbar unter", "abgerufen am", "ca.", "Hrsg.", "Hrsg.", "in",
			list("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"), list("Frühjahr Sommer Herbst Winter"), "%d. %s", " "}
	case "ru":
		return words{"и", "и др.", "б. г.", "с.", "с.", "доступно по адресу", "дата обращения:", "ок.", "ред.", "ред.", "в",
			list("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"), list("весна лето осень зима"), "%d %s", " "}
	case "ar":
		return words{"و", "وآخرون", "د. ت.", "ص.", "ص.", "متاح على", "تاريخ الاطلاع", "نحو", "محرر", "محررون", "في",
			list("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"), list("ربيع صيف خريف شتاء"), "%d %s", " "}
	}
	return words{"and", "et al.", "n.d.", "p.", "pp.", "available at", "accessed", "ca.", "ed.", "eds.", "in",
		list("January February March April May June July August September October November December"), list("Spring Summer Autumn Winter"), "%[2]s %[1]d", ", "}
}

func list(words string) []string { return strings.Fields(words) }

// dayFirst gives the words with dates as English writes them outside the United
// States: "13 June 2012".
func (w words) dayFirst() words {
	if w.and == "and" {
		w.dayMonth, w.beforeYear = "%d %s", " "
	}
	return w
}

// shortMonths gives the words with the months as MLA shortens them: "Oct."
// (appendix 1).
func (w words) shortMonths() words {
	if w.and == "and" {
		w.months = list("Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.")
	}
	return w
}

// day gives an EDTF date in the language, a span with an en dash.
func (w words) day(edtf string) string {
	if from, to, span := strings.Cut(edtf, "/"); span {
		return w.day(from) + " – " + w.day(to)
	}
	year, month, day := parts(edtf)
	switch {
	case year == 0:
		return ""
	case day > 0:
		return fmt.Sprintf(w.dayMonth, day, w.months[month-1]) + w.beforeYear + strconv.Itoa(year)
	case month > 0:
		return w.monthOf(month) + " " + strconv.Itoa(year)
	}
	return strconv.Itoa(year)
}

// monthOf gives the month, season or quarter that stands without a day. Russian
// then has the nominative.
func (w words) monthOf(month int) string {
	switch {
	case month > 24:
		return "Q" + strconv.Itoa(month-32)
	case month > 20:
		return w.seasons[month-21]
	case w.and == "и":
		return list("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")[month-1]
	}
	return w.months[month-1]
}

// parts takes a single EDTF date apart; 0 for what it does not say.
func parts(edtf string) (year, month, day int) {
	if strings.Contains(edtf, "/") || !greyshelf.ValidEDTF(edtf) {
		return 0, 0, 0
	}
	numbers := [3]int{}
	for i, text := range strings.Split(edtf, "-") {
		numbers[i], _ = strconv.Atoi(text) // valid
	}
	return numbers[0], numbers[1], numbers[2]
}
