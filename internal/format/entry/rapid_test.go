package entry

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
)

// word draws a word with a capital that is no abbreviation.
func word(t *rapid.T) string {
	return rapid.StringMatching(`[A-ZÉ][a-zéñ]{2,9}|[А-Я][а-я]{3,9}`).Filter(func(w string) bool { return !ownsStop(w) }).Draw(t, "word")
}

// words draws words with capitals.
func words(t *rapid.T, least, most int) string {
	var all []string
	for range rapid.IntRange(least, most).Draw(t, "words") {
		all = append(all, word(t))
	}
	return strings.Join(all, " ")
}

// person draws a name in natural order.
func person(t *rapid.T) string {
	initial := rapid.SampledFrom([]string{" ", " J. ", " van der ", " P. H. "}).Draw(t, "initial")
	return word(t) + initial + word(t)
}

// optional draws nothing half of the time.
func optional(t *rapid.T, value func() string) string {
	if rapid.Bool().Draw(t, "there") {
		return value()
	}
	return ""
}

// anEntry draws an entry as a desk may write it.
func anEntry(t *rapid.T) greyshelf.Entry {
	title := words(t, 1, 6) + rapid.SampledFrom([]string{"", "?", "!", ": " + words(t, 1, 3), " 2013", " in the U.S. Budget", ", Again"}).Draw(t, "title end")
	e := greyshelf.Entry{
		Title:    title,
		Abstract: optional(t, func() string { return "It says " + strings.ToLower(words(t, 3, 9)) + " in May 2009." }),
		Rights:   optional(t, func() string { return "contains copyrighted material" }),
		Format:   optional(t, func() string { return "PDF" }),
		URL:      optional(t, func() string { return "https://example.org/" + strings.ToLower(word(t)) }),
	}
	if rapid.Bool().Draw(t, "published") {
		e.Publisher = words(t, 1, 3) + rapid.SampledFrom([]string{" Institute", " Inc.", " & Partners", " University; Oxford Press", " Research Service, Library"}).Draw(t, "publisher")
		for i := range rapid.IntRange(0, 3).Draw(t, "authors") {
			e.Authors = append(e.Authors, greyshelf.EntryAuthor{Name: person(t), Role: greyshelf.Author})
			e.Authors[i].EtAl = i == 2
		}
	}
	if rapid.Bool().Draw(t, "dated") {
		e.Date = fmt.Sprintf("%04d-%02d", rapid.IntRange(1900, 2030).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		e.DatePrinted = greyshelf.FormatDate(e.Date)
	}
	e.Pages = rapid.IntRange(0, 300).Draw(t, "pages")
	e.PagesPrinted = greyshelf.FormatExtent(e.Pages)
	e.Size = greyshelf.FormatSize(rapid.Int64Range(0, 1<<24).Draw(t, "bytes"))
	return e
}

func TestCanonicalRoundTrip(t *testing.T) {
	ignore := cmpopts.IgnoreFields(greyshelf.Entry{}, "Heading", "AuthorsRaw", "Confidence", "Line", "Layout")
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(anEntry), 1, 4).Draw(t, "entries")
		var out bytes.Buffer
		if err := Write(&out, want, rapid.Bool().Draw(t, "final newline")); err != nil {
			t.Fatal(err)
		}
		got := ParseText(out.String())
		if diff := cmp.Diff(want, got, ignore, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(greyshelf.EntryAuthor{}, "Family", "Given")); diff != "" {
			t.Fatalf("%s\n%s", out.String(), diff)
		}
	})
}

// checkNothingLost checks that every run of characters of the list is in a
// span or in the layout's own words, and that the list can be written again.
func checkNothingLost(t interface{ Fatalf(string, ...any) }, text string) {
	entries := ParseText(text)
	var all strings.Builder
	for _, e := range entries {
		all.WriteString(e.Layout.Raw + e.Layout.After)
		at := 0
		left := ""
		for _, s := range e.Layout.Spans {
			if s.Start < at || s.End <= s.Start || s.End > len(e.Layout.Raw) || !utf8.ValidString(s.Value) {
				t.Fatalf("%q: span %+v after %d", text, s, at)
			}
			left += e.Layout.Raw[at:s.Start] + " "
			at = s.End
		}
		for _, w := range strings.FieldsFunc(left+e.Layout.Raw[at:], func(r rune) bool { return isSpace(r) || strings.ContainsRune(".,;:[]()<>?!", r) }) {
			if w != "" && !layoutWord(w) && !strings.Contains(e.AuthorsRaw, clean(w)) {
				t.Fatalf("%q: the word %q is lost", text, w)
			}
		}
		if e.Confidence < 0 || e.Confidence > 1 {
			t.Fatalf("%q: confidence %v", text, e.Confidence)
		}
	}
	if len(entries) > 0 && all.String() != text {
		t.Fatalf("%q is kept as %q", text, all.String())
	}
	var out bytes.Buffer
	if err := Write(&out, entries, false); err != nil {
		t.Fatalf("%v", err)
	}
	if len(entries) > 0 && out.String() != text && strings.Contains(text, "\n") {
		t.Fatalf("%q is written as %q", text, out.String())
	}
}

// layoutWord reports whether a word belongs to the form, not to a field.
func layoutWord(w string) bool {
	switch strings.ToLower(w) {
	case "note", "format", "abstract", "not", "stored", "no", "available", "•", "▪", "◦", "·", "*", "-", "–":
		return true
	}
	return false
}

func TestNothingIsLost(t *testing.T) {
	pieces := []string{"Water in the Delta", ". ", "\n", "\n\n", "\n\n\n", "May 2009", "[PDF format, 7 pages]", "[Note: contains copyrighted material].", "[Note: in French]",
		"Brook, Ann", "; ", ", ", "Testimony of Ann Brook Before the ", "Remarks by ", "River Institute", " at al.", "https://example.org", "<abstract not stored>", "08AD887", "5-1/H ",
		"***", "• x", "\t", "\r\n", "\xff", "[pdf], ", "?", "U.S.", "word ", "(1)", "\u00a0", "\ufeff", "1 page", "[", "]", "عام 2012", "и др."}
	rapid.Check(t, func(t *rapid.T) {
		checkNothingLost(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 25).Draw(t, "pieces"), ""))
	})
}

func TestAnyChangeGivesAnEntryThatCanBeReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.Custom(anEntry).Draw(t, "before")
		e := ParseText(Canonical(before))[0]
		after := rapid.Custom(anEntry).Draw(t, "after")
		after.Layout = e.Layout
		got := ParseText(Render(after))
		if len(got) != 1 || got[0].Title != after.Title || got[0].Abstract != after.Abstract || got[0].Pages != after.Pages || got[0].Publisher != after.Publisher ||
			got[0].Date != after.Date || got[0].Rights != after.Rights || got[0].URL != after.URL || got[0].Size != after.Size || authorsKey(got[0].Authors) != authorsKey(after.Authors) {
			t.Fatalf("%s\nbecame\n%s\nread as %+v", Canonical(before), Render(after), got)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(page)
	f.Add("Brook, Ann; Lee, Bo M., et. al. Water? River Institute. [pdf], Spring 1999. 08AD887\r\n<abstract not stored>")
	f.Add("5-1/H WATER! The Flow\neRiver, Department, 2012.\nhttp://example.org\n\xff\x00")
	f.Add("Water. Remarks by Ann Brook, Deputy Secretary of Rivers, River Institute, Delta. May 2009 [PDF format, 3 pages]")
	f.Fuzz(func(t *testing.T, text string) {
		checkNothingLost(t, text)
		for _, r := range stored(t, text) {
			ToReport(FromReport(r))
			r.Title, r.Abstract, r.Extent = "New", "", greyshelf.Extent{Pages: 2}
			Render(FromReport(r))
		}
	})
}

func TestJunkTakesLinearTime(t *testing.T) {
	for _, unit := range []string{"a\n", "a\n\n", "May 2009. ", "A.\n", "[Note: x\n", "Brook, Ann; ", "Water\n\nWater. X. May 2009.\n\n", "\xff\x00", "\r", "[", "Testimony of A ", "A. B. C. 2012.\n\n"} {
		var times [2]time.Duration
		for i, size := range []int{250_000, 1_000_000} {
			text := strings.Repeat(unit, size/len(unit))
			runtime.GC()
			began := time.Now()
			ParseText(text)
			times[i] = time.Since(began)
		}
		if times[1] > 12*times[0]+500*time.Millisecond {
			t.Errorf("%q: %v for 250 KB, %v for 1 MB", unit, times[0], times[1])
		}
		t.Logf("%q: %v, %v", unit, times[0], times[1])
	}
}
