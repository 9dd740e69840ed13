package formattest_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/bibtex"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/endnote"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/ris"
)

// judged are the records that bibutils converts: titles with markup, braces,
// backslashes, breaks, right-to-left letters and letters beyond the first plane.
func judged() []csl.Item {
	var items []csl.Item
	for i, title := range []string{"Wells of the South", "Who <i>Owns</i> It?", "Braces } { and \\ back", "50% of $x_1$ & #2 ~ ^ \"quoted\"", "Line\r\nER  - break\r\n%0 Book", "تقرير عن المياه", "𝔘nicode 🜚", "=1+1", "@report{x, title={y}}"} {
		r := formattest.Full()
		r.ID, r.Title, r.Subtitle = "k"+string(rune('a'+i)), title, ""
		r.Agents = []greyshelf.Contribution{
			{Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author}, {Agent: greyshelf.PersonFromName("Lynn Smith"), Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Institute"}, Role: greyshelf.Publisher},
		}
		items = append(items, csl.FromReport(r, ""))
	}
	return items
}

// modsNames is what of the MODS of bibutils is compared.
type modsNames struct {
	Records []struct {
		Title string `xml:"titleInfo>title"`
		Sub   string `xml:"titleInfo>subTitle"`
		Names []struct {
			Parts []string `xml:"namePart"`
		} `xml:"name"`
	} `xml:"mods"`
}

// TestBibutils lets bibutils (Debian package bibutils) convert every export:
// without a warning, with the same titles and authors.
func TestBibutils(t *testing.T) {
	for _, c := range []struct {
		tool  string
		write func(io.Writer, []csl.Item) error
	}{
		{"bib2xml", bibtex.Write}, {"biblatex2xml", bibtex.WriteBibLaTeX}, {"ris2xml", ris.Write}, {"end2xml", endnote.Write}, {"endx2xml", endnote.WriteXML},
	} {
		t.Run(c.tool, func(t *testing.T) {
			tool, err := exec.LookPath(c.tool)
			if err != nil && os.Getenv("GREYSHELF_JUDGES") == "required" {
				t.Fatalf("%s is not here: install the package bibutils", c.tool)
			} else if err != nil {
				t.Skip("bibutils is not installed: this judge was not asked")
			}
			var in, out, messages bytes.Buffer
			if err := c.write(&in, judged()); err != nil {
				t.Fatal(err)
			}
			command := exec.CommandContext(t.Context(), tool, "-i", "utf8")
			command.Stdin, command.Stdout, command.Stderr = &in, &out, &messages
			if err := command.Run(); err != nil {
				t.Fatal(err, messages.String())
			}
			if said := strings.TrimSpace(messages.String()); said != c.tool+": Processed 9 references." {
				t.Errorf("it warns: %s", said)
			}
			compare(t, out.Bytes())
		})
	}
}

// compare compares what bibutils understood. It divides titles at a colon and
// question mark, and has its own signs for the quotation mark and the
// circumflex of TeX.
func compare(t *testing.T, data []byte) {
	t.Helper()
	var got modsNames
	if err := xml.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	letters := strings.NewReplacer(" ", "", ":", "", "”", "\"", "“", "\"", "⌃", "^", "\r", "", "\n", "")
	var titles, want []string
	for i, r := range got.Records {
		titles = append(titles, letters.Replace(r.Title+r.Sub))
		people := 0
		for _, n := range r.Names {
			if name := strings.Join(n.Parts, " "); name == "Rosa Vega" || name == "Lynn Smith" {
				people++
			}
		}
		if people != 2 {
			t.Errorf("record %d: authors %v", i, r.Names)
		}
	}
	for _, item := range judged() {
		want = append(want, letters.Replace(item.Title))
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Error(diff)
	}
}
