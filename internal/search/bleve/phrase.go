package bleve

import "slices"

// places are where a term stands in a document.
type places struct {
	*walk     // with positions; moved only to documents that have all words
	positions []int
}

// wordPlaces is a word of a phrase: its term's places and its place in the
// phrase.
type wordPlaces struct {
	*places
	offset int
}

// load reads the positions in the document.
func (p *places) load(doc uint32) {
	p.positions = p.positions[:0]
	if p.seek(doc) != doc {
		return
	}
	for _, v := range p.doc.Vectors {
		p.positions = append(p.positions, int(v.Pos))
	}
	slices.Sort(p.positions)
}

// phrasePostings are the documents in which words stand together.
type phrasePostings struct {
	all    postings // documents with all words
	places []*places
	words  []*wordPlaces
	count  func(words []*wordPlaces) int // occurrences in the loaded document
	weight float64
	bm25   bm25
	found  int
	at     uint32
	begun  bool
}

func (p *phrasePostings) seek(at uint32) uint32 {
	if p.begun && p.at >= at {
		return p.at
	}
	p.begun = true
	for p.at = p.all.seek(at); p.at != none; p.at = p.all.seek(p.at + 1) {
		for _, w := range p.places {
			w.load(p.at)
		}
		if p.found = p.count(p.words); p.found > 0 {
			break
		}
	}
	return p.at
}

func (p *phrasePostings) score() float64 {
	return p.weight * p.bm25.frequency(float64(p.found), lengthOf(p.words[0].doc.Norm))
}

func (p *phrasePostings) cost() int { return p.all.cost() }

// sideBySide counts how often the words stand at their offsets.
func sideBySide(words []*wordPlaces) int {
	n := 0
	for _, place := range words[0].positions {
		start := place - words[0].offset
		whole := true
		for _, w := range words[1:] {
			if _, ok := slices.BinarySearch(w.positions, start+w.offset); !ok {
				whole = false
				break
			}
		}
		if whole {
			n++
		}
	}
	return n
}

// closeBy gives a count of the places where all words stand, in any order,
// with at most within other words between the first and the last.
func closeBy(within int) func([]*wordPlaces) int {
	return func(words []*wordPlaces) int {
		n := 0
		next := make([]int, len(words))
		for {
			first, last := -1, 0
			for i, w := range words {
				if next[i] == len(w.positions) {
					return n
				}
				if first < 0 || w.positions[next[i]] < words[first].positions[next[first]] {
					first = i
				}
				last = max(last, w.positions[next[i]])
			}
			if last-words[first].positions[next[first]]+1-len(words) <= within {
				n++
			}
			next[first]++
		}
	}
}
