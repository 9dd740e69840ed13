package web

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"github.com/greyshelf/greyshelf/internal/publish/export"
)

// TestOPDS walks the catalogue as a reading program does, from its root: it
// leads only to what the reader may know, and to files only where they are open.
func TestOPDS(t *testing.T) {
	l := newLibrary(t)
	href := regexp.MustCompile(`href="http://` + publicHost + `(/opds[^"]*)"`)
	queue, seen := []string{"/opds"}, map[string]bool{"/opds": true}
	for len(queue) > 0 && len(seen) < 100 {
		path := queue[0]
		queue = queue[1:]
		w := l.ask(visitor, path, nil)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/atom+xml;profile=opds-catalog;kind=") {
			t.Fatalf("%s: status %d, %s", path, w.Code, w.Header().Get("Content-Type"))
		}
		body := w.Body.String()
		if _, err := gofeed.NewParser().ParseString(body); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, id := range []string{"draft", "embargo", "withdrawn"} {
			if strings.Contains(body, "/r/"+id) || strings.Contains(body, hidden(id)) {
				t.Errorf("%s shows %s", path, id)
			}
		}
		if strings.Contains(body, deskNote) || strings.Contains(body, "/r/link/f/") || strings.Contains(body, "/r/extract/f/") || strings.Contains(body, "/r/link/thumb") {
			t.Errorf("%s shows what is closed:\n%s", path, body)
		}
		for _, m := range href.FindAllStringSubmatch(body, -1) {
			if to := html.UnescapeString(m[1]); !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	for _, path := range []string{"/opds/reports", "/opds/subject", "/opds/publisher", "/opds/year", "/opds/reports?year=2009", "/opds/reports?publisher=House+%26+Sons"} {
		if !seen[path] {
			t.Errorf("nothing leads to %s: %v", path, seen)
		}
	}
	body := l.ask(visitor, "/opds/reports?q=harbour", nil).Body.String()
	if strings.Count(body, "<entry") != 2 || strings.Contains(body, "/r/extract") || !strings.Contains(body, `<link rel="http://opds-spec.org/acquisition" type="text/html" href="https://publisher.example.org/r"><opds:indirectAcquisition type="application/pdf">`) || !strings.Contains(body, `rel="http://opds-spec.org/acquisition/open-access" type="application/pdf" href="http://`+publicHost+l.file("open")+`"`) {
		t.Errorf("a search: %s", body)
	}
	for path, want := range map[string]int{"/opds/nothing": 404, "/opds/reports?page=0": 404, "/opds/reports?page=x": 404, "/opds/reports?q=nothingatall": 200, "/opds/reports?page=40": 200, "/opds2/nothing": 404} {
		if w := l.ask(visitor, path, nil); w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
	}
}

// TestOPDS2 reads the catalogue as JSON.
func TestOPDS2(t *testing.T) {
	l := newLibrary(t)
	for _, path := range []string{"/opds2", "/opds2/reports", "/opds2/publisher", "/opds2/reports?query=harbour"} {
		w := l.ask(visitor, path, nil)
		var got struct {
			Navigation   []struct{ Href, Title string }
			Publications []struct {
				Metadata struct{ Identifier string }
				Links    []struct{ Rel, Href string }
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Header().Get("Content-Type") != "application/opds+json" {
			t.Fatalf("%s: %v %s", path, err, w.Header().Get("Content-Type"))
		}
		if strings.Contains(path, "reports") != (len(got.Publications) == 2) || !strings.Contains(path, "reports") && len(got.Navigation) == 0 {
			t.Errorf("%s: %+v", path, got)
		}
		for _, p := range got.Publications {
			if len(p.Links) != 2 || strings.HasSuffix(p.Metadata.Identifier, "/open") != strings.HasSuffix(p.Links[1].Rel, "/open-access") || strings.HasSuffix(p.Metadata.Identifier, "/link") != (p.Links[1].Href == "https://publisher.example.org/r") {
				t.Errorf("%s: %+v", path, p)
			}
		}
	}
}

// TestUnAPI holds version 1 of the unAPI specification: what each of its three
// questions answers, with which status.
func TestUnAPI(t *testing.T) {
	l := newLibrary(t)
	at := func(id string) string { return url.QueryEscape("http://" + publicHost + "/r/" + id) }
	page := l.ask(visitor, "/r/open", nil).Body.String()
	for _, part := range []string{`<link rel="unapi-server" type="application/xml" href="/unapi">`, `<abbr class="unapi-id" title="http://` + publicHost + `/r/open"></abbr>`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page has no %s", part)
		}
	}
	var list struct {
		ID      string `xml:"id,attr"`
		Formats []struct {
			Name string `xml:"name,attr"`
			Type string `xml:"type,attr"`
		} `xml:"format"`
	}
	for path, status := range map[string]int{"/unapi": 200, "/unapi?id=" + at("open"): 300} {
		w := l.ask(visitor, path, nil)
		list.Formats = nil
		if err := xml.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != status || len(list.Formats) != len(export.Formats()) || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/xml") {
			t.Errorf("%s: status %d, %v, %+v", path, w.Code, err, list)
		}
		if status == 300 && list.ID != "http://"+publicHost+"/r/open" {
			t.Errorf("%s: of %q", path, list.ID)
		}
	}
	for _, f := range export.Formats() {
		w := l.ask(visitor, "/unapi?id="+at("open")+"&format="+f.Name, nil)
		if w.Code != 200 || w.Header().Get("Content-Type") != f.MediaType || w.Body.Len() == 0 || strings.Contains(w.Body.String(), deskNote) {
			t.Errorf("%s: status %d, %s", f.Name, w.Code, w.Header().Get("Content-Type"))
		}
	}
	for path, status := range map[string]int{
		"/unapi?id=" + at("open") + "&format=gopher": 406, "/unapi?id=" + at("nothing"): 404, "/unapi?id=" + at("draft") + "&format=mods": 404, "/unapi?id=" + at("embargo"): 404,
		"/unapi?id=" + at("withdrawn"): 410, "/unapi?id=nonsense": 404, "/unapi?id=" + url.QueryEscape("http://elsewhere.example.org/r/open"): 404, "/unapi?id=%00%0a": 404,
	} {
		if w := l.ask(visitor, path, nil); w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
	}
}

// TestSignposting holds the FAIR Signposting profile, level 2: typed links in
// the header of the page, of the file and of the record, and the link set.
func TestSignposting(t *testing.T) {
	l := newLibrary(t)
	base := "http://" + publicHost
	links := func(path string) string { return strings.Join(l.ask(visitor, path, nil).Header().Values("Link"), "\n") }
	page := links("/r/open")
	for _, want := range []string{
		`<` + base + `/r/open>; rel="cite-as"`, `<https://schema.org/AboutPage>; rel="type"`, `<https://schema.org/Report>; rel="type"`,
		`<` + base + l.file("open") + `>; rel="item"; type="application/pdf"`, `<https://creativecommons.org/publicdomain/mark/1.0/>; rel="license"`,
		`<` + base + `/r/open/export/mods>; rel="describedby"; type="application/mods+xml`, `profile="http://www.loc.gov/mods/v3"`,
		`<` + base + `/r/open/linkset>; rel="linkset"; type="application/linkset"`, `<` + base + `/r/open/linkset.json>; rel="linkset"; type="application/linkset+json"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page: no %s in\n%s", want, page)
		}
	}
	if closed := links("/r/extract"); strings.Contains(closed, `rel="item"`) || !strings.Contains(closed, `rel="describedby"`) {
		t.Errorf("a closed report: %s", closed)
	}
	if file := links(l.file("open")); !strings.Contains(file, `<`+base+`/r/open>; rel="collection"; type="text/html"`) {
		t.Errorf("the file: %s", file)
	}
	if record := links("/r/open/export/ris"); !strings.Contains(record, `<`+base+`/r/open>; rel="describes"; type="text/html"`) {
		t.Errorf("the record: %s", record)
	}
	text := l.ask(visitor, "/r/open/linkset", nil)
	if got := text.Body.String(); text.Header().Get("Content-Type") != "application/linkset" || strings.Count(got, `anchor="`+base+l.file("open")+`"`) != 2 || !strings.Contains(got, `rel="item"; anchor="`+base+`/r/open"`) {
		t.Errorf("RFC 9264 §4.1: %s", got)
	}
	var set struct {
		Linkset []map[string]any `json:"linkset"`
	}
	w := l.ask(visitor, "/r/open/linkset.json", nil)
	if err := json.Unmarshal(w.Body.Bytes(), &set); err != nil || w.Header().Get("Content-Type") != "application/linkset+json" || len(set.Linkset) != 2+len(export.Formats()) {
		t.Fatalf("RFC 9264 §4.2: %v %s", err, w.Body.String())
	}
	for _, object := range set.Linkset {
		for name, value := range object {
			targets, ok := value.([]any)
			if name != "anchor" && (!ok || targets[0].(map[string]any)["href"] == "") {
				t.Errorf("%s: %v", name, value)
			}
		}
	}
}

// TestZotero reads each tag that Zotero's Embedded Metadata, COinS and unAPI
// translators take a report of, one by one.
func TestZotero(t *testing.T) {
	l := newLibrary(t)
	page := l.ask(visitor, "/r/open", nil).Body.String()
	tag := func(name string) string {
		m := regexp.MustCompile(`<meta name="` + regexp.QuoteMeta(name) + `" content="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			return ""
		}
		return html.UnescapeString(m[1])
	}
	for name, what := range map[string]string{
		"citation_title": "title", "citation_author": "creators", "citation_publication_date": "date", "citation_technical_report_institution": "institution: makes it a report",
		"citation_publisher": "publisher", "citation_language": "language", "citation_abstract": "abstract", "citation_pdf_url": "the PDF", "citation_keywords": "tags", "citation_abstract_html_url": "url",
		"DC.title": "title", "DC.creator": "creators", "DC.date": "date", "DC.publisher": "publisher", "DC.language": "language", "DC.identifier": "url", "DC.description": "abstract", "DC.subject": "tags",
	} {
		if tag(name) == "" && tag(strings.Replace(name, "DC.", "DCTERMS.", 1)) == "" {
			t.Errorf("%s (%s) is not there", name, what)
		}
	}
	span := regexp.MustCompile(`<span class="Z3988" title="([^"]*)">`).FindStringSubmatch(page)
	values, err := url.ParseQuery(html.UnescapeString(span[1]))
	if err != nil {
		t.Fatal(err)
	}
	for name, what := range map[string]string{"ctx_ver": "Z39.88-2004", "rft_val_fmt": "", "rft.genre": "report", "rft.btitle": "", "rft.date": "2009-05", "rft.pub": "House & Sons", "rft.aulast": "Writer"} {
		if got := values.Get(name); got == "" || what != "" && got != what {
			t.Errorf("COinS %s: %q, want %q", name, got, what)
		}
	}
}
