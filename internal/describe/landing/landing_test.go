package landing_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
)

func read(t testing.TB, page string) landing.Page {
	t.Helper()
	base, err := url.Parse("https://www.institute.example/reports/42?from=feed#top")
	if err != nil {
		t.Fatal(err)
	}
	p, err := landing.Read([]byte(page), "text/html", base)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// said writes findings short: "field value" with kind and method.
func said(findings []greyshelf.Finding) []string {
	var all []string
	for _, f := range findings {
		if f.Field == greyshelf.FieldURL {
			continue
		}
		line := fmt.Sprintf("%s %s %s", strings.TrimSuffix(strings.TrimPrefix(f.Method, "landing-"), "@1"), f.Field, f.Value)
		if f.Kind != "" {
			line += " (" + f.Kind + ")"
		}
		if f.Of != "" {
			line += " of " + f.Of
		}
		all = append(all, line)
	}
	return all
}

func addresses(links []landing.Link) []string {
	var all []string
	for _, l := range links {
		all = append(all, strings.TrimPrefix(l.URL, "https://www.institute.example"))
	}
	return all
}

// TestRead reads the pages of testdata: each says in its first comment what is
// in it and what must come of it.
func TestRead(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 12 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, name := range pages {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			comment, _, _ := strings.Cut(string(data), "-->")
			var want []string
			for _, line := range strings.Split(comment, "\n")[1:] {
				if line = strings.TrimSpace(line); line != "" {
					want = append(want, line)
				}
			}
			p := read(t, string(data))
			got := append([]string{"url " + p.Canonical}, said(landing.Findings(p))...)
			for _, link := range addresses(p.PDFs) {
				got = append(got, "pdf "+link)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestHostile reads pages made to break a reader: bounded in time, never a
// crash, nothing followed.
func TestHostile(t *testing.T) {
	for name, page := range map[string]string{
		"nesting":      strings.Repeat("<div itemscope itemtype=Report>", 100_000),
		"nesting of b": strings.Repeat("<b class=author>", 300_000),
		"attributes":   "<meta " + strings.Repeat("a=b ", 1_000_000) + ">",
		"many names": "<meta " + func() string {
			var b strings.Builder
			for i := range 200_000 {
				fmt.Fprintf(&b, "a%d=b ", i)
			}
			return b.String()
		}() + ">",
		"one long value": `<meta name="citation_title" content="` + strings.Repeat("x", 4<<20) + `">`,
		"many values":    strings.Repeat(`<meta name="citation_author" content="A B"><meta name="dc.title" content="T">`, 30_000),
		"many links":     strings.Repeat(`<a href="/x.pdf?y">PDF</a>`, 100_000),
		"end tags":       strings.Repeat("<h1>", 50_000) + strings.Repeat("</b></div></h1>", 100_000),
		"deep JSON":      `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 90_000) + `</script>`,
		"wide JSON":      `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Report","name":"n"},`, 30_000) + `{}]</script>`,
		"cut off":        `<html><head><title>never ends <meta name="`,
		"no HTML":        "\x00\x01\xff\xfe",
		"UTF-7":          `<meta charset="utf-7"><h1>+ADw-script+AD4-</h1>`,
		"entities":       strings.Repeat("&#x10FFFF;&notanentity&lt;", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p := read(t, page)
			findings := landing.Findings(p)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if len(p.Values) > 400 || len(p.PDFs) > 20 || len(findings) > 1000 {
				t.Errorf("%d values, %d links, %d findings", len(p.Values), len(p.PDFs), len(findings))
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "institute.example"}
	if _, err := landing.Read(make([]byte, landing.MaxBytes+1), "", base); greyshelf.KindOf(err) != greyshelf.TooLarge {
		t.Errorf("a large page: %v", err)
	}
	if _, err := landing.Read(nil, "", nil); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("no address: %v", err)
	}
}

// TestHeader reads Link headers: for a PDF that was asked for directly, and
// beside a page.
func TestHeader(t *testing.T) {
	pdf, err := url.Parse("https://www.institute.example/files/r.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ header, canonical, citeAs, pdf string }{
		{`<https://institute.example/reports/42>; rel="canonical"`, "https://institute.example/reports/42", "", ""},
		{`</reports/42>; rel=canonical, <https://doi.org/10.5555/12345678>; rel="cite-as"`, "https://www.institute.example/reports/42", "https://doi.org/10.5555/12345678", ""},
		{`<https://evil.example/>; rel=canonical`, "", "", ""},
		{`<http://10.0.0.1/>; rel=canonical; rel=cite-as`, "", "", ""},
		{`</files/r.pdf>; rel=canonical`, "", "", ""},
		{`</a,b;c>; title="a, \"b\" <x>; rel=canonical" ; rel="item describedby"; type="application/pdf"`, "", "", "https://www.institute.example/a,b;c"},
		{`</other>; rel=canonical; anchor="/elsewhere"`, "", "", ""},
		{`<<<>>>;;;===,,,"`, "", "", ""},
		{`<unclosed; rel=canonical`, "", "", ""},
		{strings.Repeat(`</x>; rel=canonical, `, 50_000), "", "", ""},
	} {
		p := landing.WithHeader(landing.Page{}, []string{test.header}, pdf)
		got := ""
		if len(p.PDFs) > 0 {
			got = p.PDFs[0].URL
		}
		if p.Canonical != test.canonical || p.CiteAs != test.citeAs || got != test.pdf {
			t.Errorf("%.80s: %q %q %q", test.header, p.Canonical, p.CiteAs, got)
		}
	}
	page := read(t, "<title>T</title>")
	page = landing.WithHeader(page, []string{`</reports/42>; rel=canonical`}, pdf)
	if page.Canonical != "https://www.institute.example/reports/42" {
		t.Errorf("beside a page: %q", page.Canonical)
	}
}

// TestEncoding reads pages in old encodings, named by the header or the page.
func TestEncoding(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "institute.example"}
	for _, test := range []struct{ page, contentType string }{
		{"<h1>Zusammenfassung f\xfcr B\xfcrger</h1>", "text/html; charset=iso-8859-1"},
		{"<meta charset=windows-1252><h1>Zusammenfassung f\xfcr B\xfcrger</h1>", "text/html"},
		{"\ufeff<h1>Zusammenfassung für Bürger</h1>", ""},
	} {
		p, err := landing.Read([]byte(test.page), test.contentType, base)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"visible title Zusammenfassung für Bürger"}, said(landing.Findings(p))); diff != "" {
			t.Error(diff)
		}
	}
}

// FuzzRead holds that any bytes give values that are bounded and printable,
// and http addresses only.
func FuzzRead(f *testing.F) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range pages {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	base := &url.URL{Scheme: "https", Host: "institute.example", Path: "/r/1"}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := landing.Read(data, "", base)
		if err != nil {
			if len(data) <= landing.MaxBytes {
				t.Fatal(err)
			}
			return
		}
		for _, found := range landing.Findings(p) {
			if found.Value == "" || found.Page != 0 || strings.ContainsAny(found.Value+found.Quote, "\x00\n\r\x1b") || len(found.Value) > 100_000 {
				t.Errorf("%+v", found)
			}
		}
		for _, link := range p.PDFs {
			if u, err := url.Parse(link.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
				t.Errorf("link %q", link.URL)
			}
		}
	})
}
