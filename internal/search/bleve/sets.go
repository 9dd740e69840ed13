package bleve

import "math/bits"

// bitset is a set of document or report numbers.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return int(i/64) < len(b) && b[i/64]>>(i%64)&1 == 1 }

func (b bitset) size() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

func (b bitset) intersect(c bitset) {
	for i := range b {
		b[i] &= c[i]
	}
}

func (b bitset) unite(c bitset) {
	for i := range b {
		b[i] |= c[i]
	}
}

func (b bitset) subtract(c bitset) {
	for i := range b {
		b[i] &^= c[i]
	}
}

// setPostings are the documents of a set, all with the same score.
type setPostings struct {
	set   bitset
	count int
	value float64
}

func (p *setPostings) seek(at uint32) uint32 {
	i := int(at / 64)
	if i >= len(p.set) {
		return none
	}
	word := p.set[i] >> (at % 64) << (at % 64)
	for word == 0 {
		if i++; i >= len(p.set) {
			return none
		}
		word = p.set[i]
	}
	return uint32(i*64 + bits.TrailingZeros64(word))
}

func (p *setPostings) score() float64 { return p.value }
func (p *setPostings) cost() int      { return p.count }

// filter are the documents that a test lets through. Removed documents may be
// among them: it never stands alone.
type filter struct {
	size  int
	holds func(doc uint32) bool
}

func (p *filter) seek(at uint32) uint32 {
	for ; int(at) < p.size; at++ {
		if p.holds(at) {
			return at
		}
	}
	return none
}

func (p *filter) score() float64 { return 0 }
func (p *filter) cost() int      { return p.size }
