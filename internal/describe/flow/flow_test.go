package flow_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/flow"
)

// open reads data; anything that does not flow is refused.
func open(t testing.TB, data []byte) (describe.File, error) {
	t.Helper()
	return engine().Open(t.Context(), data)
}

// read gives the texts and labels of all pages.
func read(t *testing.T, data []byte) (describe.Info, []string) {
	t.Helper()
	f, err := open(t, data)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info := f.Info()
	var texts []string
	for k := range info.Pages {
		p, err := f.(describe.TextFile).TextPage(t.Context(), k+1)
		if err != nil {
			t.Fatal(err)
		}
		text := p.Text
		if p.Label != "" {
			text = "[" + p.Label + "] " + text
		}
		texts = append(texts, text)
	}
	return info, texts
}

func TestHTML(t *testing.T) {
	info, texts := read(t, []byte(`<!doctype html><html lang="en"><head><title>Away</title><script>var x = "<p>no</p>"</script></head><body>
<nav><p>Menu <nav>inner</nav> more</p></nav><h1>Grain <em>and</em><br>Peace</h1><p>First&nbsp;line &amp; more.<p>Second <b>one</b>.</p>
<ul><li>An item</ul><table><tr><th>Year<td>2024</table><div hidden>Unseen<div>too</div></div><iframe src="https://example.org">gone</iframe><style>p{}</style>
<h2>Why <script>1</script>so</h2>Loose words.<noscript>Turn it on</noscript></body>`))
	want := []string{"Grain and\nPeace\n\nFirst line & more.\n\nSecond one.\n\nAn item\n\nYear 2024\n\nWhy so\n\nLoose words."}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]greyshelf.Outline{{Title: "Grain and Peace", Level: 1, Page: 1}, {Title: "Why so", Level: 2, Page: 1}}, info.Outline); diff != "" {
		t.Error(diff)
	}
	if !info.Facts.Sections || info.MediaType != greyshelf.TypeHTML || info.TextVersion != flow.Version {
		t.Errorf("%+v", info)
	}
}

func TestEncodings(t *testing.T) {
	for name, data := range map[string]string{
		"latin-1":  "<html><meta charset=iso-8859-1><p>caf\xe9",
		"koi8-r":   "<html><meta charset=windows-1251><p>\xec\xe8\xf0",
		"utf-8":    "\ufeff<html><p>café",
		"XHTML":    "<?xml version=\"1.0\"?>\n<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p>café</p></body></html>",
		"arabic":   "<html dir=rtl><p>السلام عليكم",
		"composed": "<html><p>cafe\u0301",
	} {
		want := map[string]string{"koi8-r": "мир", "arabic": "السلام عليكم"}[name]
		if want == "" {
			want = "café"
		}
		if _, texts := read(t, []byte(data)); len(texts) != 1 || texts[0] != want {
			t.Errorf("%s: %q", name, texts)
		}
	}
}

// TestRightToLeft holds that words of a line from the right stand from the
// right, and that the text keeps the order in which it is read.
func TestRightToLeft(t *testing.T) {
	f, err := open(t, []byte("<html dir=rtl><p>السلام عليكم"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.(describe.TextFile).TextPage(t.Context(), 1)
	if err != nil || len(p.Words) != 2 || p.Words[0].Box[0] < p.Words[1].Box[2] {
		t.Errorf("%+v, %v", p.Words, err)
	}
}

func TestSections(t *testing.T) {
	para := "<p>" + strings.Repeat("Words of a report. ", 60) + "</p>"
	info, texts := read(t, []byte("<html><h1>One</h1>"+para+para+"<h2>Two</h2>"+para+"<h2>Three</h2>"+strings.Repeat(para, 12)+"<p>"+strings.Repeat("w ", 30_000)))
	for i, text := range texts {
		if n := len([]rune(text)); n > 8500 {
			t.Errorf("section %d has %d characters", i+1, n)
		}
	}
	if len(texts) < 6 || !strings.HasPrefix(texts[1], "Two") || len(info.Outline) != 3 || info.Outline[1].Page != 2 {
		t.Errorf("%d sections, outline %v", len(texts), info.Outline)
	}
}

func TestEPUB(t *testing.T) {
	info, texts := read(t, epubOf(t, `<dc:title>Grain and Peace</dc:title>`,
		`<nav epub:type="page-list"><ol><li><a href="text/a%20b.xhtml#p2">ii</a></li></ol></nav>`,
		`<h1>Grain and Peace</h1><span id="p2"></span><p>Text of page <span epub:type="pagebreak" title="3"/>three,</p><div role="doc-pagebreak" aria-label="Page 4."></div><p>and four.</p>`))
	if diff := cmp.Diff([]string{"Grain and Peace", "[ii] Text of page", "[3] three,", "[4] and four."}, texts); diff != "" {
		t.Error(diff)
	}
	if info.Facts.Sections || info.MediaType != greyshelf.TypeEPUB {
		t.Errorf("%+v", info)
	}
}

func TestDOCX(t *testing.T) {
	info, texts := read(t, docxOf(t, "", wp("Ttl", "Grain and Peace")+wp("", "One <!-- no -->paragraph.")+
		`<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve">Page </w:t></w:r><w:r><w:tab/><w:t>two</w:t><w:br/><w:t>below</w:t></w:r></w:p>`+
		wp("Mine", "Findings")+`<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>aligned</w:t></w:r></w:p>`+
		`<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>Box</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Box</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>`))
	if diff := cmp.Diff([]string{"Grain and Peace\n\nOne paragraph.", "Page two\nbelow\n\nFindings\n\nnon-aligned\n\nBox"}, texts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]greyshelf.Outline{{Title: "Grain and Peace", Level: 1, Page: 1}, {Title: "Findings", Level: 1, Page: 2}}, info.Outline); diff != "" {
		t.Error(diff)
	}
	if info.Facts.Sections || info.Facts.Producer != "Writer of tests" {
		t.Errorf("%+v", info.Facts)
	}
	info, texts = read(t, docxOf(t, "", wp("", "One")+`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`+wp("", "Two")))
	if len(texts) != 1 || !info.Facts.Sections {
		t.Errorf("breaks of a person's own: %q, %+v", texts, info.Facts)
	}
}

func engine() *flow.Engine { return flow.Beside(nothing{}) }

// nothing is an engine that refuses everything.
type nothing struct{ describe.Engine }

func (nothing) Open(context.Context, []byte) (describe.File, error) {
	return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "not a PDF file")
}

func (nothing) Version() string { return "nothing@1" }
