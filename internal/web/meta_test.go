package web

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestMetadataInThePage reads the record out of a report's page as programs do:
// each tag that they look for is there, and nothing that readers may not know.
func TestMetadataInThePage(t *testing.T) {
	l := newLibrary(t)
	page := l.ask(visitor, "/r/open", nil).Body.String()
	address := "http://" + publicHost + "/r/open"
	for name, content := range map[string]string{
		"citation_title": "Report <script>alert(1)</script> open", "citation_author": "Writer, Ada B.", "citation_technical_report_institution": "House & Sons",
		"citation_publisher": "House & Sons", "citation_publication_date": "2009/05", "citation_language": "en", "citation_keywords": "Harbours",
		"citation_abstract": "An abstract on harbours.", "citation_abstract_html_url": address, "citation_pdf_url": "http://" + publicHost + l.file("open"),
		"DC.title": "Report <script>alert(1)</script> open", "DC.publisher": "House & Sons", "DC.language": "en",
	} {
		want := regexp.MustCompile(`<meta name="` + regexp.QuoteMeta(name) + `" content="([^"]*)"`).FindStringSubmatch(page)
		if want == nil || html.UnescapeString(want[1]) != content {
			t.Errorf("%s: %q, want %q", name, want, content)
		}
	}
	_, rest, _ := strings.Cut(page, `<script type="application/ld+json">`)
	data, _, _ := strings.Cut(rest, "</script>")
	var linked struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	if err := json.Unmarshal([]byte(data), &linked); err != nil || linked.Type != "Report" || linked.Name != "Report <script>alert(1)</script> open" {
		t.Errorf("JSON-LD: %+v, %v in %.300s", linked, err, data)
	}
	span := regexp.MustCompile(`<span class="Z3988" title="([^"]*)">`).FindStringSubmatch(page)
	if span == nil {
		t.Fatal("no COinS")
	}
	if values, err := url.ParseQuery(html.UnescapeString(span[1])); err != nil || values.Get("rft.genre") != "report" || values.Get("rft.pub") != "House & Sons" {
		t.Errorf("COinS: %v, %v", values, err)
	}
	if closed := l.ask(visitor, "/r/extract", nil).Body.String(); strings.Contains(closed, "citation_pdf_url") || !strings.Contains(closed, "citation_title") {
		t.Error("a report that is not open names its file, or lacks its record")
	}
	if draft := l.ask(librarian, "/r/draft", nil).Body.String(); strings.Contains(draft, "citation_title") || strings.Contains(draft, "Z3988") {
		t.Error("a draft offers its record to programs")
	}
	if strings.Contains(page, deskNote) {
		t.Error("the desk's note is in the metadata")
	}
}
