package pdf

// memory is the linear memory of one instance. It grows up to max and
// remembers when it had to refuse, so that "out of memory" can be told from any
// other trap.
//
// Where the system allows, it is an address range outside Go's heap: growing
// copies nothing, and a bomb's memory goes back at once instead of at the next
// collection.
type memory struct {
	bytes   []byte
	max     uint64
	refused bool
	mapped  []byte // nil where the memory lies on Go's heap
}

func newMemory(max uint64) *memory {
	return &memory{max: max, mapped: reserve(int(max))}
}

// Reallocate implements experimental.LinearMemory.
func (m *memory) Reallocate(size uint64) []byte {
	switch {
	case size > m.max:
		m.refused = true
		return nil
	case m.mapped != nil:
		m.bytes = m.mapped[:size]
		return m.bytes
	case size > uint64(cap(m.bytes)):
		grown := make([]byte, size, min(m.max, max(size, uint64(cap(m.bytes))*3/2)))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free implements experimental.LinearMemory. Both modules of an instance call
// it, when neither runs any more.
func (m *memory) Free() {
	if m.mapped != nil {
		release(m.mapped)
	}
	m.bytes, m.mapped = nil, nil
}
