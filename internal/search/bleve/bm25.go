package bleve

import "math"

// bm25 is the ranking function Okapi BM25 (Robertson and Zaragoza 2009, "The
// Probabilistic Relevance Framework", §3.4).
type bm25 struct {
	k1, b   float64
	average float64 // words of a page
	n       float64 // pages and records
}

// Chosen on two public collections (package ranktest): from k1 = 1.2 to 1.5 and
// b = 0.5 to 0.75 the differences are below 0.01 nDCG.
const (
	defaultK1 = 1.5
	defaultB  = 0.6
	// shortest is the share of the average length below which pages count as
	// no shorter: on a title page one word is a tenth of all.
	shortest = 0.25
)

// weight gives what a term is worth that n of the documents have.
func (r bm25) weight(n int) float64 {
	with := math.Min(float64(n), r.n)
	return math.Log(1 + (r.n-with+0.5)/(with+0.5))
}

// frequency gives what a term's occurrences in a document are worth.
func (r bm25) frequency(occurrences, length float64) float64 {
	relative := math.Max(length/r.average, shortest)
	return occurrences * (r.k1 + 1) / (occurrences + r.k1*(1-r.b+r.b*relative))
}
