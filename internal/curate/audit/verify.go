package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Verified is what a check of a file found.
type Verified struct {
	Decisions int      `json:"decisions"`
	First     int64    `json:"first"` // sequence number
	Last      int64    `json:"last"`
	Seal      string   `json:"seal"`              // of the last
	Defects   []Defect `json:"defects,omitempty"` // in the order of the file
}

// Defect is a line that was changed, or before which one is missing.
type Defect struct {
	Line int    `json:"line"` // from 1
	What string `json:"what"`
}

// Limits of a check.
const (
	mostLine    = 64 << 20 // bytes
	mostDefects = 1000
)

// Verify checks a file of JSON Lines on its own: that every decision is what
// was sealed, and that none is missing between the first and the last. What was
// cut off before the first line with its seals made anew cannot be seen. Errors:
// Invalid when it is no such file, TooLarge.
func Verify(r io.Reader) (Verified, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), mostLine)
	c := &checking{}
	for n := 1; in.Scan(); n++ {
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		c.line(n, in.Bytes())
		if len(c.Defects) >= mostDefects {
			return c.Verified, nil
		}
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return c.Verified, greyshelf.Errorf(greyshelf.TooLarge, "verify", "", "a line is longer than %s", greyshelf.FormatSize(mostLine))
	case err != nil:
		return c.Verified, greyshelf.E(greyshelf.Unavailable, "verify", "", err)
	case c.read == 0:
		return c.Verified, greyshelf.Errorf(greyshelf.Invalid, "verify", "", "it has no decision; export one with `greyshelf audit export`")
	case c.Decisions == 0 && !c.ended:
		return c.Verified, greyshelf.Errorf(greyshelf.Invalid, "verify", "", "it is no export of decisions as JSON Lines")
	case !c.ended:
		c.defect(c.read+1, "the file ends before its last line, which says how many decisions there are")
	}
	return c.Verified, nil
}

type checking struct {
	Verified
	read  int // lines
	ended bool
}

func (c *checking) defect(line int, format string, args ...any) {
	c.Defects = append(c.Defects, Defect{line, fmt.Sprintf(format, args...)})
}

func (c *checking) line(n int, data []byte) {
	c.read = n
	var last struct {
		End
		Seal *string `json:"end"`
	}
	if json.Unmarshal(data, &last) == nil && last.Seal != nil {
		last.End.Seal = *last.Seal
		c.atEnd(n, last.End)
		return
	}
	var line Line
	if err := json.Unmarshal(data, &line); err != nil || line.Seal == "" {
		c.defect(n, "it cannot be read: it was changed")
		return
	}
	c.decision(n, line)
}

// decision checks one line. After a defect the chain goes on from the seal that
// the line states, so that each is named once.
func (c *checking) decision(n int, l Line) {
	switch {
	case c.ended:
		c.defect(n, "there is a line behind the last")
	case c.Decisions == 0 && l.Seq == 1 && l.Previous != "":
		c.defect(n, "decision 1 is the first, but a seal stands before it")
	case c.Decisions > 0 && l.Seq > c.Last+1:
		c.defect(n, "%s missing before it", numbered(c.Last+1, l.Seq-1))
	case c.Decisions > 0 && l.Seq <= c.Last:
		c.defect(n, "decision %d stands in the wrong place", l.Seq)
	case !l.whole():
		c.defect(n, "decision %d (%s, %s) is not what was sealed: it was changed", l.Seq, l.ID, l.Who)
	case c.Decisions > 0 && l.Previous != c.Seal:
		c.defect(n, "decision %d (%s, %s) does not follow the one before: one of the two was changed and sealed anew", l.Seq, l.ID, l.Who)
	}
	if c.Decisions == 0 {
		c.First = l.Seq
	}
	c.Decisions, c.Last, c.Seal = c.Decisions+1, l.Seq, l.Seal
}

func numbered(from, to int64) string {
	if from == to {
		return fmt.Sprintf("decision %d is", from)
	}
	return fmt.Sprintf("the decisions %d to %d are", from, to)
}

func (c *checking) atEnd(n int, e End) {
	c.ended = true
	switch {
	case c.Decisions > 0 && e.First < c.First && e.First > 0:
		c.defect(n, "%s missing before the first line", numbered(e.First, c.First-1))
	case e.Last > c.Last:
		c.defect(n, "%s missing before it", numbered(c.Last+1, e.Last))
	case e.Decisions != c.Decisions && len(c.Defects) == 0:
		c.defect(n, "it says that there are %d decisions; there are %d", e.Decisions, c.Decisions)
	case e.Last != c.Last || e.Seal != c.Seal:
		c.defect(n, "it does not name the last decision")
	}
}

// whole reports whether the line says what was sealed.
func (l Line) whole() bool {
	shown := catalog.SealedValues(l.Decision)
	if len(l.Sealed) == 0 {
		return catalog.SealOf(l.Previous, shown) == l.Seal
	}
	if len(l.Sealed) != len(shown) {
		return false
	}
	sealed := make([]string, len(shown))
	for i, v := range l.Sealed {
		sealed[i] = string(v)
		if written(sealed[i]) != written(shown[i]) {
			return false
		}
	}
	return catalog.SealOf(l.Previous, sealed) == l.Seal
}

// written gives a value as JSON writes it, so that what a line shows can be
// compared with what was sealed.
func written(value string) string {
	text := string([]rune(value)) // every byte that is not UTF-8 is U+FFFD
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(text)) != nil {
		return text
	}
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, compact.Bytes())
	return escaped.String()
}
