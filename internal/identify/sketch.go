package identify

import (
	"math"
	"slices"
)

// The signature has bands × rows minima. Two texts that share the part s of
// their shingles share a band with the probability 1-(1-s^rows)^bands: 0.97 at
// s = 0.5, 0.07 at 0.2 (Leskovec, Rajaraman, Ullman, "Mining of Massive
// Datasets", §3.4).
const (
	bands = 40
	rows  = 4
)

// bandKeys gives a key for every band of the MinHash signature (Broder, "On
// the resemblance and containment of documents", 1997) of a set of shingles:
// files that are near the same share one.
func bandKeys(set map[uint64]struct{}) []uint64 {
	if len(set) == 0 {
		return nil
	}
	var minima [bands * rows]uint64
	for i := range minima {
		minima[i] = math.MaxUint64
	}
	for h := range set {
		x := h
		for i := range minima {
			x = x*0xd1342543de82ef95 + 0x9e3779b97f4a7c15 // another hash of h for every row
			if y := x ^ x>>32; y < minima[i] {
				minima[i] = y
			}
		}
	}
	keys := make([]uint64, bands)
	for band := range keys {
		k := mix(uint64(band) ^ kindBand)
		for _, m := range minima[band*rows : (band+1)*rows] {
			k = mix(k ^ m)
		}
		keys[band] = k
	}
	return keys
}

const (
	sampleOf    = 256 // one shingle in so many is a key of its own
	mostSamples = 96  // of one file
)

// sampleKeys gives the shingles of a set whose hash is divisible by of: those
// of a part are among those of the whole, so that an annex finds the report
// that has it.
func sampleKeys(set map[uint64]struct{}, of uint64, kind uint64) []uint64 {
	var keys []uint64
	for h := range set {
		if y := mix(h); y%of == 0 {
			keys = append(keys, mix(y^kind))
		}
	}
	slices.Sort(keys)
	return keys[:min(len(keys), mostSamples)]
}
