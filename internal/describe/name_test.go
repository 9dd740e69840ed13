package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMarkedNames: footnote marks behind every one of several names say that
// they are names, also of persons whose given names are not known; one mark
// behind a title says nothing.
func TestMarkedNames(t *testing.T) {
	s := newScene(&Document{}, loadKnowledge())
	for text, want := range map[string]bool{
		"Frobo Xyzzy* and Henrik Plugh†": true,
		"Frobo Xyzzy1, Henrik Plugh2":    true,
		"Frobo Xyzzy¹ and Henrik Plugh²": true,
		"Frobo Xyzzy and Quux Plugh":     false,
		"Open Water*":                    false,
	} {
		names, rest := s.readNames([]rune(text))
		got := len(names) > 0 && rest == len([]rune(text)) && mostlySure(names)
		if got != want {
			t.Errorf("%q: surely names %v, want %v", text, got, want)
		}
	}
}

// TestJoinedAnd: the Arabic "and" is written together with the name behind it;
// a given name that begins with the same letter is not cut.
func TestJoinedAnd(t *testing.T) {
	s := newScene(&Document{}, loadKnowledge())
	for text, want := range map[string]int{
		"ليلى الحداد وسامر منصور": 2,
		"محمد وليد حسن":           1,
		"ليلى الحداد وهبي":        1,
	} {
		if names, _ := s.readNames([]rune(text)); len(names) != want {
			t.Errorf("%q: %d names, want %d", text, len(names), want)
		}
	}
}

// TestOfficesInText: authors named in sentences with their offices.
func TestOfficesInText(t *testing.T) {
	doc := paper([]ink{{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}}, prose(english), page(prose(english), []ink{
		{text: "Author information", size: 13, bold: true, y: 0.5},
		{text: "Lucia M. Xyzzy, Specialist in Harbour Law. Daniel Plugh, Analyst in Public Records.", y: 0.53},
	}))
	var got []string
	for _, f := range New().Describe(doc).Chosen("creator") {
		got = append(got, f.Value)
	}
	if diff := cmp.Diff([]string{"Xyzzy, Lucia M.", "Plugh, Daniel"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestWholeName: the small-lettered words of a body's name belong to it where
// the document prints them so.
func TestWholeName(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	for line, want := range map[string]string{
		"© 2022 Institut Plume d’études portuaires. Tous droits réservés.": "Institut Plume d’études portuaires",
		"© Береговой центр портовых исследований, 2021":                    "Береговой центр портовых исследований",
		"© 2022 Harbour Institute and its partners":                        "Harbour Institute",
	} {
		doc := coverOf(ink{text: "Institut Plume d’études portuaires", y: 0.1}, title, ink{text: line, y: 0.8})
		if got := New().Describe(doc).chosen("publisher").Value; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
