package identify

import "math/bits"

// bitset marks places in a list.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bitset) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// countAnd counts what is in both, which are of one size.
func (b bitset) countAnd(other bitset) int {
	n := 0
	for i, word := range other {
		n += bits.OnesCount64(word & b[i])
	}
	return n
}
