package greyshelf

// monthWord gives the month (1..12) that a lower-case word names in English,
// French, Spanish, German, Russian (genitive, as dates are written, and
// nominative) or Arabic (Egyptian, Maghrebi and Levantine names), written out
// or abbreviated; 0 for any other word.
func monthWord(word string) int {
	switch word {
	case "january", "jan", "janvier", "janv", "enero", "ene", "januar", "jänner", "января", "январь", "янв", "يناير", "جانفي":
		return 1
	case "february", "feb", "février", "févr", "fév", "febrero", "februar", "февраля", "февраль", "фев", "فبراير", "فيفري", "شباط":
		return 2
	case "march", "mar", "mars", "marzo", "märz", "марта", "март", "مارس", "آذار", "اذار":
		return 3
	case "april", "apr", "avril", "avr", "abril", "abr", "апреля", "апрель", "апр", "أبريل", "ابريل", "إبريل", "أفريل", "نيسان":
		return 4
	case "may", "mai", "mayo", "мая", "май", "مايو", "ماي", "أيار", "ايار":
		return 5
	case "june", "jun", "juin", "junio", "juni", "июня", "июнь", "يونيو", "يونيه", "جوان", "حزيران":
		return 6
	case "july", "jul", "juillet", "juil", "julio", "juli", "июля", "июль", "يوليو", "يوليه", "جويلية", "تموز":
		return 7
	case "august", "aug", "août", "aout", "agosto", "ago", "августа", "август", "авг", "أغسطس", "اغسطس", "أوت", "آب":
		return 8
	case "september", "sep", "sept", "septembre", "septiembre", "setiembre", "сентября", "сентябрь", "сент", "سبتمبر", "أيلول", "ايلول":
		return 9
	case "october", "oct", "octobre", "octubre", "oktober", "okt", "октября", "октябрь", "окт", "أكتوبر", "اكتوبر":
		return 10
	case "november", "nov", "novembre", "noviembre", "ноября", "ноябрь", "нояб", "نوفمبر":
		return 11
	case "december", "dec", "décembre", "déc", "diciembre", "dic", "dezember", "dez", "декабря", "декабрь", "дек", "ديسمبر":
		return 12
	}
	return 0
}

// levantineMonth gives the month of the four Levantine names that take two
// words: a name that two months share, and "first" or "second".
func levantineMonth(name, which string) int {
	second := which == "الثاني" || which == "ثاني"
	if !second && which != "الأول" && which != "الاول" && which != "أول" {
		return 0
	}
	switch {
	case name == "تشرين" && !second:
		return 10
	case name == "تشرين":
		return 11
	case name == "كانون" && !second:
		return 12
	case name == "كانون":
		return 1
	}
	return 0
}

// seasonWord gives the EDTF season code that a lower-case word names, or 0.
func seasonWord(word string) int {
	switch word {
	case "spring", "printemps", "primavera", "frühling", "frühjahr", "весна", "ربيع":
		return spring
	case "summer", "été", "verano", "sommer", "лето", "صيف":
		return summer
	case "autumn", "fall", "automne", "otoño", "herbst", "осень", "خريف":
		return autumn
	case "winter", "hiver", "invierno", "зима", "شتاء":
		return winter
	}
	return 0
}

// lowerCaseMonth reports whether running text writes the word as a month with
// a small first letter. English and German do not: "may 2000 people".
func lowerCaseMonth(word string) bool {
	switch word {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
		"december", "jan", "mar", "apr", "jun", "aug", "sep", "dec", "januar", "februar", "märz", "juni", "juli",
		"oktober", "okt", "dezember", "dez":
		return false
	}
	return true
}

// dateJoiner reports whether the word may stand between day, month and year:
// "3 de mayo de 2015", "the 3rd of May".
func dateJoiner(word string) bool {
	switch word {
	case "de", "del", "of", "من":
		return true
	}
	return false
}

// ordinalEnding reports whether the letters may stand at a day's number.
func ordinalEnding(word string) bool {
	switch word {
	case "st", "nd", "rd", "th", "er", "re", "º", "ª", "го", "е":
		return true
	}
	return false
}
