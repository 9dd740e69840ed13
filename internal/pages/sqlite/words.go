package sqlite

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/greyshelf/greyshelf"
)

// The words of a page are kept as, for each word in order: the distance of its
// start from the end of the word before, its length (both unsigned varints, in
// code points), and its box as four unsigned 16-bit big-endian numbers in
// 1/65535 of the page. That is about ten bytes a word, a sixth of its JSON,
// and exact to a hundredth of a millimetre on A4.

const boxScale = math.MaxUint16

func encodeWords(words []greyshelf.Word) []byte {
	data := make([]byte, 0, 11*len(words))
	at := 0
	for _, w := range words {
		if w.Start < at || w.End < w.Start {
			continue // overlapping words would come from a defect; the text is what counts
		}
		data = binary.AppendUvarint(data, uint64(w.Start-at))
		data = binary.AppendUvarint(data, uint64(w.End-w.Start))
		for _, side := range w.Box {
			data = binary.BigEndian.AppendUint16(data, uint16(math.Round(min(max(side, 0), 1)*boxScale)))
		}
		at = w.End
	}
	return data
}

var errWords = errors.New("the words of the page are damaged")

func decodeWords(data []byte) ([]greyshelf.Word, error) {
	words := make([]greyshelf.Word, 0, len(data)/10)
	at := 0
	for len(data) > 0 {
		gap, n := binary.Uvarint(data)
		if n <= 0 {
			return nil, errWords
		}
		length, m := binary.Uvarint(data[n:])
		if m <= 0 || len(data) < n+m+8 || gap > math.MaxInt32 || length > math.MaxInt32 {
			return nil, errWords
		}
		data = data[n+m:]
		w := greyshelf.Word{Start: at + int(gap)}
		w.End = w.Start + int(length)
		for i := range w.Box {
			w.Box[i] = float64(binary.BigEndian.Uint16(data[2*i:])) / boxScale
		}
		data = data[8:]
		at = w.End
		words = append(words, w)
	}
	return words, nil
}
