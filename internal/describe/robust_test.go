package describe

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
)

// checkFindings holds what is true of every description: quotations stand
// verbatim on their page, boxes lie on it, confidences are shares.
func checkFindings(t interface{ Errorf(string, ...any) }, doc *Document, d Description) {
	for _, f := range d.Findings {
		switch {
		case f.Page < 0 || f.Page > len(doc.Pages):
			t.Errorf("%s: page %d of %d", f.Field, f.Page, len(doc.Pages))
		case f.Page == 0 && f.Quote != "":
			t.Errorf("%s: a quotation without page", f.Field)
		case f.Page > 0 && !strings.Contains(doc.Pages[f.Page-1].Text, f.Quote):
			t.Errorf("%s: quotation %q does not stand on page %d", f.Field, f.Quote, f.Page)
		case f.Confidence < 0 || f.Confidence > certain || math.IsNaN(f.Confidence):
			t.Errorf("%s: confidence %v", f.Field, f.Confidence)
		case f.Value == "" || f.Method == "" || f.Why == "":
			t.Errorf("incomplete finding %+v", f)
		}
		for _, v := range f.Box {
			if math.IsNaN(v) || v < 0 || v > 1 {
				t.Errorf("%s: box %v", f.Field, f.Box)
				break
			}
		}
	}
}

// pieces are what random pages are made of: words that finders look for and
// nonsense.
var pieces = strings.Split(`By |Authors: |Jane Doe|И. И. Иванов|محمد العلي| and |, |Updated |May 2, 2016|2016|Report No. |R48916|© |Copyright |All rights reserved.|
Summary|Abstract|CC BY 4.0|creativecommons.org/licenses/by/4.0|not subject to copyright|this report |SUBJECT: |FROM: |TO: |DATE: |Published by |RAND|
Harbour Institute|www.example.org|10.5555/abc|ISBN 978-0-306-40615-7|Suggested citation: |About the authors|Version 3| |  |.|:|—|-|`+"\u00ad|\x00|\ufffd|\u202e|ﬁ|e\u0301|É|ё|١٩|𝔘|S U M M A R Y|İ|ẞ"+`|
is a senior fellow|Analyst|Prepared for |(|)|[|"|“|12,345|FY2026|A/HRC/31/12|Working Paper |of the |Ministry |tête-à-tête|resumé `, "|")

func randomDocument(t *rapid.T) *Document {
	doc := &Document{Name: rapid.StringN(0, 12, 40).Draw(t, "name"), Bytes: rapid.Int64().Draw(t, "bytes")}
	number := rapid.OneOf(rapid.Float64Range(0, 1), rapid.Float64())
	for i := range rapid.IntRange(0, 7).Draw(t, "pages") {
		p := Page{Fonts: rapid.Bool().Draw(t, "fonts")}
		p.Index, p.Width, p.Height = i+1, 600, rapid.OneOf(rapid.Just(800.0), rapid.Float64()).Draw(t, "height")
		var text []rune
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			line := []rune(strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 6, 12)), 0, 6).Draw(t, "line"), ""))
			if len(text) > 0 {
				text = append(text, '\n')
			}
			start := len(text)
			text = append(text, line...)
			box := greyshelf.Box{number.Draw(t, "x0"), number.Draw(t, "y0"), number.Draw(t, "x1"), number.Draw(t, "y1")}
			p.Lines = append(p.Lines, Line{Text: string(line), Start: start, End: len(text), Box: box, Page: i + 1,
				Size: rapid.OneOf(rapid.Just(10.0), rapid.Just(24.0), rapid.Float64()).Draw(t, "size"), Bold: rapid.Bool().Draw(t, "bold")})
			p.Words = append(p.Words, greyshelf.Word{Start: start, End: len(text), Box: box})
		}
		if rapid.IntRange(0, 9).Draw(t, "torn") == 0 { // lines that do not fit the text
			p.Lines = append(p.Lines, Line{Start: rapid.Int().Draw(t, "start"), End: rapid.Int().Draw(t, "end")})
		}
		p.Text = string(text)
		doc.Pages = append(doc.Pages, p)
	}
	doc.Info.Pages = len(doc.Pages)
	doc.Info.Meta = map[string]string{"Title": rapid.SampledFrom(pieces).Draw(t, "title"), "Author": rapid.String().Draw(t, "author"), "CreationDate": rapid.String().Draw(t, "created")}
	doc.Info.XMP = map[string][]string{"dc:title": rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "xmp"), "dc:language": {rapid.String().Draw(t, "lang")}}
	doc.Info.Outline = []greyshelf.Outline{{Title: rapid.SampledFrom(pieces).Draw(t, "outline"), Page: 1}}
	return doc
}

func TestAnyDocument(t *testing.T) {
	describer := New()
	rapid.Check(t, func(t *rapid.T) {
		doc := randomDocument(t)
		d := describer.Describe(doc)
		checkFindings(t, doc, d)
		if diff := cmp.Diff(d, describer.Describe(doc)); diff != "" {
			t.Errorf("not the same again:\n%s", diff)
		}
		NewRecord("x.pdf", doc, d)
	})
}

func FuzzDescribe(f *testing.F) {
	f.Add("POLICY BRIEF\nWho Paid for the Works\nBy Jane Doe\nUpdated May 2, 2016\n© 2016 Harbour Institute. All rights reserved.", "Summary\n"+english)
	f.Add("TO: All\nFROM: Jane Doe\nDATE: 2016-05-02\nSUBJECT: \n", "creativecommons.org/licenses/by/4.0\nSuggested citation: Doe, Jane, Works")
	f.Add("S U M M A R Y\n\u00ad-\n©", "не \xff\x00")
	describer := New()
	f.Fuzz(func(t *testing.T, first, last string) {
		doc := &Document{Pages: make([]Page, 6)}
		for i := range doc.Pages {
			doc.Pages[i].Index, doc.Pages[i].Text = i+1, strings.ToValidUTF8(last, "\ufffd")
		}
		doc.Pages[0].Text = strings.ToValidUTF8(first, "\ufffd")
		checkFindings(t, doc, describer.Describe(doc))
	})
}

// TestHostilePages bounds the processor time for pages that are much larger
// than any real one: 60,000 lines, all of which look like something.
func TestHostilePages(t *testing.T) {
	lines := map[string]string{
		"names":     "Jane Doe, John Roe, Ann Poe, and Jane Doe, John Roe",
		"dates":     "Updated May 2, 2016 | May 3, 2016 | 2016",
		"bodies":    "Published by the Harbour Institute | RAND | Ministry of Works",
		"rights":    "© 2016 Harbour Institute. All rights reserved. CC BY 4.0",
		"codes":     "R48916 | A/HRC/31/12 | Report No. 2016-03",
		"headings":  "Abstract",
		"citations": "Suggested citation:",
		"spaces":    strings.Repeat(" ", 90) + ".",
		"prose":     "the works of the harbour were paid for by the council of the town, and nobody knew",
	}
	for name, line := range lines {
		t.Run(name, func(t *testing.T) {
			var inks []ink
			for i := range 10_000 {
				inks = append(inks, ink{text: fmt.Sprint(line), y: 0.01 + float64(i%90)/100})
			}
			doc := paper(inks, inks, inks, inks, inks, inks)
			describer := New()
			start := spent(t)
			d := describer.Describe(doc)
			if took := spent(t) - start; took > 5*time.Second {
				t.Errorf("took %v", took)
			} else {
				t.Log(took)
			}
			checkFindings(t, doc, d)
		})
	}
}

func TestKnowledge(t *testing.T) {
	k := loadKnowledge()
	for _, s := range []string{"abstract", "after abstract", "updated", "published", "accessed", "by", "and", "for", "author block", "role", "publisher",
		"public domain", "reserved", "copyright", "licensed", "number label", "series", "subject", "version", "cite", "from", "memo"} {
		if len(k.phrases[s].ordered) < 5 && s != "public domain" {
			t.Errorf("section %q has %d phrases", s, len(k.phrases[s].ordered))
		}
	}
	if len(k.bodies) < 200 || len(k.given) < 700 || len(k.noName) < 200 {
		t.Errorf("%d forms of bodies, %d given names", len(k.bodies), len(k.given))
	}
	if err := k.loadWeights(readLines("words/weights.txt")); err != nil {
		t.Error(err)
	}
	for method, w := range k.weights {
		if w.confidence <= 0 || w.confidence >= 1 || w.meaning == "" || !strings.HasSuffix(method, "@1") {
			t.Errorf("weight %q: %+v", method, w)
		}
	}
	for _, form := range []string{"RAND", "Rand Corporation", "The World Bank", "организация объединённых наций"} {
		if k.body(form) == "" {
			t.Errorf("%q is not known", form)
		}
	}
	if k.body("who") != "" || k.body("nato") != "" {
		t.Error("acronyms match in capitals only")
	}
}

func TestFold(t *testing.T) {
	text := []rune("The  ﬁrst–long-\nterm “Plan”\u00ad ёлка")
	f := fold(text)
	if f.text != `the first-long-term "plan" елка` {
		t.Errorf("folded %q", f.text)
	}
	start, end, ok := f.find("first-long-term")
	if !ok || string(text[start:end]) != "ﬁrst–long-\nterm" {
		t.Errorf("found %v %q", ok, string(text[start:end]))
	}
	if got := joinLines("two-\nhyphens, soft\u00ad\nhyphen,  a  break –\nhere"); got != "two-hyphens, softhyphen, a break – here" {
		t.Errorf("joined %q", got)
	}
}

func BenchmarkDescribe(b *testing.B) {
	doc := coverOf(ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}, ink{text: "By Jane Doe"}, ink{text: "May 2016"})
	describer := New()
	b.ReportAllocs()
	for b.Loop() {
		describer.Describe(doc)
	}
}
