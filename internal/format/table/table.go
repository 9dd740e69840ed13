// Package table reads reports from the rows of a table: it guesses from the
// words of the header, in several languages, which column holds which field,
// and makes a report of a row.
//
// It is a leaf that imports the words only: rows come from CSV and XLSX files
// that package curate/bring reads. It stores nothing. The guess is shown to a
// person, who changes it.
package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/greyshelf/greyshelf"
)

// Field is what a column holds.
type Field string

// The fields of a column; a column without one is left out.
const (
	Title        Field = "title"
	Subtitle     Field = "subtitle"
	Author       Field = "author"
	Publisher    Field = "publisher"
	Date         Field = "date"
	Abstract     Field = "abstract"
	Subject      Field = "subject"
	URL          Field = "url"
	DOI          Field = "doi"
	ISBN         Field = "isbn"
	ISSN         Field = "issn"
	Number       Field = "report_number"
	Language     Field = "language"
	Pages        Field = "pages"
	Series       Field = "series"
	SeriesNumber Field = "series_number"
	Version      Field = "version"
	Type         Field = "type"
	Rights       Field = "rights"
	Note         Field = "note"
	File         Field = "file"
)

// Fields gives every field.
func Fields() []Field {
	return []Field{Title, Subtitle, Author, Publisher, Date, Abstract, Subject, URL, DOI, ISBN, ISSN, Number, Language, Pages, Series, SeriesNumber, Version, Type, Rights, Note, File}
}

// words gives the header words of each field, folded.
func words() map[Field]string {
	return map[Field]string{
		Title:        "title|titre|titel|titulo|titolo|название|заглавие|العنوان|عنوان|标题|document title|name of report|report|report title|rapport",
		Subtitle:     "subtitle|sub title|sous titre|untertitel|subtitulo|sottotitolo|подзаголовок",
		Author:       "author|authors|creator|creators|auteur|auteurs|autor|autoren|autores|autore|autori|verfasser|verfasserin|автор|авторы|المؤلف|المولف|المؤلفون|作者|by",
		Publisher:    "publisher|editeur|verlag|herausgeber|editorial|editor|editore|institution|institute|organisation|organization|organismo|издатель|издательство|الناشر|ناشر|出版者|source|think tank",
		Date:         "date|year|annee|jahr|datum|ano|fecha|data|anno|publication date|publication year|date of publication|date published|published|date de publication|erscheinungsdatum|erscheinungsjahr|veroffentlicht|issued|дата|год|التاريخ|تاريخ|السنة|日期|年份",
		Abstract:     "abstract|summary|description|resume|zusammenfassung|kurzfassung|beschreibung|resumen|resumo|riassunto|abstract note|аннотация|резюме|описание|ملخص|الملخص|摘要|annotation",
		Subject:      "subject|subjects|keyword|keywords|tags|tag|topic|topics|theme|themes|sujet|sujets|mots cles|descripteurs|schlagwort|schlagworte|schlagworter|thema|temas|tema|palabras clave|materia|materias|parole chiave|manual tags|ключевые слова|тема|темы|предмет|الموضوع|كلمات مفتاحية|主题|关键词",
		URL:          "url|link|web|website|address|web address|lien|adresse|enlace|direccion|collegamento|ссылка|адрес|رابط|الرابط|链接|网址",
		DOI:          "doi",
		ISBN:         "isbn",
		ISSN:         "issn",
		Number:       "report number|report no|number|no|nr|numero|numero de rapport|berichtsnummer|nummer|номер|رقم|编号",
		Language:     "language|lang|langue|sprache|idioma|lengua|lingua|язык|اللغة|语言",
		Pages:        "pages|page count|number of pages|num pages|nombre de pages|seiten|seitenzahl|paginas|numero de paginas|pagine|страницы|страниц|الصفحات|页数|extent",
		Series:       "series|serie|series title|collection|reihe|coleccion|collana|серия|سلسلة|丛书",
		SeriesNumber: "series number|numero de serie|bandnummer|volume|band",
		Version:      "version|edition|ausgabe|auflage|edicion|версия|издание|الطبعة",
		Type:         "type|item type|document type|kind|art|dokumenttyp|tipo|type de document|тип|النوع|类型",
		Rights:       "rights|licence|license|copyright|droits|rechte|lizenz|derechos|licencia|права|الحقوق|版权",
		Note:         "note|notes|remark|remarks|comment|comments|remarque|remarques|bemerkung|bemerkungen|anmerkung|notiz|notas|nota|observaciones|примечание|примечания|ملاحظات|备注|extra",
		File:         "file|files|filename|file name|path|pdf|fichier|datei|dateiname|archivo|fichero|файл|ملف|文件|file attachments",
	}
}

// Fold gives a header word as it is compared: small letters without accents
// and signs.
func Fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Guess gives the field of each column of a header, "" for a column that none
// fits. Only authors, subjects and files may have several columns.
func Guess(header []string) []Field {
	by := map[string]Field{}
	for _, f := range Fields() {
		for _, word := range append(strings.Split(words()[f], "|"), string(f)) {
			if _, taken := by[Fold(word)]; !taken {
				by[Fold(word)] = f
			}
		}
	}
	guess := make([]Field, len(header))
	seen := map[Field]bool{}
	for i, text := range header {
		word := Fold(text)
		f := by[word]
		if f == "" { // "author 2", "title (english)"
			f = by[strings.TrimRight(word, " 0123456789")]
		}
		if f == "" || seen[f] && f != Author && f != Subject && f != File {
			continue
		}
		guess[i], seen[f] = f, true
	}
	return guess
}

// Known counts the columns of a header that Guess has a field for.
func Known(header []string) int {
	n := 0
	for _, f := range Guess(header) {
		if f != "" {
			n++
		}
	}
	return n
}

// Row is what a row of a table was read as.
type Row struct {
	Report   greyshelf.Report
	Files    []string // as written
	Problems []string
}

// Read makes a report of the cells of a row, of which fields says what they
// hold. What a cell does not say stays absent; what cannot be read is said in
// the problems.
func Read(fields []Field, cells []string) Row {
	var row Row
	for i, cell := range cells {
		if i < len(fields) && fields[i] != "" {
			if cell = strings.TrimSpace(formula(cell)); cell != "" {
				row.set(fields[i], cell)
			}
		}
	}
	return row
}

// formula takes away the sign that programs set before a text which would be a
// formula: what follows an apostrophe is text.
func formula(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

func (row *Row) set(f Field, cell string) {
	r := &row.Report
	identifier := map[Field]greyshelf.Scheme{DOI: greyshelf.DOI, ISBN: greyshelf.ISBN, ISSN: greyshelf.ISSN, Number: greyshelf.ReportNumber}
	text := map[Field]*string{Title: &r.Title, Subtitle: &r.Subtitle, Abstract: &r.Abstract, Series: &r.Series, SeriesNumber: &r.SeriesNumber, Version: &r.Version, Type: &r.Type, Note: &r.Note}
	switch {
	case text[f] != nil:
		*text[f] = cell
	case identifier[f] != "":
		values := []string{cell}
		if f == ISBN || f == ISSN {
			values = split(cell)
		}
		for _, value := range values {
			r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: identifier[f], Value: value})
		}
	case f == Author:
		for _, name := range names(cell) {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: agent(name), Role: greyshelf.Author})
		}
	case f == Publisher:
		for _, name := range split(cell) {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
		}
	case f == Subject:
		for _, label := range subjects(cell) {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: label})
		}
	case f == File:
		row.Files = append(row.Files, split(cell)...)
	case f == URL:
		r.URL, _, _ = strings.Cut(cell, " ")
	case f == Rights:
		r.Rights.Statement = cell
	default:
		row.value(f, cell)
	}
}

// value reads the fields that have a form of their own.
func (row *Row) value(f Field, cell string) {
	r := &row.Report
	switch f {
	case Date:
		d, ok := readDate(cell)
		if !ok {
			row.Problems = append(row.Problems, "the date “"+cell+"” cannot be read; it stays as printed")
			d = greyshelf.Date{Printed: cell}
		}
		r.Date = d
	case Language:
		for _, l := range split(strings.ReplaceAll(cell, ",", ";")) {
			r.Languages = append(r.Languages, language(l))
		}
	case Pages:
		n, err := strconv.Atoi(numberIn.FindString(cell))
		if err != nil || n < 1 {
			row.Problems = append(row.Problems, "“"+cell+"” is no number of pages")
			return
		}
		r.Extent = greyshelf.Extent{Printed: greyshelf.FormatExtent(n), Pages: n}
	}
}

var numberIn = regexp.MustCompile(`\d{1,6}`)

// withTime are the dates that spreadsheets write with a time.
var withTime = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}`)

func readDate(cell string) (greyshelf.Date, bool) {
	if m := withTime.FindStringSubmatch(cell); m != nil {
		cell = m[1]
	}
	if greyshelf.ValidEDTF(cell) {
		return greyshelf.Date{EDTF: cell, Printed: cell}, true
	}
	return greyshelf.ParseDate(cell)
}

// split divides a cell of several values.
func split(cell string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// subjects divides at commas too where nothing else divides.
func subjects(cell string) []string {
	all := split(cell)
	if len(all) == 1 && strings.Count(cell, ",") > 0 {
		return split(strings.ReplaceAll(cell, ",", ";"))
	}
	return all
}

// names divides a cell of names: at semicolons, at "and", or at commas where
// each part is a whole name.
func names(cell string) []string {
	all := split(strings.NewReplacer(" and ", ";", " & ", ";", " et ", ";", " und ", ";", " y ", ";").Replace(cell))
	if strings.Contains(cell, ";") || greyshelf.LooksLikeBody(cell) {
		all = split(cell)
	}
	if len(all) != 1 || greyshelf.LooksLikeBody(cell) {
		return all
	}
	parts := strings.Split(cell, ",")
	if slices.ContainsFunc(parts, func(p string) bool { return len(strings.Fields(p)) < 2 }) {
		return all
	}
	return split(strings.ReplaceAll(cell, ",", ";"))
}

func agent(name string) greyshelf.Agent {
	if greyshelf.LooksLikeBody(name) {
		return greyshelf.Agent{Kind: greyshelf.Body, Name: name}
	}
	if strings.Count(name, ",") == 1 {
		return greyshelf.PersonFromInverted(name)
	}
	return greyshelf.PersonFromName(name)
}

// language gives the tag of a language that is written as a word.
func language(text string) string {
	for tag, words := range map[string]string{
		"en": "english|englisch|anglais|ingles|английский|الإنجليزية|eng", "fr": "french|francais|franzosisch|frances|французский|الفرنسية|fre|fra",
		"de": "german|deutsch|allemand|aleman|немецкий|ger|deu", "es": "spanish|espanol|castellano|spanisch|espagnol|испанский|spa",
		"ru": "russian|русский|russisch|russe|ruso|rus", "ar": "arabic|العربية|عربي|arabisch|arabe|арабский|ara", "zh": "chinese|中文|chinesisch|chinois|chino|китайский|chi|zho",
		"it": "italian|italiano|italienisch|italien|ita", "pt": "portuguese|portugues|portugiesisch|por", "nl": "dutch|nederlands|niederlandisch|dut|nld",
	} {
		for word := range strings.SplitSeq(words, "|") {
			if Fold(text) == Fold(word) {
				return tag
			}
		}
	}
	return strings.TrimSpace(text)
}
