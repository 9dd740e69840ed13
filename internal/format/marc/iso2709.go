package marc

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// The separators and limits of ISO 2709, as MARC 21 uses it.
const (
	subfieldMark = 0x1f
	fieldEnd     = 0x1e
	recordEnd    = 0x1d
	leaderLength = 24
	entryLength  = 12
	mostRecord   = 99_999
	mostField    = 9_999
)

// Binary gives the record in ISO 2709. The form has limits: a field longer
// than 9,999 bytes is cut at a character, and fields that would make the record
// longer than 99,999 bytes are left out; [Record.XML] has all.
func (r Record) Binary() []byte {
	var directory, data bytes.Buffer
	for _, f := range r.Fields {
		field := f.binary()
		if leaderLength+directory.Len()+entryLength+1+data.Len()+len(field)+1 > mostRecord {
			continue
		}
		fmt.Fprintf(&directory, "%3s%04d%05d", f.Tag, len(field), data.Len())
		data.Write(field)
	}
	base := leaderLength + directory.Len() + 1
	head := []byte(r.Leader)
	if len(head) != leaderLength {
		head = []byte(leader)
	}
	copy(head, fmt.Sprintf("%05d", base+data.Len()+1))
	copy(head[12:], fmt.Sprintf("%05d", base))
	out := append(head, directory.Bytes()...)
	out = append(out, fieldEnd)
	out = append(out, data.Bytes()...)
	return append(out, recordEnd)
}

func (f Field) binary() []byte {
	var b bytes.Buffer
	if control(f.Tag) {
		b.WriteString(f.Value)
	} else {
		b.WriteByte(f.Ind1)
		b.WriteByte(f.Ind2)
		for _, s := range f.Subfields {
			b.WriteByte(subfieldMark)
			b.WriteByte(s.Code)
			b.WriteString(s.Text)
		}
	}
	out := b.Bytes()
	if len(out) >= mostField {
		out = out[:mostField-1]
		for len(out) > 0 && !utf8.Valid(out[max(0, len(out)-utf8.UTFMax):]) && !utf8.Valid(out) {
			out = out[:len(out)-1]
		}
	}
	return append(out, fieldEnd)
}

// Read reads records in ISO 2709, one after another. A record that cannot be
// read ends the reading. Errors: Invalid (damaged, or not in UTF-8),
// Unavailable.
func Read(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		in := bufio.NewReader(r)
		for n := 1; ; n++ {
			raw, err := next(in)
			if err == io.EOF {
				return
			}
			var record Record
			if err == nil {
				record, err = decode(raw)
			}
			if err != nil {
				err = greyshelf.E(greyshelf.Invalid, "read MARC record", strconv.Itoa(n), err)
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// next gives the bytes of the next record; white space between records, as
// some programs put it, is passed over.
func next(in *bufio.Reader) ([]byte, error) {
	for {
		c, err := in.ReadByte()
		if err != nil {
			return nil, err
		}
		if c > ' ' {
			_ = in.UnreadByte()
			break
		}
	}
	head, err := in.Peek(leaderLength)
	if err != nil {
		return nil, fmt.Errorf("it ends within its leader")
	}
	length, ok := number(head[:5])
	if !ok || length < leaderLength+2 {
		return nil, fmt.Errorf("its length is not given")
	}
	raw := make([]byte, length)
	if _, err := io.ReadFull(in, raw); err != nil {
		return nil, fmt.Errorf("it is shorter than it says")
	}
	return raw, nil
}

func decode(raw []byte) (Record, error) {
	if !utf8.Valid(raw) {
		return Record{}, fmt.Errorf("it is not in UTF-8; MARC-8 is not read")
	}
	r := Record{Leader: string(raw[:leaderLength])}
	base, ok := number(raw[12:17])
	if !ok || base <= leaderLength || base > len(raw) || (base-leaderLength-1)%entryLength != 0 {
		return r, fmt.Errorf("its directory is damaged")
	}
	for at := leaderLength; at+entryLength < base; at += entryLength {
		entry := raw[at : at+entryLength]
		length, ok1 := number(entry[3:7])
		start, ok2 := number(entry[7:])
		if !ok1 || !ok2 || length < 1 || base+start+length > len(raw) {
			return r, fmt.Errorf("field %q lies outside of it", entry[:3])
		}
		field := strings.TrimRight(string(raw[base+start:base+start+length]), "\x1e\x1d")
		if f, ok := decodeField(string(entry[:3]), field); ok {
			r.Fields = append(r.Fields, f)
		}
	}
	return r, nil
}

// decodeField reads a field; one without subfields says nothing.
func decodeField(tag, text string) (Field, bool) {
	if control(tag) {
		return Field{Tag: tag, Value: text}, true
	}
	parts := strings.Split(text, string(rune(subfieldMark)))
	if len(parts) < 2 || len(parts[0]) != 2 {
		return Field{}, false
	}
	f := Field{Tag: tag, Ind1: parts[0][0], Ind2: parts[0][1]}
	for _, part := range parts[1:] {
		if part != "" && part[0] < utf8.RuneSelf {
			f.Subfields = append(f.Subfields, Subfield{part[0], part[1:]})
		}
	}
	return f, len(f.Subfields) > 0
}

// number reads digits.
func number(digits []byte) (int, bool) {
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
