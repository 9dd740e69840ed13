package identify_test

import (
	"math/rand/v2"
	"testing"

	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
)

// BenchmarkKeys reads a report of 20,000 words.
func BenchmarkKeys(b *testing.B) {
	s := identifytest.Invent("one", 235, rand.New(rand.NewPCG(1, 1)))
	k := identifytest.Known("one", s.Title, identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, ""))
	for b.Loop() {
		identify.Keys(k)
	}
}

// BenchmarkCompare compares two of them.
func BenchmarkCompare(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	s, other := identifytest.Invent("one", 235, r), identifytest.Invent("two", 235, r)
	one := identifytest.Known("one", s.Title, identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, ""))
	two := identifytest.Known("two", s.Title, identifytest.Revise(r, s.Paragraphs, other.Paragraphs, 0.5))
	for b.Loop() {
		identify.Compare(one, two)
	}
}
