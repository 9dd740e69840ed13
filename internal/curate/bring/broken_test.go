package bring_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/format/marc"
)

// three gives, of every format of one file, three records with the titles
// Wells, Über and Rivers.
func three(t testing.TB) map[string]string {
	t.Helper()
	titles := []string{"Wells", "Über", "Rivers"}
	each := func(form string) string {
		var b strings.Builder
		for _, title := range titles {
			fmt.Fprintf(&b, form, title)
		}
		return b.String()
	}
	book := excelize.NewFile()
	for i, title := range append([]string{"title"}, titles...) {
		must(t, book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{title, "author"}))
	}
	var sheet, iso bytes.Buffer
	must(t, book.Write(&sheet))
	for _, title := range titles {
		iso.Write(marc.FromReport(greyshelf.Report{Title: title}, marc.Options{}).Binary())
	}
	paper := strings.TrimSuffix(each(`{"model":"documents.document","pk":9,"fields":{"title":"%s","tags":[]}},`+"\n"), ",\n")
	return map[string]string{
		"bibtex":     each("@report{a, title={%s}}\n"),
		"ris":        each("TY  - RPRT\nTI  - %s\nER  - \n"),
		"csl":        "[" + strings.TrimSuffix(each(`{"type":"report","title":"%s"},`+"\n"), ",\n") + "]",
		"csv":        "title,author\n" + each("%s,Rosa Vega\n"),
		"xlsx":       sheet.String(),
		"marc":       iso.String(),
		"marcxml":    `<collection xmlns="http://www.loc.gov/MARC21/slim">` + "\n" + each(`<record><leader>x</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">%s</subfield></datafield></record>`+"\n") + "</collection>",
		"mods":       `<modsCollection xmlns="http://www.loc.gov/mods/v3">` + "\n" + each("<mods><titleInfo><title>%s</title></titleInfo></mods>\n") + "</modsCollection>",
		"dc":         `<records xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/">` + "\n" + each("<oai_dc:dc><dc:title>%s</dc:title></oai_dc:dc>\n") + "</records>",
		"endnote":    each("%%0 Report\n%%T %s\n\n"),
		"endnotexml": "<xml><records>\n" + each("<record><titles><title>%s</title></titles></record>\n") + "</records></xml>",
		"paperless":  "[" + paper + "]",
		"zotero":     zotero,
		"calibre":    opf,
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// readAll reads an input to its end and gives the items and why it ended; what
// takes longer than any list of three may is an error.
func readAll(t testing.TB, text, as string) (items []bring.Item, reason string) {
	t.Helper()
	begun := time.Now()
	for item, err := range bring.Read(t.Context(), list(text), bring.Options{As: as}) {
		if err != nil {
			if reason = greyshelf.ReasonOf(err); greyshelf.KindOf(err) == greyshelf.Internal {
				t.Errorf("%s: %v", as, err)
			}
			break
		}
		checkTidy(t, as, item)
		items = append(items, item)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("%s: %s for %d bytes", as, took, len(text))
	}
	return items, reason
}

// titlesOf gives the titles of the items that can be brought.
func titlesOf(items []bring.Item) []string {
	var titles []string
	for _, i := range items {
		if i.Broken == "" {
			titles = append(titles, i.Report.Title)
		}
	}
	return titles
}

// TestTruncated ends every format at every place: what is whole before is
// read, the rest is named, nothing fails.
func TestTruncated(t *testing.T) {
	for format, text := range three(t) {
		step := max(1, len(text)/120)
		for end := 0; end < len(text); end += step {
			items, reason := readAll(t, text[:end], format)
			for _, i := range items {
				if i.Broken == "" && i.Report.Title == "" {
					t.Errorf("%s, %d of %d bytes: a record without a title", format, end, len(text))
				}
			}
			if end > len(text)*4/5 && len(items) == 0 && reason == "" {
				t.Errorf("%s, %d of %d bytes: nothing is said", format, end, len(text))
			}
		}
	}
}

// TestOtherEncodings reads every format of text in Windows-1252 and UTF-16.
func TestOtherEncodings(t *testing.T) {
	for format, text := range three(t) {
		if slices.Contains([]string{"xlsx", "marc", "zotero", "calibre"}, format) {
			continue // a length in bytes, an encoding of their own
		}
		latin, err := charmap.Windows1252.NewEncoder().String(text)
		must(t, err)
		if items, reason := readAll(t, latin, format); !slices.Contains(titlesOf(items), "Über") {
			t.Errorf("%s in Windows-1252: %v %s", format, told(items), reason)
		}
		wide := "\xff\xfe"
		for _, unit := range utf16.Encode([]rune(text)) {
			wide += string([]byte{byte(unit), byte(unit >> 8)})
		}
		if items, reason := readAll(t, wide, format); !slices.Equal(titlesOf(items), []string{"Wells", "Über", "Rivers"}) {
			t.Errorf("%s in UTF-16: %v %s", format, told(items), reason)
		}
	}
}

// TestGarbage gives every format what is none, empty files and each other's.
func TestGarbage(t *testing.T) {
	var noise bytes.Buffer
	for i := range 1 << 16 {
		noise.WriteByte(byte(i * i >> 3))
	}
	files := three(t)
	files["empty"], files["spaces"], files["noise"], files["zeros"] = "", " \n\t\r\n", noise.String(), strings.Repeat("\x00", 1<<16)
	files["one line"] = strings.Repeat("a", 6<<20)
	files["open braces"], files["open tags"] = strings.Repeat("{[", 1<<18), strings.Repeat("<record>", 1<<16)
	files["quotes"] = strings.Repeat("\"\n", 1<<16)
	for format := range three(t) {
		for _, text := range files {
			readAll(t, text, format)
		}
	}
}

// TestOneBadRecordAmongMany puts a broken record between good ones: it has its
// number and, where the format has lines, its line; the others are read.
func TestOneBadRecordAmongMany(t *testing.T) {
	bad := map[string][2]string{ // what is written in place of what
		"bibtex":     {"title={Über}", "title={Über"},
		"ris":        {"TI  - Über", "XX  - Über"},
		"csl":        {`"title":"Über"`, `"title":Über`},
		"csv":        {"Über,Rosa Vega", `"Über,Rosa Vega`},
		"marcxml":    {"Über</subfield>", "Über</subfeld>"},
		"mods":       {"Über</title>", "Über & </title>"},
		"dc":         {"Über</dc:title>", "Über<dc:title>"},
		"endnote":    {"%T Über", "%Q Über"},
		"endnotexml": {"Über</title>", "Über&nosuch;</title>"},
		"paperless":  {`"title":"Über"`, `"title":]`},
	}
	files := three(t)
	for format, change := range bad {
		text := strings.Replace(files[format], change[0], change[1], 1)
		if text == files[format] {
			t.Fatalf("%s: nothing is broken", format)
		}
		items, reason := readAll(t, text, format)
		if titles := titlesOf(items); !slices.Equal(titles, []string{"Wells", "Rivers"}) {
			t.Errorf("%s: %v %s", format, told(items), reason)
			continue
		}
		at := slices.IndexFunc(items, func(i bring.Item) bool { return i.Broken != "" })
		if at != 1 || items[1].Number != 2 || items[1].Line != 1+strings.Count(text[:strings.Index(text, change[1])], "\n") && items[1].Line != strings.Count(text[:strings.Index(text, change[1])], "\n") {
			t.Errorf("%s: the broken record is not named: %v", format, told(items))
		}
	}
}

// TestEntityBombs: no entity is expanded, wherever it is declared.
func TestEntityBombs(t *testing.T) {
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">`
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 20))
	}
	bomb += `<!ENTITY file SYSTEM "file:///etc/passwd">]>`
	files := three(t)
	for _, format := range []string{"marcxml", "mods", "dc", "endnotexml", "zotero", "calibre"} {
		for _, title := range []string{"Wells", "The Water Question of the South"} {
			for _, entity := range []string{"&j;", "&file;"} {
				exploded := strings.Replace(files[format], title, entity, 1)
				head := strings.TrimPrefix(exploded, "<?xml version='1.0'?>")
				inside := strings.Replace(exploded, entity, bomb+entity, 1)
				for _, text := range []string{bomb + head, "<?xml version=\"1.0\"?>\n" + bomb + head, inside} {
					items, _ := readAll(t, text, format)
					for _, i := range items {
						if strings.Contains(i.Report.Title, "aaaa") || strings.Contains(i.Report.Title, "root:") {
							t.Errorf("%s: %.80q", format, i.Report.Title)
						}
					}
				}
			}
		}
	}
}

// TestWorkbookBombs: a workbook that unpacks to far more than it is, or says
// that it has a billion cells, is refused or read in bounds.
func TestWorkbookBombs(t *testing.T) {
	good := three(t)["xlsx"]
	remake := func(change func(name, text string) string) string {
		z, err := zip.NewReader(strings.NewReader(good), int64(len(good)))
		must(t, err)
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, f := range z.File {
			r, err := f.Open()
			must(t, err)
			text, err := io.ReadAll(r)
			must(t, err)
			part, err := w.Create(f.Name)
			must(t, err)
			_, _ = io.WriteString(part, change(f.Name, string(text)))
		}
		must(t, w.Close())
		return out.String()
	}
	sheet := func(change func(string) string) string {
		return remake(func(name, text string) string {
			if name == "xl/worksheets/sheet1.xml" {
				return change(text)
			}
			return text
		})
	}
	for name, text := range map[string]string{
		"a far row":    sheet(func(s string) string { return strings.Replace(s, `r="4"`, `r="1048576"`, 1) }),
		"a far column": sheet(func(s string) string { return strings.ReplaceAll(s, `r="B4"`, `r="XFD4"`) }),
		"far beyond":   sheet(func(s string) string { return strings.ReplaceAll(s, `r="B4"`, `r="ZZZZZZ99999999"`) }),
		"many rows": sheet(func(s string) string {
			return strings.Replace(s, "</sheetData>", strings.Repeat("<row></row>", 400_000)+"</sheetData>", 1)
		}),
		"entities": sheet(func(s string) string {
			return `<!DOCTYPE x [<!ENTITY a "aaaa">]>` + strings.Replace(s, "</sheetData>", "&a;</sheetData>", 1)
		}),
		"no XML": sheet(func(string) string { return "\x00\x01" }),
		"spaces": remake(func(name, text string) string { return text + strings.Repeat(" ", 32<<20) }),
	} {
		items, reason := readAll(t, text, "xlsx")
		if len(items) > 1000 || len(items) == 0 && reason == "" {
			t.Errorf("%s: %d records, %q", name, len(items), reason)
		}
	}
}
