package identify_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
)

// TestHostileTexts: files with next to nothing or far too much in them get a
// verdict like any other.
func TestHostileTexts(t *testing.T) {
	long := strings.Repeat("a very long page of the same words ", 60)
	var thick []string
	for i := range 5000 {
		thick = append(thick, fmt.Sprintf("Page %d. %s", i, long))
	}
	texts := map[string][]string{
		"no pages": nil, "empty pages": {"", "", ""}, "one word": {"Harbour"}, "one word each": {"a", "b", "a"}, "only digits": {strings.Repeat("11 ", 5000)},
		"one long word": {strings.Repeat("x", 1<<20)}, "not UTF-8": {"caf\xe9 \xff\xfe " + strings.Repeat("\x00", 100)}, "marks": {strings.Repeat("a\u0301\u202e", 50_000)}, "5,000 pages": thick,
	}
	var files []identify.Known
	for name, pages := range texts {
		k := identifytest.Known(name, "", pages)
		k.Report.Agents = nil
		files = append(files, k)
	}
	service, _ := newService(t, files...)
	for _, k := range files {
		k.Report.ID = ""
		k.File.SHA256 = "new"
		matches, err := service.Identify(t.Context(), k)
		if err != nil {
			t.Errorf("%q: %v", k.Pages[:min(len(k.Pages), 1)], err)
		}
		for _, m := range matches {
			if m.Percent < 0 || m.Percent > 100 || m.Likeness.Text > 1 {
				t.Errorf("%+v", m)
			}
		}
	}
	if m := identify.Compare(files[0], files[0]); m.Verdict != identify.SameFile {
		t.Errorf("a file and itself: %s", m.Verdict)
	}
	none, same := identifytest.Known("x", "", nil), identifytest.Known("y", "", nil)
	if m := identify.Compare(none, same); m.Verdict != identify.Unrelated {
		t.Errorf("two files without text, titles and numbers: %s", m.Verdict)
	}
	began := time.Now()
	if changes := identify.PageDiff(thick, thick); len(changes) != 600 {
		t.Errorf("%d pages", len(changes))
	}
	t.Logf("600 pages beside 600 that all look the same: %s", time.Since(began))
}

// many is a library in which every file is a page of small print and a few
// lines of its own.
type many struct{ print string }

func (m many) file(n int) identify.Known {
	s := identifytest.Invent(fmt.Sprint("brief", n), 1, rand.New(rand.NewPCG(uint64(n), 8)))
	return identifytest.Known(s.ID, s.Title, []string{m.print, s.Paragraphs[0]})
}

func (m many) Known(_ context.Context, file string) (identify.Known, error) {
	var n int
	if _, err := fmt.Sscanf(file, "brief%d", &n); err != nil {
		return identify.Known{}, greyshelf.Errorf(greyshelf.NotFound, "test", file, "not there")
	}
	return m.file(n), nil
}

// TestSmallPrint: ten thousand files with the same page of small print are not
// taken for each other, and a copy of one is still found.
func TestSmallPrint(t *testing.T) {
	const files = 10_000
	library := many{strings.Join(identifytest.Disclaimer(), "\n")}
	service, _ := newService(t)
	var keyed []identify.Keyed
	for n := range files {
		k := library.file(n)
		keyed = append(keyed, identify.Keyed{File: k.File.SHA256, Keys: identify.Keys(k)})
	}
	if err := service.Index.Put(t.Context(), keyed...); err != nil {
		t.Fatal(err)
	}
	service.Library = library
	fresh := library.file(files + 1)
	fresh.Report.ID = ""
	matches, err := service.Identify(t.Context(), fresh)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range matches {
		if m.Verdict.Near() {
			t.Errorf("small print alone: %s of %s, %+v", m.Verdict, m.Report, m.Likeness)
		}
	}
	again := library.file(4711)
	again.Report.ID, again.File.SHA256 = "", "again"
	matches, err = service.Identify(t.Context(), again)
	if err != nil || len(matches) == 0 || matches[0].Report != "brief4711" || matches[0].Verdict != identify.OtherCopy {
		t.Errorf("a copy among them: %+v, %v", matches, err)
	}
}
