package list

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
)

// all gives reports one by one, and then an error if there is one.
func all(err error, reports ...greyshelf.Report) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		for _, r := range reports {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(greyshelf.Report{}, err)
		}
	}
}

// wells is a report with every field that a list shows.
func wells() greyshelf.Report {
	return greyshelf.Report{
		ID: "abc", Title: "Who <Owns> the Well_s?", Date: greyshelf.Date{EDTF: "2012-06-03"}, Abstract: "One & all.\n\n- Two.",
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis International"}, Role: greyshelf.Publisher},
			{Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author},
		},
		Rights: greyshelf.Rights{Code: greyshelf.Copyright}, Format: "PDF", Extent: greyshelf.Extent{Pages: 10}, URL: "https://example.org/w?a=1&b=2",
	}
}

func TestFormats(t *testing.T) {
	options := Options{Title: "Wells & Rivers", Base: "https://library.example.org/"}
	for format, want := range map[string]string{
		Seed: "Who <Owns> the Well_s?\n\nWho <Owns> the Well_s? Oasis International. Rosa Vega. June 3, 2012.\n\nOne & all.\n\n- Two. [Note: contains copyrighted material].\n\n[PDF format, 10 pages].\nhttps://example.org/w?a=1&b=2",
		Markdown: "# Wells \\& Rivers\n\n## [Who \\<Owns\\> the Well\\_s?](<https://library.example.org/r/abc>)\n\nOasis International. Rosa Vega. June 3, 2012.\n\nOne \\& all.\n\n" +
			"\\- Two. \\[Note: contains copyrighted material\\].\n\n\\[PDF format, 10 pages\\].\n\n<https://example.org/w?a=1&b=2>\n",
		JSON: `{"report":"abc","title":"Who <Owns> the Well_s?","publisher":"Oasis International","authors_raw":"Rosa Vega","authors":[{"name":"Rosa Vega","role":"author"}],"date":"2012-06-03",` +
			`"date_printed":"June 3, 2012","abstract":"One & all.\n\n- Two.","rights":"contains copyrighted material","format":"PDF","pages":10,"pages_printed":"10 pages","url":"https://example.org/w?a=1&b=2","confidence":1}` + "\n",
	} {
		var out bytes.Buffer
		if err := Write(&out, format, all(nil, wells()), options); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
}

func TestHTMLIsWholeAndSafe(t *testing.T) {
	r := wells()
	r.Abstract = `<script>alert(1)</script>`
	r.URL = "javascript:alert(1)"
	var out bytes.Buffer
	if err := Write(&out, HTML, all(nil, wells(), r), Options{Title: "Wells", Base: "https://library.example.org", Language: "en"}); err != nil {
		t.Fatal(err)
	}
	html := out.String()
	for _, part := range []string{"<!DOCTYPE html>", "<h1>Wells</h1>", `<a href="https://library.example.org/r/abc">Who &lt;Owns&gt; the Well_s?</a>`, "<p>[PDF format, 10 pages].</p>", "</html>\n"} {
		if !strings.Contains(html, part) {
			t.Errorf("%q is missing in\n%s", part, html)
		}
	}
	for _, bad := range []string{"<script", "style=", `href="javascript:`} {
		if strings.Contains(html, bad) {
			t.Errorf("%q in\n%s", bad, html)
		}
	}
	d := xml.NewDecoder(strings.NewReader(html))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestErrors(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "odt", all(nil, wells()), Options{}); greyshelf.KindOf(err) != greyshelf.Invalid || out.Len() > 0 {
		t.Errorf("%v, %q", err, out.String())
	}
	gone := greyshelf.Errorf(greyshelf.NotFound, "list", "x", "it is gone")
	for _, format := range Formats() {
		if err := Write(io.Discard, format, all(gone, wells()), Options{}); !errors.Is(err, gone) {
			t.Errorf("%s: %v", format, err)
		}
		if err := Write(broken{}, format, all(nil, wells()), Options{}); greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Errorf("%s: %v", format, err)
		}
		if MediaType(format) == "" {
			t.Errorf("%s has no media type", format)
		}
	}
}

// broken is a full disk.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestEmptyListAndEmptyReport(t *testing.T) {
	for _, format := range Formats() {
		var out bytes.Buffer
		if err := Write(&out, format, all(nil), Options{}); err != nil || format != HTML && out.Len() > 0 {
			t.Errorf("%s: %v %q", format, err, out.String())
		}
		if err := Write(&out, format, all(nil, greyshelf.Report{}), Options{Base: "x"}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestJSONLinesAreEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := greyshelf.Report{Title: rapid.String().Draw(t, "title"), Abstract: rapid.String().Draw(t, "abstract")}
		var out bytes.Buffer
		if err := Write(&out, JSON, all(nil, r, r), Options{}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != 2 {
			t.Fatalf("%d lines", len(lines))
		}
		var e greyshelf.Entry
		if err := json.Unmarshal([]byte(lines[0]), &e); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(entry.FromReport(r).Title, e.Title); diff != "" {
			t.Fatal(diff)
		}
	})
}
