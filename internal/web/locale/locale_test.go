package locale_test

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/web/locale"
)

func load(t *testing.T) *locale.Set {
	t.Helper()
	set, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestFor(t *testing.T) {
	set := load(t)
	for header, want := range map[string]string{
		"": "en", "fr": "fr", "fr-CA,fr;q=0.9,en;q=0.5": "fr", "en-GB": "en", "xx": "en", ";;;": "en",
		strings.Repeat("fr,", 1000): "en",
	} {
		if got := set.For(header).Tag; got != want {
			t.Errorf("%.40q: got %s, want %s", header, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	english, french := load(t).For("en"), load(t).For("fr")
	for _, test := range []struct{ got, want string }{
		{english.Get("pager.shown", 1, 1200), "1–1,200"},
		{english.Get("no.such.key"), "⟦no.such.key⟧"},
		{english.Count("pages", 1), "1 page"}, {english.Count("pages", 0), "0 pages"}, {english.Count("pages", 2500), "2,500 pages"},
		{french.Count("pages", 0), "0 page"}, {french.Count("pages", 2), "2 pages"},
		{french.Count("pages", 1_000_000), french.Number(1_000_000) + " pages"}, // no form of its own for millions
		{english.Or("language.", "fr"), "French"}, {english.Or("language.", "tlh"), "tlh"},
		{english.Get("list.pick", "{1} & {0}"), "Choose “{1} & {0}” for a list"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if english.Dir != "ltr" || !english.Has("pages.one") || english.Has("nothing") {
		t.Error("English is not as it should be")
	}
}
