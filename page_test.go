package greyshelf_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// page has two lines: "Über alles" and "das Meer".
var page = greyshelf.Page{Index: 3, Text: "Über alles\ndas Meer", Words: []greyshelf.Word{
	{Start: 0, End: 4, Box: greyshelf.Box{0.1, 0.1, 0.2, 0.12}},
	{Start: 5, End: 10, Box: greyshelf.Box{0.22, 0.1, 0.3, 0.12}},
	{Start: 11, End: 14, Box: greyshelf.Box{0.1, 0.13, 0.15, 0.15}},
	{Start: 15, End: 19, Box: greyshelf.Box{0.17, 0.13, 0.25, 0.15}},
}}

func TestPassageAt(t *testing.T) {
	got := greyshelf.PassageAt("sha", "v1", page, 5, 14)
	want := greyshelf.Passage{File: "sha", Text: "v1", Page: 3, Start: 5, End: 14, Quote: "alles\ndas", Prefix: "Über ", Suffix: " Meer",
		Boxes: []greyshelf.Box{{0.22, 0.1, 0.3, 0.12}, {0.1, 0.13, 0.15, 0.15}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := greyshelf.PassageAt("sha", "v1", page, -5, 1000); got.Quote != page.Text || len(got.Boxes) != 2 {
		t.Errorf("the whole page: %+v", got)
	}
	if got := greyshelf.PassageAt("sha", "v1", page, 12, 4); got.Quote != "" || got.Boxes != nil {
		t.Errorf("nothing: %+v", got)
	}
}
