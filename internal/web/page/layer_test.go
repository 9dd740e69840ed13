package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestLayer(t *testing.T) {
	p := greyshelf.Page{Width: 100, Height: 200, Text: "Ab cd\nإف", Words: []greyshelf.Word{
		{Start: 0, End: 2, Box: greyshelf.Box{0.1, 0.1, 0.3, 0.15}}, {Start: 3, End: 5, Box: greyshelf.Box{0.4, 0.1, 0.6, 0.15}},
		{Start: 6, End: 8, Box: greyshelf.Box{0.1, 0.2, 0.3, 0.25}}, {Start: 7, End: 99}, {Start: 5, End: 5},
	}}
	got := NewLayer(p, [][2]int{{0, 5}}, nil)
	want := Layer{Width: "100", Height: "200", Lines: []line{
		{Words: []word{{"Ab", 0, "10", "27.8", "20", "10"}, {"cd", 3, "40", "27.8", "20", "10"}}},
		{Words: []word{{"إف", 6, "10", "47.8", "20", "10"}}},
	}, Marks: []Rect{{"8.8", "18.8", "52.4", "12.4"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	empty := NewLayer(greyshelf.Page{}, [][2]int{{0, 1}}, nil)
	if empty.Width != "595" || len(empty.Lines) != 0 || len(empty.Marks) != 0 {
		t.Errorf("an empty page: %+v", empty)
	}
}
