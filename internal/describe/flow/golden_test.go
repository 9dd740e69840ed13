package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/describe"
)

const summary = "This report looks at how shipments of grain were kept moving through three ports while fighting went on, and at what those who ran them learned from it."

// prose is running text about nothing in particular.
func prose(tag string) string {
	return strings.Repeat("<"+tag+">The ports were open for most of the year, and the ships that came carried more than in the year before. Those who ran them kept records of every day, and this report rests on these records and on talks with forty of them.</"+tag+">", 4)
}

func TestGoldenFindings(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{
		"epub": {epubOf(t, `<dc:title>Grain in Wartime</dc:title><dc:creator opf:file-as="Okafor, Ada">Ada Okafor</dc:creator><dc:creator opf:role="edt">Someone Else</dc:creator><dc:publisher>Harbour Institute</dc:publisher><dc:date>2024-03-05</dc:date><dc:date opf:event="modification">2025-01-01</dc:date><dc:language>en</dc:language><dc:identifier opf:scheme="ISBN">978-3-16-148410-0</dc:identifier><dc:identifier>urn:uuid:1</dc:identifier>`, "",
			`<h1>Grain in Wartime</h1><p>Ada Okafor</p><p>Harbour Institute</p><p>March 5, 2024</p><h2>Summary</h2><p>`+summary+`</p><h2>The ports</h2>`+prose("p")), []string{
			"title = Grain in Wartime (p. 1)", "publisher = Harbour Institute (p. 1)", "date = 2024-03-05 (p. 1)",
			"abstract = " + summary + " (p. 1)", "identifier = isbn:9783161484100 opf@1", "creator = Okafor, Ada (p. 1)",
		}},
		"docx": {docxOf(t, `<dc:title>Document1</dc:title><dc:creator>Windows User</dc:creator>`,
			wp("Ttl", "Grain in Wartime")+wp("", "by Ada Okafor")+wp("", "March 2024")+wp("H1", "Abstract")+wp("", summary)+wp("H1", "The ports")+
				strings.ReplaceAll(strings.ReplaceAll(prose("w"), "<w>", "<w:p><w:r><w:t>"), "</w>", "</w:t></w:r></w:p>")), []string{
			"title = Grain in Wartime (p. 1)", "creator = Okafor, Ada (p. 1)", "date = 2024-03 (p. 1)", "abstract = " + summary + " (p. 1)",
		}},
		"html": {[]byte(`<!doctype html><html lang="en"><head><title>Grain in Wartime | Harbour Institute</title><meta name="citation_title" content="Grain in Wartime"><meta name="citation_author" content="Okafor, Ada"><meta name="citation_publication_date" content="2024/03/05"><meta name="citation_doi" content="10.5555/grain.2024"><meta property="og:site_name" content="Harbour Institute"><link rel="canonical" href="https://example.org/grain"></head><body><h1>Grain in Wartime</h1><p>By Ada Okafor</p><p>Published by the Harbour Institute</p><h2>Abstract</h2><p>` + summary + `</p><h2>The ports</h2>` + prose("p")), []string{
			"title = Grain in Wartime (p. 1)", "creator = Okafor, Ada (p. 1)", "publisher = Harbour Institute (p. 1)", "abstract = " + summary + " (p. 1)", "date = 2024-03-05 html-meta@1", "identifier = doi:10.5555/grain.2024 html-meta@1",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := describe.Read(t.Context(), engine(), c.data, "report."+name, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range describe.New().Describe(doc).Findings {
				if f.Chosen && f.Field != "type" && f.Field != "size" && f.Field != "language" {
					line := fmt.Sprintf("%s = %s", f.Field, f.Value)
					if f.Page > 0 {
						line += fmt.Sprintf(" (p. %d)", f.Page)
					} else {
						line += " " + f.Method
					}
					got = append(got, line)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
