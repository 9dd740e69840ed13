package searchtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/search"
)

// faceted makes reports whose facets differ.
func faceted() []search.Document {
	var docs []search.Document
	for i := range 12 {
		d := document(fmt.Sprintf("r%02d", i), "Report", "en", "common words", "common again", "rare"+fmt.Sprint(i))
		d.Report.Date.EDTF = fmt.Sprint(2010 + i%3)
		d.Report.Agents = []greyshelf.Contribution{{Agent: greyshelf.Agent{Name: fmt.Sprintf("House %d", i%2)}, Role: greyshelf.Publisher}}
		d.Report.Type = []string{"brief", "report"}[i%2]
		d.Report.Headings = []greyshelf.Heading{{Label: "Trade"}, {Label: fmt.Sprintf("Subject %d", i%4)}}
		docs = append(docs, d)
	}
	return docs
}

func counts(r search.Result, facet string) string {
	var parts []string
	for _, c := range r.Facets[facet] {
		parts = append(parts, fmt.Sprintf("%s=%d", c.Value, c.Count))
	}
	return strings.Join(parts, " ")
}

func testFacets(t *testing.T, open Open) {
	x := start(t, open, faceted()...)
	all := ask(t, x, "common")
	if all.Reports != 12 || all.Pages != 24 {
		t.Errorf("got %d reports, %d pages, want 12 and 24", all.Reports, all.Pages)
	}
	check := func(r search.Result, facet, want string) {
		t.Helper()
		if got := counts(r, facet); got != want {
			t.Errorf("%s: got %s, want %s", facet, got, want)
		}
	}
	check(all, "year", "2010=4 2011=4 2012=4")
	check(all, "publisher", "House 0=6 House 1=6")
	check(all, "language", "en=12")
	check(all, "subject", "Trade=12 Subject 0=3 Subject 1=3 Subject 2=3 Subject 3=3")
	check(all, "format", "")
	chosen := ask(t, x, "common", func(r *search.Request) { r.Facets = map[string][]string{"year": {"2010"}} })
	if chosen.Reports != 4 || chosen.Pages != 8 {
		t.Errorf("year 2010: got %d reports, %d pages, want 4 and 8", chosen.Reports, chosen.Pages)
	}
	check(chosen, "year", "2010=4 2011=4 2012=4") // alternatives stay visible
	check(chosen, "publisher", "House 0=2 House 1=2")
	two := ask(t, x, "common", func(r *search.Request) {
		r.Facets = map[string][]string{"year": {"2010", "2011"}, "type": {"brief"}}
	})
	if two.Reports != 4 {
		t.Errorf("two facets: got %d reports, want 4", two.Reports)
	}
	check(two, "type", "brief=4 report=4")
	none := ask(t, x, "common", func(r *search.Request) { r.Facets = map[string][]string{"type": {"no such"}} })
	if none.Reports != 0 || len(none.Hits) != 0 {
		t.Errorf("a value no report has: got %d reports", none.Reports)
	}
	only := ask(t, x, "common", func(r *search.Request) { r.Only = "r03" })
	if only.Reports != 1 || only.Pages != 2 {
		t.Errorf("only r03: got %d reports, %d pages, want 1 and 2", only.Reports, only.Pages)
	}
}

// testNames: publishers and subjects count under the name of their authority;
// chosen and searched they are by the printed one as well. Identifiers are
// counted when they are asked for: a report once, however often it has one.
func testNames(t *testing.T, open Open) {
	docs := faceted()[:6]
	for i := range docs {
		d := &docs[i]
		d.Names.Agents = []search.Named{{}}
		d.Names.Headings = []search.Named{{Authority: "trade", Name: "Commerce"}, {Authority: "sub", Name: d.Report.Headings[1].Label, Above: []string{"trade", "top"}}}
		if i%2 == 0 {
			d.Names.Agents[0] = search.Named{Authority: "harbour", Name: "Harbour"}
		}
	}
	x := start(t, open, docs...)
	all := ask(t, x, "common", func(r *search.Request) { r.Counted = []string{search.FacetAuthority, search.FacetUnder} })
	for facet, want := range map[string]string{"publisher": "Harbour=3 House 1=3", "subject": "Commerce=6 Subject 0=2 Subject 1=2 Subject 2=1 Subject 3=1", "authority": "sub=6 trade=6 harbour=3", "under": "sub=6 top=6 trade=6"} {
		if got := counts(all, facet); got != want {
			t.Errorf("%s: got %s, want %s", facet, got, want)
		}
	}
	if plain := ask(t, x, "common"); plain.Facets["authority"] != nil || plain.Facets["under"] != nil {
		t.Error("identifiers are counted unasked")
	}
	for _, chosen := range []map[string][]string{{"publisher": {"Harbour"}}, {"publisher": {"House 0"}}, {"publisher": {"House 0", "Harbour"}}, {"authority": {"harbour"}}} {
		if r := ask(t, x, "common", func(r *search.Request) { r.Facets = chosen }); r.Reports != 3 || counts(r, "publisher") != "Harbour=3 House 1=3" && chosen["publisher"] != nil {
			t.Errorf("%v: %d reports, %s", chosen, r.Reports, counts(r, "publisher"))
		}
	}
	for text, want := range map[string]int{`publisher:"House 0"`: 3, "publisher:harbour": 3, "subject:commerce": 6, "subject:trade": 6} {
		if r := ask(t, x, text); r.Reports != want {
			t.Errorf("%s: %d reports, want %d", text, r.Reports, want)
		}
	}
}

func testGrouping(t *testing.T, open Open) {
	x := start(t, open,
		document("a", "A", "en", "river", "river river river", "sea", "river sea"),
		document("b", "B", "en", "river river river river", "sea"),
		document("c", "C", "en", "river and many other words that make the page longer and the word less important"))
	grouped := func(limit, offset, per int) search.Result {
		return ask(t, x, "river", func(r *search.Request) {
			r.Grouped, r.Limit, r.Offset, r.PerReport = true, limit, offset, per
		})
	}
	all := grouped(10, 0, 0)
	if diff := cmp.Diff([]string{"b/1", "a/2", "a/1", "a/4", "c/1"}, names(all)); diff != "" {
		t.Errorf("grouped: (-want +got)\n%s", diff)
	}
	if all.Reports != 3 || all.Pages != 5 || all.Hits[1].Pages != 3 || all.Hits[0].File != file("b") {
		t.Errorf("got %+v", all)
	}
	if diff := cmp.Diff([]string{"a/2"}, names(grouped(1, 1, 1))); diff != "" {
		t.Errorf("second report, one page: (-want +got)\n%s", diff)
	}
	if got := grouped(5, 7, 0); len(got.Hits) != 0 || got.Reports != 3 {
		t.Errorf("behind the end: got %v of %d", names(got), got.Reports)
	}
	paged := ask(t, x, "river", func(r *search.Request) { r.Limit, r.Offset = 2, 1 })
	if len(paged.Hits) != 2 || paged.Pages != 5 {
		t.Errorf("a page of hits: got %v of %d", names(paged), paged.Pages)
	}
}

func testOrder(t *testing.T, open Open) {
	titles := []string{"The Zoo", "An Apple", "«Banana»", "A Cherry"}
	var docs []search.Document
	for i, title := range titles {
		d := document(fmt.Sprint(i), title, "en", "fruit")
		d.Report.Date.EDTF = []string{"2011", "2015-03", "2015-10-01", ""}[i]
		docs = append(docs, d)
	}
	french := document("4", "L’abricot", "fr", "fruit")
	docs = append(docs, french)
	x := start(t, open, docs...)
	sorted := func(s search.Sort) []string {
		return names(ask(t, x, "fruit", func(r *search.Request) { r.Sort = s }))
	}
	if diff := cmp.Diff([]string{"4/1", "1/1", "2/1", "3/1", "0/1"}, sorted(search.ByTitle)); diff != "" {
		t.Errorf("by title: (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2/1", "1/1", "0/1"}, sorted(search.ByDate)[:3]); diff != "" {
		t.Errorf("by date: (-want +got)\n%s", diff)
	}
}

func testStates(t *testing.T, open Open) {
	draft := document("draft", "Draft", "en", "secret word")
	draft.Report.State = greyshelf.Draft
	x := start(t, open, draft, document("out", "Out", "en", "public word"))
	published := func(r *search.Request) { r.States = []greyshelf.State{greyshelf.Published} }
	got := ask(t, x, "word", published)
	if diff := cmp.Diff([]string{"out/1"}, names(got)); diff != "" || got.Reports != 1 || got.Pages != 1 {
		t.Errorf("published: (-want +got)\n%s", diff)
	}
	expect(t, x, "word", "draft/1 out/1")
}

func testLongReport(t *testing.T, open Open) {
	texts := make([]string, 5000)
	for i := range texts {
		texts[i] = fmt.Sprintf("page number%d of a long report", i+1)
	}
	x := start(t, open, document("long", "Long", "en", texts...))
	expect(t, x, "number5000", "long/5000")
	got := ask(t, x, "page", func(r *search.Request) { r.Limit = 6000 })
	if got.Pages != 5000 || len(got.Hits) != 5000 {
		t.Errorf("got %d pages, %d hits, want 5000", got.Pages, len(got.Hits))
	}
	put(t, x, 2, document("long", "Long", "en", texts[:10]...))
	if got := ask(t, x, "page"); got.Pages != 10 {
		t.Errorf("after it was shortened: got %d pages, want 10", got.Pages)
	}
}

func testReplace(t *testing.T, open Open) {
	x := start(t, open, document("a", "First", "en", "alpha", "beta"), document("b", "Second", "en", "alpha"))
	for range 2 {
		put(t, x, 2, document("a", "Changed", "en", "gamma"))
		expect(t, x, "alpha", "b/1")
		expect(t, x, "gamma OR changed", "a a/1")
		expect(t, x, "first OR beta", "")
	}
	moved := document("a", "Changed", "fr", "gamma")
	moved.Pages = append(moved.Pages, search.IndexedPage{File: file("new"), Index: 1, Text: "delta", Language: "en"})
	put(t, x, 3, moved)
	got := ask(t, x, "gamma OR delta")
	if got.Pages != 2 {
		t.Errorf("two files: got %v", names(got))
	}
	if reports, pages, err := x.Count(context.Background()); err != nil || reports != 2 || pages != 3 {
		t.Errorf("Count: got %d, %d, %v; want 2 and 3", reports, pages, err)
	}
	for range 2 {
		put(t, x, 4, search.Document{Report: greyshelf.Report{ID: "a"}, Gone: true})
		expect(t, x, "gamma OR changed", "")
		expect(t, x, "", "b")
	}
	if reports, pages, err := x.Count(context.Background()); err != nil || reports != 1 || pages != 1 {
		t.Errorf("Count: got %d, %d, %v; want 1 and 1", reports, pages, err)
	}
}

func testReopen(t *testing.T, open Open) {
	ctx, dir := context.Background(), t.TempDir()
	x := open(t, dir)
	if mark, err := x.Mark(ctx); mark != 0 || err != nil {
		t.Errorf("Mark of a new index: got %d, %v", mark, err)
	}
	put(t, x, 41, faceted()...)
	put(t, x, 42, shelf()...)
	put(t, x, 43, search.Document{Report: greyshelf.Report{ID: "water"}, Gone: true})
	before := ask(t, x, "common OR embargo")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(ctx, search.Request{}); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("Search after Close: got %v, want Unavailable", err)
	}
	x = open(t, dir)
	defer x.Close()
	if mark, err := x.Mark(ctx); mark != 43 || err != nil {
		t.Errorf("Mark: got %d, %v; want 43", mark, err)
	}
	if diff := cmp.Diff(before, ask(t, x, "common OR embargo")); diff != "" {
		t.Errorf("the answer changed: (-before +after)\n%s", diff)
	}
}

func testMarks(t *testing.T, open Open) {
	x := start(t, open)
	for _, test := range []struct{ query, language, text, want string }{
		{"embargo", "en", "The embargoes. An EMBARGO!", "The [embargoes]. An [EMBARGO]!"},
		{"secur*", "en", "Security insecure securing", "[Security] insecure [securing]"},
		{"colour~", "en", "color colours sailor", "[color] [colours] sailor"},
		{`"arms embargo"`, "en", "Arms embargo; arms, embargo on arms", "[Arms embargo]; [arms, embargo] on arms"},
		{`"embargo arms"~1`, "en", "An embargo on arms, and later arms", "An [embargo] on [arms], and later arms"},
		{"government", "en", "the govern-\nment is", "the [govern-\nment] is"},
		{"a -b title:c", "fr", "b c", "b c"},
		{"négociation", "fr", "Les NEGOCIATIONS 𝒳 négociation", "Les [NEGOCIATIONS] 𝒳 [négociation]"},
		{"the embargo", "en", "the embargo", "the [embargo]"},
		{"безопасность", "ru", "о безопасности", "о [безопасности]"},
		{"安全", "zh", "国家安全政策", "国家[安全]政策"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(test.text, x.Marks(q, test.language, test.text)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.query, got, test.want)
		}
	}
}

// show puts brackets around what is marked.
func show(text string, marks [][2]int) string {
	runes := []rune(text)
	var b strings.Builder
	last := 0
	for _, m := range marks {
		b.WriteString(string(runes[last:m[0]]) + "[" + string(runes[m[0]:m[1]]) + "]")
		last = m[1]
	}
	return b.String() + string(runes[last:])
}

func testSuggest(t *testing.T, open Open) {
	x := start(t, open, document("a", "A", "en", "sanctions", "sanctions embargo", "government"), document("b", "Б", "ru", "безопасность"))
	for word, want := range map[string]string{
		"sancions": "sanctions", "govermnent": "government", "embargo": "", "xqzzw": "", "embarog": "embargo", "безопасност": "безопасность",
	} {
		if got, err := x.Suggest(context.Background(), word); got != want || err != nil {
			t.Errorf("Suggest(%s): got %q, %v; want %q", word, got, err, want)
		}
	}
}

func testConcurrency(t *testing.T, open Open) {
	x := start(t, open, faceted()...)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 10 {
				if worker == 0 {
					put(t, x, int64(i), document("moving", "Moving", "en", strings.Repeat("common ", i+1)))
					continue
				}
				if got := ask(t, x, "common words", func(r *search.Request) { r.Grouped = true }); got.Reports != 12 {
					t.Errorf("got %d reports, want 12", got.Reports)
				}
			}
		})
	}
	group.Wait()
}

func testHostile(t *testing.T, open Open) {
	long := strings.Repeat("x", 100_000)
	chain := strings.Repeat("a-", 20_000)
	x := start(t, open, document("odd/../name", long, "not a language", long, chain, "\x00\xff\xfe", "", "e\u0301\u0301\u0301"))
	for _, text := range []string{long[:1990], chain[:1990], `"` + chain[:1000] + `"~3`, "\xff", "a*", "é~", `title:"a a a"`, "scope:report", "scope:report -a", "0*"} {
		ask(t, x, text)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Put(ctx, shelf(), 9); err == nil {
		t.Error("Put with a cancelled context: no error")
	}
}

// testRanking checks that short and empty pages do not win.
func testRanking(t *testing.T, open Open) {
	about := strings.Repeat("The embargo on arms and the embargo on oil. Other words follow here. ", 8)
	mention := strings.Repeat("Many words about other things stand on this page. ", 16) + "embargo"
	x := start(t, open, document("r", "R", "en", "", "Embargo", about, mention))
	got := names(ask(t, x, "embargo"))
	if diff := cmp.Diff([]string{"r/3", "r/2", "r/4"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
