package oaipmh_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/publish/oaipmh"
)

var start = time.Date(2026, 4, 22, 9, 30, 0, 0, time.UTC)

// shelf is a catalogue with a provider before it.
type shelf struct {
	*oaipmh.Provider
	catalog catalog.Catalog
	path    string
	n       int
}

func newShelf(t testing.TB) *shelf {
	s := &shelf{path: filepath.Join(t.TempDir(), "catalog.sqlite")}
	s.open(t)
	s.Provider = &oaipmh.Provider{
		Shelf: s.catalog, Name: "A <test> library", Admins: []string{"desk@library.example"}, Domain: "library.example", Key: []byte("a secret of the library, 32 bytes"), Base: "https://library.example/oai",
		Link: func(id string) string { return "https://library.example/r/" + id }, Now: func() time.Time { return start.AddDate(1, 0, 0) },
	}
	return s
}

func (s *shelf) open(t testing.TB) {
	c, err := sqlite.Open(t.Context(), s.path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	s.catalog = c
	if s.Provider != nil {
		s.Shelf = c
	}
}

// put writes reports, a second after those before.
func (s *shelf) put(t testing.TB, reports ...greyshelf.Report) {
	t.Helper()
	s.n++
	_, err := s.catalog.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: fmt.Sprint("d", s.n), At: start.Add(time.Duration(s.n) * time.Second), Who: "tester", Method: greyshelf.ByPerson}, Reports: reports})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) state(t testing.TB, id string, state greyshelf.State) {
	t.Helper()
	r, err := s.catalog.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	r.State = state
	s.put(t, r)
}

// fill puts n reports on the shelf, many in each second.
func (s *shelf) fill(t testing.TB, n int) {
	t.Helper()
	var batch []greyshelf.Report
	for i := range n {
		r := formattest.Full()
		r.ID, r.Revision, r.Entry = fmt.Sprintf("r%05d", i), 0, nil
		r.Title = fmt.Sprint("Report ", i)
		r.Headings = []greyshelf.Heading{{Label: fmt.Sprint("Heading ", i%7)}}
		if batch = append(batch, r); len(batch) == 90 || i == n-1 {
			s.put(t, batch...)
			batch = nil
		}
	}
}

// ask asks and reads the answer as XML.
func (s *shelf) ask(t testing.TB, query string) xmltree.Node {
	t.Helper()
	form, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Answer(t.Context(), form)
	if err != nil {
		t.Fatal(err)
	}
	back, err := xmltree.Parse(strings.NewReader(n.String()))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// harvest follows a list to its end and gives the identifiers with a minus
// before those of deleted records, and how many requests it took.
func (s *shelf) harvest(t testing.TB, query string, between func(page int)) (ids []string, pages int) {
	t.Helper()
	verb := strings.TrimPrefix(strings.Split(query, "&")[0], "verb=")
	for {
		list := s.ask(t, query).First(verb)
		for _, n := range list.Nodes {
			h := n
			if n.Name == "record" {
				h = n.First("header")
			}
			if id := h.First("identifier").Text; h.Attr("status") == "deleted" {
				ids = append(ids, "-"+id)
			} else if id != "" {
				ids = append(ids, id)
			}
		}
		pages++
		next := list.First("resumptionToken").Text
		if next == "" {
			return ids, pages
		}
		if between != nil {
			between(pages)
		}
		query = "verb=" + verb + "&resumptionToken=" + url.QueryEscape(next)
	}
}

func errorOf(n xmltree.Node) string { return n.First("error").Attr("code") }

// TestErrors walks the table of errors (§3.6).
func TestErrors(t *testing.T) {
	s := newShelf(t)
	if code := errorOf(s.ask(t, "verb=ListSets")); code != "noSetHierarchy" {
		t.Errorf("an empty library: %q", code)
	}
	if code := errorOf(s.ask(t, "verb=ListRecords&metadataPrefix=oai_dc")); code != "noRecordsMatch" {
		t.Errorf("an empty library: %q", code)
	}
	s.put(t, formattest.Full())
	const id = "oai:library.example:k3v7q2"
	for query, want := range map[string]string{
		"": "badVerb", "verb=": "badVerb", "verb=Nothing": "badVerb", "verb=Identify&verb=Identify": "badVerb", "verb=identify": "badVerb",
		"verb=Identify&set=x": "badArgument", "verb=GetRecord": "badArgument", "verb=GetRecord&identifier=" + id: "badArgument", "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
		"verb=ListRecords": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&x=1": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc": "badArgument",
		"verb=ListRecords&metadataPrefix=oai_dc&from=yesterday": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=": "badArgument",
		"verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2027-01-01T00:00:00Z": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2027-01-01&until=2026-01-01": "badArgument",
		"verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00Z": "badArgument", "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x": "badArgument",
		"verb=ListRecords&resumptionToken=x": "badResumptionToken", "verb=ListSets&resumptionToken=x": "badResumptionToken", "verb=ListIdentifiers&resumptionToken=" + strings.Repeat("A", 20_000): "badResumptionToken",
		"verb=ListSets&metadataPrefix=oai_dc": "badArgument", "verb=GetRecord&metadataPrefix=pdf&identifier=" + id: "cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=pdf": "cannotDisseminateFormat",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.example:none": "idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=k3v7q2": "idDoesNotExist", "verb=ListMetadataFormats&identifier=oai:other:1": "idDoesNotExist",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.example:": "idDoesNotExist", "verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01": "noRecordsMatch",
		"verb=ListRecords&metadataPrefix=oai_dc&set=none": "noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=subject:None": "noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=subject:!zz": "noRecordsMatch",
	} {
		n := s.ask(t, query)
		if code := errorOf(n); code != want {
			t.Errorf("%.80s: %q, want %q", query, code, want)
		}
		if asked := n.First("request"); asked.Text != s.Base || (want == "badVerb" || want == "badArgument") != (len(asked.Attrs) == 0) {
			t.Errorf("%.80s: request %+v", query, asked)
		}
	}
}

// TestIdentify checks §4.2, with what is put into it escaped.
func TestIdentify(t *testing.T) {
	s := newShelf(t)
	s.put(t, formattest.Full())
	n := s.ask(t, "verb=Identify").First("Identify")
	for name, want := range map[string]string{"repositoryName": s.Name, "baseURL": s.Base, "protocolVersion": "2.0", "adminEmail": "desk@library.example",
		"earliestDatestamp": "2026-04-22T09:30:01Z", "deletedRecord": "persistent", "granularity": "YYYY-MM-DDThh:mm:ssZ"} {
		if got := n.First(name).Text; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := n.First("description", "oai-identifier", "repositoryIdentifier").Text; got != s.Domain {
		t.Errorf("identifier: %q", got)
	}
}

// TestFormats checks that every format (§4.4) gives records that read back as
// the report.
func TestFormats(t *testing.T) {
	s := newShelf(t)
	s.put(t, formattest.Full())
	for _, f := range s.ask(t, "verb=ListMetadataFormats&identifier=oai:library.example:k3v7q2").First("ListMetadataFormats").Nodes {
		prefix := f.First("metadataPrefix").Text
		record := s.ask(t, "verb=GetRecord&identifier=oai:library.example:k3v7q2&metadataPrefix="+prefix).First("GetRecord", "record")
		inner := record.First("metadata").Nodes[0]
		if inner.Space != f.First("metadataNamespace").Text {
			t.Errorf("%s: namespace %s", prefix, inner.Space)
		}
		var got greyshelf.Report
		switch prefix {
		case "oai_dc":
			got, _ = dc.FromXML(inner)
			got.Title, _, _ = strings.Cut(got.Title, ": ")
		case "mods":
			got = mods.FromXML(inner)
		case "marcxml":
			got = marc.FromXML(inner).Report()
		default:
			t.Errorf("what is %s?", prefix)
		}
		if got.Title != formattest.Full().Title || got.Date.EDTF != "2016-10-19" {
			t.Errorf("%s: %+v", prefix, got)
		}
		if strings.Contains(record.String(), "secret") {
			t.Errorf("%s: what belongs to the desk is given away", prefix)
		}
	}
}

// TestRights checks what harvesters learn of each report (§2.5.1): those never
// public do not exist, those no longer public are deleted.
func TestRights(t *testing.T) {
	s := newShelf(t)
	for id, r := range map[string]greyshelf.Report{
		"open": {Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}, "extract": {}, "link": {Rights: greyshelf.Rights{Access: greyshelf.AccessLink}},
		"embargo": {Rights: greyshelf.Rights{Access: greyshelf.AccessEmbargo}}, "draft": {State: greyshelf.Draft}, "withdrawn": {}, "closed": {},
	} {
		if r.ID, r.Title = id, "Title of "+id; r.State == "" {
			r.State = greyshelf.Published
		}
		s.put(t, r)
	}
	s.state(t, "withdrawn", greyshelf.Withdrawn)
	closed, _ := s.catalog.Report(t.Context(), "closed")
	closed.Rights.Access = greyshelf.AccessEmbargo
	s.put(t, closed)
	for id, want := range map[string]string{"open": "live", "extract": "live", "link": "live", "embargo": "none", "draft": "none", "withdrawn": "deleted", "closed": "deleted", "nothing": "none"} {
		n := s.ask(t, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.example:"+id)
		got := "live"
		switch record := n.First("GetRecord", "record"); {
		case errorOf(n) == "idDoesNotExist":
			got = "none"
		case record.First("header").Attr("status") == "deleted" && len(record.All("metadata")) == 0:
			got = "deleted"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
		if want != "live" && strings.Contains(n.String(), "Title of") {
			t.Errorf("%s: its title is given away", id)
		}
	}
	ids, _ := s.harvest(t, "verb=ListIdentifiers&metadataPrefix=mods", nil)
	if got := len(ids); got != 5 {
		t.Errorf("listed: %v", ids)
	}
}

// TestResumption harvests in parts (§3.5): everything once, in order, over a
// restart of the library in between.
func TestResumption(t *testing.T) {
	s := newShelf(t)
	s.fill(t, 450)
	for _, verb := range []string{"ListRecords", "ListIdentifiers"} {
		ids, pages := s.harvest(t, "verb="+verb+"&metadataPrefix=oai_dc", func(page int) {
			if page == 2 {
				_ = s.catalog.Close()
				s.open(t)
			}
		})
		if pages != 5 || len(ids) != 450 || len(distinct(ids)) != 450 || ids[0] != "oai:library.example:r00000" {
			t.Errorf("%s: %d records, %d of them distinct, in %d pages", verb, len(ids), len(distinct(ids)), pages)
		}
	}
	n := s.ask(t, "verb=ListRecords&metadataPrefix=oai_dc").First("ListRecords", "resumptionToken")
	if n.Attr("cursor") != "0" {
		t.Errorf("the first cursor is %q", n.Attr("cursor"))
	}
	if code := errorOf(s.ask(t, "verb=ListIdentifiers&resumptionToken="+n.Text)); code != "badResumptionToken" {
		t.Errorf("the token of another verb: %q", code)
	}
}

func distinct(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}

// TestConcurrentChanges harvests while reports are changed, withdrawn and
// added: nothing is left out, and the last word on each report is the present
// one.
func TestConcurrentChanges(t *testing.T) {
	s := newShelf(t)
	s.fill(t, 450)
	ids, _ := s.harvest(t, "verb=ListIdentifiers&metadataPrefix=oai_dc", func(page int) {
		s.state(t, fmt.Sprintf("r%05d", page), greyshelf.Withdrawn)     // given already
		s.state(t, fmt.Sprintf("r%05d", 400+page), greyshelf.Withdrawn) // not given yet
		s.put(t, greyshelf.Report{ID: fmt.Sprint("new", page), State: greyshelf.Published, Title: "new"})
	})
	last := map[string]bool{} // deleted
	for _, id := range ids {
		bare := strings.TrimPrefix(id, "-")
		last[bare] = bare != id
	}
	deleted := 0
	for _, gone := range last {
		if gone {
			deleted++
		}
	}
	if len(last) != 454 || deleted != 8 {
		t.Errorf("%d records, %d of them deleted; want 454 and 8", len(last), deleted)
	}
}

// TestSelective checks from and until (§2.7.1): both bounds included, in either
// granularity.
func TestSelective(t *testing.T) {
	s := newShelf(t)
	for i := range 5 { // 09:30:01 to 09:30:05
		s.put(t, greyshelf.Report{ID: fmt.Sprint("r", i+1), State: greyshelf.Published, Title: "x"})
	}
	for bounds, want := range map[string]string{
		"": "12345", "&from=2026-04-22": "12345", "&until=2026-04-22": "12345", "&from=2026-04-23": "", "&until=2026-04-21": "",
		"&from=2026-04-22T09:30:03Z": "345", "&until=2026-04-22T09:30:03Z": "123", "&from=2026-04-22T09:30:02Z&until=2026-04-22T09:30:04Z": "234", "&from=2026-04-22T09:30:03Z&until=2026-04-22T09:30:03Z": "3",
	} {
		ids, _ := s.harvest(t, "verb=ListIdentifiers&metadataPrefix=oai_dc"+bounds, nil)
		got := strings.ReplaceAll(strings.Join(ids, ""), "oai:library.example:r", "")
		if got != want {
			t.Errorf("%q: %q, want %q", bounds, got, want)
		}
	}
}

// TestSets checks §2.6 and §4.6: every set that is listed can be harvested and
// the headers say where a record stands.
func TestSets(t *testing.T) {
	s := newShelf(t)
	s.fill(t, 230)
	s.put(t, formattest.Full())
	sets := map[string]string{}
	for _, n := range s.ask(t, "verb=ListSets").First("ListSets").Nodes {
		sets[n.First("setSpec").Text] = n.First("setName").Text
	}
	for spec, size := range map[string]int{"subject": 231, "publisher": 231, "subject:Heading_0": 33, "subject:Water_policy": 1, "subject:Rivers_--_Law": 1, "publisher:Harbour_Institute": 231} {
		ids, _ := s.harvest(t, "verb=ListIdentifiers&metadataPrefix=oai_dc&set="+spec, nil)
		if len(distinct(ids)) != size || sets[spec] == "" {
			t.Errorf("%s (%q): %d records, want %d", spec, sets[spec], len(ids), size)
		}
	}
	header := s.ask(t, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.example:k3v7q2").First("GetRecord", "record", "header")
	var specs []string
	for _, n := range header.All("setSpec") {
		specs = append(specs, n.Text)
	}
	if diff := cmp.Diff([]string{"subject:Water_policy", "subject:Rivers_--_Law", "publisher:Harbour_Institute"}, specs); diff != "" {
		t.Error(diff)
	}
}

// TestManySets lists sets in parts, of labels of any characters.
func TestManySets(t *testing.T) {
	s := newShelf(t)
	r := greyshelf.Report{ID: "r", State: greyshelf.Published, Title: "x"}
	for i := range 1200 {
		r.Headings = append(r.Headings, greyshelf.Heading{Label: fmt.Sprintf("Вода & <%d>: \"a_b!\"", i)})
	}
	s.put(t, r)
	query, specs, pages := "verb=ListSets", map[string]bool{}, 0
	for query != "" {
		list := s.ask(t, query).First("ListSets")
		for _, n := range list.All("set") {
			specs[n.First("setSpec").Text] = true
		}
		pages++
		if query = ""; list.First("resumptionToken").Text != "" {
			query = "verb=ListSets&resumptionToken=" + list.First("resumptionToken").Text
		}
	}
	if len(specs) != 1201 || pages != 3 {
		t.Errorf("%d sets in %d pages", len(specs), pages)
	}
	for spec := range specs {
		if strings.Trim(spec, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'():") != "" {
			t.Fatalf("%q is no setSpec", spec)
		}
	}
	if ids, _ := s.harvest(t, "verb=ListIdentifiers&metadataPrefix=oai_dc&set="+url.QueryEscape("subject:!D0!92!D0!BE!D0!B4!D0!B0_!26_!3C7!3E!3A_!22a!5Fb!21!22"), nil); len(ids) != 1 {
		t.Errorf("%v", ids)
	}
}

// TestForgedTokens changes tokens at random: an answer is an error or a list,
// never a failure, and never for a changed sum.
func TestForgedTokens(t *testing.T) {
	s := newShelf(t)
	s.fill(t, 150)
	good := s.ask(t, "verb=ListRecords&metadataPrefix=oai_dc").First("ListRecords", "resumptionToken").Text
	rapid.Check(t, func(rt *rapid.T) {
		forged := rapid.OneOf(rapid.String(), rapid.Map(rapid.IntRange(0, len(good)-1), func(i int) string { return good[:i] + "x" + good[min(len(good), i+1):] }),
			rapid.Map(rapid.SliceOf(rapid.Byte()), base64.RawURLEncoding.EncodeToString), rapid.Just(good+"A"), rapid.Just(good[1:])).Draw(rt, "token")
		if forged == good || forged == "" {
			return
		}
		if code := errorOf(s.ask(t, "verb=ListRecords&resumptionToken="+url.QueryEscape(forged))); code != "badResumptionToken" {
			rt.Fatalf("%q: %q", forged, code)
		}
	})
}

// TestSealedTokens: a token holds for the library that gave it, also after it
// was opened again, and for no other; the sum that anybody could make does not.
func TestSealedTokens(t *testing.T) {
	s := newShelf(t)
	s.fill(t, 150)
	good := s.ask(t, "verb=ListRecords&metadataPrefix=oai_dc").First("ListRecords", "resumptionToken").Text
	data, err := base64.RawURLEncoding.DecodeString(good)
	if err != nil || len(data) < 17 {
		t.Fatal(err)
	}
	if err := s.catalog.Close(); err != nil {
		t.Fatal(err)
	}
	s.open(t)
	for name, c := range map[string]struct{ token, key, domain, code string }{
		"given here":         {good, "", "", ""},
		"of another library": {good, "another secret of another library", "", "badResumptionToken"},
		"of another domain":  {good, "", "elsewhere.example", "badResumptionToken"},
		"without a secret":   {unkeyed(data[16:]), "", "", "badResumptionToken"},
		"half a seal":        {base64.RawURLEncoding.EncodeToString(data[:15]), "", "", "badResumptionToken"},
		"only a seal":        {base64.RawURLEncoding.EncodeToString(data[:16]), "", "", "badResumptionToken"},
		"contents changed":   {base64.RawURLEncoding.EncodeToString(append(data[:16:16], []byte(strings.Replace(string(data[16:]), "oai_dc", "mods", 1))...)), "", "", "badResumptionToken"},
	} {
		p := *s.Provider
		if c.key != "" {
			p.Key = []byte(c.key)
		}
		if c.domain != "" {
			p.Domain = c.domain
		}
		n, err := p.Answer(t.Context(), url.Values{"verb": {"ListRecords"}, "resumptionToken": {c.token}})
		if err != nil || errorOf(n) != c.code {
			t.Errorf("%s: %q, %v; want %q", name, errorOf(n), err, c.code)
		}
	}
	s.Key = nil
	if code := errorOf(s.ask(t, "verb=ListRecords&resumptionToken="+s.unsealed(data[16:]))); code != "badResumptionToken" {
		t.Errorf("without a key everybody could seal: %q", code)
	}
}

// unkeyed seals with a sum that needs no secret.
func unkeyed(data []byte) string {
	sum := sha256.Sum256(append([]byte("greyshelf oai-pmh library.example\n"), data...))
	return base64.RawURLEncoding.EncodeToString(append(sum[:16], data...))
}

// unsealed seals with an HMAC of no key.
func (s *shelf) unsealed(data []byte) string {
	mac := hmac.New(sha256.New, nil)
	mac.Write([]byte("oai-pmh " + s.Domain + "\n"))
	mac.Write(data)
	return base64.RawURLEncoding.EncodeToString(append(mac.Sum(nil)[:16], data...))
}

func FuzzAnswer(f *testing.F) {
	s := newShelf(f)
	s.put(f, formattest.Full())
	f.Add("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01")
	f.Add("verb=ListSets&resumptionToken=AAAA")
	f.Fuzz(func(t *testing.T, query string) {
		form, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		n, err := s.Answer(t.Context(), form)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := xmltree.Parse(strings.NewReader(n.String())); err != nil {
			t.Fatal(err)
		}
	})
}
