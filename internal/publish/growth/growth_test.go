package growth_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/publish/growth"
)

func TestSum(t *testing.T) {
	got := growth.Sum([]growth.Year{{Year: 2010, Count: 2}, {Year: 2008, Count: 1}, {Year: 2010, Count: 1}, {Year: 0, Count: 9}, {Year: 2009}})
	if diff := cmp.Diff([]growth.Year{{2008, 1, 1}, {2010, 3, 4}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDraw(t *testing.T) {
	words := growth.Words{ID: "growth", Title: `<script>alert(1)</script> & "House"`, About: "3 reports"}
	got, err := growth.Draw(words, growth.Sum([]growth.Year{{Year: 2008, Count: 1}, {Year: 2010, Count: 3}}))
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	for _, want := range []string{`role="img"`, `aria-labelledby="growth-title growth-about"`, `<title id="growth-title">&lt;script&gt;`, `<desc id="growth-about">3 reports</desc>`, `>2008</text>`, `>2010</text>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Count(text, `class="bar"`) != 2 || strings.Contains(text, "style=") || strings.Contains(text, "<script>") {
		t.Error(text)
	}
	if got, err := growth.Draw(words, growth.Sum([]growth.Year{{Year: 2008, Count: 1}})); got != "" || err != nil {
		t.Errorf("one year: %q, %v", got, err)
	}
}

// TestMonths: months stand in order over the turn of a year, with room for those
// without anything.
func TestMonths(t *testing.T) {
	months := growth.SumMonths([]growth.Month{{Month: "2026-02", Count: 3}, {Month: "2025-11", Count: 1}, {Month: "2025-11", Count: 1}, {Month: "0001", Count: 7}, {Month: "2026-01"}})
	if diff := cmp.Diff([]growth.Month{{"2025-11", 2, 2}, {"2026-02", 3, 5}}, months); diff != "" {
		t.Error(diff)
	}
	got, err := growth.DrawMonths(growth.Words{ID: "arrival", Title: "Reports"}, months)
	if text := string(got); err != nil || !strings.Contains(text, ">2025-11</text>") || !strings.Contains(text, ">2026-02</text>") || strings.Count(text, `class="bar"`) != 2 ||
		strings.Count(text[strings.Index(text, "points="):], ",") != 4 {
		t.Errorf("%v %s", err, text)
	}
}

// TestAnyYears: any counts and words make one SVG that an XML parser reads.
func TestAnyYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) growth.Year {
			return growth.Year{Year: rapid.IntRange(-5, 12000).Draw(t, "year"), Count: rapid.IntRange(-1, 1<<40).Draw(t, "count")}
		}), 0, 20).Draw(t, "years")
		title := rapid.StringMatching(`[ -~é<>&"']{0,30}`).Draw(t, "title")
		got, err := growth.Draw(growth.Words{ID: "g", Title: title}, growth.Sum(years))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 40_000 || strings.Contains(string(got), "NaN") || strings.Contains(string(got), "Inf") {
			t.Fatalf("%d bytes: %.300s", len(got), got)
		}
		for d := xml.NewDecoder(strings.NewReader(string(got))); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, got)
			}
		}
	})
}
