package bring

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/greyshelf/greyshelf"
)

// mostRecord is the longest record in bytes that is read.
const mostRecord = 4 << 20

// chunk is the text of one record.
type chunk struct {
	line    int // its first, from 1
	text    string
	head    string // of XML: what stands before the first record
	problem string // about its encoding
	wrong   string // why it cannot be read
}

// item begins the item of a chunk.
func (c chunk) item(format string) Item {
	i := newItem(format, c.line, c.text)
	i.Broken = c.wrong
	if c.problem != "" {
		i.Problems = append(i.Problems, c.problem)
	}
	return i
}

// newChunk makes a chunk of the bytes of a record. What is not UTF-8 is read
// as the Western European encoding of Windows, and that is said.
func newChunk(line int, text string, cut bool) chunk {
	c := chunk{line: line, text: text}
	if !utf8.ValidString(text) {
		decoded, _ := charmap.Windows1252.NewDecoder().String(text) // maps every byte
		c.text, c.problem = decoded, "it is not in UTF-8 and was read as Windows-1252; look at its letters"
	}
	if cut {
		c.wrong = "the record is longer than " + greyshelf.FormatSize(mostRecord)
	}
	return c
}

// textLines gives the lines of a text with their ends. A line longer than a
// record may be is cut, and so marked.
func textLines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		var line []byte
		for {
			part, err := in.ReadSlice('\n')
			if len(line) <= mostRecord {
				line = append(line, part...)
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if len(line) > 0 && !yield(string(line), nil) {
				return
			}
			line = line[:0]
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield("", greyshelf.Errorf(greyshelf.Unavailable, opRead, "", "%s", reason(err)))
				return
			}
		}
	}
}

// chunks divides a text into records that begin with a line that begins says;
// what stands before the first is passed over. ends says of a line that the
// record ends with it; may be nil.
func chunks(r io.Reader, begins, ends func(line string) bool) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		var b strings.Builder
		from, cut, inside := 0, false, false
		end := func() bool {
			ok := !inside || yield(newChunk(from, b.String(), cut), nil)
			b.Reset()
			cut, inside = false, false
			return ok
		}
		number := 0
		for line, err := range textLines(r) {
			if err != nil {
				yield(chunk{}, err)
				return
			}
			number++
			if begins(line) {
				if !end() {
					return
				}
				inside, from = true, number
			}
			if !inside {
				continue
			}
			if room := mostRecord - b.Len(); len(line) > room {
				line, cut = line[:room], true
			}
			b.WriteString(line)
			if ends != nil && ends(line) && !end() {
				return
			}
		}
		end()
	}
}

// elements divides an XML text into the elements of a name, whatever its
// prefix. An element that is not closed
// ends where the next begins, so that one broken record spoils no other.
func elements(r io.Reader, name string) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		s := elementScan{name: name, in: bufio.NewReaderSize(r, 64<<10), yield: yield, at: 1}
		for s.next() {
		}
	}
}

// elementScan is a scan for elements.
type elementScan struct {
	name   string
	in     *bufio.Reader
	yield  func(chunk, error) bool
	head   strings.Builder
	b      strings.Builder
	inside bool
	cut    bool
	at     int // line
	from   int
}

const mostHead = 64 << 10

// next takes the next piece that ends in ">"; false at the end.
func (s *elementScan) next() bool {
	piece, err := s.piece()
	if err != nil && !errors.Is(err, io.EOF) {
		s.yield(chunk{}, greyshelf.Errorf(greyshelf.Unavailable, opRead, "", "%s", reason(err)))
		return false
	}
	tag, closing, empty := tagOf(piece)
	starts := tag == s.name && !closing && !empty
	if starts && s.inside && !s.cutBefore(&piece) {
		return false
	}
	if starts {
		s.inside, s.from = true, s.at+strings.Count(piece[:strings.LastIndexByte(piece, '<')], "\n")
		piece, s.at = piece[strings.LastIndexByte(piece, '<'):], s.from
	}
	s.at += strings.Count(piece, "\n")
	switch {
	case !s.inside && s.head.Len() < mostHead:
		s.head.WriteString(piece)
	case s.inside && s.b.Len()+len(piece) > mostRecord:
		s.cut = true
	case s.inside && !s.cut:
		s.b.WriteString(piece)
	}
	if !s.inside && (strings.Contains(piece, "<!DOCTYPE") || strings.Contains(piece, "<!ENTITY")) {
		s.yield(chunk{}, greyshelf.Errorf(greyshelf.Invalid, opRead, "", "a document type declaration is not read (line %d)", s.at))
		return false
	}
	if s.inside && (tag == s.name && closing || err != nil) && !s.end(err != nil) {
		return false
	}
	return err == nil
}

// cutBefore ends an element that was not closed before the next one begins.
func (s *elementScan) cutBefore(piece *string) bool {
	at := strings.LastIndexByte(*piece, '<')
	s.b.WriteString((*piece)[:at])
	s.at += strings.Count((*piece)[:at], "\n")
	*piece = (*piece)[at:]
	return s.end(true)
}

func (s *elementScan) end(open bool) bool {
	c := newChunk(s.from, s.b.String(), s.cut)
	c.head = s.head.String()
	if open && c.wrong == "" {
		c.wrong = "the element " + s.name + " is not closed"
	}
	s.b.Reset()
	s.inside, s.cut = false, false
	return s.yield(c, nil)
}

func (s *elementScan) piece() (string, error) {
	var b []byte
	for {
		part, err := s.in.ReadSlice('>')
		if len(b) <= mostRecord {
			b = append(b, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(b), err
		}
	}
}

// tagOf gives the local name of the tag that ends a piece.
func tagOf(piece string) (name string, closing, empty bool) {
	at := strings.LastIndexByte(piece, '<')
	if at < 0 || !strings.HasSuffix(piece, ">") {
		return "", false, false
	}
	tag := piece[at+1 : len(piece)-1]
	tag, closing = strings.CutPrefix(tag, "/")
	tag, empty = strings.CutSuffix(tag, "/")
	if end := strings.IndexAny(tag, " \t\r\n"); end >= 0 {
		tag = tag[:end]
	}
	if _, local, ok := strings.Cut(tag, ":"); ok {
		tag = local
	}
	return tag, closing, empty
}
