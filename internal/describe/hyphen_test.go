package describe

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/greyshelf/greyshelf"
	"pgregory.net/rapid"
)

// pageOf makes a page of lines of words; every word's box is a cell of a grid,
// every second word is bold.
func pageOf(index int, lines ...string) Page {
	var raw RawPage
	raw.Width, raw.Height = 1000, 1000
	raw.Fonts = []string{"Roman"}
	for k, line := range lines {
		x, y, bold := 10.0, float64(20+20*k), false
		for _, r := range line {
			if r == ' ' {
				bold = !bold
			}
			raw.Chars = append(raw.Chars, Char{Rune: r, X0: x, X1: x + 5, Y0: y - 7, Y1: y, X: x, Y: y, Size: 10, Bold: bold})
			x += 6
		}
		raw.Chars = append(raw.Chars, Char{Rune: '\n', Generated: true})
	}
	return newPage(index, "", raw, true)
}

func TestJoinHyphens(t *testing.T) {
	for name, test := range map[string]struct{ lines, want []string }{
		"the word stands elsewhere": {
			[]string{"an inter-", "national law", "and international custom"},
			[]string{"an international", "law", "and international custom"},
		},
		"the compound stands elsewhere": {
			[]string{"a long-", "term plan", "in the long-term", "term"},
			[]string{"a long-", "term plan", "in the long-term", "term"},
		},
		"neither, the document divides words": {
			[]string{"some docu-", "ments, and", "regula-", "tions too"},
			[]string{"some documents,", "and", "regulations", "too"},
		},
		"neither, but the beginning is a word": {
			[]string{"two policy-", "relevant parts", "of policy"},
			[]string{"two policy-", "relevant parts", "of policy"},
		},
		"the rest is the whole line": {
			[]string{"the docu-", "ments", "end"},
			[]string{"the documents", "end"},
		},
		"a capital or a figure follows": {
			[]string{"the Anglo-", "American regu-", "19 xx"},
			[]string{"the Anglo-", "American regu-", "19 xx"},
		},
		"twice in a row": {
			[]string{"abc docu-", "men-", "tation here"},
			[]string{"abc documentation", "here"},
		},
		"other scripts": {
			[]string{"новые доку-", "менты и", "документы"},
			[]string{"новые документы", "и", "документы"},
		},
		"dash of a list":   {[]string{"one -", "two"}, []string{"one -", "two"}},
		"nothing but dash": {[]string{"-", "two"}, []string{"-", "two"}},
	} {
		doc := &Document{Pages: []Page{pageOf(1, test.lines...)}}
		joinHyphens(doc)
		if diff := cmp.Diff(strings.Join(test.want, "\n"), doc.Pages[0].Text); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		sound(t, &doc.Pages[0])
	}
}

func TestJoinedWordKeepsBothBoxes(t *testing.T) {
	doc := &Document{Pages: []Page{pageOf(1, "see docu-", "ments here")}}
	joinHyphens(doc)
	p := doc.Pages[0]
	boxes := p.Boxes(4, 13)
	if got := string([]rune(p.Text)[4:13]); got != "documents" || len(boxes) != 2 {
		t.Fatalf("%q in %d boxes", got, len(boxes))
	}
	if boxes[0][1] >= boxes[1][1] || boxes[1][0] > 0.02 {
		t.Errorf("boxes %v", boxes)
	}
}

func TestJoinHyphensKeepsPagesSound(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "ab-", "docu-", "ments", "ments,", "documents", "long-term", "-", "X-", "über-"})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(word, 1, 4), func(words []string) string {
			return strings.Join(words, " ")
		}), 0, 8).Draw(t, "lines")
		doc := &Document{Pages: []Page{pageOf(1, lines...)}}
		before := letterCount(doc.Pages[0].Text)
		joinHyphens(doc)
		sound(t, &doc.Pages[0])
		if after := letterCount(doc.Pages[0].Text); after != before {
			t.Fatalf("%d letters became %d", before, after)
		}
	})
}

// TestJoinHyphensIsQuick: a page of nothing but divided words takes one pass.
func TestJoinHyphensIsQuick(t *testing.T) {
	lines := slices.Repeat([]string{"ab-", "cd ef-"}, 50_000)
	doc := &Document{Pages: []Page{pageOf(1, lines...)}}
	start := spent(t)
	joinHyphens(doc)
	if took := spent(t) - start; took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	sound(t, &doc.Pages[0])
}

func letterCount(s string) int {
	return len([]rune(strings.NewReplacer(" ", "", "\n", "", "-", "").Replace(s)))
}

// sound checks what everyone relies on: lines joined by line ends are the
// text, words and runs lie within it in order.
func sound(t interface{ Errorf(string, ...any) }, p *Page) {
	text := []rune(p.Text)
	var lines []string
	for _, l := range p.Lines {
		lines = append(lines, l.Text)
		if l.Start < 0 || l.End > len(text) || l.Start >= l.End || string(text[l.Start:l.End]) != l.Text {
			t.Errorf("line %q is not at %d..%d", l.Text, l.Start, l.End)
			return
		}
		at := l.Start
		for _, r := range l.Runs {
			if r.Start < at || r.End <= r.Start || r.End > l.End {
				t.Errorf("line %q at %d..%d has a run at %d..%d after %d", l.Text, l.Start, l.End, r.Start, r.End, at)
			}
			at = r.End
		}
	}
	if joined := strings.Join(lines, "\n"); joined != p.Text {
		t.Errorf("lines give %q, text is %q", joined, p.Text)
	}
	soundWords(t, text, p.Words)
}

func soundWords(t interface{ Errorf(string, ...any) }, text []rune, words []greyshelf.Word) {
	at := 0
	for _, w := range words {
		if w.Start < at || w.End <= w.Start || w.End > len(text) {
			t.Errorf("word at %d..%d after %d of %d", w.Start, w.End, at, len(text))
			return
		}
		if strings.ContainsAny(string(text[w.Start:w.End]), " \n") {
			t.Errorf("word %q holds white space", string(text[w.Start:w.End]))
		}
		if between := strings.TrimSpace(string(text[at:w.Start])); between != "" {
			t.Errorf("%q belongs to no word", between)
		}
		at = w.End
	}
	if rest := strings.TrimSpace(string(text[at:])); rest != "" || !utf8.ValidString(string(text)) {
		t.Errorf("%q belongs to no word", rest)
	}
}
