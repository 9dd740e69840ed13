package bleve

import (
	"context"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	shortestRespelled = 4  // letters; shorter words are near to too many others
	twoEditsFrom      = 6  // letters
	muchMoreFrequent  = 20 // times, before a word that exists is respelled
)

// Suggest gives a word of the index at most two edits away from word and more
// frequent, or "". Words are given folded, as they are indexed.
func (x *Index) Suggest(ctx context.Context, word string) (better string, err error) {
	defer rescue("suggest", &err)
	x.open.RLock()
	defer x.open.RUnlock()
	e, err := x.begin(ctx)
	if err != nil {
		return "", err
	}
	defer e.close()
	tokens := x.analyser.tokens(undetermined, word)
	if len(tokens) != 1 || utf8.RuneCountInString(tokens[0].word) < shortestRespelled {
		return "", nil
	}
	typed := tokens[0].word
	distance := 1
	if utf8.RuneCountInString(typed) >= twoEditsFrom {
		distance = 2
	}
	list, err := e.near(wordsField, typed, distance)
	if err != nil {
		return "", greyshelf.E(greyshelf.Unavailable, "suggest", word, err)
	}
	e.countAll(wordsField, list)
	return respelling(typed, list), nil
}

// respelling chooses the best candidate: fewest edits, then most frequent.
func respelling(typed string, list []candidate) string {
	best, typedCount := candidate{}, 0
	for _, c := range list {
		if c.word == typed {
			typedCount = c.count
		}
	}
	for _, c := range list {
		if c.word == typed || c.count <= typedCount*muchMoreFrequent {
			continue
		}
		if best.word == "" || worth(c) > worth(best) {
			best = c
		}
	}
	return best.word
}

// worth weighs frequency against edits: one edit more must be paid for by a
// word twenty times as frequent.
func worth(c candidate) float64 {
	w := float64(c.count)
	for range c.distance {
		w /= muchMoreFrequent
	}
	return w
}
