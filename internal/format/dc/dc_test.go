package dc_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

var update = flag.Bool("update", false, "write the golden files")

const address = "https://library.example/r/k3v7q2"

func TestGolden(t *testing.T) {
	for name, n := range map[string]xmltree.Node{"oai_dc.xml": dc.OAI(formattest.Full(), address), "sru.xml": dc.SRU(formattest.Full(), address), "terms.xml": dc.Qualified(formattest.Full(), address)} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(n.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), n.String()); diff != "" {
			t.Error(diff)
		}
		if strings.Contains(n.String(), "secret") {
			t.Errorf("%s: what belongs to the desk is exported", name)
		}
	}
}

// TestComesBack checks that what Dublin Core can say comes back.
func TestComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := formattest.Draw(t)
		for _, n := range []xmltree.Node{dc.OAI(r, ""), dc.Qualified(r, "")} {
			got, err := dc.Read(strings.NewReader(n.String()))
			if err != nil {
				t.Fatal(err)
			}
			title := r.Title
			if r.Subtitle != "" {
				title += ": " + r.Subtitle
			}
			if title = strings.TrimSpace(title); title != "" && got.Title != title {
				t.Fatalf("title %q became %q", title, got.Title)
			}
			if got.Abstract != r.Abstract || got.Date.EDTF != r.Date.EDTF || got.URL != r.URL {
				t.Fatalf("%+v became %+v", r, got)
			}
			if diff := cmp.Diff(r.Headings, got.Headings) + cmp.Diff(r.Languages, got.Languages); diff != "" {
				t.Fatal(diff)
			}
			if len(got.AgentsWith(greyshelf.Publisher)) != len(r.AgentsWith(greyshelf.Publisher)) || len(got.AgentsWith(greyshelf.Author)) != len(r.AgentsWith(greyshelf.Author)) {
				t.Fatalf("agents: %+v became %+v", r.Agents, got.Agents)
			}
			if got.Rights.Code != r.Rights.Code && strings.HasPrefix(string(r.Rights.Code), "cc") {
				t.Fatalf("rights: %+v became %+v", r.Rights, got.Rights)
			}
		}
	})
}

func TestAwkward(t *testing.T) {
	for name, r := range formattest.Awkward() {
		for _, n := range []xmltree.Node{dc.OAI(r, address), dc.SRU(r, address), dc.Qualified(r, address)} {
			got, err := dc.Read(strings.NewReader(n.String()))
			if err != nil || len(got.Agents) < len(r.AgentsWith(greyshelf.Author)) {
				t.Errorf("%s: %v, %d agents", name, err, len(got.Agents))
			}
		}
		for _, m := range dc.MetaOf(r, address) {
			if strings.ContainsAny(m.Content, "\n\r\x00") || m.Content == "" {
				t.Errorf("%s: %+v", name, m)
			}
		}
	}
}

func TestForeign(t *testing.T) {
	const text = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title> A
 title </dc:title><dc:creator>Ministry of Water</dc:creator><dc:creator>Ada Tester</dc:creator><dc:date>2016-10-19T00:00:00Z</dc:date><dc:date>2020</dc:date>
<dc:identifier>https://example.org/1</dc:identifier><dc:identifier>ISBN 0-306-40615-2</dc:identifier><dc:identifier>doi:10.1000/182</dc:identifier><dc:type>info:eu-repo/semantics/report</dc:type></oai_dc:dc>`
	got, err := dc.Read(strings.NewReader(text))
	want := greyshelf.Report{Title: "A title", Date: greyshelf.Date{EDTF: "2016-10-19"}, URL: "https://example.org/1",
		Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Ministry of Water"}, Role: greyshelf.Author},
			{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Ada Tester", Family: "Tester", Given: "Ada"}, Role: greyshelf.Author}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ISBN, Value: "9780306406157"}, {Scheme: greyshelf.DOI, Value: "10.1000/182"}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if _, err := dc.Read(strings.NewReader("<a/>")); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(dc.OAI(formattest.Full(), address).String())
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := dc.Read(strings.NewReader(text)); err == nil && r.Date.EDTF != "" && !greyshelf.ValidEDTF(r.Date.EDTF) {
			t.Errorf("date %q", r.Date.EDTF)
		}
	})
}
