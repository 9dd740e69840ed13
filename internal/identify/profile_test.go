package identify_test

import (
	"math/rand/v2"
	"testing"

	"github.com/greyshelf/greyshelf/internal/identify"
)

// BenchmarkKeys reads a report of 20,000 words.
func BenchmarkKeys(b *testing.B) {
	s := invent("one", 235, rand.New(rand.NewPCG(1, 1)))
	k := known("one", s.title, paginate(s.paragraphs, perPage, ""))
	for b.Loop() {
		identify.Keys(k)
	}
}

// BenchmarkCompare compares two of them.
func BenchmarkCompare(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	s, other := invent("one", 235, r), invent("two", 235, r)
	one := known("one", s.title, paginate(s.paragraphs, perPage, ""))
	two := known("two", s.title, revise(r, s.paragraphs, other.paragraphs, 0.5))
	for b.Loop() {
		identify.Compare(one, two)
	}
}
