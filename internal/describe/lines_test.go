package describe

import (
	"strings"
	"testing"
)

// set places text in 10-point type of 6 points a letter with its base line at
// y from x on; white space takes room but gives no character.
func set(x, y, size float64, text string) []Char {
	var chars []Char
	for _, r := range text {
		if r != ' ' {
			chars = append(chars, Char{Rune: r, X0: x, X1: x + 0.5*size, Y0: y - 0.7*size, Y1: y, X: x, Y: y, Size: size})
		} else {
			chars = append(chars, Char{Rune: ' ', X0: x, X1: x, Y0: y, Y1: y, X: x, Y: y})
		}
		x += 0.6 * size
	}
	return chars
}

// newline is what the engine puts in where it sees a line end.
func newline() []Char { return []Char{{Rune: '\r', Generated: true}, {Rune: '\n', Generated: true}} }

func content(parts ...[]Char) RawPage {
	raw := RawPage{Width: 600, Height: 800, Fonts: []string{"Roman"}}
	for _, p := range parts {
		raw.Chars = append(raw.Chars, p...)
	}
	return raw
}

func TestLines(t *testing.T) {
	for name, test := range map[string]struct {
		chars [][]Char
		want  string
	}{
		"lines in content order, not by height": {
			[][]Char{set(50, 500, 10, "first"), newline(), set(50, 100, 10, "second")}, "first\nsecond"},
		"no line end from the engine": {
			[][]Char{set(50, 100, 10, "first"), set(50, 112, 10, "second")}, "first\nsecond"},
		"a line end in the middle of a line": {
			[][]Char{set(50, 100, 10, "one"), newline(), set(74, 100, 10, "two")}, "one two"},
		"a line end in the middle of a word": {
			[][]Char{set(50, 100, 10, "wo"), newline(), set(61, 100, 10, "rd")}, "word"},
		"columns on one base line": {
			[][]Char{set(50, 100, 10, "left"), set(300, 100, 10, "right")}, "left\nright"},
		"a raised figure": {
			[][]Char{set(50, 100, 10, "note"), set(74, 96, 6, "12"), set(82, 100, 10, "on")}, "note12on"},
		"a drop cap over two lines": {
			[][]Char{set(50, 124, 30, "T"), set(69, 110, 10, "he one"), newline(), set(69, 122, 10, "then")}, "The one\nthen"},
		"several spaces": {
			[][]Char{set(50, 100, 10, "one  two ")}, "one two"},
		"letters in a row up the page": {
			[][]Char{up("sideways")}, "sideways"},
		"outside the page": {
			[][]Char{set(50, 100, 10, "in"), newline(), set(50, 900, 10, "out")}, "in"},
		"from the right": {
			[][]Char{backwards(200, 100, "مرحبا")}, "مرحبا"},
		"ligatures, no-break space, noise": {
			[][]Char{set(50, 100, 10, "e\ufb03cient\u00a0x\x00\x07\ufeff\ufffe")}, "efficient x"},
		"nothing": {nil, ""},
	} {
		p := newPage(3, "iii", content(test.chars...), true)
		if p.Text != test.want {
			t.Errorf("%s: got %q, want %q", name, p.Text, test.want)
		}
		if p.Index != 3 || p.Label != "iii" || p.Width != 600 {
			t.Errorf("%s: page %+v", name, p.Page)
		}
		sound(t, &p)
	}
}

// up places letters from the bottom to the top of the page.
func up(text string) []Char {
	var chars []Char
	y := 500.0
	for _, r := range text {
		chars = append(chars, Char{Rune: r, X0: 20, X1: 27, Y0: y - 5, Y1: y, X: 27, Y: y})
		y -= 6
	}
	return chars
}

// backwards places letters from right to left.
func backwards(x, y float64, text string) []Char {
	var chars []Char
	for _, r := range text {
		chars = append(chars, Char{Rune: r, X0: x, X1: x + 5, Y0: y - 7, Y1: y, X: x, Y: y})
		x -= 6
	}
	return chars
}

func TestLineStyles(t *testing.T) {
	bold := set(50, 100, 20, "Title ")
	for k := range bold {
		bold[k].Bold = true
	}
	p := newPage(1, "", content(bold, set(122, 100, 10, "of")), true)
	l := p.Lines[0]
	if len(p.Lines) != 1 || l.Size != 20 || !l.Bold || l.Italic || l.Font != "Roman" {
		t.Fatalf("line %+v", l)
	}
	if len(l.Runs) != 2 || l.Runs[0].Size != 20 || l.Runs[1].Size != 10 || l.Runs[1].Bold {
		t.Errorf("runs %+v", l.Runs)
	}
	if bare := newPage(1, "", content(bold), false); bare.Fonts || bare.Lines[0].Size != 0 || bare.Lines[0].Runs != nil {
		t.Errorf("without fonts: %+v", bare.Lines[0])
	}
}

func TestBoxesStayOnThePage(t *testing.T) {
	p := newPage(1, "", content(set(-1, 4, 10, "edge"), newline(), set(590, 799, 10, "ab")), false)
	for _, w := range p.Words {
		for k, v := range w.Box {
			if v < 0 || v > 1 {
				t.Errorf("box %v, side %d", w.Box, k)
			}
		}
	}
	if !strings.HasPrefix(p.Text, "edge") {
		t.Errorf("got %q", p.Text)
	}
}
