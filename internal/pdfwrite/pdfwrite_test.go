package pdfwrite

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font/gofont/goregular"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"Plain":   "(Plain)",
		`a(b)\c`:  `(a\(b\)\\c)`,
		"Résumé":  "<FEFF005200E900730075006D00E9>",
		"line\n2": "<FEFF006C0069006E0065000A0032>",
		"😀":       "<FEFFD83DDE00>",
	} {
		if got := TextString(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	nodes, top := neighbours([]Bookmark{{"A", 1, 1}, {"A1", 2, 1}, {"A2", 2, 2}, {"B", 1, 3}})
	want := []node{
		{parent: -1, prev: -1, next: 3, first: 1, last: 2, count: 2},
		{parent: 0, prev: -1, next: 2, first: -1, last: -1},
		{parent: 0, prev: 1, next: -1, first: -1, last: -1},
		{parent: -1, prev: 0, next: -1, first: -1, last: -1},
	}
	if diff := cmp.Diff(want, nodes, cmp.AllowUnexported(node{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(node{first: 0, last: 3, count: 2}, top, cmp.AllowUnexported(node{})); diff != "" {
		t.Errorf("root (-want +got):\n%s", diff)
	}
}

// TestSubset checks that the subset keeps the outlines it is asked for, leaves
// the others out, and is much smaller.
func TestSubset(t *testing.T) {
	doc := New(Info{})
	f, err := doc.Font("Go-Regular", goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	accented, _ := f.face.NominalGlyph('é') // composed of two others
	other, _ := f.face.NominalGlyph('Q')
	small, err := subset(goregular.TTF, []font.GID{accented})
	if err != nil {
		t.Fatal(err)
	}
	if len(small)*3 > len(goregular.TTF) {
		t.Errorf("%d of %d bytes are left", len(small), len(goregular.TTF))
	}
	before, after := outlines(t, goregular.TTF), outlines(t, small)
	if !bytes.HasPrefix(after[accented], before[accented]) || len(before[accented]) == 0 {
		t.Error("the outline of é is lost")
	}
	if len(after[other]) != 0 {
		t.Error("the outline of Q is still there")
	}
}

func outlines(t *testing.T, ttf []byte) [][]byte {
	t.Helper()
	tables, err := readTables(ttf)
	if err != nil {
		t.Fatal(err)
	}
	return splitGlyphs(tables["loca"], tables["glyf"], tables["head"][51] == 1)
}

func TestBadFont(t *testing.T) {
	if _, err := New(Info{}).Font("None", []byte("no font")); err == nil {
		t.Error("a font of seven letters is taken")
	}
	if _, err := subset(goregular.TTF[:200], nil); err == nil {
		t.Error("a font that is cut off is taken")
	}
}

// TestCrossReference checks that every object lies where the table says.
func TestCrossReference(t *testing.T) {
	doc := New(Info{Title: "Test"})
	f, err := doc.Font("Go-Regular", goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	doc.Page().Glyphs(f.Run("Hello", 12), 72, 72, 0)
	doc.Outline = []Bookmark{{"Hello", 1, 1}}
	doc.Labels = []Label{{1, "r", 1}}
	data, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "\nxref\n")
	for n, line := range strings.Split(table, "\n")[2:] {
		if !strings.HasSuffix(line, " n ") {
			break
		}
		at := 0
		for _, digit := range line[:10] {
			at = at*10 + int(digit-'0')
		}
		if want := fmt.Appendf(nil, "%d 0 obj", n+1); !bytes.HasPrefix(data[at:], want) {
			t.Errorf("object %d is not at %d", n+1, at)
		}
	}
}
