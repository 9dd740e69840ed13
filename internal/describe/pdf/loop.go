package pdf

// Crossing from Go into WebAssembly costs more than reading a property of a
// character. So a second, tiny module runs beside PDFium in the same memory
// and loops over the characters there:
//
//	read(text, first, last, out):
//	    for first < last {
//	        FPDFText_GetCharBox(text, first, out, out+8, out+16, out+24)
//	        FPDFText_GetCharOrigin(text, first, out+32, out+40)
//	        out[48] = FPDFText_GetUnicode(text, first)
//	        out[52] = FPDFText_IsGenerated(text, first)
//	        out[56] = FPDFText_IsHyphen(text, first)
//	        out[60] = FPDFText_GetTextObject(text, first)
//	        first++; out += 64
//	    }
//
// It is assembled here, so that what runs is readable here.

// loopImport is the name under which the loop imports PDFium.
const loopImport = "pdfium"

// recordSize is the bytes the loop writes for one character: four float64 of
// the box (left, right, bottom, top), two of the origin, four int32.
const recordSize = 64

// Sections and types of the WebAssembly binary format (core specification 2.0,
// §5.3 and §5.5).
const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionExport   = 7
	sectionCode     = 10

	typeFunc  = 0x60
	typeI32   = 0x7F
	typeVoid  = 0x40
	kindFunc  = 0
	kindMem   = 2
	noMaximum = 0
)

// Instructions (§5.4).
const (
	opBlock    = 0x02
	opLoop     = 0x03
	opEnd      = 0x0B
	opBranch   = 0x0C
	opBranchIf = 0x0D
	opCall     = 0x10
	opDrop     = 0x1A
	opGet      = 0x20
	opSet      = 0x21
	opStore32  = 0x36
	opConst    = 0x41
	opGeS      = 0x4E
	opAdd      = 0x6A
)

// Locals of the loop: its parameters.
const (
	localText = iota
	localFirst
	localLast
	localOut
)

// loopModule gives the binary of the loop.
func loopModule() []byte {
	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	module = append(module, section(sectionType, vector(
		signature(6, 1), signature(4, 1), signature(2, 1), signature(4, 0)))...)
	module = append(module, section(sectionImport, vector(
		importFunction("FPDFText_GetCharBox", 0),
		importFunction("FPDFText_GetCharOrigin", 1),
		importFunction("FPDFText_GetUnicode", 2),
		importFunction("FPDFText_IsGenerated", 2),
		importFunction("FPDFText_IsHyphen", 2),
		importFunction("FPDFText_GetTextObject", 2),
		append(append(name(loopImport), name("memory")...), kindMem, noMaximum, 0)))...)
	module = append(module, section(sectionFunction, vector([]byte{3}))...)
	module = append(module, section(sectionExport, vector(append(name("read"), kindFunc, 6)))...)
	body := append([]byte{0}, loopBody()...) // no further locals
	return append(module, section(sectionCode, vector(append(number(len(body)), body...)))...)
}

// loopBody gives the instructions of read.
func loopBody() []byte {
	code := []byte{opBlock, typeVoid, opLoop, typeVoid,
		opGet, localFirst, opGet, localLast, opGeS, opBranchIf, 1}
	code = append(code, callWithPointers(0, 0, 8, 16, 24)...)
	code = append(code, callWithPointers(1, 32, 40)...)
	for k, offset := range []int{48, 52, 56, 60} {
		code = append(code, opGet, localOut)
		code = append(code, opGet, localText, opGet, localFirst, opCall, byte(2+k))
		code = append(code, opStore32, 2, byte(offset)) // aligned to 4
	}
	code = append(code, opGet, localFirst, opConst, 1, opAdd, opSet, localFirst)
	code = append(code, opGet, localOut, opConst)
	code = append(code, signed(recordSize)...)
	code = append(code, opAdd, opSet, localOut)
	return append(code, opBranch, 0, opEnd, opEnd, opEnd)
}

// callWithPointers calls function f with the text page, the character and
// pointers into the record, and drops its result.
func callWithPointers(f byte, offsets ...int) []byte {
	code := []byte{opGet, localText, opGet, localFirst}
	for _, offset := range offsets {
		code = append(code, opGet, localOut, opConst)
		code = append(code, signed(offset)...)
		code = append(code, opAdd)
	}
	return append(code, opCall, f, opDrop)
}

func importFunction(function string, signature byte) []byte {
	return append(append(name(loopImport), name(function)...), kindFunc, signature)
}

// signature is a function type of n int32 parameters and m int32 results.
func signature(n, m int) []byte {
	s := append([]byte{typeFunc}, number(n)...)
	for range n {
		s = append(s, typeI32)
	}
	s = append(s, number(m)...)
	for range m {
		s = append(s, typeI32)
	}
	return s
}

func section(id byte, content []byte) []byte {
	return append(append([]byte{id}, number(len(content))...), content...)
}

func vector(items ...[]byte) []byte {
	v := number(len(items))
	for _, item := range items {
		v = append(v, item...)
	}
	return v
}

func name(s string) []byte { return append(number(len(s)), s...) }

// number encodes n as unsigned LEB128 (§5.2.2).
func number(n int) []byte {
	var out []byte
	for ; n >= 0x80; n >>= 7 {
		out = append(out, byte(n)|0x80)
	}
	return append(out, byte(n))
}

// signed encodes n ≥ 0 as signed LEB128 (§5.2.2): the top bit of the last byte
// is a sign.
func signed(n int) []byte {
	var out []byte
	for ; n >= 0x40; n >>= 7 {
		out = append(out, byte(n&0x7F)|0x80)
	}
	return append(out, byte(n))
}
