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
