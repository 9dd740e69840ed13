package bleve

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
)

// undetermined is the code (ISO 639-3 "und") under which text in a language
// without a stemmer is indexed: folded, every word kept.
const undetermined = "und"

// language is how the words of one language become terms.
type language struct {
	code   string
	stems  []analysis.TokenFilter
	stop   analysis.TokenMap // folded
	elides bool              // a short word before an apostrophe is an article: l'accord
}

// newLanguages makes every language that has a stemmer, and [undetermined].
func newLanguages() map[string]*language {
	all := map[string]*language{undetermined: {code: undetermined}}
	add := func(code string, stop []byte, stems ...analysis.TokenFilter) {
		all[code] = &language{code: code, stems: stems, stop: foldedWords(stop), elides: code == "fr" || code == "it"}
	}
	add("ar", ar.ArabicStopWords, ar.NewArabicNormalizeFilter(), ar.NewArabicStemmerFilter())
	add("da", da.DanishStopWords, da.NewDanishStemmerFilter())
	add("de", de.GermanStopWords, de.NewGermanNormalizeFilter(), de.NewGermanLightStemmerFilter())
	add("en", en.EnglishStopWords, en.NewEnglishStemmerFilter())
	add("es", es.SpanishStopWords, es.NewSpanishLightStemmerFilter())
	add("fi", fi.FinnishStopWords, fi.NewFinnishStemmerFilter())
	add("fr", fr.FrenchStopWords, fr.NewFrenchLightStemmerFilter())
	add("hu", hu.HungarianStopWords, hu.NewHungarianStemmerFilter())
	add("it", it.ItalianStopWords, it.NewItalianLightStemmerFilterFilter())
	add("nl", nl.DutchStopWords, nl.NewDutchStemmerFilter())
	add("no", no.NorwegianStopWords, no.NewNorwegianStemmerFilter())
	add("pt", pt.PortugueseStopWords, pt.NewPortugueseLightStemmerFilter())
	add("ro", ro.RomanianStopWords, ro.NewRomanianStemmerFilter())
	add("ru", ru.RussianStopWords, ru.NewRussianStemmerFilter())
	add("sv", sv.SwedishStopWords, sv.NewSwedishStemmerFilter())
	add("tr", tr.TurkishStopWords, tr.NewTurkishStemmerFilter())
	return all
}

// foldedWords reads a stop list and folds it as page words are folded.
func foldedWords(list []byte) analysis.TokenMap {
	read, folded := analysis.NewTokenMap(), analysis.NewTokenMap()
	_ = read.LoadBytes(list) // reading from memory does not fail
	for word := range read {
		folded.AddToken(fold(word))
	}
	return folded
}

// baseCode gives the code of the language that text tagged with a BCP 47 tag
// is analysed in.
func (a *analyser) baseCode(tag string) string {
	code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if code == "nb" || code == "nn" {
		code = "no"
	}
	if a.languages[code] == nil {
		return undetermined
	}
	return code
}

// stem gives the term under which a folded word is indexed.
func (l *language) stem(word string) string {
	if len(l.stems) == 0 {
		return word
	}
	stream := analysis.TokenStream{{Term: []byte(word)}}
	for _, filter := range l.stems {
		stream = filter.Filter(stream)
	}
	if len(stream) == 0 || len(stream[0].Term) == 0 {
		return word
	}
	return string(stream[0].Term)
}
