package bring_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// list makes an input of one file.
func list(text string) bring.Input {
	return bring.Input{Name: "list", FS: fstest.MapFS{"list": {Data: []byte(text)}}, Path: "list"}
}

// folder makes an input of a folder: paths and contents in turn.
func folder(files ...string) bring.Input {
	in := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		in[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return bring.Input{Name: "folder", FS: in, Path: "."}
}

func all(t testing.TB, in bring.Input, o bring.Options) []bring.Item {
	t.Helper()
	var items []bring.Item
	for item, err := range bring.Read(t.Context(), in, o) {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item)
	}
	return items
}

// told is an item as the tests compare it.
func told(items []bring.Item) []string {
	var lines []string
	for _, i := range items {
		line := fmt.Sprintf("%d:%d %s", i.Number, i.Line, i.Report.Title)
		if i.Broken != "" {
			line += "!" + i.Broken
		}
		for _, f := range i.Files {
			line += " +" + f.Path
		}
		lines = append(lines, line)
	}
	return lines
}

const twoBooks = `<?xml version="1.0"?>
<collection xmlns="http://www.loc.gov/MARC21/slim">
<record><leader>00000nam a2200000 a 4500</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Wells</subfield></datafield></record>
<record><leader>x</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Open
<record><leader>x</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Bad &nosuch;</subfield></datafield></record>
<record><leader>x</leader><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Rivers</subfield></datafield></record>
</collection>`

// TestBrokenRecordsAreNamed: in each format a broken record is named with its
// number and line, and the rest goes on.
func TestBrokenRecordsAreNamed(t *testing.T) {
	good := marc.FromReport(greyshelf.Report{Title: "Wells"}, marc.Options{}).Binary()
	for _, c := range []struct {
		name, text, format string
		want               []string
	}{
		{"bibtex", "@string{r = \"RAND\"}\n@report{a, title={Wells}, institution=r}\n@report{b, title={Open,\n year=1\n@report{c, title={Rivers}}\n", "bibtex",
			[]string{"1:2 Wells", "2:3 !a value does not end (line 5)", "3:5 Rivers"}},
		{"ris", "TY  - RPRT\nTI  - Wells\nER  - \nTY  - RPRT\nAU  - X\nER  - \nTY  - RPRT\nTI  - Rivers\n", "ris", []string{"1:1 Wells", "2:4 !it has no title", "3:7 Rivers"}},
		{"ris of an old Macintosh", "TY  - RPRT\rTI  - Wells\rER  - \r", "ris", []string{"1:1 Wells"}},
		{"csl", "[{\"type\":\"report\",\"title\":\"Wells\"},\n{\"title\": nonsense},\n{\"title\":\"Rivers\"}]", "csl", []string{"1:1 Wells", "2:2 !", "3:3 Rivers"}},
		{"csl without an end", "[{\"type\":\"report\",\"title\":\"Wells\"},\n{\"title\": \"x}", "csl", []string{"1:1 Wells", "2:2 !the object has no end"}},
		{"csv", "Title,Year\nWells,2016\n\"open,2017\nRivers,2018\n", "csv", []string{"1:2 Wells", "2:3 !a quotation mark is not closed", "3:4 Rivers"}},
		{"marcxml", twoBooks, "marcxml", []string{"1:3 Wells", "2:4 !the element record is not closed", "3:5 !", "4:6 Rivers"}},
		{"marc", string(good) + "00099 damaged\x1e\x1d" + string(good), "marc", []string{"1:0 Wells", "2:0 !", "3:0 Wells"}},
		{"mods", `<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>Wells</title></titleInfo></mods>` + "\n<mods><titleInfo></mods>\n<mods><titleInfo><title>Rivers</title></titleInfo></mods></modsCollection>", "mods", []string{"1:1 Wells", "2:2 !", "3:3 Rivers"}},
		{"endnote", "%0 Report\n%T Wells\n%0 Report\n%A X\n%0 Report\n%T Rivers\n", "endnote", []string{"1:1 Wells", "2:3 !it has no title", "3:5 Rivers"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			format, err := bring.Sniff(list(c.text))
			if err != nil || format != c.format {
				t.Fatalf("format %q, %v", format, err)
			}
			got := told(all(t, list(c.text), bring.Options{}))
			for i := range got { // the words of the formats' own readers are theirs
				if i < len(c.want) && strings.HasSuffix(c.want[i], "!") && len(got[i]) > len(c.want[i]) {
					got[i] = got[i][:len(c.want[i])]
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnnotatedList(t *testing.T) {
	items := all(t, list(sample.Seed()), bring.Options{})
	if len(items) < 3 || items[0].Format != "list" || items[0].Report.Entry == nil || items[1].Line < 2 {
		t.Fatalf("%v", told(items))
	}
	page := "<!DOCTYPE html><html><body><script>alert(1)</script>"
	for block := range strings.SplitSeq(strings.TrimSpace(sample.Seed()), "\n\n") {
		page += "<p>" + strings.ReplaceAll(block, "&", "&amp;") + "</p>\n"
	}
	of := all(t, list(page+`<a href="javascript:x">x</a></body>`), bring.Options{})
	for i := range items {
		if i >= len(of) || of[i].Report.Title != items[i].Report.Title {
			t.Errorf("page: %v", told(of))
			break
		}
	}
}

func TestTables(t *testing.T) {
	want := greyshelf.Report{
		Title: "Die Wasserfrage", Date: greyshelf.Date{Printed: "2016", EDTF: "2016"}, Languages: []string{"de"},
		Agents: []greyshelf.Contribution{
			{Agent: greyshelf.PersonFromInverted("Müller, Anna"), Role: greyshelf.Author}, {Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Institute"}, Role: greyshelf.Publisher},
		},
		Headings: []greyshelf.Heading{{Label: "Wasser"}, {Label: "Recht"}},
	}
	const text = "Titel;Verfasser;Jahr;Schlagwörter;Sprache;Haus\nDie Wasserfrage;Müller, Anna; Rosa Vega;2016;Wasser, Recht;Deutsch;Harbour Institute\n"
	quoted := strings.Replace(text, "Müller, Anna; Rosa Vega", `"Müller, Anna; Rosa Vega"`, 1)
	o := bring.Options{Map: map[string]string{"haus": "publisher"}}
	got := all(t, list(quoted), o)
	if diff := cmp.Diff(want, got[0].Report); diff != "" {
		t.Error(diff)
	}
	latin := strings.NewReplacer("ü", "\xfc", "ö", "\xf6").Replace(quoted)
	got = all(t, list(latin), bring.Options{As: "csv"})
	if got[0].Report.Agents[0].Name != "Anna Müller" || len(got[0].Problems) != 1 {
		t.Errorf("Windows-1252: %+v", got[0])
	}
	wide := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(quoted)) {
		wide += string([]byte{byte(unit), byte(unit >> 8)})
	}
	if got = all(t, list(wide), o); len(got) != 1 || got[0].Format != "csv" || got[0].Report.Agents[0].Name != "Anna Müller" {
		t.Errorf("UTF-16: %v", told(got))
	}
	book := excelize.NewFile()
	for i, row := range [][]any{{"Titel", "Verfasser", "Jahr", "Schlagwörter", "Sprache", "Haus"}, {"Die Wasserfrage", "Müller, Anna; Rosa Vega", 2016, "Wasser, Recht", "Deutsch", "Harbour Institute"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	got = all(t, list(b.String()), o)
	if diff := cmp.Diff(want, got[0].Report); diff != "" || got[0].Format != "xlsx" || got[0].Line != 2 {
		t.Error(diff, got[0].Format, got[0].Line)
	}
	columns, err := bring.Columns(list(quoted), o)
	if err != nil || len(columns) != 6 || columns[5] != (bring.Column{Name: "Haus", Field: "publisher", Sample: "Harbour Institute"}) {
		t.Errorf("%+v %v", columns, err)
	}
	for _, wrong := range []map[string]string{{"nothing": "title"}, {"Haus": "nothing"}} {
		if _, err := bring.Columns(list(quoted), bring.Options{Map: wrong}); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

const zotero = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Report rdf:about="http://example.org/x">
 <z:itemType>report</z:itemType>
 <dcterms:isPartOf><bib:Series><dc:title>Working Papers</dc:title></bib:Series></dcterms:isPartOf>
 <dc:publisher><foaf:Organization><foaf:name>Harbour Institute</foaf:name></foaf:Organization></dc:publisher>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Vega</foaf:surname><foaf:givenName>Rosa</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 <dcterms:isReferencedBy rdf:resource="#item_3"/><link:link rdf:resource="#item_2"/>
 <dc:subject><z:AutomaticTag><rdf:value>Water</rdf:value></z:AutomaticTag></dc:subject><dc:subject>Law</dc:subject>
 <dc:title>The Water Question of the South</dc:title><dcterms:abstract>About water.</dcterms:abstract><dc:date>2016-10</dc:date>
 <dc:identifier>DOI 10.1000/182</dc:identifier><dc:identifier><dcterms:URI><rdf:value>https://example.org/w</rdf:value></dcterms:URI></dc:identifier>
</bib:Report>
<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/2/w.pdf"/><dc:title>PDF</dc:title></z:Attachment>
<bib:Memo rdf:about="#item_3"><rdf:value>&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt;&lt;/p&gt;</rdf:value></bib:Memo>
<bib:Document rdf:about="#item_4"><z:itemType>document</z:itemType><dc:title>Who Owns the River of the North</dc:title><dc:date>2019</dc:date></bib:Document>
</rdf:RDF>`

const manifest = `[{"model":"documents.correspondent","pk":7,"fields":{"name":"Harbour Institute"}},
{"model":"documents.tag","pk":1,"fields":{"name":"Water"}},{"model":"documents.documenttype","pk":2,"fields":{"name":"Brief"}},
{"model":"documents.document","pk":9,"fields":{"title":"Wells","correspondent":7,"document_type":2,"tags":[1],"created":"2016-10-19T00:00:00Z","content":"{\"model\": \"x\"}"},"__exported_file_name__":"2016/wells.pdf"},
{"model":"documents.document","pk":10,"fields":{"title":"Rivers","tags":[]},"__exported_file_name__":"../../etc/passwd"},
{"model":"documents.note","pk":1,"fields":{"document":9,"note":"To read."}}]`

const opf = `<?xml version='1.0'?><package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier opf:scheme="ISBN">9780306406157</dc:identifier><dc:title>Wells</dc:title><dc:creator opf:file-as="Vega, Rosa" opf:role="aut">Rosa Vega</dc:creator><dc:date>0101-01-01T00:00:00+00:00</dc:date>
<dc:description>&lt;p&gt;About &lt;i&gt;wells&lt;/i&gt;.&lt;/p&gt;</dc:description><dc:language>eng</dc:language><meta name="calibre:series" content="Papers"/><meta name="calibre:series_index" content="3.0"/></metadata></package>`

func TestFoldersOfOtherPrograms(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     bring.Input
		format string
		want   []string
	}{
		{"zotero", folder("export/My.rdf", zotero, "export/files/2/w.pdf", "%PDF", "export/storage/ABCD2345/Vega - 2019 - Who Owns the River.pdf", "%PDF", "export/storage/ABCD2346/Vega - 2018 - Who Owns the River.pdf", "%PDF"), "zotero",
			[]string{"1:0 The Water Question of the South +export/files/2/w.pdf", "2:0 Who Owns the River of the North +export/storage/ABCD2345/Vega - 2019 - Who Owns the River.pdf"}},
		{"paperless", folder("manifest.json", manifest, "2016/wells.pdf", "%PDF"), "paperless", []string{"1:3 Wells +2016/wells.pdf", "2:4 Rivers"}},
		{"calibre", folder("Rosa Vega/Wells (1)/metadata.opf", opf, "Rosa Vega/Wells (1)/Wells.pdf", "%PDF", "Rosa Vega/Wells (1)/cover.jpg", "x", "X/Y (2)/metadata.opf", "<package"), "calibre",
			[]string{"1:1 Wells +Rosa Vega/Wells (1)/Wells.pdf", "2:1 !"}},
		{"pages of lists", folder("a.ris", "TY  - RPRT\nTI  - Wells\nER  - \n", "b/c.bib", "@report{a, title={Rivers}}\n", "b/x.pdf", "%PDF-1.7", "c.bin", "\x00\x01\x02", ".hidden/d.ris", "TY  - RPRT\nTI  - No\n"), "folder",
			[]string{"1:1 Wells", "1:1 Rivers", "-1:0 !"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := bring.Sniff(c.in); err != nil || got != c.format {
				t.Fatalf("format %q, %v", got, err)
			}
			got := told(all(t, c.in, bring.Options{}))
			for i := range got {
				if i < len(c.want) && strings.HasSuffix(c.want[i], "!") && len(got[i]) > len(c.want[i]) {
					got[i] = got[i][:len(c.want[i])]
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	first := all(t, folder("manifest.json", manifest), bring.Options{})[0].Report
	want := greyshelf.Report{
		Title: "Wells", Type: "brief", Note: "To read.", Date: greyshelf.Date{Printed: "2016-10-19", EDTF: "2016-10-19"}, Headings: []greyshelf.Heading{{Label: "Water"}},
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour Institute"}, Role: greyshelf.Publisher}},
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
	r := all(t, list(zotero), bring.Options{})[0].Report
	if r.Series != "Working Papers" || r.Note != "Read this" || r.Identifier(greyshelf.DOI) != "10.1000/182" || r.URL != "https://example.org/w" || len(r.Headings) != 2 || len(r.Agents) != 2 {
		t.Errorf("%+v", r)
	}
	b := all(t, folder("a/metadata.opf", opf), bring.Options{})[0].Report
	if b.Abstract != "About wells." || b.Series != "Papers" || b.SeriesNumber != "3" || b.Date.EDTF != "" || b.Languages[0] != "en" {
		t.Errorf("%+v", b)
	}
}

// TestSameRecordHasTheSameKey: by what it says, not by where it stands.
func TestSameRecordHasTheSameKey(t *testing.T) {
	a := all(t, list("TY  - RPRT\nTI  - Wells\nER  - \n"), bring.Options{})[0]
	b := all(t, list("TY  - RPRT\nTI  - X\nER  - \nTY  - RPRT\nTI  - Wells\nER  - \n"), bring.Options{})[1]
	if a.Key() != b.Key() || a.Key() == "" || a.Source().Line == b.Source().Line {
		t.Error(a.Key(), b.Key())
	}
}

func read(f bring.File) string {
	r, err := f.Open()
	if err != nil {
		return err.Error()
	}
	defer r.Close()
	data, _ := io.ReadAll(r)
	return string(data)
}
