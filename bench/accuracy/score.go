// Package accuracy scores how well package describe reads reports: on real
// ones with known truth, on generated and on sample reports, and on real ones
// from which one field was cut. Tests only; `make accuracy` runs them and
// writes docs/accuracy.md and testdata/golden.json. It stores nothing else.
package accuracy

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// stated is what a document states, as its truth says; empty means not stated.
type stated struct {
	title, subtitle, date, number, series, language, rights, abstract, commissioning string

	creators, publisher, parallel, identifiers []string

	unknown map[string]bool // fields about which the truth says nothing
}

// outcome is how one field of one document came out.
type outcome struct {
	right, wrong, missing, invented bool
	confidence                      float64 // of the value given; 0 where none was
	given, want                     string
}

// judge compares a given value with the stated one.
func judge(given, want string, confidence float64, same func(string, string) bool) outcome {
	o := outcome{confidence: confidence, given: given, want: want}
	switch {
	case given == "" && want == "":
		o.right = true
	case given == "":
		o.missing = true
	case want == "":
		o.invented = true
	case same(given, want):
		o.right = true
	default:
		o.wrong = true
	}
	return o
}

// sameTitle: equal after case folding and white space, or a Levenshtein ratio
// of at least 0.95.
func sameTitle(a, b string) bool {
	a, b = plain(a), plain(b)
	return a == b || ratio(a, b) >= 0.95
}

func samePlain(a, b string) bool { return plain(a) == plain(b) }

// sameNames compares sets of names by family name and first initial; the names
// are joined by "; ".
func sameNames(a, b string) bool { return sameStrings(nameKeys(a), nameKeys(b)) }

// sameSet compares sets of values that are joined by "; ".
func sameSet(a, b string) bool { return sameStrings(keys(a, plain), keys(b, plain)) }

func sameStrings(a, b []string) bool { return strings.Join(a, "; ") == strings.Join(b, "; ") }

// nameKeys gives the sorted keys of names: family name and first initial.
func nameKeys(names string) []string {
	return keys(names, func(name string) string {
		family, given, _ := strings.Cut(plain(name), ", ")
		first, _ := utf8.DecodeRuneInString(given)
		return family + ", " + string(first)
	})
}

func keys(values string, key func(string) string) []string {
	if values == "" {
		return nil
	}
	var all []string
	for _, v := range strings.Split(values, "; ") {
		all = append(all, key(v))
	}
	sort.Strings(all)
	return slices.Compact(all)
}

// overlap counts the keys that both have.
func overlap(a, b []string) int {
	have := map[string]int{}
	for _, k := range a {
		have[k]++
	}
	n := 0
	for _, k := range b {
		if have[k] > 0 {
			have[k]--
			n++
		}
	}
	return n
}

// plain folds case and white space.
func plain(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}

// longestCompared bounds what ratio compares, in code points: abstracts are
// compared by their beginnings.
const longestCompared = 1200

// ratio is one minus the Levenshtein distance over the longer length.
func ratio(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), longestCompared)], y[:min(len(y), longestCompared)]
	longest := max(len(x), len(y))
	if longest == 0 {
		return 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range y {
			cost := diagonal
			if r != q {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(y)])/float64(longest)
}

// tally adds up outcomes of one field.
type tally struct {
	field                           string
	n, right, wrong, missing, added int
	stating, rightStated            int // documents that state a value, and those among them that were right
	sure, sureRight                 int // given with a confidence of at least 0.9
	both, given, wanted             int // names or values: in both, given, stated; for F1
}

func (t *tally) add(o outcome) {
	t.n++
	for _, c := range []struct {
		counter *int
		holds   bool
	}{{&t.right, o.right}, {&t.wrong, o.wrong}, {&t.missing, o.missing}, {&t.added, o.invented}, {&t.stating, o.want != ""}, {&t.rightStated, o.want != "" && o.right}} {
		if c.holds {
			*c.counter++
		}
	}
	if o.given != "" && o.confidence >= 0.9 {
		t.sure++
		if o.right {
			t.sureRight++
		}
	}
	given, want := nameKeys(o.given), nameKeys(o.want)
	t.given, t.wanted, t.both = t.given+len(given), t.wanted+len(want), t.both+overlap(given, want)
}

// f1 is the harmonic mean of precision and recall over single values.
func (t *tally) f1() float64 { return share(2*t.both, t.given+t.wanted) }

// share gives a part of n; nothing of nothing is all.
func share(part, n int) float64 {
	if n == 0 {
		return 1
	}
	return float64(part) / float64(n)
}
