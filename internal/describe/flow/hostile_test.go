package flow_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

func TestHostile(t *testing.T) {
	zeros := strings.Repeat("0", 70<<20)
	for name, c := range map[string]struct {
		data []byte
		kind greyshelf.Kind // "" = it opens
	}{
		"zip bomb":           {docxOf(t, "", "<w:p><w:r><w:t>"+zeros[:60<<20]+"</w:t></w:r></w:p>"), greyshelf.TooLarge},
		"part above a limit": {epubOf(t, "", "", zeros), greyshelf.TooLarge},
		"entity bomb": {archiveOf(t, part{"word/document.xml", `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document` + wordSpace +
			`><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`}), greyshelf.Invalid},
		"a file of the computer as entity": {archiveOf(t, part{"word/document.xml", `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><t>&x;</t></d>`}), greyshelf.Invalid},
		"a million tags of HTML":           {[]byte("<html>" + strings.Repeat("<div><b>", 500_000) + "deep"), ""},
		"a million tags of XML":            {archiveOf(t, part{"word/document.xml", nested(1_000_000)}), greyshelf.Invalid},
		"a paragraph of 60 MB":             {[]byte("<html><p>" + strings.Repeat("Words here. ", 5<<20)), greyshelf.TooLarge},
		"a page of 100 MB":                 {[]byte("<html>" + strings.Repeat("0", 100<<20)), greyshelf.TooLarge},
		"a word of 20 MB":                  {[]byte("<html><p>" + zeros[:20<<20]), ""},
		"only a script":                    {[]byte("<html><script>document.write('words')</script>"), greyshelf.Invalid},
		"an archive cut off":               {docxOf(t, "", wp("", "Words"))[:300], greyshelf.Invalid},
		"an archive of something else":     {archiveOf(t, part{"a.txt", "words"}), greyshelf.Invalid},
		"an EPUB without a package":        {archiveOf(t, part{"META-INF/container.xml", container}), greyshelf.Invalid},
		"an EPUB without a container":      {archiveOf(t, part{"META-INF/container.xml", "<container/>"}), greyshelf.Invalid},
		"a protected EPUB":                 {archiveOf(t, part{"META-INF/container.xml", container}, part{"META-INF/rights.xml", "<r/>"}), greyshelf.Invalid},
		"a document without text":          {docxOf(t, "", ""), greyshelf.Invalid},
		"attributes without end":           {[]byte("<html><p " + strings.Repeat("a=b ", 1_000_000) + ">words</p>"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := open(t, c.data)
			if greyshelf.KindOf(err) != c.kind && !(err == nil && c.kind == "") {
				t.Fatalf("%v (%s), want %q", err, greyshelf.KindOf(err), c.kind)
			}
			if err == nil {
				everyPage(t, f)
			}
		})
	}
}

// nested writes n elements within each other, no two alike, so that they do not
// pack too well.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p%d>", i*7919%n)
	}
	return b.String()
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := engine().Open(ctx, []byte("<html>"+strings.Repeat("<p>words", 10_000)))
	if greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
}

// everyPage lays every page out and holds that its parts agree.
func everyPage(t testing.TB, f describe.File) {
	t.Helper()
	info := f.Info()
	if info.Pages < 1 || info.Labels != nil && len(info.Labels) != info.Pages {
		t.Fatalf("%d pages, %d labels", info.Pages, len(info.Labels))
	}
	for k := 1; k <= info.Pages; k++ {
		p, err := f.(describe.TextFile).TextPage(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(p.Text)
		last := 0
		for _, l := range p.Lines {
			if l.Start < last || l.End > len(runes) || string(runes[l.Start:l.End]) != l.Text {
				t.Fatalf("page %d: the line %q does not stand at %d-%d", k, l.Text, l.Start, l.End)
			}
			last = l.End
		}
		for _, w := range p.Words {
			if w.Start < 0 || w.End > len(runes) || w.Start >= w.End || strings.ContainsAny(string(runes[w.Start:w.End]), " \n") || w.Box[1] > w.Box[3] {
				t.Fatalf("page %d: a word at %d-%d", k, w.Start, w.End)
			}
		}
	}
	for _, o := range info.Outline {
		if o.Page < 1 || o.Page > info.Pages || o.Level < 1 {
			t.Fatalf("outline %+v", o)
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<html><h1>Title</h1><p epub:type=pagebreak title=3>words<br>more<table><tr><td>x"))
	f.Add([]byte("<?xml version='1.0'?><html><head><title/></head><body hidden><p>w</p></body></html>"))
	f.Fuzz(fuzzOpen)
}

func FuzzEPUB(f *testing.F) {
	f.Add(`<dc:title>T</dc:title>`, `<nav epub:type="page-list"><a href="text/a%20b.xhtml#x">1</a></nav>`, `<p id="x">words</p>`)
	f.Fuzz(func(t *testing.T, metadata, nav, text string) {
		fuzzOpen(t, epubOf(t, metadata, nav, text))
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add(`<dc:title>T</dc:title>`, wp("Ttl", "Title")+wp("", "words")+`<w:p><w:r><w:lastRenderedPageBreak/><w:t>more</w:t></w:r></w:p>`)
	f.Fuzz(func(t *testing.T, core, body string) { fuzzOpen(t, docxOf(t, core, body)) })
}

func FuzzZIP(f *testing.F) {
	f.Add(docxOf(f, "", wp("", "words")))
	f.Add(epubOf(f, "", "", "<p>words</p>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
			fuzzOpen(t, data)
		}
	})
}

func fuzzOpen(t *testing.T, data []byte) {
	file, err := open(t, data)
	if err != nil {
		if greyshelf.KindOf(err) == "" {
			t.Fatalf("an error without a kind: %v", err)
		}
		return
	}
	everyPage(t, file)
	_ = file.Close()
}
