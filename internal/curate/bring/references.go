package bring

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/bibtex"
	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/endnote"
	"github.com/greyshelf/greyshelf/internal/format/ris"
)

// each gives the items that turn makes of the records of a text.
func each(in Input, records func(io.Reader) iter.Seq2[chunk, error], turn func(chunk) []Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		r, closer, err := in.text()
		if err != nil {
			yield(Item{}, err)
			return
		}
		defer closer.Close()
		for c, err := range records(r) {
			if err != nil {
				yield(Item{}, err)
				return
			}
			for _, item := range turn(c) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// items makes items of the references that one record was read as.
func items(format string, c chunk, read func(io.Reader) ([]csl.Item, error), text string) []Item {
	if c.wrong != "" {
		return []Item{c.item(format)}
	}
	found, err := read(strings.NewReader(text))
	if err != nil || len(found) == 0 {
		return []Item{brokenAt(format, c, err)}
	}
	var all []Item
	for n, reference := range found {
		one := c
		if n > 0 { // several records on one line
			one.text += "\n" + strconv.Itoa(n)
		}
		item := one.item(format)
		item.Report = csl.ToReport(reference)
		if item.Report.Note == "" {
			item.Report.Note = reference.Note
		}
		all = append(all, item)
	}
	return all
}

// place is where a format's own reader says that a record is broken: it
// counts from the first line of the record.
var place = regexp.MustCompile(`(?:entry \d+, )?(?:on )?line (\d+):? ?`)

// brokenAt says why a record cannot be read, and in which line of the file.
func brokenAt(format string, c chunk, err error) Item {
	why := "it holds nothing that can be read"
	line := c.line
	if err != nil {
		why = greyshelf.ReasonOf(err)
		if m := place.FindStringSubmatch(why); m != nil {
			n, _ := strconv.Atoi(m[1])
			line += max(n, 1) - 1
			why = strings.TrimSpace(strings.Replace(why, m[0], "", 1))
		}
	}
	item := broken(format, c.line, c.text, why)
	if line != c.line {
		item.Broken += " (line " + strconv.Itoa(line) + ")"
	}
	return item
}

// mostStrings is how much of abbreviations (@string) is kept.
const mostStrings = 256 << 10

func readBibTeX(in Input) iter.Seq2[Item, error] {
	begin := regexp.MustCompile(`^\s*@\s*([A-Za-z]+)\s*[{(]`)
	abbreviations := ""
	records := func(r io.Reader) iter.Seq2[chunk, error] { return chunks(r, begin.MatchString, nil) }
	return each(in, records, func(c chunk) []Item {
		switch strings.ToLower(begin.FindStringSubmatch(c.text)[1]) {
		case "string":
			if len(abbreviations)+len(c.text) < mostStrings {
				abbreviations += oneLine(c.text) + " "
			}
			return nil
		case "comment", "preamble":
			return nil
		}
		all := items("bibtex", c, bibtex.Read, abbreviations+c.text)
		for i := range all {
			for _, written := range fieldFiles(c.text) {
				all[i].attach(in, written)
			}
		}
		return all
	})
}

var fieldFile = regexp.MustCompile(`(?i)[,\s]file\s*=\s*[{"]([^{}"]*)[}"]`)

// fieldFiles gives the paths in the field "file" of JabRef and Zotero:
// "title:path:type", or a path alone, divided by semicolons.
func fieldFiles(entry string) []string {
	m := fieldFile.FindStringSubmatch(entry)
	if m == nil {
		return nil
	}
	const colon, semicolon = "\x01", "\x02"
	value := strings.NewReplacer(`\:`, colon, `\;`, semicolon, `\\`, `/`, `\_`, "_").Replace(m[1])
	var paths []string
	for one := range strings.SplitSeq(value, ";") {
		parts := strings.Split(one, ":")
		written := parts[0]
		if len(parts) > 1 {
			written = parts[1]
		}
		if written = strings.NewReplacer(colon, ":", semicolon, ";").Replace(strings.TrimSpace(written)); written != "" {
			paths = append(paths, written)
		}
	}
	return paths
}

// mostFiles is how many files one record may have.
const mostFiles = 50

// attach adds the file at a path as the list writes it.
func (i *Item) attach(in Input, written string) {
	if len(i.Files) >= mostFiles {
		return
	}
	f, problem := in.beside(written)
	if problem != "" {
		i.Problems = append(i.Problems, problem)
		return
	}
	i.Files = append(i.Files, f)
}

func readRIS(in Input) iter.Seq2[Item, error] {
	begins := func(line string) bool { return strings.HasPrefix(strings.TrimPrefix(line, "\uFEFF"), "TY  -") }
	ends := func(line string) bool { return strings.HasPrefix(line, "ER  -") }
	file := regexp.MustCompile(`(?m)^L[14]  - *(\S.*?)\s*$`)
	return each(in, func(r io.Reader) iter.Seq2[chunk, error] { return chunks(lineEnds(r), begins, ends) }, func(c chunk) []Item {
		all := items("ris", c, ris.Read, c.text)
		for _, m := range file.FindAllStringSubmatch(c.text, -1) {
			if all[0].Broken == "" && !strings.Contains(m[1], "://") {
				all[0].attach(in, m[1])
			}
		}
		return all
	})
}

func readEndNote(in Input) iter.Seq2[Item, error] {
	begins := func(line string) bool { return strings.HasPrefix(line, "%0 ") }
	return each(in, func(r io.Reader) iter.Seq2[chunk, error] { return chunks(lineEnds(r), begins, nil) }, func(c chunk) []Item {
		return items("endnote", c, endnote.Read, c.text)
	})
}

// lineEnds makes line ends of a lone CR, as old programs write them.
func lineEnds(r io.Reader) io.Reader { return &oldLineEnds{r: r} }

type oldLineEnds struct {
	r    io.Reader
	last byte
}

// Read gives CR and CR LF as LF.
func (l *oldLineEnds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	kept := 0
	for _, c := range p[:n] {
		after := l.last == '\r'
		l.last = c
		switch {
		case c == '\r':
			c = '\n'
		case c == '\n' && after:
			continue
		}
		p[kept] = c
		kept++
	}
	return kept, err
}

func readEndNoteXML(in Input) iter.Seq2[Item, error] {
	return each(in, func(r io.Reader) iter.Seq2[chunk, error] { return elements(r, "record") }, func(c chunk) []Item {
		return items("endnotexml", c, endnote.ReadXML, "<xml><records>"+c.text+"</records></xml>")
	})
}

func readCSL(in Input) iter.Seq2[Item, error] {
	return each(in, objects, func(c chunk) []Item {
		if c.wrong == "" && strings.Contains(c.text, `"items"`) {
			if inner, ok := innerItems(c); ok {
				return inner
			}
		}
		return items("csl", c, csl.Read, c.text)
	})
}

// innerItems gives the references of an object that holds a list of them
// under "items", as Zotero's web service answers.
func innerItems(c chunk) ([]Item, bool) {
	var outer struct {
		Items []json.RawMessage `json:"items"`
	}
	if json.Unmarshal([]byte(c.text), &outer) != nil || len(outer.Items) == 0 {
		return nil, false
	}
	var all []Item
	for _, raw := range outer.Items {
		all = append(all, items("csl", chunk{line: c.line, text: string(raw)}, csl.Read, string(raw))...)
	}
	return all, true
}

// objects divides a JSON text into its outermost objects. One that has no end
// takes all that is left.
func objects(r io.Reader) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		s := objectScan{}
		line := 1
		for text, err := range textLines(r) {
			if err != nil {
				yield(chunk{}, err)
				return
			}
			for len(text) > 0 {
				n, done := s.take(text, line)
				text = text[n:]
				if done && !yield(s.chunk(), nil) {
					return
				}
			}
			line++
		}
		if s.depth > 0 {
			c := s.chunk()
			c.wrong = "the object has no end"
			yield(c, nil)
		}
	}
}

// objectScan is a scan for JSON objects.
type objectScan struct {
	b              bytes.Buffer
	depth, from    int
	quoted, escape bool
	cut            bool
}

// take takes text up to the end of an object or of the text.
func (s *objectScan) take(text string, line int) (n int, done bool) {
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case s.depth == 0 && c == '{':
			s.depth, s.from, start = 1, line, i
		case s.depth == 0:
		case s.escape:
			s.escape = false
		case s.quoted:
			s.escape, s.quoted = c == '\\', c != '"'
		case c == '"':
			s.quoted = true
		case c == '{':
			s.depth++
		case c == '}':
			if s.depth--; s.depth == 0 {
				s.keep(text[start : i+1])
				return i + 1, true
			}
		}
	}
	if s.depth > 0 {
		s.keep(text[start:])
	}
	return len(text), false
}

func (s *objectScan) keep(text string) {
	if s.cut = s.cut || s.b.Len()+len(text) > mostRecord; !s.cut {
		s.b.WriteString(text)
	}
}

func (s *objectScan) chunk() chunk {
	c := newChunk(s.from, s.b.String(), s.cut)
	s.b.Reset()
	s.quoted, s.escape, s.cut = false, false, false
	return c
}
