package embed_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
	"github.com/greyshelf/greyshelf/internal/pages/cache"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

var sha = strings.Repeat("ab", 32)

func report() greyshelf.Report {
	agent := func(role greyshelf.Role, kind greyshelf.AgentKind, name string) greyshelf.Contribution {
		return greyshelf.Contribution{Role: role, Agent: greyshelf.Agent{Kind: kind, Name: name}}
	}
	return greyshelf.Report{
		ID: "r1", Title: "Water <and> power", Subtitle: "Who has it", Type: "report", Abstract: "One.\n\nTwo & three.", Note: "secret", Annotation: "ours",
		Agents: []greyshelf.Contribution{
			agent(greyshelf.Author, greyshelf.Person, "Ann Example"), agent(greyshelf.Publisher, greyshelf.Body, "Example Institute"),
			agent(greyshelf.Commissioning, greyshelf.Body, "Ministry"), agent(greyshelf.Author, greyshelf.Person, "أحمد مثال"),
		},
		Date:        greyshelf.Date{EDTF: "2016-10-19", Printed: "October 19, 2016"},
		Headings:    []greyshelf.Heading{{Label: "Water"}, {Label: "Water"}, {Label: "Power"}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ReportNumber, Value: "R-12"}, {Scheme: greyshelf.DOI, Value: "10.1234/x"}, {Scheme: greyshelf.ISBN, Value: "9780833095633"}},
		Languages:   []string{"en", "fr"}, Rights: greyshelf.Rights{Code: "cc-by-4.0", Statement: "CC BY 4.0", Holder: "Example Institute"},
		URL: "https://example.org/a?b=1&c=2", Series: "Papers", SeriesNumber: "12", Version: "2",
		Editions: []greyshelf.Edition{{ID: "1", Language: "ar", Files: []greyshelf.File{{SHA256: sha, Bytes: 11, Pages: 3, Part: "Annex"}}}},
		Updated:  time.Date(2026, 11, 23, 5, 0, 0, 99, time.UTC),
	}
}

func record() embed.Record {
	r := report()
	return embed.Of(r, r.Files()[0], "https://library.example/r/r1", "Greyshelf 1")
}

// TestOf: the record is what everybody may read of the report.
func TestOf(t *testing.T) {
	want := embed.Record{
		Title: "Water <and> power: Who has it", Subtitle: "Who has it", Authors: []string{"Ann Example", "أحمد مثال"}, Publishers: []string{"Example Institute"},
		Contributors: []string{"Ministry"}, Date: "2016-10-19", DatePrinted: "October 19, 2016", Abstract: "One. Two & three.", Headings: []string{"Water", "Power"},
		Languages: []string{"ar"}, Type: "report", Series: "Papers", SeriesNumber: "12", Version: "2", Pages: 3, DOI: "10.1234/x", ISBN: "9780833095633",
		Identifiers: []string{"R-12", "https://doi.org/10.1234/x", "urn:isbn:9780833095633", "https://library.example/r/r1"},
		Rights:      "CC BY 4.0", Holder: "Example Institute", Licence: "https://creativecommons.org/licenses/by/4.0/", Marked: "True",
		Source: "https://example.org/a?b=1&c=2", Address: "https://library.example/r/r1", Writer: "Greyshelf 1",
		Written: time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC), SHA256: sha, Bytes: 11, PDFPart: "Annex",
	}
	if diff := cmp.Diff(want, record()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDates(t *testing.T) {
	for edtf, want := range map[string]string{"2016": "2016", "2016-10": "2016-10", "2016-10-19": "2016-10-19", "2015-24": "", "2016~": "", "2016/2017": "", "201X": "", "": "", "2016-13": ""} {
		if got := embed.Of(greyshelf.Report{Date: greyshelf.Date{EDTF: edtf}}, greyshelf.File{}, "", "").Date; got != want {
			t.Errorf("%q is written as %q, want %q", edtf, got, want)
		}
	}
}

func TestMarked(t *testing.T) {
	for code, want := range map[greyshelf.RightsCode]string{"": "", greyshelf.PublicDomain: "False", "cc0": "False", "cc-by-4.0": "True", greyshelf.Copyright: "True", greyshelf.AllRightsReserved: "True"} {
		if got := embed.Of(greyshelf.Report{Rights: greyshelf.Rights{Code: code}}, greyshelf.File{}, "", "").Marked; got != want {
			t.Errorf("%q is marked %q, want %q", code, got, want)
		}
	}
}

// parse reads a packet: its wrapper, and the properties inside.
func parse(t interface{ Fatalf(string, ...any) }, packet []byte) xmltree.Node {
	if !bytes.HasPrefix(packet, []byte("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>")) || !bytes.HasSuffix(packet, []byte(`<?xpacket end="r"?>`)) {
		t.Fatalf("the packet has no wrapper (ISO 16684-1 §7.3.2): %.100q", packet)
	}
	root, err := xmltree.Parse(bytes.NewReader(packet))
	if err != nil {
		t.Fatalf("%v in %s", err, packet)
	}
	about := root.First("RDF", "Description")
	if root.Name != "xmpmeta" || len(root.First("RDF").All("Description")) != 1 || about.Name == "" {
		t.Fatalf("no single description in %s", packet)
	}
	return about
}

// TestXMP holds the forms that ISO 16684-1 §8 gives the properties.
func TestXMP(t *testing.T) {
	about := parse(t, record().XMP(embed.Original{Producer: "Press", Creator: "Typewriter", Created: time.Date(2016, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600)), UAPart: "1"}))
	for path, want := range map[string]string{
		"title/Alt": "Water <and> power: Who has it|Water <and> power: Who has it", "creator/Seq": "Ann Example|أحمد مثال", "publisher/Bag": "Example Institute",
		"contributor/Bag": "Ministry", "date/Seq": "2016-10-19", "description/Alt": "One. Two & three.|One. Two & three.", "subject/Bag": "Water|Power",
		"language/Bag": "ar", "rights/Alt": "CC BY 4.0|CC BY 4.0", "Owner/Bag": "Example Institute", "type/Bag": "report",
		"Identifier/Bag": "R-12|https://doi.org/10.1234/x|urn:isbn:9780833095633|https://library.example/r/r1",
	} {
		name, kind, _ := strings.Cut(path, "/")
		var got []string
		for _, li := range about.First(name, kind).All("li") {
			got = append(got, li.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	for name, want := range map[string]string{
		"format": "application/pdf", "source": "https://example.org/a?b=1&c=2", "identifier": "https://doi.org/10.1234/x", "doi": "10.1234/x", "isbn": "9780833095633",
		"publicationDate": "2016-10-19", "publicationDisplayDate": "October 19, 2016", "seriesTitle": "Papers", "seriesNumber": "12", "pageCount": "3",
		"Marked": "True", "WebStatement": "https://creativecommons.org/licenses/by/4.0/", "Keywords": "Water; Power", "Producer": "Press", "CreatorTool": "Typewriter",
		"CreateDate": "2016-01-02T03:04:05+01:00", "ModifyDate": "2026-11-23T05:00:00Z", "OriginalSHA256": sha, "OriginalBytes": "11", "part": "1",
	} {
		if got := about.First(name).Text; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	event := about.First("History", "Seq", "li")
	if event.First("softwareAgent").Text != "Greyshelf 1" || !strings.Contains(event.First("parameters").Text, sha) || event.First("action").Text != "edited" {
		t.Errorf("history: %+v", event)
	}
	if from := about.First("DerivedFrom", "documentID").Text; !strings.HasPrefix(from, "ni:///sha-256;q6ur") {
		t.Errorf("derived from %q", from)
	}
}

// TestAbsence: what the catalogue does not say is not in the packet.
func TestAbsence(t *testing.T) {
	packet := string(embed.Of(greyshelf.Report{Updated: time.Unix(0, 0)}, greyshelf.File{SHA256: sha}, "", "Greyshelf 1").XMP(embed.Original{}))
	for _, name := range []string{"dc:title", "dc:creator", "dc:date", "dc:rights", "dc:subject", "dc:source", "dc:identifier", "xmpRights:", "prism:", "xmp:CreateDate", "pdfuaid", "cc:license"} {
		if strings.Contains(packet, "<"+name) {
			t.Errorf("%s is said of a report that says nothing:\n%s", name, packet)
		}
	}
}

// TestHostileWords: whatever stands in a record, the packet is well-formed, one
// description, and says the same.
func TestHostileWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`]]></rdf:li>`, `<?xpacket end="w"?>`, "a\x00b\u202e", "</x:xmpmeta>", `" onload="x`})).Draw(t, "title")
		r := embed.Of(greyshelf.Report{Title: title, URL: title, Updated: time.Unix(0, 0)}, greyshelf.File{SHA256: sha, Part: title}, title, title)
		about := parse(t, r.XMP(embed.Original{Producer: title, Creator: title, UAPart: title}))
		if got := about.First("title", "Alt", "li").Text; got != xmltree.Line(title) {
			t.Fatalf("%q comes back as %q", title, got)
		}
	})
}

// tails is a writer that appends the title.
type tails struct {
	err   error
	calls int
}

func (w *tails) Version() string { return "1" }

func (w *tails) Tail(_ context.Context, file io.Reader, r embed.Record) ([]byte, error) {
	w.calls++
	data, err := io.ReadAll(file)
	if err != nil || w.err != nil {
		return nil, w.err
	}
	return []byte("|" + string(data[:1]) + r.Title), nil
}

func keeper(t *testing.T, w embed.Writer) (*embed.Keeper, embed.Record) {
	t.Helper()
	store, err := blobstore.OpenDir(t.TempDir(), blobstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	stored, err := store.Put(t.Context(), strings.NewReader("the file of it"))
	if err != nil {
		t.Fatal(err)
	}
	return embed.NewKeeper(store, cache.New(filepath.Join(t.TempDir(), "c"), 1<<20), w), embed.Record{Title: "T", SHA256: stored.SHA256, Bytes: stored.Bytes}
}

// TestKeeper: a copy is the file and what was appended, is made once for the
// same record, and anew for another.
func TestKeeper(t *testing.T) {
	w := &tails{}
	k, r := keeper(t, w)
	for range 2 {
		c, err := k.Copy(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if err := iotest.TestReader(c, []byte("the file of it|tT")); err != nil {
			t.Error(err)
		}
		if c.Size() != 17 || c.Close() != nil {
			t.Errorf("size %d", c.Size())
		}
	}
	if w.calls != 1 {
		t.Errorf("written %d times", w.calls)
	}
	first, err := k.Copy(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	r.Title = "Another"
	second, err := k.Copy(t.Context(), r)
	if err != nil || second.Tag == first.Tag || w.calls != 2 {
		t.Errorf("another record: %v, tag %q after %q, %d calls", err, second.Tag, first.Tag, w.calls)
	}
}

// TestRefusalIsKept: a file that gets no copy is not tried again, a failure of
// the day is.
func TestRefusalIsKept(t *testing.T) {
	for kind, calls := range map[greyshelf.Kind]int{greyshelf.Invalid: 1, greyshelf.Unavailable: 2, greyshelf.TooLarge: 2} {
		w := &tails{err: greyshelf.Errorf(kind, "write", "", "the PDF is %s", "odd")}
		k, r := keeper(t, w)
		for range 2 {
			_, err := k.Copy(t.Context(), r)
			if greyshelf.KindOf(err) != kind || greyshelf.ReasonOf(err) != "the PDF is odd" {
				t.Errorf("%s: got %v", kind, err)
			}
		}
		if w.calls != calls {
			t.Errorf("%s: tried %d times, want %d", kind, w.calls, calls)
		}
	}
}

// TestNoFile: a record of a file that is not there, or has another length.
func TestNoFile(t *testing.T) {
	k, r := keeper(t, &tails{})
	sum := sha256.Sum256([]byte("elsewhere"))
	for kind, bad := range map[greyshelf.Kind]embed.Record{
		greyshelf.NotFound: {SHA256: hex.EncodeToString(sum[:])}, greyshelf.Internal: {SHA256: r.SHA256, Bytes: r.Bytes + 1},
	} {
		if _, err := k.Copy(t.Context(), bad); greyshelf.KindOf(err) != kind {
			t.Errorf("got %v, want %v", err, kind)
		}
	}
}
