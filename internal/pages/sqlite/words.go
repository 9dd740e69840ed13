package sqlite

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// The words of a page are packed as: one byte that says how the places are
// written; then for each word, where the byte is [placed], the distance of its
// start from the end of the word before and its length in code points; then its
// box in steps of 1/16384 of the page (a twentieth of a millimetre on A4): left
// side from the right side of the word before, width, top from the top of the
// word before, and how much higher it is than the word before. Every number is
// a signed varint of package encoding/binary. Where the words are the runs of
// non-space characters of the text, as they nearly always are, their places
// are not written. That is five to seven bytes a word.

// The values of the first byte.
const (
	implied byte = 1 // the words are the runs of the text
	placed  byte = 2 // the places are written
)

const (
	boxSteps = 1 << 14
	mostSide = 4 // a side farther out than this many pages is moved in
)

// corners are the sides of a box in steps.
type corners [4]int64

func toCorners(b greyshelf.Box) corners {
	var c corners
	for i, side := range b {
		if math.IsNaN(side) {
			side = 0
		}
		c[i] = int64(math.Round(min(max(side, -mostSide), mostSide) * boxSteps))
	}
	return c
}

func (c corners) box() greyshelf.Box {
	var b greyshelf.Box
	for i, side := range c {
		b[i] = float64(side) / boxSteps
	}
	return b
}

// encodeWords packs the words of a page with this text.
func encodeWords(text string, words []greyshelf.Word) []byte {
	data := make([]byte, 0, 1+8*len(words))
	places := runs(text)
	same := slices.EqualFunc(places, words, func(p, w greyshelf.Word) bool { return p.Start == w.Start && p.End == w.End })
	if same {
		data = append(data, implied)
	} else {
		data = append(data, placed)
	}
	at := 0
	var before corners
	for _, w := range words {
		if !same {
			data = binary.AppendVarint(data, int64(w.Start-at))
			data = binary.AppendVarint(data, int64(w.End-w.Start))
			at = w.End
		}
		c := toCorners(w.Box)
		data = binary.AppendVarint(data, c[0]-before[2])
		data = binary.AppendVarint(data, c[2]-c[0])
		data = binary.AppendVarint(data, c[1]-before[1])
		data = binary.AppendVarint(data, (c[3]-c[1])-(before[3]-before[1]))
		before = c
	}
	return data
}

// runs gives the places of the runs of non-space characters.
func runs(text string) []greyshelf.Word {
	var places []greyshelf.Word
	at, inside := 0, false
	for _, r := range text {
		space := unicode.IsSpace(r)
		switch {
		case !space && !inside:
			places = append(places, greyshelf.Word{Start: at, End: at + 1})
		case !space:
			places[len(places)-1].End = at + 1
		}
		inside = !space
		at++
	}
	return places
}

var errWords = errors.New("the words of the page are damaged")

// unpacking reads signed varints until one is damaged.
type unpacking struct {
	data    []byte
	damaged bool
}

func (u *unpacking) next() int64 {
	v, n := binary.Varint(u.data)
	if n <= 0 || v > math.MaxInt32 || v < math.MinInt32 {
		u.damaged, u.data = true, nil
		return 0
	}
	u.data = u.data[n:]
	return v
}

// decodeWords unpacks what encodeWords packed for the same text.
func decodeWords(text string, data []byte) ([]greyshelf.Word, error) {
	if len(data) == 0 || data[0] != implied && data[0] != placed {
		return nil, errWords
	}
	u := &unpacking{data: data[1:]}
	var words []greyshelf.Word
	if data[0] == implied {
		words = runs(text)
	}
	at, i := 0, 0
	var before corners
	for ; len(u.data) > 0; i++ {
		if data[0] == placed {
			w := greyshelf.Word{Start: at + int(u.next())}
			w.End = w.Start + int(u.next())
			at = w.End
			words = append(words, w)
		}
		var c corners
		c[0] = before[2] + u.next()
		c[2] = c[0] + u.next()
		c[1] = before[1] + u.next()
		c[3] = c[1] + before[3] - before[1] + u.next()
		if u.damaged || i >= len(words) {
			return nil, errWords
		}
		words[i].Box, before = c.box(), c
	}
	if i < len(words) {
		return nil, errWords
	}
	return words, nil
}
