package sru_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/publish/sru"
	"github.com/greyshelf/greyshelf/internal/query"
)

// desk is a server whose search finds the first n of 25 reports, whatever is
// asked, and keeps what it was asked. (With a real search it is tested in the
// web, where a search is.)
type desk struct {
	sru.Server
	text string
	sort sru.Sort
}

func newDesk() *desk {
	d := &desk{}
	d.Server = sru.Server{Title: "A <library>", Host: "library.example", Port: "443", Path: "sru",
		Link: func(id string) string { return "https://library.example/r/" + id },
		Find: func(_ context.Context, text string, sort sru.Sort, limit, offset int) (ids []string, total int, err error) {
			d.text, d.sort = text, sort
			for i := offset; i < min(offset+limit, 25); i++ {
				ids = append(ids, fmt.Sprint("r", i))
			}
			return ids, 25, nil
		},
		Report: func(_ context.Context, id string) (greyshelf.Report, error) {
			r := formattest.Full()
			r.ID = id
			if id == "r3" {
				r.State = greyshelf.Withdrawn
			}
			if id == "r4" {
				return r, greyshelf.E(greyshelf.NotFound, "read report", id, nil)
			}
			return r, nil
		},
	}
	return d
}

func (d *desk) ask(t interface{ Fatal(...any) }, form url.Values) xmltree.Node {
	n, err := d.Answer(context.Background(), form)
	if err != nil {
		t.Fatal(err)
	}
	back, err := xmltree.Parse(strings.NewReader(n.String()))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func search(query string, more ...string) url.Values {
	form := url.Values{"operation": {"searchRetrieve"}, "version": {"1.2"}, "query": {query}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func diagnosticOf(n xmltree.Node) string {
	return strings.TrimPrefix(n.First("diagnostics", "diagnostic", "uri").Text, "info:srw/diagnostic/1/")
}

// TestQueries translates CQL into the language of the library.
func TestQueries(t *testing.T) {
	for cql, want := range map[string]string{
		"water": "scope:report water", "cql.allRecords=1": "", "cql.serverChoice = water": "scope:report water", `"water policy"`: `scope:report "water policy"`,
		`dc.title = "water policy"`: `scope:report title:"water policy"`, `dc.title any "water policy"`: "scope:report title:(water OR policy)", `title all "water policy"`: "scope:report title:(water policy)",
		`dc.title exact "The Water"`: `scope:report title:"The Water"`, "dc.creator=mazarr and dc.date > 2015": "scope:report author:mazarr year:2016..", "a or b and c": "scope:report (a OR b) c",
		"a not b": "scope:report a -b", "a or (b and c)": "scope:report (a OR b c)", "a and b and c": "scope:report a b c", "dc.date within \"2010 2015\"": "scope:report year:2010..2015", "dc.date<=2010": "scope:report year:..2010",
		"dc.date=2010": "scope:report year:2010", "sanct*": "scope:report sanct*", `"or"`: `scope:report "or"`, `dc.title="a \"b\" c"`: `scope:report title:"a b c"`, `"title:x -y (z"`: `scope:report "title:x -y (z"`,
		"DC.Subject = water AND dc.language = en": "scope:report subject:water language:en", "dc.identifier=10.1000/182": "10",
	} {
		d := newDesk()
		n := d.ask(t, search(cql))
		if cql == "dc.identifier=10.1000/182" { // a slash must stand in quotes
			if got := diagnosticOf(n); got != want {
				t.Errorf("%s: diagnostic %q", cql, got)
			}
			continue
		}
		if got := diagnosticOf(n); d.text != want || got != "" {
			t.Errorf("%s: %q, want %q; diagnostic %q", cql, d.text, want, got)
		}
	}
}

// TestDiagnostics walks the errors of the protocol and of CQL.
func TestDiagnostics(t *testing.T) {
	for _, test := range []struct {
		form url.Values
		want string
	}{
		{url.Values{"operation": {"searchRetrieve"}, "query": {"a"}}, "7"}, {url.Values{"operation": {"searchRetrieve"}, "version": {"1.2"}}, "7"}, {search("a", "version", "2.0"), "5"},
		{url.Values{"operation": {"scan"}, "version": {"1.2"}}, "4"}, {url.Values{"operation": {"update"}}, "4"}, {url.Values{"version": {"9"}}, "5"}, {url.Values{"recordPacking": {"x"}}, "71"},
		{search("a", "startRecord", "0"), "6"}, {search("a", "startRecord", "x"), "6"}, {search("a", "maximumRecords", "-1"), "6"}, {search("a", "startRecord", "26"), "61"},
		{search("a", "recordPacking", "zip"), "71"}, {search("a", "recordSchema", "pdf"), "66"}, {search("a", "recordXPath", "/"), "72"}, {search("a", "sortKeys", "title"), "80"}, {search("a", "stylesheet", "/x"), "110"},
		{search("a", "colour", "red"), "8"}, {search(strings.Repeat("a", 5000)), "12"}, {search("(a"), "13"}, {search("a)"), "13"}, {search(strings.Repeat("(", 50) + "a"), "13"}, {search(`"a`), "14"}, {search("a and"), "10"}, {search("a b"), "10"}, {search("= a"), "10"},
		{search("bath.title=a"), "15"}, {search("dc.colour=a"), "16"}, {search("colour=a"), "16"}, {search("dc.title encloses a"), "22"}, {search("dc.title < a"), "22"}, {search("dc.title <> a"), "19"}, {search("dc.title =/stem a"), "20"},
		{search(`""`), "27"}, {search(`dc.title=""`), "27"}, {search("wa?er"), "28"}, {search("wa*er"), "28"}, {search("a*"), "29"}, {search(`"^water"`), "31"}, {search("dc.date=2016-05"), "36"}, {search("dc.date=soon"), "36"}, {search("dc.date<0000"), "36"},
		{search(strings.Repeat("a and ", 70) + "a"), "38"}, {search(`dc.title any "` + strings.Repeat("a ", 100) + `"`), "38"}, {search("a prox b"), "39"}, {search("a and/rel.combine=sum b"), "46"}, {search(`> dc="info:x" dc.title=a`), "48"},
		{search("a sortBy dc.creator"), "82"}, {search("a sortBy dc.date/sort.ascending"), "82"}, {search("a sortBy dc.title dc.date"), "82"}, {search("a sortBy"), "10"}, {search("a sortBy colour"), "16"}, {search("a sortBy dc.title/x"), "20"},
	} {
		n := newDesk().ask(t, test.form)
		if got := diagnosticOf(n); got != test.want {
			t.Errorf("%.90v: diagnostic %q, want %q", test.form, got, test.want)
		}
	}
}

// TestRecords checks places, schemas and packing, and that nothing is given
// that the reader may not know of.
func TestRecords(t *testing.T) {
	d := newDesk()
	n := d.ask(t, search("water sortBy dc.date/sort.descending", "maximumRecords", "10", "recordSchema", "mods"))
	records := n.First("records").All("record")
	if d.sort != sru.ByDate || n.First("numberOfRecords").Text != "25" || n.First("nextRecordPosition").Text != "11" || len(records) != 8 {
		t.Fatalf("sorted %s: %d records: %s", d.sort, len(records), n.First("nextRecordPosition").Text)
	}
	if got := records[3].First("recordPosition").Text; got != "6" { // r3 is withdrawn and r4 gone
		t.Errorf("the fourth record is at %s", got)
	}
	if n.First("echoedSearchRetrieveRequest", "maximumRecords").Text != "10" {
		t.Error("the request is not repeated")
	}
	for _, schema := range []string{"dc", "mods", "marcxml", "info:srw/schema/1/dc-v1.1"} {
		for _, packing := range []string{"xml", "string"} {
			data := d.ask(t, search("water", "recordSchema", schema, "recordPacking", packing, "startRecord", "25")).First("records", "record", "recordData")
			inner, err := xmltree.Parse(strings.NewReader(data.Text))
			if packing == "xml" {
				inner, err = data.Nodes[0], nil
			}
			if err != nil {
				t.Fatal(err)
			}
			var got greyshelf.Report
			switch schema {
			case "mods":
				got = mods.FromXML(inner)
			case "marcxml":
				got = marc.FromXML(inner).Report()
			default:
				got, _ = dc.FromXML(inner)
				got.Title, _, _ = strings.Cut(got.Title, ": ")
			}
			if got.Title != formattest.Full().Title {
				t.Errorf("%s as %s: %q", schema, packing, got.Title)
			}
		}
	}
}

// TestExplain checks that every index and schema that is explained can be
// used.
func TestExplain(t *testing.T) {
	d := newDesk()
	explain := d.ask(t, url.Values{}).First("record", "recordData", "explain")
	if explain.First("databaseInfo", "title").Text != "A <library>" {
		t.Error("no title")
	}
	for _, i := range explain.First("indexInfo").All("index") {
		name := i.First("map", "name")
		if got := diagnosticOf(d.ask(t, search(name.Attr("set")+"."+name.Text+"=2016"))); got != "" {
			t.Errorf("%s: diagnostic %s", name.Text, got)
		}
	}
	for _, s := range explain.First("schemaInfo").All("schema") {
		if got := diagnosticOf(d.ask(t, search("a", "recordSchema", s.Attr("identifier")))); got != "" {
			t.Errorf("%s: diagnostic %s", s.Attr("name"), got)
		}
	}
}

// TestTermsStayTerms checks that nothing in a term becomes an operator of the
// library's language.
func TestTermsStayTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		term := rapid.StringMatching(`[a-zA-Zäя0-9 :()~.,/'-]{0,20}|OR|title:x|scope:report|-a|a~2`).Draw(t, "term")
		d := newDesk()
		if n := d.ask(t, search(`dc.title="`+term+`"`)); diagnosticOf(n) != "" {
			return
		}
		q, err := query.Parse(d.text)
		if err != nil {
			t.Fatal(err)
		}
		field, ok := q.(query.InReport).Of.(query.Field)
		if !ok || field.Name != query.FieldTitle || !query.Leaf(field.Of) || q.String() != d.text {
			t.Fatalf("%q became %#v", term, q)
		}
	})
}

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{`dc.title any "a b" and (dc.date > 2015 or c*) sortBy dc.date/sort.descending`, `"a\"b`, "> x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := newDesk()
		d.ask(t, search(text))
		if _, err := query.Parse(d.text); err != nil {
			t.Errorf("%q became %q: %v", text, d.text, err)
		}
	})
}
