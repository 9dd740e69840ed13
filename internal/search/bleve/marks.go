package bleve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf/internal/query"
)

// Marks finds in a text the words that the query asks for, in all their forms:
// [start, end) in code points, in order, not overlapping. The text is analysed
// as when it was indexed.
func (x *Index) Marks(q query.Query, language, text string) [][2]int {
	leaves := wanted(q)
	if len(leaves) == 0 || text == "" {
		return nil
	}
	m := marker{analyser: x.analyser, language: language, lower: shouted(q), tokens: x.analyser.tokens(language, text)}
	for _, leaf := range leaves {
		m.leaf(leaf)
	}
	return merged(m.marks)
}

// marker collects the marks of one text.
type marker struct {
	*analyser
	language string
	lower    bool
	tokens   []token
	marks    [][2]int
}

func (m *marker) mark(t token) { m.marks = append(m.marks, [2]int{t.start, t.end}) }

func (m *marker) leaf(q query.Query) {
	switch q := q.(type) {
	case query.Word:
		tokens := m.read(q.Text)
		m.sequence(tokens)
		for _, t := range tokens {
			if t.joined {
				m.each(func(have token) bool { return have.term == t.term })
			}
		}
	case query.Phrase:
		m.sequence(m.read(q.Text))
	case query.Near:
		m.window(m.read(q.Text), q.Within)
	case query.Prefix:
		if start := m.folded(q.Text); start != "" {
			m.each(func(have token) bool { return strings.HasPrefix(have.word, start) })
		}
	case query.Fuzzy:
		word := []rune(m.folded(q.Text))
		m.each(func(have token) bool { return within([]rune(have.word), word, q.Distance) })
	}
}

func (m *marker) read(text string) []token {
	if m.lower {
		text = strings.ToLower(text)
	}
	return m.analyser.tokens(m.language, text)
}

func (m *marker) folded(text string) string {
	tokens := m.analyser.tokens(undetermined, text)
	if len(tokens) == 0 {
		return ""
	}
	return tokens[len(tokens)-1].word
}

// each marks the words that satisfy a test.
func (m *marker) each(test func(token) bool) {
	for _, t := range m.tokens {
		if t.term != "" && test(t) {
			m.mark(t)
		}
	}
}

// places gives, for each term of the text, where it stands.
func (m *marker) places(term string) map[int]token {
	at := map[int]token{}
	for _, t := range m.tokens {
		if t.term == term {
			at[t.pos] = t
		}
	}
	return at
}

// meaningful gives the tokens that are looked for.
func meaningful(tokens []token) []token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t token) bool { return t.term == "" || t.joined })
}

// sequence marks the places where the words stand side by side.
func (m *marker) sequence(tokens []token) {
	words := meaningful(tokens)
	if len(words) == 0 {
		return
	}
	var places []map[int]token
	for _, w := range words {
		places = append(places, m.places(w.term))
	}
	for pos, first := range places[0] {
		last, whole := first, true
		for i, w := range words[1:] {
			last, whole = places[i+1][pos+w.pos-words[0].pos], whole && places[i+1][pos+w.pos-words[0].pos].term != ""
		}
		if whole {
			m.marks = append(m.marks, [2]int{first.start, last.end})
		}
	}
}

// window marks the words where they stand near each other.
func (m *marker) window(tokens []token, within int) {
	words := meaningful(tokens)
	var all []token // occurrences of any of the words
	for _, t := range m.tokens {
		if slices.ContainsFunc(words, func(w token) bool { return w.term == t.term }) {
			all = append(all, t)
		}
	}
	for i := range all {
		seen := map[string]bool{}
		for j := i; j < len(all) && all[j].pos-all[i].pos+1-len(words) <= within; j++ {
			seen[all[j].term] = true
			if len(seen) == distinct(words) {
				for _, t := range all[i : j+1] {
					m.mark(t)
				}
				break
			}
		}
	}
}

func distinct(words []token) int {
	terms := map[string]bool{}
	for _, w := range words {
		terms[w.term] = true
	}
	return len(terms)
}

// merged sorts marks and joins those that overlap.
func merged(marks [][2]int) [][2]int {
	slices.SortFunc(marks, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	var list [][2]int
	for _, m := range marks {
		if n := len(list) - 1; n >= 0 && m[0] < list[n][1] {
			list[n][1] = max(list[n][1], m[1])
			continue
		}
		list = append(list, m)
	}
	return list
}

// within reports whether a and b are at most distance edits apart
// (Levenshtein).
func within(a, b []rune, distance int) bool {
	if len(a)-len(b) > distance || len(b)-len(a) > distance {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := diagonal
			if ra != rb {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)] <= distance
}
