package web

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/export"
)

// TestOAIDoor asks the harvesters' address as every reader, by GET and POST:
// all get what the public may know.
func TestOAIDoor(t *testing.T) {
	l := newLibrary(t)
	const query = "verb=ListRecords&metadataPrefix=mods"
	form, err := url.ParseQuery(query)
	must(t, err)
	for _, as := range []reader{visitor, local, librarian, thief} {
		for method, w := range map[string]*httptest.ResponseRecorder{"GET": l.ask(as, "/oai?"+query, nil), "POST": l.ask(as, "/oai", form)} {
			body := w.Body.String()
			if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/xml") || strings.Count(body, "<record>") != 3 {
				t.Errorf("%s as %d: status %d, %s", method, as, w.Code, body)
			}
			for _, id := range []string{":draft<", ":embargo<", ":withdrawn<", deskNote} {
				if strings.Contains(body, id) {
					t.Errorf("%s as %d shows %s", method, as, id)
				}
			}
		}
	}
	identify := l.ask(visitor, "/oai?verb=Identify", nil).Body.String()
	for _, want := range []string{"<baseURL>http://" + publicHost + "/oai</baseURL>", "<adminEmail>postmaster@" + publicHost + "</adminEmail>", "<repositoryIdentifier>" + publicHost + "<"} {
		if !strings.Contains(identify, want) {
			t.Errorf("Identify lacks %s", want)
		}
	}
	named := newLibrary(t, func(o *Options) {
		o.Repository = Repository{Name: "Reports & more", Mail: "desk@x.example", Domain: "x.example"}
	})
	if got := named.ask(visitor, "/oai?verb=Identify", nil).Body.String(); !strings.Contains(got, "<repositoryName>Reports &amp; more<") || !strings.Contains(got, "oai:x.example:") {
		t.Error(got)
	}
	private := newLibrary(t, func(o *Options) { o.Private = true })
	if w := private.ask(visitor, "/oai?"+query, nil); w.Code == 200 {
		t.Error("a library that is not public is harvested")
	}
}

// TestSRUDoor searches by SRU as every reader.
func TestSRUDoor(t *testing.T) {
	l := newLibrary(t)
	ask := func(as reader, query string) string {
		return l.ask(as, "/sru?operation=searchRetrieve&version=1.2&recordSchema=mods&query="+url.QueryEscape(query), nil).Body.String()
	}
	for query, want := range map[string]string{
		"harbour": "3", "dc.subject=harbours and dc.date=2009": "3", "dc.creator=writer not cql.anywhere=hiddenlink": "2", "dc.date > 2010": "0",
		"hiddenopen": "1", "hiddendraft": "0", "hiddenembargo": "0", "hiddenwithdrawn": "0", "cql.allRecords=1": "3", "dc.publisher all \"sons house\"": "3",
	} {
		if got := ask(visitor, query); !strings.Contains(got, "<sru:numberOfRecords>"+want+"<") || strings.Contains(got, deskNote) {
			t.Errorf("%s: want %s of %s", query, want, got)
		}
	}
	if got := ask(librarian, "hiddendraft"); !strings.Contains(got, "<sru:numberOfRecords>1<") || strings.Contains(got, deskNote) {
		t.Errorf("the desk: %s", got)
	}
	if got := l.ask(visitor, "/sru", nil).Body.String(); !strings.Contains(got, "<zr:host>"+publicHost+"<") || !strings.Contains(got, "<zr:port>80<") || !strings.Contains(got, "<zr:database>sru<") {
		t.Error(got)
	}
}

// TestExports takes a record in every format.
func TestExports(t *testing.T) {
	l := newLibrary(t)
	for _, f := range export.Formats() {
		w := l.ask(visitor, "/r/open/export/"+f.Name, nil)
		if w.Code != 200 || w.Header().Get("Content-Type") != f.MediaType || !strings.Contains(w.Header().Get("Content-Disposition"), `filename="open.`+f.Extension+`"`) || strings.Contains(w.Body.String(), deskNote) {
			t.Errorf("%s: %d %v", f.Name, w.Code, w.Header())
		}
	}
	if w := l.ask(visitor, "/r/open/export/pdf", nil); w.Code != 404 {
		t.Error(w.Code)
	}
	back, err := mods.Read(strings.NewReader(l.ask(visitor, "/r/open/export/mods", nil).Body.String()))
	if err != nil || back[0].ID != "open" {
		t.Error(err, back)
	}
}

// crowded is a library of some hundreds of reports, hostile ones among them,
// behind a real server.
func crowded(t *testing.T) (base string, titles map[string]string) {
	l := newLibrary(t)
	titles = map[string]string{}
	var batch []greyshelf.Report
	for name, r := range formattest.Awkward() {
		r.ID, r.Entry, r.State = strings.Map(func(c rune) rune {
			if c == ' ' || c == ',' {
				return '-'
			}
			return c
		}, name), nil, greyshelf.Published
		r.Abstract = string([]rune(r.Abstract)[:min(len([]rune(r.Abstract)), 5000)]) // the Perl client takes time that grows with the square
		batch = append(batch, r)
	}
	for i := range 105 {
		r := formattest.Full()
		r.ID, r.Entry, r.Title = fmt.Sprintf("r%03d", i), nil, fmt.Sprint("Report & <number> ", i)
		batch = append(batch, r)
	}
	commit := func(id string, reports ...greyshelf.Report) {
		t.Helper()
		_, err := l.catalog.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: id, At: time.Unix(1_700_000_100, 0), Who: "test", Method: greyshelf.ByAdd}, Reports: reports})
		must(t, err)
	}
	commit("crowd", batch...)
	gone, err := l.catalog.Report(t.Context(), "r007")
	must(t, err)
	gone.State = greyshelf.Withdrawn
	commit("gone", gone)
	l.reindex()
	for _, r := range append(batch, greyshelf.Report{ID: "open"}, greyshelf.Report{ID: "extract"}, greyshelf.Report{ID: "link"}) {
		titles[r.ID] = xmltree.Line(r.Title)
	}
	server := httptest.NewServer(l.handler)
	t.Cleanup(server.Close)
	return server.URL, titles
}

// TestHTTPOAI harvests everything with HTTP::OAI, an OAI-PMH client in Perl.
func TestHTTPOAI(t *testing.T) {
	perl := judgetest.NeedPerl(t, "HTTP::OAI", "libhttp-oai-perl")
	base, titles := crowded(t)
	harvest := func(args ...string) []string {
		t.Helper()
		out := judgetest.Run(t, "", perl, append([]string{"testdata/harvest.pl", base + "/oai"}, args...)...)
		return strings.Split(strings.TrimSpace(out), "\n")
	}
	if got := harvest("Identify")[0]; !strings.Contains(got, base+"/oai\t2.0\tpersistent\tYYYY-MM-DDThh:mm:ssZ\tpostmaster@greyshelf.internal") {
		t.Errorf("Identify: %q", got)
	}
	if got := harvest("ListMetadataFormats"); len(got) != 3 {
		t.Errorf("formats: %q", got)
	}
	if got := harvest("ListSets"); len(got) != 7 { // 3 subjects, 2 publishers, and both tops
		t.Errorf("sets: %q", got)
	}
	for _, args := range [][]string{{"ListRecords", "oai_dc"}, {"ListRecords", "mods"}, {"ListRecords", "marcxml"}, {"ListIdentifiers", "oai_dc"}} {
		seen := map[string]bool{}
		for _, line := range harvest(args...) {
			part := append(strings.Split(line, "\t"), "", "", "", "")
			id := strings.TrimPrefix(part[0], "oai:greyshelf.internal:")
			title, known := titles[id]
			if !known || seen[id] || (part[1] == "deleted") != (id == "r007") {
				t.Errorf("%v: %q", args, line)
			}
			if args[0] == "ListRecords" && id != "r007" && !strings.Contains(strings.ReplaceAll(part[3], " ", ""), strings.ReplaceAll(title, " ", "")) {
				t.Errorf("%v: %s is called %q, not %q", args, id, part[3], title)
			}
			seen[id] = true
		}
		if len(seen) != len(titles) {
			t.Errorf("%v: %d records of %d", args, len(seen), len(titles))
		}
	}
	if got := harvest("ListIdentifiers", "oai_dc", "set=publisher:House_!26_Sons"); len(got) != 3 {
		t.Errorf("a set: %q", got)
	}
	if got := harvest("ListIdentifiers", "oai_dc", "until=2023-11-14T22:13:20Z"); len(got) != 3 {
		t.Errorf("until: %q", got)
	}
	command := exec.CommandContext(t.Context(), perl, "testdata/harvest.pl", base+"/oai", "ListRecords", "oai_dc", "from=2040-01-01")
	if out, _ := command.CombinedOutput(); !strings.Contains(string(out), "noRecordsMatch") {
		t.Errorf("an empty harvest: %s", out)
	}
}

// TestYAZ searches with yaz-client, an SRU client in C, and reads what it gets
// with yaz-marcdump.
func TestYAZ(t *testing.T) {
	yaz, dump := judgetest.Need(t, "yaz-client", "yaz"), judgetest.Need(t, "yaz-marcdump", "yaz")
	base, _ := crowded(t)
	session := func(schema, query, show string) string {
		t.Helper()
		return judgetest.Run(t, "sru GET 1.2\nquerytype cql\nopen "+base+"/sru\nschema "+schema+"\nfind "+query+"\nshow "+show+"\nquit\n", yaz)
	}
	for query, want := range map[string]string{"dc.title=number": "Number of hits: 104\n", "dc.title=\"number 12\" and dc.date=2016": "Number of hits: 1\n", "dc.creator any \"nobody writer\"": "Number of hits: 3\n", "nowhere": "Number of hits: 0\n"} {
		if got := session("dc", query, "1"); !strings.Contains(got, want) {
			t.Errorf("%s: want %s in\n%.1500s", query, want, got)
		}
	}
	for schema, want := range map[string]string{"dc": "dc:title", "mods": "mods:titleInfo", "marcxml": `tag="245"`} {
		if got := session(schema, "dc.title=\"number 12\"", "1"); !strings.Contains(got, want) || !strings.Contains(got, "number&gt; 12") {
			t.Errorf("%s: %.1500s", schema, got)
		}
	}
	if got := session("dc", "dc.colour=red", "1"); !strings.Contains(got, "info:srw/diagnostic/1/16") && !strings.Contains(got, "Unsupported index") {
		t.Errorf("a diagnostic: %.1500s", got)
	}
	for name, r := range formattest.Awkward() {
		file := filepath.Join(t.TempDir(), "record.mrc")
		must(t, os.WriteFile(file, marc.FromReport(r, marc.Options{}).Binary(), 0o600))
		out := judgetest.Run(t, "", dump, "-n", "-v", file)
		if strings.Contains(out, "<!--") || strings.Contains(out, "Warning") {
			t.Errorf("%s: %.500s", name, out)
		}
	}
}
