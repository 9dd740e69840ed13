package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestPrintedContents(t *testing.T) {
	contents := []ink{
		{text: "Contents", size: 16, bold: true},
		{text: "Introduction ................................ 1"},
		{text: "Who paid for the works ...................... 2"},
		{text: "The council and its papers .............. 2", x: 0.18},
		{text: "The letters of a very long correspondence between the harbour and", x: 0.18},
		{text: "the town ................................ 3", x: 0.18},
		{text: "Nowhere to be found ......................... 77"},
		{text: "Tables", size: 12, bold: true},
		{text: "Table 1. What was paid ...................... 3"},
	}
	heading := func(text string) []ink { return []ink{{text: text, size: 14, bold: true}} }
	doc := paper([]ink{{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}}, contents,
		page(heading("Introduction"), prose(english)),
		page(heading("Who paid for the works"), prose(english), heading("The council and its papers"), prose(english)),
		page(prose(english)))
	want := []greyshelf.Outline{
		{Title: "Introduction", Level: 1, Page: 3},
		{Title: "Who paid for the works", Level: 1, Page: 4},
		{Title: "The council and its papers", Level: 2, Page: 4},
		{Title: "The letters of a very long correspondence between the harbour and the town", Level: 2, Page: 5},
		{Title: "Nowhere to be found", Level: 1},
	}
	if diff := cmp.Diff(want, New().Describe(doc).Contents); diff != "" {
		t.Error(diff)
	}
	doc.Info.Labels = []string{"i", "ii", "iii", "iv", "1"}
	if got := New().Describe(doc).Contents; len(got) == 0 || got[0].Page != 5 {
		t.Errorf("the file's page labels were not followed: %+v", got)
	}
	doc.Info.Outline = []greyshelf.Outline{{Title: "Introduction", Level: 1, Page: 3}}
	if diff := cmp.Diff(doc.Info.Outline, New().Describe(doc).Contents); diff != "" {
		t.Errorf("the file's outline: %s", diff)
	}
	if got := New().Describe(paper(prose(english), prose(english))).Contents; got != nil {
		t.Errorf("contents of a report without any: %+v", got)
	}
}

func TestContentsLevels(t *testing.T) {
	doc := paper([]ink{{text: "Inhalt", size: 16, bold: true},
		{text: "1 Einleitung"}, {text: "3", y: 0.18, x: 0.8},
		{text: "1.1 Die Akten", y: 0.21}, {text: "3", y: 0.21, x: 0.8},
		{text: "2 Der Hafen", y: 0.24}, {text: "4", y: 0.24, x: 0.8},
	}, prose(english), page([]ink{{text: "1 Einleitung", bold: true}}, prose(english)), page([]ink{{text: "2 Der Hafen", bold: true}}, prose(english)))
	want := []greyshelf.Outline{
		{Title: "1 Einleitung", Level: 1, Page: 3}, {Title: "1.1 Die Akten", Level: 2, Page: 3}, {Title: "2 Der Hafen", Level: 1, Page: 4},
	}
	if diff := cmp.Diff(want, New().Describe(doc).Contents); diff != "" {
		t.Error(diff)
	}
}
