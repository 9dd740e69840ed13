package pdfwrite

import (
	"encoding/binary"
	"errors"

	"github.com/go-text/typesetting/font"
)

// subset keeps the outlines of the named glyphs and of the glyphs that they
// are composed of. Glyph numbers stay (OpenType 1.9: glyf, loca, head); tables
// that a PDF reader does not need are left out (ISO 32000-1 §9.9).
func subset(ttf []byte, ids []font.GID) ([]byte, error) {
	tables, err := readTables(ttf)
	if err != nil {
		return nil, err
	}
	head, loca, glyf := tables["head"], tables["loca"], tables["glyf"]
	if len(head) < 54 || len(loca) < 4 {
		return nil, errors.New("not a TrueType font with outlines")
	}
	long := binary.BigEndian.Uint16(head[50:]) == 1
	outlines := splitGlyphs(loca, glyf, long)
	keep := map[int]bool{0: true}
	for _, id := range ids {
		keepGlyph(outlines, int(id), keep)
	}
	var newGlyf []byte
	newLoca := make([]byte, 0, 4*len(outlines)+4)
	for i, outline := range outlines {
		newLoca = binary.BigEndian.AppendUint32(newLoca, uint32(len(newGlyf)))
		if keep[i] {
			newGlyf = append(newGlyf, outline...)
			for len(newGlyf)%4 != 0 {
				newGlyf = append(newGlyf, 0)
			}
		}
	}
	newLoca = binary.BigEndian.AppendUint32(newLoca, uint32(len(newGlyf)))
	newHead := append([]byte(nil), head...)
	binary.BigEndian.PutUint16(newHead[50:], 1) // loca has long offsets now
	tables["head"], tables["loca"], tables["glyf"] = newHead, newLoca, newGlyf
	return writeTables(tables), nil
}

// readTables gives the tables of a font by tag.
func readTables(ttf []byte) (map[string][]byte, error) {
	if len(ttf) < 12 {
		return nil, errors.New("the font is too short")
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		at := 12 + 16*i
		if at+16 > len(ttf) {
			return nil, errors.New("the font's directory is cut off")
		}
		offset, length := int(binary.BigEndian.Uint32(ttf[at+8:])), int(binary.BigEndian.Uint32(ttf[at+12:]))
		if offset+length > len(ttf) {
			return nil, errors.New("a table of the font is cut off")
		}
		tables[string(ttf[at:at+4])] = ttf[offset : offset+length]
	}
	return tables, nil
}

// splitGlyphs gives the outline of every glyph; an empty one for a space.
func splitGlyphs(loca, glyf []byte, long bool) [][]byte {
	at := func(i int) int {
		if long {
			return min(int(binary.BigEndian.Uint32(loca[4*i:])), len(glyf))
		}
		return min(2*int(binary.BigEndian.Uint16(loca[2*i:])), len(glyf))
	}
	n := len(loca)/2 - 1
	if long {
		n = len(loca)/4 - 1
	}
	outlines := make([][]byte, n)
	for i := range outlines {
		if from, to := at(i), at(i+1); from < to {
			outlines[i] = glyf[from:to]
		}
	}
	return outlines
}

// The flags of a composite glyph that say how long a component's record is.
const (
	wordArguments  = 0x0001
	oneScale       = 0x0008
	moreComponents = 0x0020
	twoScales      = 0x0040
	twoByTwo       = 0x0080
)

// keepGlyph marks a glyph and its components.
func keepGlyph(outlines [][]byte, id int, keep map[int]bool) {
	if id >= len(outlines) || keep[id] {
		return
	}
	keep[id] = true
	g := outlines[id]
	if len(g) < 10 || int16(binary.BigEndian.Uint16(g)) >= 0 {
		return // empty or simple
	}
	for at := 10; at+4 <= len(g); {
		flags := binary.BigEndian.Uint16(g[at:])
		keepGlyph(outlines, int(binary.BigEndian.Uint16(g[at+2:])), keep)
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&twoByTwo != 0:
			at += 8
		}
		if flags&moreComponents == 0 {
			return
		}
	}
}

// writeTables writes the tables that PDF asks for, in the order of their tags.
func writeTables(tables map[string][]byte) []byte {
	var tags []string
	for _, tag := range []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"} {
		if len(tables[tag]) > 0 {
			tags = append(tags, tag)
		}
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	out = binary.BigEndian.AppendUint16(out, uint16(len(tags)))
	out = append(out, 0, 128, 0, 3, 0, 16) // search hints: readers do not use them
	offset := 12 + 16*len(tags)
	for _, tag := range tags {
		out = append(out, tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(tables[tag]))
		out = binary.BigEndian.AppendUint32(out, uint32(offset))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[tag])))
		offset += (len(tables[tag]) + 3) &^ 3
	}
	for _, tag := range tags {
		out = append(out, tables[tag]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// checksum adds up a table as big-endian words.
func checksum(table []byte) uint32 {
	var sum uint32
	for i, b := range table {
		sum += uint32(b) << (24 - 8*(i%4))
	}
	return sum
}
