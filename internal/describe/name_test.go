package describe

import "testing"

// TestMarkedNames: footnote marks behind every one of several names say that
// they are names, also of persons whose given names are not known; one mark
// behind a title says nothing.
func TestMarkedNames(t *testing.T) {
	s := newScene(&Document{}, loadKnowledge())
	for text, want := range map[string]bool{
		"Amara Xyzzy* and Henrik Plugh†": true,
		"Amara Xyzzy and Quux Plugh":     false,
		"Open Water*":                    false,
	} {
		names, rest := s.readNames([]rune(text))
		got := len(names) > 0 && rest == len([]rune(text)) && mostlySure(names)
		if got != want {
			t.Errorf("%q: surely names %v, want %v", text, got, want)
		}
	}
}
