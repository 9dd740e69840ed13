package bring_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/publish/export"
)

// TestRoundTrip: what the export writes, the import reads to the same record,
// as far as the format can say it.
func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"bibtex", "ris", "csl", "mods", "marc", "marcxml", "oai_dc", "dcterms"} {
		f, ok := export.Find(name)
		if !ok {
			t.Fatal(name)
		}
		r := formattest.Full()
		data, err := f.Record(r, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		items := all(t, list(string(data)+"\n"), bring.Options{})
		if len(items) != 1 || items[0].Broken != "" {
			t.Errorf("%s: %v", name, told(items))
			continue
		}
		got := items[0].Report
		title := got.FullTitle()
		if title != r.FullTitle() || got.Date.EDTF != r.Date.EDTF || got.Abstract == "" || got.Identifier(greyshelf.DOI) != "10.1000/182" || len(got.AgentsWith(greyshelf.Author)) != 3 {
			t.Errorf("%s: %q %q %q %v %v", name, title, got.Date.EDTF, got.Abstract, got.Identifiers, got.Agents)
		}
		if name == "csl" { // which carries the whole record
			want := r
			want.ID, want.State, want.Note, want.Entry, want.Editions, want.Created, want.Updated, want.Revision, want.Desk, want.MergedInto = "", "", "", nil, nil, got.Created, got.Updated, 0, greyshelf.DeskFile{}, ""
			want.Annotation, want.Relations, want.EmbargoUntil, want.Tombstone, want.SeriesNumber, want.Rights.Access = "", nil, "", "", got.SeriesNumber, ""
			for i := range want.Headings {
				want.Headings[i] = greyshelf.Heading{Label: want.Headings[i].Label}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("csl: %s", diff)
			}
		}
		if got.Note != "" {
			t.Errorf("%s: the desk's note came through: %q", name, got.Note)
		}
	}
}

// payloads are values that have broken other programs.
func payloads() []string {
	return []string{
		"<script>alert(1)</script>", "=cmd|'/c calc'!A1", "a\r\nBcc: x@example.org", "left \u202eright\u2066 to \u2029left", "nul \x00 and \x1b[31m", strings.Repeat("long ", 200_000), "\xff\xfe no UTF-8", "javascript:alert(1)",
	}
}

// TestPayloads: nothing of a payload in any field of any format controls a
// terminal, a line or the direction of a text, and nothing is too long.
func TestPayloads(t *testing.T) {
	for _, p := range payloads() {
		line := strings.NewReplacer("\r", " ", "\n", " ").Replace(p)
		xml := strings.NewReplacer("&", "&amp;", "<", "&lt;", "\x00", "", "\x1b", "", "\xff\xfe", "").Replace(p)
		json := fmt.Sprintf("%q", strings.ToValidUTF8(p, ""))
		json = strings.NewReplacer(`\x00`, `\u0000`, `\x1b`, `\u001b`).Replace(json)
		cell := `"` + strings.ReplaceAll(p, `"`, `""`) + `"`
		for format, text := range map[string]string{
			"bibtex":     "@report{k, title={" + line + "}, author={" + line + " and " + line + "}, institution={" + line + "}, abstract={" + line + "}, url={" + line + "}, keywords={" + line + "}, year={" + line + "}, number={" + line + "}, language={" + line + "}, file={" + line + "}}",
			"ris":        "TY  - RPRT\nTI  - " + line + "\nAU  - " + line + "\nPB  - " + line + "\nAB  - " + p + "\nKW  - " + line + "\nPY  - " + line + "\nUR  - " + line + "\nLA  - " + line + "\nDO  - " + line + "\nL1  - " + line + "\nER  - ",
			"csl":        `[{"type":"report","title":` + json + `,"author":[{"literal":` + json + `}],"publisher":` + json + `,"abstract":` + json + `,"URL":` + json + `,"language":` + json + `,"note":` + json + `,"issued":{"literal":` + json + `}}]`,
			"csv":        "title,author,publisher,date,abstract,subject,url,doi,language,pages,series,type,rights,note,file\n" + strings.Repeat(cell+",", 14) + cell + "\n",
			"mods":       `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>` + xml + `</title></titleInfo><name type="personal"><namePart>` + xml + `</namePart></name><abstract>` + xml + `</abstract><note>` + xml + `</note><originInfo><publisher>` + xml + `</publisher><dateIssued>` + xml + `</dateIssued></originInfo><location><url>` + xml + `</url></location><language><languageTerm>` + xml + `</languageTerm></language></mods>`,
			"marcxml":    `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader><datafield tag="245" ind1=" " ind2=" "><subfield code="a">` + xml + `</subfield></datafield><datafield tag="100" ind1=" " ind2=" "><subfield code="a">` + xml + `</subfield></datafield><datafield tag="856" ind1=" " ind2=" "><subfield code="u">` + xml + `</subfield></datafield></record>`,
			"endnotexml": "<xml><records><record><titles><title>" + xml + "</title></titles><contributors><authors><author>" + xml + "</author></authors></contributors><abstract>" + xml + "</abstract></record></records></xml>",
			"paperless":  `[{"model":"documents.document","pk":1,"fields":{"title":` + json + `,"created":` + json + `,"tags":[]},"__exported_file_name__":` + json + `}]`,
			"zotero":     strings.NewReplacer("The Water Question of the South", xml, "About water.", xml, "files/2/w.pdf", strings.ReplaceAll(xml, `"`, ""), "Vega", xml, "https://example.org/w", xml).Replace(zotero),
			"calibre":    strings.NewReplacer("Wells", xml, "Rosa Vega", xml, "9780306406157", xml, "Papers", strings.ReplaceAll(xml, `"`, "")).Replace(opf),
			"xlsx":       workbook(t, p),
			"list":       p + "\n\n" + line + ". " + line + ". 2016.\n\n" + line + "\n\n[PDF format, 3 pages].\n",
		} {
			for _, item := range all(t, list(text), bring.Options{As: format}) {
				checkTidy(t, format, item)
			}
		}
	}
}

// workbook makes a table of one row that holds the text in every cell.
func workbook(t *testing.T, text string) string {
	t.Helper()
	book := excelize.NewFile()
	text = strings.ToValidUTF8(text, "")
	for i, name := range []string{"title", "author", "publisher", "date", "abstract", "url", "language", "file"} {
		column, _ := excelize.ColumnNumberToName(i + 1)
		for at, value := range map[string]string{column + "1": name, column + "2": text[:min(len(text), 32_000)]} {
			if err := book.SetCellStr("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkTidy checks every value of an item.
func checkTidy(t testing.TB, format string, item bring.Item) {
	t.Helper()
	r := item.Report
	values := []string{r.Title, r.Subtitle, r.Series, r.Type, r.URL, r.Date.Printed, r.Version}
	for _, a := range r.Agents {
		values = append(values, a.Name, a.Family, a.Given)
	}
	for _, h := range r.Headings {
		values = append(values, h.Label)
	}
	for _, v := range values {
		if strings.ContainsAny(v, "\r\n\x00\x1b\u202e\u2066\u2029") || !utf8.ValidString(v) || len(v) > 2000 {
			t.Errorf("%s: %.100q of %d bytes", format, v, len(v))
		}
	}
	for _, v := range append(values, r.Abstract, r.Note, r.Rights.Statement) {
		if strings.ContainsAny(v, "\r\x00\x1b\u202e\u2066") || !utf8.ValidString(v) || len(v) > 60_000 {
			t.Errorf("%s: %.100q of %d bytes", format, v, len(v))
		}
	}
	if r.URL != "" && !strings.HasPrefix(r.URL, "http") || len(item.Raw) > 16<<10 || item.Broken == "" && r.Title == "" {
		t.Errorf("%s: address %.100q, raw of %d, title %.100q", format, r.URL, len(item.Raw), r.Title)
	}
}

// TestRefused: what is no list, or dangerous as a whole, is refused in words.
func TestRefused(t *testing.T) {
	bomb := func(entry string, size int) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create(entry)
		_, _ = w.Write(make([]byte, size))
		_ = z.Close()
		return b.String()
	}
	for _, c := range []struct{ name, text, want string }{
		{"a report", "%PDF-1.7", "greyshelf add"},
		{"nothing", "  \n", "empty"},
		{"a program", "\x7fELF\x00\x00", "no list"},
		{"entities", `<!DOCTYPE x [<!ENTITY a "b">]><collection xmlns="http://www.loc.gov/MARC21/slim"><record>&a;</record></collection>`, "document type declaration"},
		{"a bomb", bomb("a.bib", 64<<20), "far larger"},
		{"a workbook as a bomb", bomb("xl/workbook.xml", 64<<20), "far larger"},
		{"a damaged archive", bomb("a.bib", 10)[:40], "damaged"},
	} {
		_, err := bring.Sniff(list(c.text))
		if err == nil {
			for _, e := range bring.Read(t.Context(), list(c.text), bring.Options{}) {
				err = e
			}
		}
		if err == nil || !strings.Contains(greyshelf.ReasonOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestNoWayOut: links and paths that lead out of the folder give no file.
func TestNoWayOut(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.pdf")
	inside := filepath.Join(dir, "inside")
	for _, err := range []error{
		os.WriteFile(secret, []byte("secret"), 0o644), os.MkdirAll(filepath.Join(inside, "deep"), 0o755), os.Symlink(secret, filepath.Join(inside, "link.pdf")),
		os.Symlink(inside, filepath.Join(inside, "deep", "circle")), os.Symlink("loop", filepath.Join(inside, "loop")), os.WriteFile(filepath.Join(inside, "good.pdf"), []byte("good"), 0o644),
		os.WriteFile(filepath.Join(inside, "t.csv"), []byte("title,file\na,../secret.pdf\nb,"+secret+"\nc,link.pdf\nd,loop\ne,deep/circle/good.pdf\nf,good.pdf\ng,..\\secret.pdf\nh,file://"+secret+"\n"), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{inside, filepath.Join(inside, "t.csv")} {
		in, closer, err := bring.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range all(t, in, bring.Options{}) {
			for _, f := range item.Files {
				if text := read(f); text != "good" || item.Report.Title != "f" && item.Report.Title != "e" {
					t.Errorf("%s: %s gives %q", item.Report.Title, f.Path, text)
				}
			}
			if item.Broken == "" && item.Report.Title != "f" && len(item.Files)+len(item.Problems) == 0 {
				t.Errorf("%s: not told", item.Report.Title)
			}
		}
		closer.Close()
	}
}

// TestArchive: an archive is read as the folder that it holds, its files also
// when the reading is over; no archive within it.
func TestArchive(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"manifest.json": manifest, "2016/wells.pdf": "%PDF-1.7", "../out.bib": "@report{a, title={Out}}"} {
		w, _ := z.Create(name)
		_, _ = io.WriteString(w, text)
	}
	_ = z.Close()
	items := all(t, list(b.String()), bring.Options{})
	if len(items) != 2 || len(items[0].Files) != 1 || read(items[0].Files[0]) != "%PDF-1.7" {
		t.Fatal(told(items))
	}
	var outer bytes.Buffer
	z = zip.NewWriter(&outer)
	w, _ := z.Create("inner.zip")
	_, _ = w.Write(b.Bytes())
	_ = z.Close()
	if items := all(t, list(outer.String()), bring.Options{}); len(items) != 1 || !strings.Contains(items[0].Broken, "archive within an archive") {
		t.Error(told(items))
	}
}

// endless gives the same record again and again without holding it.
type endless struct {
	record string
	left   int
	rest   string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.left == 0 {
			return 0, io.EOF
		}
		e.left--
		e.rest = strings.ReplaceAll(e.record, "N", fmt.Sprint(e.left))
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestMemoryStaysFlat reads a list of 100,000 records, and others of 20,000.
func TestMemoryStaysFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200,000 records")
	}
	for format, record := range map[string]string{
		"ris": "TY  - RPRT\nTI  - Wells N\nAB  - " + strings.Repeat("words ", 100) + "\nER  - \n", "csv": "Wells N,Rosa Vega,2016\n", "marcxml": `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Wells N</subfield></datafield></record>` + "\n",
		"bibtex": "@report{kN, title={Wells N}, year=2016}\n", "endnote": "%0 Report\n%T Wells N\n\n", "mods": `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Wells N</title></titleInfo></mods>` + "\n",
	} {
		records := 20_000
		if format == "ris" {
			records = 100_000
		}
		in := bring.Input{Name: "list", Path: "list", FS: streamFS{func() io.Reader { return &endless{record: record, left: records} }}}
		runtime.GC() // what other tests left
		n, most := 0, uint64(0)
		for item, err := range bring.Read(t.Context(), in, bring.Options{As: format, Map: map[string]string{}}) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%4_000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
			_ = item
		}
		if n < records-1 || most > 64<<20 {
			t.Errorf("%s: %d records, %d MB", format, n, most>>20)
		}
		t.Logf("%s: %d records, at most %d MB of heap", format, n, most>>20)
	}
}

// FuzzRead reads anything as any format.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"@report{a, title={b}}", "TY  - RPRT\nTI  - a\nER  - ", "[{\"title\":\"a\"}]", "title,author\na,b\n\"", twoBooks, zotero, manifest, opf, "%0 Report\n%T a\n", "<html><p>A. B. 2016.</p>", "PK\x03\x04", "00026nam a2200025 a 4500\x1e\x1d"} {
		for i := range bring.Formats() {
			f.Add(uint8(i), seed)
		}
	}
	f.Fuzz(func(t *testing.T, format uint8, text string) {
		formats := bring.Formats()
		o := bring.Options{As: formats[int(format)%len(formats)].Name}
		if format > 200 {
			o.As = ""
		}
		for item, err := range bring.Read(t.Context(), bring.Input{Name: "x", Path: "x", FS: fstest.MapFS{"x": {Data: []byte(text)}}}, o) {
			if err == nil {
				checkTidy(t, o.As, item)
			}
		}
	})
}
