package pdf

import (
	"errors"
	"fmt"
)

// WebAssembly that runs as machine code cannot be interrupted from outside,
// and as long as it runs, Go's garbage collector waits. wazero's remedy leaves
// the code at every turn of every loop, which makes PDFium four times slower.
// So the module is metered before it is compiled: every loop and every function
// counts down a global variable, and when that reaches zero the code calls out
// to Go, which stops it when its time is over (see launch.tick).
//
//	turns--
//	if turns == 0 { tick(); turns = turnsPerTick }

// turnsPerTick is how many loop turns and function calls lie between two ticks:
// well under a millisecond.
const turnsPerTick = 1 << 14

var errModule = errors.New("the PDFium module is not what this package can meter")

// Further sections and instructions of the binary format; see loop.go.
const (
	sectionGlobal = 6

	opIf        = 0x04
	opTryTable  = 0x1F
	opGetGlobal = 0x23
	opSetGlobal = 0x24
	opEqz       = 0x45
	opSub       = 0x6B
)

// meter adds the countdown to a module. tick is the import it calls: a
// function without parameters and with one result.
func meter(module []byte, tick string) ([]byte, error) {
	r := wasm{data: module, at: 8}
	if len(module) < 8 {
		return nil, errModule
	}
	out := append([]byte{}, module[:8]...)
	m := metering{tick: -1}
	for r.at < len(r.data) && !r.failed {
		id := r.byte()
		body := r.bytes(r.number())
		switch id {
		case sectionImport:
			m.imports(body, tick)
		case sectionGlobal:
			body = m.global(body)
		case sectionCode:
			body = m.code(body)
		}
		out = append(out, section(id, body)...)
	}
	if r.failed || m.failed != nil || m.tick < 0 || m.probe == nil {
		return nil, errors.Join(errModule, m.failed)
	}
	return out, nil
}

// metering is what is known of the module while it is rewritten.
type metering struct {
	tick    int // index of the imported function
	globals int // imported ones
	probe   []byte
	failed  error
}

// imports looks for the tick and counts the imported globals (§5.5.5).
func (m *metering) imports(body []byte, tick string) {
	r := wasm{data: body}
	functions := 0
	for range r.number() {
		r.bytes(r.number())
		name := string(r.bytes(r.number()))
		switch kind := r.byte(); kind {
		case kindFunc:
			r.number()
			if name == tick {
				m.tick = functions
			}
			functions++
		case 1: // table
			r.skip(1)
			r.limits()
		case kindMem:
			r.limits()
		case 3: // global
			r.skip(2)
			m.globals++
		case 4: // tag
			r.skip(1)
			r.number()
		}
	}
	if r.failed {
		m.failed = errModule
	}
}

// global appends the countdown to the global section and makes the probe.
func (m *metering) global(body []byte) []byte {
	r := wasm{data: body}
	n := r.number()
	turns := number(m.globals + n)
	first := signed(turnsPerTick)
	added := append([]byte{typeI32, 1, opConst}, first...)
	added = append(added, opEnd)

	p := append([]byte{opGetGlobal}, turns...)
	p = append(p, opConst, 1, opSub, opSetGlobal)
	p = append(p, turns...)
	p = append(p, opGetGlobal)
	p = append(p, turns...)
	p = append(p, opEqz, opIf, typeVoid, opCall)
	p = append(p, number(max(0, m.tick))...)
	p = append(p, opDrop, opConst)
	p = append(p, first...)
	p = append(p, opSetGlobal)
	p = append(p, turns...)
	m.probe = append(p, opEnd)
	return append(append(number(n+1), body[r.at:]...), added...)
}

// code puts the probe at the start of every function and every loop (§5.5.13).
func (m *metering) code(body []byte) []byte {
	r := wasm{data: body}
	n := r.number()
	out := number(n)
	for range n {
		function := r.bytes(r.number())
		metered, err := m.function(function)
		if err != nil || r.failed {
			m.failed = errors.Join(errModule, err)
			return nil
		}
		out = append(append(out, number(len(metered))...), metered...)
	}
	return out
}

func (m *metering) function(body []byte) ([]byte, error) {
	r := wasm{data: body}
	for range r.number() { // locals: count and type
		r.number()
		r.skip(1)
	}
	out := append(make([]byte, 0, len(body)*3/2+64), body[:min(r.at, len(body))]...)
	out = append(out, m.probe...)
	for copied := r.at; ; {
		if r.at >= len(body) || r.failed {
			if r.failed {
				return nil, fmt.Errorf("a function with an instruction %#x that is not known", r.op)
			}
			return append(out, body[copied:]...), nil
		}
		if r.instruction() == opLoop {
			out = append(out, body[copied:r.at]...)
			out = append(out, m.probe...)
			copied = r.at
		}
	}
}
