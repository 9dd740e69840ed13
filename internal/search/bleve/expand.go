package bleve

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
)

// Limits of what a prefix or a fuzzy word becomes: the most frequent words
// first.
const (
	prefixWords = 2000
	fuzzyWords  = 100
)

// candidate is a word of the index.
type candidate struct {
	word     string
	count    int
	distance int
}

// expanded builds the documents with one of several words; they count as one
// word. It is the same in every language.
func (b builder) expanded(key string, words func() []string) postings {
	set := b.cached(b.words+" "+key, func() bitset {
		docs := newBitset(len(b.view.refs))
		for _, word := range words() {
			p := b.walkOnce(word)
			for doc := p.seek(0); doc != none; doc = p.seek(doc + 1) {
				docs.add(doc)
			}
			if p.reader != nil {
				_ = p.reader.Close()
			}
		}
		return docs
	})
	n := set.size()
	return &setPostings{set: set, count: n, value: b.bm25.weight(n)}
}

// walkOnce opens a walk that the caller closes.
func (b builder) walkOnce(word string) *walk {
	w := &walk{failed: &b.failed}
	reader, err := b.reader.TermFieldReader(context.Background(), []byte(word), b.words, false, false, false)
	if err != nil {
		b.fail(err)
		w.at, w.begun = none, true
		return w
	}
	w.reader = reader
	return w
}

// beginningWith gives the words that begin with the text.
func (b builder) beginningWith(text string) []string {
	var found []string
	for _, start := range b.folded(text) {
		dictionary, err := b.reader.FieldDictPrefix(b.words, []byte(start))
		if err != nil {
			b.fail(err)
			return nil
		}
		list, err := readDictionary(dictionary, nil)
		if err != nil {
			b.fail(err)
		}
		found = append(found, b.mostFrequent(b.words, list, prefixWords)...)
	}
	return found
}

// similar gives the words at most distance edits away.
func (b builder) similar(text string, distance int) []string {
	var found []string
	for _, word := range b.folded(text) {
		list, err := b.near(b.words, word, distance)
		if err != nil {
			b.fail(err)
		}
		found = append(found, b.mostFrequent(b.words, list, fuzzyWords)...)
	}
	return found
}

// folded gives the last word of the text, folded. (A prefix is one word;
// anything else was cut off by the parser.)
func (b builder) folded(text string) []string {
	tokens := b.analyser.tokens(undetermined, text)
	if len(tokens) == 0 {
		return nil
	}
	return []string{tokens[len(tokens)-1].word}
}

// near gives the words of a field that are at most distance edits away from
// the word, itself included.
func (e *evaluation) near(field, word string, distance int) ([]candidate, error) {
	if utf8.RuneCountInString(word) <= distance || len(word) > maxWord {
		return []candidate{{word: word}}, nil
	}
	dictionary, automaton, err := e.reader.FieldDictFuzzyAutomaton(field, word, distance, "")
	if err != nil {
		return nil, err
	}
	return readDictionary(dictionary, automaton)
}

// readDictionary reads all words of a dictionary. The engine gives them
// without their counts.
func readDictionary(dictionary index.FieldDict, automaton index.FuzzyAutomaton) ([]candidate, error) {
	defer dictionary.Close()
	var list []candidate
	for {
		entry, err := dictionary.Next()
		if err != nil || entry == nil {
			return list, err
		}
		c := candidate{word: entry.Term}
		if automaton != nil {
			_, distance := automaton.MatchAndDistance(entry.Term)
			c.distance = int(distance)
		}
		list = append(list, c)
	}
}

// countAll counts the documents of each candidate.
func (e *evaluation) countAll(field string, list []candidate) {
	for i := range list {
		list[i].count = e.count(field, list[i].word)
	}
}

// mostFrequent gives the words of the candidates, at most so many.
func (e *evaluation) mostFrequent(field string, list []candidate, most int) []string {
	if len(list) > most {
		e.countAll(field, list)
		slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.count, a.count) })
		list = list[:most]
	}
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = c.word
	}
	return words
}
