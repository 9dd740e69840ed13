package bleve

import (
	"cmp"
	"slices"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// fuzzyWords is the most words that a fuzzy word becomes: the most frequent
// first. A prefix becomes every word that begins so.
const fuzzyWords = 100

// candidate is a word of the index.
type candidate struct {
	word     string
	count    int
	distance int
}

// expanded builds the documents that fill adds: those with one of several
// words, which count as one word. It is the same in every language.
func (b builder) expanded(key string, fill func(docs bitset) error) postings {
	set := b.cached(b.words+" "+key, func() bitset {
		docs := newBitset(len(b.view.refs))
		if err := fill(docs); err != nil {
			b.fail(err)
		}
		return docs
	})
	n := set.size()
	return &setPostings{set: set, count: n, value: b.bm25.weight(n)}
}

// beginningWith adds the documents with words that begin with the text.
func (b builder) beginningWith(text string, docs bitset) error {
	first := b.folded(text)
	if first == "" {
		return nil
	}
	behind := []byte(first) // the first word behind all of them
	behind[len(behind)-1]++ // UTF-8 has no byte 0xff: no overflow
	return b.eachSegment(func(dictionary segment.TermDictionary, add func(word string) error) error {
		words := dictionary.AutomatonIterator(nil, []byte(first), behind)
		for {
			entry, err := words.Next()
			if err != nil || entry == nil {
				return err
			}
			if err := add(entry.Term); err != nil {
				return err
			}
		}
	}, docs)
}

// similar adds the documents with words at most distance edits away.
func (b builder) similar(text string, distance int, docs bitset) error {
	word := b.folded(text)
	if word == "" {
		return nil
	}
	list, err := b.near(b.words, word, distance)
	if err != nil {
		return err
	}
	words := b.mostFrequent(b.words, list, fuzzyWords)
	return b.eachSegment(func(_ segment.TermDictionary, add func(word string) error) error {
		for _, word := range words {
			if err := add(word); err != nil {
				return err
			}
		}
		return nil
	}, docs)
}

// eachSegment calls choose for the words of every segment of the index; choose
// calls add for those whose documents are wanted.
func (b builder) eachSegment(choose func(segment.TermDictionary, func(word string) error) error, docs bitset) error {
	base := uint32(0)
	var list segment.PostingsList
	var walk segment.PostingsIterator
	segments := b.reader.Segments()
	for i, dictionary := range b.dictionary(b.words) {
		add := func(word string) (err error) {
			if list, err = dictionary.PostingsList([]byte(word), segments[i].Deleted(), list); err != nil {
				return err
			}
			walk = list.Iterator(false, false, false, walk)
			return addAll(walk, base, docs)
		}
		if err := choose(dictionary, add); err != nil {
			return err
		}
		if err := b.ctx.Err(); err != nil {
			return err
		}
		base += uint32(segments[i].FullSize())
	}
	return nil
}

// addAll adds the documents of a segment whose first has the number base.
func addAll(walk segment.PostingsIterator, base uint32, docs bitset) error {
	if bits, ok := walk.(segment.OptimizablePostingsIterator); ok {
		if doc, one := bits.DocNum1Hit(); one {
			docs.add(base + uint32(doc))
			return nil
		}
		if all := bits.ActualBitmap(); all != nil {
			all.Iterate(func(doc uint32) bool { docs.add(base + doc); return true })
			return nil
		}
	}
	for {
		next, err := walk.Next()
		if err != nil || next == nil {
			return err
		}
		docs.add(base + uint32(next.Number()))
	}
}

// folded gives the last word of the text, folded. (A prefix is one word;
// anything else was cut off by the parser.)
func (b builder) folded(text string) string {
	tokens := b.analyser.tokens(undetermined, text)
	if len(tokens) == 0 {
		return ""
	}
	return tokens[len(tokens)-1].word
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
