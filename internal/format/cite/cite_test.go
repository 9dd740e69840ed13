package cite

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/format/csl"
)

var update = flag.Bool("update", false, "write the golden files anew")

// items are the items of the golden files.
func items() []csl.Item {
	vega := csl.Name{Family: "Vega", Given: "Rosa M."}
	berg := csl.Name{NonDropping: "van der", Family: "Berg", Given: "Lynn", Suffix: "Jr."}
	full := csl.Item{Type: csl.TypeReport, Title: "Who <Owns> the Wells?", Author: []csl.Name{vega, berg}, Publisher: "Oasis International",
		Issued: &csl.Date{Parts: [][]csl.Number{{2012, 6, 13}}}, Number: "OI-7", DOI: "10.1000/x"}
	chapter, speech, web, article := full, full, full, full
	chapter.Type, chapter.ContainerTitle, chapter.Title = csl.TypeChapter, "Rivers of the South", "Wells"
	speech.Type, speech.Author = csl.TypeSpeech, []csl.Name{vega}
	article.Type, article.ContainerTitle = csl.TypeArticle, "Water Review"
	web.Type, web.DOI, web.URL, web.Issued = csl.TypeWebpage, "", "javascript:alert(1)", nil
	many := full
	many.Author = nil
	for range 500 {
		many.Author = append(many.Author, vega)
	}
	return []csl.Item{full, chapter, speech, article, web, many,
		{Type: csl.TypeReport, Title: "No author, no date\r\n*bold* {x} \\"}, {Type: csl.TypeReport, Title: "تقرير عن المياه", Author: []csl.Name{{Family: "المصري", Given: "أحمد"}}}, {}}
}

func TestGolden(t *testing.T) {
	for _, style := range Styles() {
		var b strings.Builder
		for _, item := range items() {
			for _, language := range []string{"en", "fr", "es", "de", "ru", "ar"} {
				options := Options{Language: language, Locator: "34–36"}
				entry, err := Entry(style, item, options)
				if err != nil {
					t.Fatal(err)
				}
				note, _ := Note(style, item, options)
				b.WriteString(language + "\n" + Text(entry) + "\n" + HTML(entry) + "\n" + Markdown(entry) + "\n" + Text(note) + "\n\n")
			}
		}
		name := "testdata/" + string(style) + ".golden"
		if *update {
			if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: %s", style, diff)
		}
	}
}

// TestManuals holds the styles to what their manuals ask for, written by hand
// and not by the program (docs/conformance/citations.md says from where).
func TestManuals(t *testing.T) {
	rosa, jean := csl.Name{Family: "Vega", Given: "Rosa M."}, csl.Name{Family: "Duval", Given: "Jean-Paul", Suffix: "Jr."}
	report := csl.Item{Type: csl.TypeReport, Title: "Dry Rivers", Author: []csl.Name{rosa, jean}, Publisher: "Oasis", Number: "OI-7",
		Issued: &csl.Date{Parts: [][]csl.Number{{2016, 10, 19}}}, URL: "https://oasis.example/7"}
	chapter, article, nobody, page := report, report, report, report
	chapter.Type, chapter.ContainerTitle = csl.TypeChapter, "Rivers"
	article.Type, article.ContainerTitle, article.Title = csl.TypeArticle, "Water Review", "Who Drinks?"
	nobody.Author, nobody.Publisher = nil, ""
	page.Type, page.Accessed = csl.TypeWebpage, &csl.Date{Parts: [][]csl.Number{{2026, 5, 3}}}
	for _, test := range []struct {
		style       Style
		item        csl.Item
		entry, note string
	}{
		{ChicagoNotes, report, "Vega, Rosa M., and Jean-Paul Duval Jr. Dry Rivers. OI-7. Oasis, October 19, 2016. https://oasis.example/7.",
			"Rosa M. Vega and Jean-Paul Duval Jr., Dry Rivers, OI-7 (Oasis, October 19, 2016), 12, https://oasis.example/7."},
		{ChicagoNotes, chapter, "Vega, Rosa M., and Jean-Paul Duval Jr. “Dry Rivers.” In Rivers. OI-7. Oasis, October 19, 2016. https://oasis.example/7.",
			"Rosa M. Vega and Jean-Paul Duval Jr., “Dry Rivers,” in Rivers, OI-7 (Oasis, October 19, 2016), 12, https://oasis.example/7."},
		{ChicagoNotes, article, "Vega, Rosa M., and Jean-Paul Duval Jr. “Who Drinks?” Water Review, October 19, 2016. https://oasis.example/7.",
			"Rosa M. Vega and Jean-Paul Duval Jr., “Who Drinks?,” Water Review, October 19, 2016, 12, https://oasis.example/7."},
		{ChicagoAuthorDate, nobody, "Dry Rivers. 2016. OI-7. https://oasis.example/7.", "(Dry Rivers 2016, 12)"},
		{APA, report, "Vega, R. M., & Duval, J.-P., Jr. (2016, October 19). Dry Rivers (OI-7). Oasis. https://oasis.example/7", "(Vega & Duval, 2016, p. 12)"},
		{APA, article, "Vega, R. M., & Duval, J.-P., Jr. (2016, October 19). Who Drinks? Water Review. https://oasis.example/7", "(Vega & Duval, 2016, p. 12)"},
		{MLA, report, "Vega, Rosa M., and Jean-Paul Duval, Jr. Dry Rivers. Oasis, 19 Oct. 2016, https://oasis.example/7.", "(Vega and Duval 12)"},
		{MLA, chapter, "Vega, Rosa M., and Jean-Paul Duval, Jr. “Dry Rivers.” Rivers, Oasis, 19 Oct. 2016, https://oasis.example/7.", "(Vega and Duval 12)"},
		{MLA, page, "Vega, Rosa M., and Jean-Paul Duval, Jr. Dry Rivers. Oasis, 19 Oct. 2016, https://oasis.example/7. Accessed 3 May 2026.", "(Vega and Duval 12)"},
		{Harvard, chapter, "Vega, R.M. and Duval, J.-P., Jr. (2016) ‘Dry Rivers’, in Rivers. Oasis. Available at: https://oasis.example/7.", "(Vega and Duval, 2016, p. 12)"},
		{Harvard, page, "Vega, R.M. and Duval, J.-P., Jr. (2016) Dry Rivers. Oasis. Available at: https://oasis.example/7 (Accessed: 3 May 2026).", "(Vega and Duval, 2016, p. 12)"},
		{Harvard, nobody, "Dry Rivers (2016). Available at: https://oasis.example/7.", "(Dry Rivers, 2016, p. 12)"},
		{UN, report, "Rosa M. Vega and Jean-Paul Duval, Jr., Dry Rivers, OI-7 (Oasis, 19 October 2016), p. 12. Available at https://oasis.example/7.", ""},
		{UN, article, "Rosa M. Vega and Jean-Paul Duval, Jr., “Who Drinks?”, Water Review, 19 October 2016, p. 12. Available at https://oasis.example/7.", ""},
		{Legal, report, "Rosa M. Vega & Jean-Paul Duval, Jr., Dry Rivers 12 (Oasis, October 19, 2016), https://oasis.example/7.", ""},
	} {
		options := Options{Language: "en"}
		if test.note == "" {
			options.Locator = "12"
		}
		entry, err := Entry(test.style, test.item, options)
		if err != nil || Text(entry) != test.entry {
			t.Errorf("%s: %v\n  is   %s\n  want %s", test.style, err, Text(entry), test.entry)
		}
		note, _ := Note(test.style, test.item, Options{Language: "en", Locator: "12"})
		if test.note != "" && Text(note) != test.note {
			t.Errorf("%s, note:\n  is   %s\n  want %s", test.style, Text(note), test.note)
		}
	}
	for language, want := range map[string]string{"fr": "2016, 19 octobre", "es": "2016, 19 de octubre", "de": "2016, 19. Oktober"} {
		if entry, _ := Entry(APA, report, Options{Language: language}); !strings.Contains(Text(entry), "("+want+")") {
			t.Errorf("APA in %s: %s", language, Text(entry))
		}
	}
}
