package authority

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// Suggestion is a heading that a report may deserve.
type Suggestion struct {
	Authority greyshelf.Authority `json:"authority"`
	Score     float64             `json:"score"`
	Words     []Words             `json:"words"`             // of the report, that made it, the strongest place first
	Reports   []Indexed           `json:"reports,omitempty"` // like it, that were indexed so, the most like first
}

// Words are words of the report in which a term of the vocabulary was found.
type Words struct {
	Text  string `json:"text"`           // as the report has them
	Place string `json:"place"`          // "title", "abstract" or "page"
	Page  int    `json:"page,omitempty"` // the first page; 0 where Place is no page
	Times int    `json:"times"`
}

// Passage is a part of a report that is looked through.
type Passage struct {
	Place string // "title", "abstract" or "page"
	Page  int
	Text  string
}

// Matcher finds the terms of a vocabulary in texts. It is safe for concurrent
// use.
type Matcher struct {
	concepts []greyshelf.Authority
	terms    map[string][]termOf // by first word
	rarity   map[string]float64  // of a word
}

// termOf is a form of a concept as its words.
type termOf struct {
	words    []string
	concept  int
	language string // "" = any
}

// mostTermWords is how many words a term may have to be looked for.
const mostTermWords = 8

// NewMatcher makes a matcher of concepts.
func NewMatcher(concepts []greyshelf.Authority) *Matcher {
	m := &Matcher{concepts: concepts, terms: map[string][]termOf{}, rarity: map[string]float64{}}
	for i, a := range concepts {
		seen := map[string]bool{}
		add := func(language, form string) {
			words := foldedWords(form)
			key := strings.Join(words, " ")
			if len(words) == 0 || len(words) > mostTermWords || len([]rune(key)) < 4 || seen[language+"|"+key] {
				return
			}
			seen[language+"|"+key] = true
			m.terms[words[0]] = append(m.terms[words[0]], termOf{words, i, language})
		}
		add(a.Language, a.Label)
		for tag, label := range a.Labels {
			add(tag, label)
		}
		for _, form := range a.Variants {
			add("", form)
		}
		for tag, forms := range a.VariantsIn {
			for _, form := range forms {
				add(tag, form)
			}
		}
	}
	m.weigh()
	return m
}

// weigh gives every word of the vocabulary its rarity: in how few concepts it
// stands.
func (m *Matcher) weigh() {
	in := map[string]map[int]bool{}
	for _, terms := range m.terms {
		for _, t := range terms {
			for _, word := range t.words {
				if in[word] == nil {
					in[word] = map[int]bool{}
				}
				in[word][t.concept] = true
			}
		}
	}
	for word, concepts := range in {
		m.rarity[word] = math.Log(1 + float64(len(m.concepts))/float64(len(concepts)))
	}
	for first := range m.terms {
		slices.SortStableFunc(m.terms[first], func(a, b termOf) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
}

// hit is what was found of one concept.
type hit struct {
	rare            float64 // rarity of the rarest form found
	words           map[string]*Words
	title, abstract bool
	pages           map[int]bool
}

// Suggest gives at most limit concepts whose terms stand in the passages, the
// best first. A term in the title counts more than one in the abstract, that
// more than one on pages, where the number of pages counts; a term of rare
// words counts more than one of common ones. Only terms of the languages
// (BCP 47), and those without a language, are looked for; without languages
// all are.
func (m *Matcher) Suggest(passages []Passage, languages []string, limit int) []Suggestion {
	hits := map[int]*hit{}
	for _, p := range passages {
		m.find(p, languages, hits)
	}
	var all []Suggestion
	for i, h := range hits {
		s := Suggestion{Authority: m.concepts[i]}
		place := math.Log2(1 + float64(len(h.pages)))
		if h.title {
			place += 3
		}
		if h.abstract {
			place += 2
		}
		s.Score = math.Round(100*h.rare*place) / 100
		for _, w := range h.words {
			s.Words = append(s.Words, *w)
		}
		slices.SortFunc(s.Words, func(a, b Words) int {
			return cmp.Or(-strings.Compare(a.Place, b.Place), cmp.Compare(a.Page, b.Page), strings.Compare(a.Text, b.Text))
		})
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Suggestion) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), strings.Compare(a.Authority.Label, b.Authority.Label), strings.Compare(a.Authority.ID, b.Authority.ID))
	})
	return all[:min(limit, len(all))]
}

// find looks through one passage. Of terms that begin at one word the longest
// counts: “nuclear weapons tests” is not about weapons as well.
func (m *Matcher) find(p Passage, languages []string, hits map[int]*hit) {
	text := p.Text
	starts, words := wordsOf(text)
	for i := 0; i < len(words); {
		step := 1
		for _, t := range m.terms[words[i]] {
			n := len(t.words)
			if n < step || i+n > len(words) || !slices.Equal(t.words, words[i:i+n]) || !spoken(t.language, languages) {
				continue
			}
			step = n
			m.count(t, p, text[starts[i][0]:starts[i+n-1][1]], hits)
		}
		i += step
	}
}

func spoken(language string, languages []string) bool {
	if language == "" || len(languages) == 0 {
		return true
	}
	first, _, _ := strings.Cut(language, "-")
	return slices.ContainsFunc(languages, func(l string) bool { l, _, _ = strings.Cut(l, "-"); return l == first })
}

func (m *Matcher) count(t termOf, p Passage, text string, hits map[int]*hit) {
	h := hits[t.concept]
	if h == nil {
		h = &hit{words: map[string]*Words{}, pages: map[int]bool{}}
		hits[t.concept] = h
	}
	rare := 0.0
	for _, word := range t.words {
		rare += m.rarity[word]
	}
	h.rare = max(h.rare, rare)
	text = line(text)
	switch p.Place {
	case "title":
		h.title = true
	case "abstract":
		h.abstract = true
	default:
		h.pages[p.Page] = true
	}
	key := p.Place + "|" + strings.ToLower(text)
	if w := h.words[key]; w != nil {
		w.Times++
	} else if len(h.words) < 8 {
		h.words[key] = &Words{Text: text, Place: p.Place, Page: p.Page, Times: 1}
	}
}

// wordsOf gives the words of a text, folded, and where each stands in bytes.
func wordsOf(text string) (at [][2]int, words []string) {
	start := -1
	end := func(i int) {
		if start < 0 {
			return
		}
		if word := stem(strings.ReplaceAll(Fold(text[start:i]), " ", "")); word != "" {
			at, words = append(at, [2]int{start, i}), append(words, word)
		}
		start = -1
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || (r == '\'' || r == '’') && start >= 0 {
			if start < 0 {
				start = i
			}
			continue
		}
		end(i)
	}
	end(len(text))
	return at, words
}

func foldedWords(form string) []string {
	_, words := wordsOf(form)
	return words
}

// stem takes the plural s from a word, on both sides alike.
func stem(word string) string {
	if len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return word[:len(word)-1]
	}
	return word
}
