package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf16"

	"github.com/tetratelabs/wazero/api"
)

// scratchSize is the size of the buffer in an instance's memory through which
// short results are passed.
const scratchSize = 64 << 10

// instance is one running PDFium with its own memory. One goroutine at a time
// uses it. Its first failure sticks: later calls do nothing and give 0, so a
// step checks err once at its end. A failed instance is killed.
type instance struct {
	module    api.Module // PDFium
	loop      api.Module // see loop.go
	memory    *memory
	functions map[string]api.Function
	scratch   uint32
	files     int // opened so far

	owner    *file  // whose document is open, nil for none
	address  uint32 // of its data
	document uint64

	ctx   context.Context // of the running step
	err   error
	stack [8]uint64
}

var errOutOfBounds = errors.New("PDFium gave an address outside its memory")

// prepare starts PDFium and allocates the scratch buffer.
func (i *instance) prepare() error {
	i.ctx = context.Background()
	i.call("FPDF_InitLibrary")
	i.scratch = uint32(i.call("malloc", scratchSize))
	if i.err == nil && i.scratch == 0 {
		i.err = errors.New("no memory for an instance")
	}
	return i.err
}

// function looks an exported function up once per instance.
func (i *instance) function(name string) api.Function {
	f, ok := i.functions[name]
	if !ok {
		f = i.module.ExportedFunction(name)
		i.functions[name] = f
	}
	return f
}

// call runs an exported function of PDFium's C API. Arguments and result are
// the raw 64-bit values of WebAssembly's stack.
func (i *instance) call(name string, args ...uint64) uint64 {
	if i.err != nil {
		return 0
	}
	f := i.function(name)
	if f == nil {
		i.err = fmt.Errorf("PDFium has no function %s", name)
		return 0
	}
	return i.run(f, args...)
}

// run is call without the look-up, for loops over characters.
func (i *instance) run(f api.Function, args ...uint64) uint64 {
	if i.err != nil {
		return 0
	}
	if i.err = i.ctx.Err(); i.err != nil {
		return 0
	}
	i.stack[0] = 0
	copy(i.stack[:], args)
	if err := f.CallWithStack(i.ctx, i.stack[:]); err != nil {
		i.err = err
		return 0
	}
	return i.stack[0]
}

// callInt is call for functions that give a C int.
func (i *instance) callInt(name string, args ...uint64) int {
	return int(int32(uint32(i.call(name, args...))))
}

// load copies data into the instance's memory. Free it with free.
func (i *instance) load(data []byte) uint32 {
	at := uint32(i.call("malloc", uint64(len(data))))
	if i.err != nil {
		return 0
	}
	if at == 0 {
		i.memory.refused = true
		i.err = errors.New("no memory for the file")
		return 0
	}
	if !i.module.Memory().Write(at, data) {
		i.err = errOutOfBounds
	}
	return at
}

func (i *instance) free(at uint32) {
	if at != 0 {
		i.call("free", uint64(at))
	}
}

// read gives a view of n bytes of the instance's memory, valid until the next
// call.
func (i *instance) read(at, n uint32) []byte {
	if i.err != nil {
		return make([]byte, n)
	}
	b, ok := i.module.Memory().Read(at, n)
	if !ok {
		i.err = errOutOfBounds
		return make([]byte, n)
	}
	return b
}

// float32s reads n C floats from the scratch buffer.
func (i *instance) float32s(n int) []float64 {
	b := i.read(i.scratch, uint32(4*n))
	out := make([]float64, n)
	for k := range out {
		out[k] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*k:])))
	}
	return out
}

// text calls a function whose last two arguments are a buffer and its length
// in bytes and which gives the length of its UTF-16 result with its end mark.
// Longer results than the scratch buffer are given as "".
func (i *instance) text(name string, args ...uint64) string {
	n := uint32(i.call(name, append(args, uint64(i.scratch), scratchSize)...))
	if i.err != nil || n < 2 || n > scratchSize {
		return ""
	}
	return utf16Text(i.read(i.scratch, n))
}

// cstring puts a short name into the scratch buffer's second half.
func (i *instance) cstring(s string) uint64 {
	at := i.scratch + scratchSize/2
	if !i.module.Memory().Write(at, append([]byte(s), 0)) {
		i.err = errOutOfBounds
	}
	return uint64(at)
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for k := range units {
		units[k] = binary.LittleEndian.Uint16(b[2*k:])
	}
	for k, u := range units {
		if u == 0 {
			units = units[:k]
			break
		}
	}
	return string(utf16.Decode(units))
}

// bytesText calls a function like [instance.text] that gives bytes.
func (i *instance) bytesText(n uint32) string {
	if i.err != nil || n == 0 || n > scratchSize/2 {
		return ""
	}
	b, _, _ := bytes.Cut(i.read(i.scratch, n), []byte{0})
	return string(b)
}

// unload closes the document that is open.
func (i *instance) unload() {
	if i.document != 0 {
		i.call("FPDF_CloseDocument", i.document)
	}
	i.free(i.address)
	i.owner, i.document, i.address = nil, 0, 0
}

// kill ends the instance.
func (i *instance) kill() {
	ctx := context.Background()
	_ = errors.Join(i.loop.Close(ctx), i.module.Close(ctx)) // gone either way
}
