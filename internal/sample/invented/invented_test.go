package invented_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/sample/invented"
)

func TestMany(t *testing.T) {
	if n := len(invented.Reports(1, 5000)); n != 5000 {
		t.Error(n)
	}
}

func TestSame(t *testing.T) {
	a, b := invented.Reports(7, 12), invented.Reports(7, 24)
	titles := map[string]bool{}
	for i, r := range b {
		if titles[r.Truth.Title] {
			t.Errorf("two reports have the title %q", r.Truth.Title)
		}
		titles[r.Truth.Title] = true
		if i >= len(a) {
			continue
		}
		if diff := cmp.Diff(a[i].Truth, r.Truth); diff != "" {
			t.Errorf("report %d depends on how many there are: %s", i, diff)
		}
		first, err1 := a[i].Make()
		second, err2 := r.Make()
		third, err3 := r.Make()
		if err1 != nil || err2 != nil || err3 != nil || !bytes.Equal(first, second) || !bytes.Equal(second, third) {
			t.Errorf("%s is not the same twice: %v %v %v", r.Name, err1, err2, err3)
		}
	}
}

// TestVariety: every layout and language comes, and every fact is absent in
// about a third of the reports that have room for it.
func TestVariety(t *testing.T) {
	layouts, languages, houses := map[string]int{}, map[string]int{}, map[string]int{}
	dated, published := 0, 0
	all := invented.Reports(1, 240)
	for _, r := range all {
		layouts[r.Layout]++
		languages[r.Language]++
		houses[r.House]++
		if r.Truth.Date != "" {
			dated++
		}
		if r.Truth.Publisher != "" {
			published++
		}
	}
	if len(layouts) != 16 || len(languages) != 6 || len(houses) < 28 {
		t.Errorf("%v %v %d", layouts, languages, len(houses))
	}
	if dated < 130 || dated > 190 || published < 80 || published > 180 {
		t.Errorf("%d dated, %d published", dated, published)
	}
}

// TestStated: what the truth says stands in the text, and what it leaves out
// does not.
func TestStated(t *testing.T) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = t.TempDir()
	}
	engine := pdf.New(pdf.Options{CacheDir: filepath.Join(dir, "greyshelf"), Instances: 1})
	defer engine.Close()
	for _, r := range invented.Reports(3, 64) {
		data, err := r.Make()
		if err != nil {
			t.Fatal(err)
		}
		doc, err := describe.Read(context.Background(), engine, data, "", nil)
		if err != nil {
			t.Fatalf("%s: %v", r.Name, err)
		}
		text := ""
		for _, p := range doc.Pages {
			text += p.Text + "\n"
		}
		flat := squeezed(text)
		want := append([]string{r.Truth.Title, r.Truth.Subtitle, r.Truth.Publisher, r.Truth.ReportNumber, r.Truth.Series, r.Truth.Commissioning}, r.Truth.Parallel...)
		for _, c := range r.Truth.Creators {
			family, _, _ := strings.Cut(c, ", ")
			want = append(want, family)
		}
		for _, w := range want {
			if !strings.Contains(flat, squeezed(w)) {
				t.Errorf("%s: %q does not stand in the text", r.Name, w)
			}
		}
		if r.Truth.Publisher == "" && r.Layout != "conference" /* which names where its authors work */ && strings.Contains(flat, squeezed(r.House)) {
			t.Errorf("%s: names %s, which it should not state", r.Name, r.House)
		}
		if len(data) > 400_000 || len(doc.Pages) < 2 {
			t.Errorf("%s: %d bytes, %d pages", r.Name, len(data), len(doc.Pages))
		}
	}
}

// squeezed drops case, spaces and hyphens.
func squeezed(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t-‐\u00ad", r) {
			return -1
		}
		return r
	}, text))
}
