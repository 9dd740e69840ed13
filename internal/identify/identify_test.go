package identify

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestTitleWords(t *testing.T) {
	for _, pair := range [][2]string{
		{"Analyzing the Harbour Order", "Analysing the Harbor Order"},
		{"The Organisation of Ports (Updated)", "Organization of Ports"},
		{"Économie du port", "Economie du Port"},
	} {
		if got := wordsInCommon(titleWords(pair[0]), titleWords(pair[1])); got != 1 {
			t.Errorf("%q and %q: %.2f", pair[0], pair[1], got)
		}
	}
}

func TestPageDiff(t *testing.T) {
	page := func(n int) string { return strings.Repeat("word"+string(rune('a'+n))+" another line of page ", 20) }
	old := []string{page(0), page(1), page(2), page(3)}
	now := []string{page(0), page(9), page(1), page(3)}
	want := []PageChange{{1, 1, 1}, {0, 2, 0}, {2, 3, 1}, {3, 0, 0}, {4, 4, 1}}
	if diff := cmp.Diff(want, PageDiff(old, now)); diff != "" {
		t.Error(diff)
	}
}

func TestNumbersOfAnyScript(t *testing.T) {
	_, a := words([]string{"In 2016 there were 1250 ships and 37 harbours."})
	_, b := words([]string{"عام ٢٠١٦ كان ١٢٥٠ سفينة و ٣٧ ميناء"})
	if diff := cmp.Diff(a, b); diff != "" || len(a) != 3 {
		t.Error(a, diff)
	}
}

func TestNearSameTitle(t *testing.T) {
	text := func(seed string) []string {
		var b strings.Builder
		for i := range 3000 {
			b.WriteString(seed)
			b.WriteString(strings.Repeat("x", i%7))
			b.WriteString(string(rune('a'+i*i%26)) + string(rune('a'+i*7%26)) + " ")
		}
		return []string{b.String()}
	}
	a := Known{Report: greyshelf.Report{ID: "a", Title: "Sustaining Progress in Harbour Reform"}, File: greyshelf.File{SHA256: "a"}, Pages: text("one")}
	b := Known{Report: greyshelf.Report{ID: "b", Title: "Revitalizing Progress in Harbour Reform"}, File: greyshelf.File{SHA256: "b"}, Pages: text("two")}
	if m := Compare(a, b); m.Verdict != Different {
		t.Errorf("%s: %+v", m.Verdict, m.Likeness)
	}
}
