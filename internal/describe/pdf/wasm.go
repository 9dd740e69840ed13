package pdf

// wasm reads the WebAssembly binary format (core specification 2.0, §5, with
// the exception handling of 3.0), no more of it than metering needs. After the
// end of the data or an unknown instruction failed is set.
type wasm struct {
	data   []byte
	at     int
	op     byte // the last instruction
	failed bool
}

func (r *wasm) byte() byte {
	if r.at >= len(r.data) {
		r.failed = true
		return 0
	}
	r.at++
	return r.data[r.at-1]
}

func (r *wasm) skip(n int) { r.bytes(n) }

func (r *wasm) bytes(n int) []byte {
	if n < 0 || n > len(r.data)-r.at {
		r.failed = true
		r.at = len(r.data)
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

// number reads an unsigned LEB128 of at most 35 bits.
func (r *wasm) number() int {
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&0x7F) << shift
		if b < 0x80 {
			return n
		}
	}
	r.failed = true
	return 0
}

// leb skips a LEB128 of either sign and any width.
func (r *wasm) leb() {
	for r.byte() >= 0x80 && !r.failed {
	}
}

func (r *wasm) lebs(n int) {
	for range n {
		r.leb()
	}
}

func (r *wasm) limits() {
	if r.byte()&1 == 1 {
		r.leb()
	}
	r.leb()
}

// instruction skips one instruction with what follows it and gives its first
// byte (§5.4).
func (r *wasm) instruction() byte {
	op := r.byte()
	r.op = op
	switch {
	case op <= 0x01, op == 0x05, op == 0x0B, op == 0x0F, op == 0x0A, // unreachable nop else end return throw_ref
		op == 0x1A, op == 0x1B, op == 0xD1, // drop select ref.is_null
		op >= 0x45 && op <= 0xC4: // numeric
	case op >= 0x02 && op <= 0x04, op == 0x08, // block loop if throw
		op == 0x0C, op == 0x0D, op == 0x10, op == 0x12, // br br_if call return_call
		op >= 0x20 && op <= 0x26, // locals, globals, tables
		op == 0x3F, op == 0x40,   // memory.size memory.grow
		op == 0x41, op == 0x42, op == 0xD0, op == 0xD2: // i32.const i64.const ref.null ref.func
		r.leb()
	case op == 0x11, op == 0x13: // call_indirect return_call_indirect
		r.lebs(2)
	case op == 0x0E: // br_table
		r.lebs(r.number() + 1)
	case op == 0x1C: // select with types
		r.skip(r.number())
	case op == opTryTable:
		r.catches()
	case op >= 0x28 && op <= 0x3E: // loads and stores
		r.lebs(2)
	case op == 0x43:
		r.skip(4)
	case op == 0x44:
		r.skip(8)
	case op == 0xFC:
		r.extended()
	case op == 0xFD:
		r.vector()
	default:
		r.failed = true
	}
	return op
}

// catches skips the block type and the clauses of try_table.
func (r *wasm) catches() {
	r.leb()
	for range r.number() {
		if r.byte() <= 1 { // with a tag
			r.leb()
		}
		r.leb()
		if r.failed {
			return
		}
	}
}

// extended skips what follows the prefix 0xFC: saturating conversions, bulk
// memory and tables.
func (r *wasm) extended() {
	switch n := r.number(); {
	case n <= 7:
	case n == 9, n == 11, n == 13, n >= 15 && n <= 17:
		r.leb()
	case n == 8, n == 10, n == 12, n == 14:
		r.lebs(2)
	default:
		r.failed = true
	}
}

// vector skips what follows the prefix 0xFD: vector instructions.
func (r *wasm) vector() {
	switch n := r.number(); {
	case n <= 11, n == 92, n == 93: // loads and stores
		r.lebs(2)
	case n == 12, n == 13: // v128.const i8x16.shuffle
		r.skip(16)
	case n >= 21 && n <= 34: // lanes
		r.skip(1)
	case n >= 84 && n <= 91: // loads and stores of lanes
		r.lebs(2)
		r.skip(1)
	}
}
