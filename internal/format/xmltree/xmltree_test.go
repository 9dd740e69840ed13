package xmltree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

func TestTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		n := xmltree.Text("a", text).With("b", text)
		back, err := xmltree.Parse(strings.NewReader(n.String()))
		if err != nil {
			t.Fatal(err, n.String())
		}
		if clean := xmltree.Clean(text); back.Text != clean || back.Attr("b") != clean {
			t.Fatalf("%q became %q and %q", clean, back.Text, back.Attr("b"))
		}
	})
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b\x0b\x1bc": "abc", "a\r\nb\rc\td": "a\nb\nc\td", "\xffa\ufffeb\uffffc": "abc", "نص 𝔸": "نص 𝔸", "a\u0085b\u007f": "ab",
	} {
		if got := xmltree.Clean(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := xmltree.Line(" a \n\t b\x01 "); got != "a b" {
		t.Errorf("%q", got)
	}
}

func TestTree(t *testing.T) {
	n, err := xmltree.Parse(strings.NewReader(`<?xml version="1.0"?><x:a xmlns:x="urn:x"><!-- c --><b k="1">t</b><b>u</b><c><x:d/></c></x:a>`))
	if err != nil {
		t.Fatal(err)
	}
	if n.Space != "urn:x" || len(n.All("b")) != 2 || n.First("b").Attr("k") != "1" || n.First("c", "no", "no").Name != "" {
		t.Errorf("%+v", n)
	}
	if _, ok := n.Find("urn:x", "d"); !ok {
		t.Error("d is not found")
	}
	want := "<a x=\"1\">\n  <b>&lt;&amp;</b>\n  <c/>\n</a>\n"
	if diff := cmp.Diff(want, xmltree.Element("a", xmltree.Text("b", "<&"), xmltree.Element("c")).With("x", "1", "y", "").String()); diff != "" {
		t.Error(diff)
	}
}

func TestRefused(t *testing.T) {
	for text, kind := range map[string]greyshelf.Kind{
		"": greyshelf.Invalid, "<a>": greyshelf.Invalid, "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>": greyshelf.Invalid,
		`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`: greyshelf.Invalid, strings.Repeat("<a>", 1000): greyshelf.TooLarge,
	} {
		if _, err := xmltree.Parse(strings.NewReader(text)); greyshelf.KindOf(err) != kind {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("<a b='c'>d<e/></a>")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := xmltree.Parse(strings.NewReader(text))
		if err == nil && n.Name == "" {
			t.Error("an element without a name")
		}
	})
}
