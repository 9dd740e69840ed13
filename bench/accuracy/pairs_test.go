package accuracy

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

// The seeds of invented texts: thresholds were chosen on the first, the second
// is only scored.
const (
	pairsDeveloped = 4
	pairsUnseen    = 2026
)

// The least that telling files apart must reach.
const (
	leastPrecision = 0.98
	leastRecall    = 0.95
	leastVerdict   = 0.95
)

// pairing counts what became of the pairs of a class.
type pairing struct {
	class               string
	unrelated           bool // the class makes files that are nothing to the library
	pairs, found, right int
	others              int // reports that were named and are not the source
	verdicts            map[identify.Verdict]int
}

// TestPairs holds precision, recall and verdicts on labelled pairs and writes
// them down.
func TestPairs(t *testing.T) {
	page := &page{}
	page.allPairs(t)
	t.Log(page.String())
}

// allPairs writes the tables of every set.
func (p *page) allPairs(t *testing.T) {
	t.Helper()
	p.WriteString(pairsAbout)
	for _, set := range pairSets(t) {
		p.pairs(t, set.name, scorePairs(t, set.sources))
	}
}

// pairSet is texts that pairs are made of.
type pairSet struct {
	name    string
	sources []identifytest.Source
}

func pairSets(t *testing.T) []pairSet {
	return []pairSet{
		{"Real reports", realTexts(t)},
		{"Invented texts that no threshold was chosen on", identifytest.Invented(60, pairsUnseen)},
		{"Invented texts that the thresholds were chosen on", identifytest.Invented(60, pairsDeveloped)},
	}
}

// scorePairs makes a file of every class of every source and asks what it is to
// a library of all the sources.
func scorePairs(t *testing.T, sources []identifytest.Source) []pairing {
	t.Helper()
	x, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "keys.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var files []identify.Known
	for _, s := range sources {
		files = append(files, identifytest.Known(s.ID, s.Title, identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, "")))
	}
	service, _, err := identifytest.Fill(t.Context(), x, files...)
	if err != nil {
		t.Fatal(err)
	}
	var all []pairing
	for _, c := range classes() {
		n := pairing{class: c.name, unrelated: c.want == nil, verdicts: map[identify.Verdict]int{}}
		for i, s := range sources {
			n.add(t, service, c, s, strange(s, i))
		}
		all = append(all, n)
	}
	return all
}

// strange gives a text as long as the source that no file of the library has.
func strange(s identifytest.Source, i int) identifytest.Source {
	return identifytest.Invent(fmt.Sprintf("other%d", i), max(8, len(s.Paragraphs)), rand.New(rand.NewPCG(uint64(i), 99)))
}

func (n *pairing) add(t *testing.T, service identify.Service, c class, s, other identifytest.Source) {
	text, title := c.make(rand.New(rand.NewPCG(uint64(len(s.Paragraphs)), 5)), s, other)
	now := identifytest.Known("", title, text)
	now.File.SHA256 = "new"
	c.as(&now)
	matches, err := service.Identify(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	n.pairs++
	verdict := identify.Unrelated
	for _, m := range matches {
		switch {
		case m.Report == s.ID && verdict == identify.Unrelated:
			verdict = m.Verdict
		case number(m.Report) != number(s.ID) && m.Verdict.Near():
			n.others++
			t.Logf("%s of %s: %s of %s, %+v", c.name, s.ID, m.Verdict, m.Report, m.Likeness)
		}
	}
	n.verdicts[verdict]++
	if verdict.Near() {
		n.found++
	}
	if slices.Contains(c.want, verdict) || c.want == nil && !verdict.Near() {
		n.right++
	}
}

// number gives a report number without that of the version: that two versions
// of one report are named is no mistake.
func number(id string) string {
	n, _, _ := strings.Cut(id, ".")
	return n
}

// rates gives what the pairs come to.
func rates(all []pairing) (precision, recall, right float64, pairs int) {
	truePositive, falsePositive, positive, rightly := 0, 0, 0, 0
	for _, n := range all {
		falsePositive += n.others
		if n.unrelated {
			falsePositive += n.found
		} else {
			truePositive, positive = truePositive+n.found, positive+n.pairs
		}
		rightly, pairs = rightly+n.right, pairs+n.pairs
	}
	return share(truePositive, truePositive+falsePositive), share(truePositive, positive), share(rightly, pairs), pairs
}

const pairsAbout = `
## Telling files apart

What a new file is to a library that has its source: the same text saved again, set on other pages, recognised with 2 and 5 % of the
characters wrong, abridged, an annex, translated, revised by 10 to 50 %, under another title, summarised; and files that are nothing to
the library: a near-same title over another text, the same small print. *Near* is any verdict but unrelated. Precision and recall are of
near; 0.98 and 0.95 are asked for, and 0.95 for the right verdict. Nothing is ever merged by the program: it proposes, a person decides
(cmd/greyshelf/testdata/script/identify.txtar).
`

// pairs writes a table of the classes of one set and holds its rates.
func (p *page) pairs(t *testing.T, name string, all []pairing) {
	t.Helper()
	precision, recall, right, pairs := rates(all)
	fmt.Fprintf(p, "\n### %s\n\n%d pairs: precision %.3f, recall %.3f, the right verdict %.3f.\n\n| made by | pairs | near | right | verdicts |\n|---|---|---|---|---|\n", name, pairs, precision, recall, right)
	for _, n := range all {
		var verdicts []string
		for _, v := range slices.Sorted(maps.Keys(n.verdicts)) {
			verdicts = append(verdicts, fmt.Sprintf("%s %d", v, n.verdicts[v]))
		}
		fmt.Fprintf(p, "| %s | %d | %d | %d | %s |\n", n.class, n.pairs, n.found, n.right, strings.Join(verdicts, ", "))
	}
	if precision < leastPrecision || recall < leastRecall || right < leastVerdict {
		t.Errorf("%s: precision %.3f (%.2f asked for), recall %.3f (%.2f), verdict right %.3f (%.2f)", name, precision, leastPrecision, recall, leastRecall, right, leastVerdict)
	}
}
