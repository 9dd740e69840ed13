package identify

import (
	"math"
	"slices"
)

// How many of the shingles of a text are keys: one of every sampleOf, but not
// fewer than leastSamples nor more than mostSamples.
const (
	sampleOf     = 256
	leastSamples = 32
	mostSamples  = 64
)

// sketch gives the smallest hashes of a set: the sketch of its resemblance
// (Broder, "On the resemblance and containment of documents", 1997, §2). Two
// texts that share the part s of their shingles share about the part s of
// their sketches, and of a part of a text about as much is in the sketch of
// the whole as the part has of it. Every hash is a key of the inverted index,
// so that files that share one meet whatever the size of the library.
func sketch(set []uint64, least, most int, kind uint64) []uint64 {
	size := min(max(len(set)/sampleOf, least), most)
	spread := make([]uint64, len(set))
	for i, h := range set {
		spread[i] = mix(h ^ kind)
	}
	return smallest(spread, size)
}

// smallest gives the n smallest of a list that it may reorder, in order.
func smallest(list []uint64, n int) []uint64 {
	if len(list) > 4*n { // throw most of a long list away before it is sorted
		border := math.MaxUint64 / uint64(len(list)) * uint64(4*n) // about 4n are below it
		below := slices.DeleteFunc(slices.Clone(list), func(h uint64) bool { return h > border })
		if len(below) >= n {
			list = below
		}
	}
	slices.Sort(list)
	return slices.Clone(list[:min(len(list), n)])
}
