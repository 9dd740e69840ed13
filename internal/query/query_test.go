package query_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/query"
)

type (
	w   = query.Word
	and = query.And
	or  = query.Or
	not = query.Not
	qs  = []query.Query
)

func TestParse(t *testing.T) {
	field := func(name query.FieldName, of query.Query) query.Query { return query.Field{Name: name, Of: of} }
	tests := []struct {
		text string
		want query.Query
	}{
		{"", nil},
		{"  \t", nil},
		{"sanctions", w{"sanctions"}},
		{"arms control", and{qs{w{"arms"}, w{"control"}}}},
		{"arms AND control", and{qs{w{"arms"}, w{"control"}}}},
		{"arms and control", and{qs{w{"arms"}, w{"and"}, w{"control"}}}},
		{"a OR b c", or{qs{w{"a"}, and{qs{w{"b"}, w{"c"}}}}}},
		{"(a OR b) c", and{qs{or{qs{w{"a"}, w{"b"}}}, w{"c"}}}},
		{"a -b", and{qs{w{"a"}, not{w{"b"}}}}},
		{"a NOT b", and{qs{w{"a"}, not{w{"b"}}}}},
		{"NOT NOT b", w{"b"}},
		{"-(a b)", not{and{qs{w{"a"}, w{"b"}}}}},
		{"co-operation", w{"co-operation"}},
		{"a - b", and{qs{w{"a"}, w{"b"}}}},
		{`"regime  change"`, query.Phrase{Text: "regime change"}},
		{"“regime change”", query.Phrase{Text: "regime change"}},
		{`"open end`, query.Phrase{Text: "open end"}},
		{`"arms embargo"~5`, query.Near{Text: "arms embargo", Within: 5}},
		{`"arms embargo"~`, query.Near{Text: "arms embargo", Within: 10}},
		{`"a b"~999`, query.Near{Text: "a b", Within: 100}},
		{`"one"~3`, query.Phrase{Text: "one"}},
		{"secur*", query.Prefix{Text: "secur"}},
		{"*", nil},
		{"colour~", query.Fuzzy{Text: "colour", Distance: 2}},
		{"color~", query.Fuzzy{Text: "color", Distance: 1}},
		{"color~2", query.Fuzzy{Text: "color", Distance: 2}},
		{"color~9", query.Fuzzy{Text: "color", Distance: 2}},
		{"title:iran", field("title", w{"iran"})},
		{"Title:iran", field("title", w{"iran"})},
		{`title:"nuclear deal"`, field("title", query.Phrase{Text: "nuclear deal"})},
		{"title:(a OR b) c", and{qs{field("title", or{qs{w{"a"}, w{"b"}}}), w{"c"}}}},
		{"-author:smith", not{field("author", w{"smith"})}},
		{"title: iran", and{qs{w{"title"}, w{"iran"}}}},
		{"title:", w{"title"}},
		{"colour:red", and{qs{w{"colour"}, w{"red"}}}},
		{"title:(author:x)", field("title", w{"x"})},
		{"year:2016", field("year", query.Years{From: 2016, To: 2016})},
		{"year:2016..2018", field("year", query.Years{From: 2016, To: 2018})},
		{"year:2018..2016", field("year", query.Years{From: 2016, To: 2018})},
		{"year:2016-2018", field("year", query.Years{From: 2016, To: 2018})},
		{"year:2016..", field("year", query.Years{From: 2016})},
		{"year:..2018", field("year", query.Years{To: 2018})},
		{"year:(2012 OR 2016..2018)", field("year", or{qs{query.Years{From: 2012, To: 2012}, query.Years{From: 2016, To: 2018}}})},
		{"year:soon", w{"soon"}},
		{"scope:report a b", query.InReport{Of: and{qs{w{"a"}, w{"b"}}}}},
		{"a scope:REPORT b", query.InReport{Of: and{qs{w{"a"}, w{"b"}}}}},
		{"scope:page a", w{"a"}},
		{"scope:other", and{qs{w{"scope"}, w{"other"}}}},
		{"AND", nil},
		{"OR a", w{"a"}},
		{"a OR", w{"a"}},
		{"a NOT", w{"a"}},
		{"a OR OR b", or{qs{w{"a"}, w{"b"}}}},
		{"a) b", and{qs{w{"a"}, w{"b"}}}},
		{"(a b", and{qs{w{"a"}, w{"b"}}}},
		{"()", nil},
		{"((a))", w{"a"}},
		{"— / & ...", nil},
		{"security, \"", w{"security"}},
		{"U.S. policy", and{qs{w{"U.S"}, w{"policy"}}}},
		{"http://example.org/x", and{qs{w{"http"}, w{"example.org/x"}}}},
		{"безопасность الأمن", and{qs{w{"безопасность"}, w{"الأمن"}}}},
	}
	for _, test := range tests {
		got, err := query.Parse(test.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.text, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Parse(%q): (-want +got)\n%s", test.text, diff)
		}
	}
}

func TestParseLimits(t *testing.T) {
	for name, text := range map[string]string{
		"length": strings.Repeat("ä", query.MaxLength+1),
		"terms":  strings.Repeat("a ", query.MaxTerms+1),
		"depth":  strings.Repeat("(", query.MaxDepth+1) + "a",
		"minus":  "a " + strings.Repeat("-(", query.MaxDepth+1) + "a",
	} {
		if _, err := query.Parse(text); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
	if _, err := query.Parse(strings.Repeat("ä", query.MaxLength)); err != nil {
		t.Errorf("a query of the greatest length: %v", err)
	}
}

func TestMap(t *testing.T) {
	q, _ := query.Parse(`scope:report a -title:b (c OR "d e")`)
	got := query.Map(q, func(leaf query.Query) query.Query {
		if word, ok := leaf.(query.Word); ok {
			return query.Word{Text: word.Text + word.Text}
		}
		return leaf
	})
	if want := `scope:report aa -title:bb (cc OR "d e")`; got.String() != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// genQuery draws queries in the form that Parse gives.
func genQuery(depth int) *rapid.Generator[query.Query] {
	return rapid.Custom(func(t *rapid.T) query.Query {
		if depth == 0 || rapid.Bool().Draw(t, "leaf") {
			return genLeaf(true).Draw(t, "leaf")
		}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return joined(rapid.SliceOfN(genQuery(depth-1), 2, 4).Draw(t, "and"), false)
		case 1:
			return joined(rapid.SliceOfN(genQuery(depth-1), 2, 4).Draw(t, "or"), true)
		case 2:
			return negated(genQuery(depth-1).Draw(t, "not"))
		}
		name := rapid.SampledFrom(query.Fields()).Draw(t, "field")
		if name == query.FieldYear {
			return query.Field{Name: name, Of: query.Years{From: rapid.IntRange(1, 2000).Draw(t, "from"), To: rapid.IntRange(2000, 9999).Draw(t, "to")}}
		}
		return query.Field{Name: name, Of: genLeaf(false).Draw(t, "value")}
	})
}

func joined(list []query.Query, asOr bool) query.Query {
	var flat []query.Query
	for _, q := range list {
		switch q := q.(type) {
		case query.And:
			if !asOr {
				flat = append(flat, q.Of...)
				continue
			}
		case query.Or:
			if asOr {
				flat = append(flat, q.Of...)
				continue
			}
		}
		flat = append(flat, q)
	}
	if asOr {
		return query.Or{Of: flat}
	}
	return query.And{Of: flat}
}

func negated(q query.Query) query.Query {
	if n, ok := q.(query.Not); ok {
		return n.Of
	}
	return query.Not{Of: q}
}

func genLeaf(outside bool) *rapid.Generator[query.Query] {
	word := rapid.StringMatching(`[a-zäß0-9я]([a-zé'/.*-]{0,4}[a-zж0-9])?`)
	return rapid.Custom(func(t *rapid.T) query.Query {
		text := word.Draw(t, "text")
		switch rapid.IntRange(0, 4).Draw(t, "form") {
		case 0:
			return query.Prefix{Text: text}
		case 1:
			return query.Fuzzy{Text: text, Distance: rapid.IntRange(1, 2).Draw(t, "distance")}
		case 2:
			return query.Phrase{Text: text + " " + word.Draw(t, "second")}
		case 3:
			return query.Near{Text: text + " " + word.Draw(t, "second"), Within: rapid.IntRange(1, 100).Draw(t, "within")}
		}
		return query.Word{Text: text}
	})
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genQuery(3).Draw(t, "query")
		if rapid.Bool().Draw(t, "in report") {
			want = query.InReport{Of: want}
		}
		got, err := query.Parse(want.String())
		if err != nil {
			t.Skip(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: (-want +got)\n%s", want, diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`a (b OR -c) "d e"~3 title:f* year:2016..`, `"`, `((((`, `-`, `title:-year:x~`, `scope:report`, "a\x00~*:(\"", `x OR AND NOT )`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil || q == nil {
			return
		}
		again, err := query.Parse(q.String())
		if err != nil {
			return // printing may add parentheses or spaces up to a limit
		}
		if diff := cmp.Diff(q, again); diff != "" {
			t.Errorf("%q prints as %q: (-first +second)\n%s", text, q, diff)
		}
	})
}
