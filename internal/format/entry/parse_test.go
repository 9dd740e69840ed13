package entry

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
)

// known is an entry whose fields are known, and its text.
type known struct {
	Title      string `json:"title"`
	Publisher  string `json:"publisher"`
	AuthorsRaw string `json:"authors_raw"`
	Date       string `json:"date_raw"`
	Format     string `json:"format"`
	Pages      string `json:"pages"`
	Size       string `json:"size"`
	Rights     string `json:"rights"`
	Code       string `json:"code"`
	URL        string `json:"url"`
	Rendered   string `json:"rendered"`
}

func knownEntries(t *testing.T) []known {
	raw, err := os.ReadFile(filepath.Join(corpustest.Dir(t), "entries", "entries.json"))
	if err != nil {
		t.Fatal(err)
	}
	var entries []known
	if err := json.Unmarshal(raw, &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

// check compares the fields of an entry; what stands in brackets is no title.
func (k known) check(t *testing.T, e greyshelf.Entry) {
	t.Helper()
	want := map[string]string{"title": k.Title, "publisher": k.Publisher, "authors_raw": k.AuthorsRaw, "date": k.Date, "format": k.Format,
		"pages": k.Pages, "size": k.Size, "rights": k.Rights, "code": k.Code, "url": k.URL}
	if strings.HasPrefix(k.Title, "(") {
		want["title"] = ""
	}
	pages := ""
	if e.Pages > 0 {
		if pages = strconv.Itoa(e.Pages); strings.HasPrefix(k.Pages, "pp.") {
			pages = e.PagesPrinted
		}
	}
	got := map[string]string{"title": e.Title, "publisher": e.Publisher, "authors_raw": e.AuthorsRaw, "date": e.DatePrinted, "format": e.Format,
		"pages": pages, "size": e.Size, "rights": e.Rights, "code": e.Code, "url": e.URL}
	if !strings.Contains(k.Rendered, "[Note:") {
		delete(want, "rights")
		delete(got, "rights")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n%s", k.Rendered, diff)
	}
	if e.Rest != "" || e.Abstract != "" {
		t.Errorf("%s\nrest %q, abstract %q", k.Rendered, e.Rest, e.Abstract)
	}
	if date, ok := greyshelf.ParseDate(k.Date); ok && date.EDTF != e.Date {
		t.Errorf("date %s, want %s", e.Date, date.EDTF)
	}
	if e.Confidence < 0.5 && e.Title != "" {
		t.Errorf("confidence %v of %s", e.Confidence, k.Rendered)
	}
}

func TestKnownEntriesOneByOne(t *testing.T) {
	for _, k := range knownEntries(t) {
		entries := ParseText(k.Rendered)
		if len(entries) != 1 {
			t.Errorf("%d entries in\n%s", len(entries), k.Rendered)
			continue
		}
		k.check(t, entries[0])
	}
}

func TestKnownEntriesAsOneList(t *testing.T) {
	all := knownEntries(t)
	for _, abstract := range []string{"<abstract not stored>", "An abstract. It came out in May 2009, and says more.\n\nIt has a second paragraph."} {
		for _, between := range []string{"\n", "\n\n", "\n\n\n", "\r\n\r\n"} {
			if between == "\n" && !strings.HasPrefix(abstract, "<") {
				continue // nothing tells where an abstract ends
			}
			var texts []string
			for _, k := range all {
				texts = append(texts, strings.Replace(k.Rendered, "<abstract not stored>", abstract, 1))
			}
			entries := ParseText(strings.Join(texts, between))
			if len(entries) != len(all) {
				t.Errorf("%d entries instead of %d divided by %q", len(entries), len(all), between)
				continue
			}
			for i, k := range all {
				if !strings.HasPrefix(abstract, "<") {
					if entries[i].Abstract != abstract {
						t.Errorf("%s: abstract %q", k.Title, entries[i].Abstract)
					}
					entries[i].Abstract = ""
				}
				k.check(t, entries[i])
			}
		}
	}
}

func TestSeed(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(corpustest.Dir(t), "seed", "seed.txt"))
	if err != nil {
		t.Fatal(err)
	}
	entries := ParseText(string(raw))
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	e := entries[1]
	if e.Authors[0] != (greyshelf.EntryAuthor{Name: "Michael J. Mazarr", Role: greyshelf.Author, EtAl: true}) || !strings.HasPrefix(e.Abstract, "Since 1945") ||
		!strings.HasSuffix(e.Abstract, "coming decade.") || e.Rights != "contains copyrighted material" || !strings.Contains(e.Heading, "\u00a0") || e.Rest != "" || e.Line != 10 {
		t.Errorf("%+v", e)
	}
}

// TestAbstractsAreNotTakenForEntries puts the paragraphs of real reports under
// citations: hardly one of them may be read as the beginning of another entry.
func TestAbstractsAreNotTakenForEntries(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "reports", "text", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts of reports", err)
	}
	next := greyshelf.Entry{Title: "Another Title", Publisher: "Polar Institute", Date: "2012-05", Abstract: "It is cold."}
	all, wrong := 0, 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for paragraph := range strings.SplitSeq(string(raw), "\n\n") {
			paragraph = cleanParagraphs(paragraph)
			if len(paragraph) < 200 || strings.Contains(paragraph, "|") {
				continue // headings and tables are no abstracts
			}
			all++
			e := next
			e.Title, e.Abstract = "Ice and Snow", paragraph
			if got := ParseText(Canonical(e) + between + Canonical(next)); len(got) != 2 || got[0].Abstract != paragraph {
				wrong++
			}
		}
	}
	if wrong*500 > all {
		t.Errorf("%d of %d paragraphs are read as entries", wrong, all)
	}
}
