package identify_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/sqlite"
)

// shelf is a library in memory.
type shelf map[string]identify.Known

func (s shelf) Known(_ context.Context, file string) (identify.Known, error) {
	k, ok := s[file]
	if !ok {
		return k, greyshelf.Errorf(greyshelf.NotFound, "test", file, "not there")
	}
	return k, nil
}

// newService makes a service on a real index that knows the files.
func newService(t testing.TB, files ...identify.Known) (identify.Service, shelf) {
	t.Helper()
	x, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "keys.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	s := shelf{}
	var keyed []identify.Keyed
	for _, k := range files {
		s[k.File.SHA256] = k
		keyed = append(keyed, identify.Keyed{File: k.File.SHA256, Keys: identify.Keys(k)})
	}
	if err := x.Put(t.Context(), keyed...); err != nil {
		t.Fatal(err)
	}
	return identify.Service{Index: x, Library: s}, s
}

// score counts what became of the pairs of a class.
type score struct {
	pairs, found, right int
	others              int // reports that were named and are not the source
	verdicts            map[identify.Verdict]int
}

// TestPairsInvented holds precision, recall and the verdicts on invented texts.
func TestPairsInvented(t *testing.T) { testPairs(t, invented(60)) }

// TestPairsReal holds them on pairs that are made of real reports.
func TestPairsReal(t *testing.T) { testPairs(t, realTexts(t)) }

func testPairs(t *testing.T, sources []source) {
	var files []identify.Known
	for _, s := range sources {
		files = append(files, known(s.id, s.title, paginate(s.paragraphs, perPage, "")))
	}
	service, _ := newService(t, files...)
	var all []score
	list := classes()
	for _, c := range list {
		n := score{verdicts: map[identify.Verdict]int{}}
		for i, s := range sources {
			n.add(t, service, c, s, made(sources, i))
		}
		all = append(all, n)
	}
	report(t, list, all)
}

// made gives a text of the kind of the sources that no file of the library has.
func made(sources []source, i int) source {
	r := rand.New(rand.NewPCG(uint64(i), 99))
	other := invent(fmt.Sprintf("other%d", i), max(8, len(sources[i].paragraphs)), r)
	return other
}

func (n *score) add(t *testing.T, service identify.Service, c class, s, other source) {
	r := rand.New(rand.NewPCG(uint64(len(s.paragraphs)), 5))
	text, title := c.make(r, s, other)
	now := known("", title, text)
	now.File.SHA256 = "new"
	c.as(&now)
	matches, err := service.Identify(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	n.pairs++
	for _, m := range matches {
		if m.Report != s.id && base(m.Report) != base(s.id) && m.Verdict.Near() {
			n.others++
			t.Logf("%s of %s: %s of %s, %+v", c.name, s.id, m.Verdict, m.Report, m.Likeness)
		}
	}
	verdict := identify.Unrelated
	for _, m := range matches {
		if m.Report == s.id {
			verdict = m.Verdict
			if !slices.Contains(c.want, verdict) && testing.Verbose() && c.want != nil {
				t.Logf("%s of %s (%d paragraphs): %s %+v", c.name, s.id, len(s.paragraphs), verdict, m.Likeness)
			}
			break
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

// base gives a report number without the number of the version: two versions
// of one report are no mistake.
func base(id string) string {
	number, _, _ := strings.Cut(id, ".")
	return number
}

// report prints the table and holds precision and recall.
func report(t *testing.T, list []class, all []score) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-22s %5s %6s %6s  verdicts\n", "class", "pairs", "near", "right")
	truePositive, falsePositive, positive, right, pairs := 0, 0, 0, 0, 0
	for i, c := range list {
		n := all[i]
		fmt.Fprintf(&b, "%-22s %5d %6d %6d  %v\n", c.name, n.pairs, n.found, n.right, n.verdicts)
		if c.want != nil {
			truePositive, positive = truePositive+n.found, positive+n.pairs
			falsePositive += n.others
		} else {
			falsePositive += n.found + n.others
		}
		right, pairs = right+n.right, pairs+n.pairs
	}
	precision := float64(truePositive) / float64(truePositive+falsePositive)
	recall := float64(truePositive) / float64(positive)
	verdicts := float64(right) / float64(pairs)
	fmt.Fprintf(&b, "precision %.3f, recall %.3f, verdict right %.3f\n", precision, recall, verdicts)
	t.Log(b.String())
	if precision < 0.98 || recall < 0.95 || verdicts < 0.95 {
		t.Errorf("precision %.3f (0.98 asked for), recall %.3f (0.95), verdict right %.3f (0.95)", precision, recall, verdicts)
	}
}
