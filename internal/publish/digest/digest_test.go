package digest_test

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/feed"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/rights"
)

var (
	ada = rights.Reader{Role: rights.Librarian, Name: "Ada", Person: "p1"}
	bea = rights.Reader{Role: rights.Librarian, Name: "Bea", Person: "p2"}
)

// shelf is a desk over a real catalogue, with a clock that is moved by hand.
type shelf struct {
	t *testing.T
	*digest.Desk
	store *catalogsqlite.Store
	now   time.Time
	n     int
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	store, err := catalogsqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), catalogsqlite.Options{})
	must(t, err)
	t.Cleanup(func() { store.Close() })
	s := &shelf{t: t, store: store, now: time.Date(2026, 4, 22, 8, 0, 0, 0, time.UTC)}
	s.Desk = &digest.Desk{Catalog: store, Now: func() time.Time { return s.now }, NewID: func() string { s.n++; return fmt.Sprintf("made%06d", s.n) }}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put adds a report.
func (s *shelf) put(r greyshelf.Report) {
	s.t.Helper()
	_, err := s.store.Commit(s.t.Context(), catalog.Commit{
		Decision: greyshelf.Decision{ID: s.NewID(), At: s.now, Who: "test", Method: greyshelf.ByAdd}, Reports: []greyshelf.Report{r},
	})
	must(s.t, err)
}

func report(id string) greyshelf.Report {
	return greyshelf.Report{
		ID: id, State: greyshelf.Published, Title: "Report " + id, Abstract: "About " + id + ".\n\nAnd more.", Date: greyshelf.Date{EDTF: "2012-06-03"}, URL: "https://example.org/" + id,
		Agents:   []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Oasis International"}, Role: greyshelf.Publisher}, {Agent: greyshelf.PersonFromName("Rosa Vega"), Role: greyshelf.Author}},
		Headings: []greyshelf.Heading{{Label: "Wells"}}, Rights: greyshelf.Rights{Code: greyshelf.Copyright}, Format: "PDF", Extent: greyshelf.Extent{Pages: 10},
	}
}

// issue makes an issue with the reports.
func (s *shelf) issue(ids ...string) digest.Issue {
	s.t.Helper()
	i := digest.Issue{Title: "New on the shelf"}
	i.Add(ids...)
	i, err := s.New(s.t.Context(), ada, i)
	must(s.t, err)
	return i
}

// release sends an issue.
func (s *shelf) release(i digest.Issue) digest.Issue {
	s.t.Helper()
	i, err := s.Schedule(s.t.Context(), ada, i.ID, i.Revision, time.Time{})
	must(s.t, err)
	i, err = s.Release(s.t.Context(), i.ID)
	must(s.t, err)
	return i
}

var words = digest.Words{Number: "No. {0}", Online: "Read it on the web", Unsubscribe: "Unsubscribe", Why: "You asked for this digest."}

// TestSeedByteForByte: the entries of a seed page come out of an issue as they
// were written, and stand so in the plain text of the mail.
func TestSeedByteForByte(t *testing.T) {
	page, err := os.ReadFile("../../sample/seed.txt")
	must(t, err)
	throughAnIssue(t, string(page))
}

// TestSeedPageOfTheCorpus holds the same for the page itself, where it is.
func TestSeedPageOfTheCorpus(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(corpustest.Dir(t), "seed", "seed.txt"))
	must(t, err)
	throughAnIssue(t, string(page))
}

func throughAnIssue(t *testing.T, page string) {
	t.Helper()
	s := newShelf(t)
	i := digest.Issue{Title: "Seed"}
	entries := entry.ParseText(page)
	for n, e := range entries {
		r := entry.ToReport(e)
		r.ID, r.State = fmt.Sprintf("seed%d", n), greyshelf.Published
		s.put(r)
		i.Add(r.ID)
	}
	i, err := s.New(t.Context(), ada, i)
	must(t, err)
	reports, err := s.Listed(t.Context(), i)
	must(t, err)
	var out bytes.Buffer
	must(t, list.Write(&out, list.Seed, each(reports), list.Options{}))
	if diff := cmp.Diff(page, out.String()); diff != "" {
		t.Error(diff)
	}
	doc, err := s.Document(t.Context(), i, "https://library.example.org")
	must(t, err)
	text := digest.MailText(doc, words, mail.Ways{})
	for _, e := range entries {
		if !strings.Contains(text, "\n"+strings.TrimSpace(e.Layout.Raw)+"\n") {
			t.Errorf("not in the mail: %s", e.Title)
		}
	}
}

func each(reports []greyshelf.Report) iter.Seq2[greyshelf.Report, error] {
	return func(yield func(greyshelf.Report, error) bool) {
		for _, r := range reports {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestRoundTripAndHistory(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	s.put(report("b"))
	i := s.issue("a", "b", "a")
	i, err := s.Change(t.Context(), bea, i.ID, i.Revision, func(i *digest.Issue) error {
		i.Intro, i.Groups, i.Language, i.Style = "One.\n\nTwo.", []string{"press"}, "fr", "short"
		i.Sections[0].Heading = " Wells\r\nand rivers 𝒳 آبار "
		i.Sections[0].Items[1].Blurb = "Only <here>."
		i.Sections = append(i.Sections, digest.Section{})
		return nil
	})
	must(t, err)
	read, err := s.Issue(t.Context(), i.ID)
	must(t, err)
	if diff := cmp.Diff(i, read, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if i.Sections[0].Heading != "Wells and rivers 𝒳 آبار" || len(i.Sections) != 1 || len(i.Reports()) != 2 || i.EditedBy.Name != "Bea" {
		t.Errorf("%+v", i)
	}
	if _, err := s.Change(t.Context(), ada, i.ID, 1, func(*digest.Issue) error { return nil }); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
	past, err := s.store.RecordDecisions(t.Context(), digest.Kind, i.ID)
	must(t, err)
	if len(past) != 2 || past[0].Who != "Bea" {
		t.Fatal(past)
	}
	must(t, s.Undo(t.Context(), ada, past[0].ID))
	read, err = s.Issue(t.Context(), i.ID)
	must(t, err)
	if read.Intro != "" || read.Sections[0].Items[1].Blurb != "" {
		t.Errorf("%+v", read)
	}
	if err := s.Undo(t.Context(), ada, past[0].ID); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
	must(t, s.Undo(t.Context(), ada, past[1].ID)) // what made it: the issue is as it was then
	if _, err := s.Issue(t.Context(), i.ID); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error(err)
	}
}

func TestBlurbLeavesTheRecordAlone(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	i := s.issue("a")
	i, err := s.Change(t.Context(), ada, i.ID, i.Revision, func(i *digest.Issue) error { i.Sections[0].Items[0].Blurb = "A blurb."; return nil })
	must(t, err)
	doc, err := s.Document(t.Context(), i, "")
	must(t, err)
	if text := digest.MailText(doc, words, mail.Ways{}); !strings.Contains(text, "A blurb.") || strings.Contains(text, "About a") {
		t.Error(text)
	}
	r, err := s.store.Report(t.Context(), "a")
	must(t, err)
	if r.Abstract != "About a.\n\nAnd more." || r.Revision != 1 {
		t.Error(r.Abstract)
	}
}

func TestNeverEmpty(t *testing.T) {
	s := newShelf(t)
	draft, embargo := report("draft"), report("embargo")
	draft.State, embargo.Rights.Access = greyshelf.Draft, greyshelf.AccessEmbargo
	s.put(draft)
	s.put(embargo)
	for _, i := range []digest.Issue{s.issue(), s.issue("draft", "embargo", "nothing")} {
		_, err1 := s.Document(t.Context(), i, "")
		_, err2 := s.Hold(t.Context(), ada, i.ID, i.Revision)
		_, err3 := s.Schedule(t.Context(), ada, i.ID, i.Revision, time.Time{})
		for n, err := range []error{err1, err2, err3} {
			if greyshelf.KindOf(err) != greyshelf.Invalid {
				t.Errorf("%d: %v", n, err)
			}
		}
	}
}

func TestSecondPairOfEyes(t *testing.T) {
	s := newShelf(t)
	s.TwoPairs = true
	s.put(report("a"))
	i := s.issue("a")
	if _, err := s.Schedule(t.Context(), bea, i.ID, i.Revision, time.Time{}); greyshelf.KindOf(err) != greyshelf.Forbidden {
		t.Error(err)
	}
	i, err := s.Hold(t.Context(), ada, i.ID, i.Revision)
	must(t, err)
	if _, err := s.Approve(t.Context(), ada, i.ID, i.Revision); greyshelf.KindOf(err) != greyshelf.Forbidden {
		t.Error(err)
	}
	i, err = s.Approve(t.Context(), bea, i.ID, i.Revision)
	must(t, err)
	changed, err := s.Change(t.Context(), ada, i.ID, i.Revision, func(i *digest.Issue) error { i.Intro = "x"; return nil })
	must(t, err)
	if changed.Approved != (digest.Person{}) {
		t.Error("still approved after a change")
	}
	i, err = s.Approve(t.Context(), bea, i.ID, changed.Revision)
	must(t, err)
	if i = s.release(i); i.Number != 1 || i.State != digest.Sent {
		t.Errorf("%+v", i)
	}
	if _, err := s.Change(t.Context(), ada, i.ID, i.Revision, func(*digest.Issue) error { return nil }); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Error(err)
	}
	past, err := s.store.RecordDecisions(t.Context(), digest.Kind, i.ID)
	must(t, err)
	if err := s.Undo(t.Context(), ada, past[0].ID); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a sent issue is unsent: %v", err)
	}
}

func TestNumbers(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	first := s.issue("a")
	first, err := s.Change(t.Context(), ada, first.ID, first.Revision, func(i *digest.Issue) error { i.Number = 212; return nil })
	must(t, err)
	if n := s.release(first).Number; n != 212 {
		t.Error(n)
	}
	s.now = s.now.Add(time.Hour)
	second := s.release(s.issue("a"))
	if second.Number != 213 {
		t.Error(second.Number)
	}
	found, err := s.Numbered(t.Context(), 213)
	must(t, err)
	if found.ID != second.ID {
		t.Error(found)
	}
	if _, err := s.Numbered(t.Context(), 1); greyshelf.KindOf(err) != greyshelf.NotFound {
		t.Error(err)
	}
}

func TestCoverageAndRepeats(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	draft := report("late")
	draft.State = greyshelf.Draft
	s.put(draft)
	s.now = s.now.Add(time.Hour)
	s.release(s.issue("a"))
	s.now = s.now.Add(time.Hour)
	s.put(report("b"))
	s.put(report("c"))
	late, err := s.store.Report(t.Context(), "late")
	must(t, err)
	late.State = greyshelf.Published
	s.put(late)
	i := s.issue("a", "b")
	fresh, err := s.SinceLast(t.Context(), i.Since)
	must(t, err)
	var ids []string
	for _, r := range fresh {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"late", "b", "c"}, ids); diff != "" {
		t.Error(diff)
	}
	m, err := s.Measure(t.Context(), i)
	must(t, err)
	if m.Published != 3 || m.Included != 1 || len(m.Missing) != 2 || !cmp.Equal(m.Repeats, []digest.Repeat{{Report: "a", Number: 1}}) {
		t.Errorf("%+v", m)
	}
}

func TestArrange(t *testing.T) {
	i := digest.Issue{Sections: []digest.Section{{Heading: "One", Items: []digest.Item{{Report: "a", Blurb: "A"}, {Report: "b"}}}, {Heading: "Two", Items: []digest.Item{{Report: "c"}}}}}
	order := func() string {
		var all []string
		for _, s := range i.Sections {
			var ids []string
			for _, item := range s.Items {
				ids = append(ids, item.Report+item.Blurb)
			}
			all = append(all, s.Heading+":"+strings.Join(ids, ","))
		}
		return strings.Join(all, " ")
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() { i.Move("b", -1) }, "One:b,aA Two:c"}, {func() { i.Move("a", 1) }, "One:b Two:aA,c"}, {func() { i.Move("c", 5) }, "One:b Two:aA,c"},
		{func() { i.Move("b", -1) }, "One:b Two:aA,c"}, {func() { i.Move("aA", 1) }, "One:b Two:aA,c"},
		{func() {
			i.Arrange([]digest.Section{{Heading: "New", Items: []digest.Item{{Report: "a"}, {Report: "x"}, {Report: "a"}}}})
		}, "New:aA,b,c"},
		{func() { i.Remove("b") }, "New:aA,c"}, {func() { i.Arrange(nil) }, ":aA,c"},
	} {
		if step.do(); order() != step.want {
			t.Fatalf("got %s, want %s", order(), step.want)
		}
	}
}

func TestHeadings(t *testing.T) {
	s := newShelf(t)
	none, rivers := report("none"), report("rivers")
	none.Headings, rivers.Headings = nil, []greyshelf.Heading{{Label: "Rivers"}}
	for _, r := range []greyshelf.Report{report("a"), none, rivers, report("b")} {
		s.put(r)
	}
	i := s.issue("a", "none", "rivers", "b")
	must(t, s.Headings(t.Context(), &i))
	got := []string{i.Sections[0].Heading, i.Sections[1].Heading, i.Sections[2].Heading}
	if diff := cmp.Diff([]string{"Rivers", "Wells", ""}, got); diff != "" || !cmp.Equal(i.Reports(), []string{"rivers", "a", "b", "none"}) {
		t.Error(diff, i.Reports())
	}
}

func TestStyles(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	i := s.issue("a")
	for form, want := range map[string]string{
		"# {|authors|: }{title}\n\n{publisher}{, |date|}": "Rosa Vega: Report a\n\nOasis International, June 3, 2012",
		"{citation}\n{[|format|].}\n{subtitle}":           "Report a. Oasis International. Rosa Vega. June 3, 2012.\n[PDF format, 10 pages].",
		"{abstract}{ [Note: |rights|].}":                  "About a.\n\nAnd more. [Note: contains copyrighted material].",
		"Fixed.\n\n{subtitle} x":                          "Fixed.",
	} {
		doc, err := s.DocumentIn(t.Context(), i, digest.Style{ID: "own", Form: form}, "")
		must(t, err)
		var got []string
		for _, b := range doc.Sections[0].Entries[0].Blocks {
			got = append(got, b.Text())
		}
		if diff := cmp.Diff(want, strings.Join(got, "\n\n")); diff != "" {
			t.Errorf("%q: %s", form, diff)
		}
	}
	for _, form := range []string{"{title", "{nothing}", "{a|title}", "", "{}"} {
		if _, err := s.PutStyle(t.Context(), ada, digest.Style{Name: "x", Form: form}); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%q: %v", form, err)
		}
	}
	own, err := s.PutStyle(t.Context(), ada, digest.Style{Name: "Own", Form: "# {title}"})
	must(t, err)
	all, err := s.Styles(t.Context())
	must(t, err)
	for _, style := range all {
		if _, err := s.DocumentIn(t.Context(), i, style, ""); err != nil {
			t.Errorf("%s: %v", style.ID, err)
		}
	}
	if all[len(all)-1].ID != own.ID {
		t.Error(all)
	}
}

// TestHostileTexts: nothing in a report breaks out of mail, page or Markdown.
func TestHostileTexts(t *testing.T) {
	s := newShelf(t)
	hostile := report("x")
	hostile.Title = "<script>alert(1)</script>\r\nBcc: eve@example.org\u2028 ](http://evil) \\ `x` 𝒳 تقرير {title}"
	hostile.URL, hostile.Abstract = "javascript:alert(1)", "</div><style>*{}</style>\n\n{abstract}"
	s.put(hostile)
	i := s.issue("x")
	for _, style := range []string{"seed", "author-first", "short", "thumbnails"} {
		i.Style = style
		doc, err := s.Document(t.Context(), i, "https://library.example.org")
		must(t, err)
		html, err := digest.MailHTML(doc, words, mail.Ways{Leave: "https://library.example.org/unsubscribe/x"})
		must(t, err)
		for _, bad := range []string{"<script", "<style", `href="javascript`, "<img", "@import", "url("} {
			if strings.Contains(html, bad) {
				t.Errorf("%s: %s", style, bad)
			}
		}
		var md bytes.Buffer
		must(t, digest.Markdown(&md, doc, words))
		if strings.Contains(md.String(), "\n<script") || !strings.Contains(md.String(), "\\](http://evil)") {
			t.Error(md.String())
		}
		message, err := mail.Compose(mail.Message{ID: "a@b.org", From: mail.Address{Email: "a@b.org"}, To: mail.Address{Email: "a@b.org"}, Subject: words.Headline(doc), Text: digest.MailText(doc, words, mail.Ways{}), HTML: html})
		must(t, err)
		if head, _, _ := strings.Cut(string(message), "\r\n\r\n"); strings.Contains(head, "Bcc") {
			t.Error(head)
		}
	}
}

func TestFeedItem(t *testing.T) {
	s := newShelf(t)
	s.put(report("a"))
	i := s.release(s.issue("a"))
	doc, err := s.Document(t.Context(), i, "https://library.example.org")
	must(t, err)
	item := digest.FeedItem(i, doc, words)
	if item.URL != "https://library.example.org/d/1" || item.Title != "New on the shelf, No. 1" || !strings.Contains(item.Summary, "Report a") {
		t.Errorf("%+v", item)
	}
	must(t, feed.Write(&bytes.Buffer{}, feed.Atom, feed.Feed{Items: []feed.Item{item}}))
}
