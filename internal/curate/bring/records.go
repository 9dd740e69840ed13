package bring

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/dc"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/format/mods"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// readMARC reads records in ISO 2709. A damaged one ends at the next mark of
// an end; binary records have no lines, they are counted.
func readMARC(in Input) iter.Seq2[Item, error] {
	return each(in, marcChunks, func(c chunk) []Item {
		if c.wrong != "" {
			return []Item{broken("marc", 0, c.text, c.wrong)}
		}
		for record, err := range marc.Read(strings.NewReader(c.text)) {
			if err != nil {
				return []Item{broken("marc", 0, c.text, greyshelf.ReasonOf(err))}
			}
			item := newItem("marc", 0, c.text)
			item.Report = record.Report()
			return []Item{item}
		}
		return nil
	})
}

const endOfRecord = 0x1d

func marcChunks(r io.Reader) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		for {
			var b []byte
			var err error
			for {
				var part []byte
				part, err = in.ReadSlice(endOfRecord)
				if len(b) <= mostRecord {
					b = append(b, part...)
				}
				if !errors.Is(err, bufio.ErrBufferFull) {
					break
				}
			}
			if err != nil && !errors.Is(err, io.EOF) {
				yield(chunk{}, greyshelf.Errorf(greyshelf.Unavailable, opRead, "", "%s", reason(err)))
				return
			}
			c := chunk{text: strings.TrimLeft(string(b), " \t\r\n\x00")}
			if len(b) > mostRecord {
				c.wrong = "the record is longer than " + greyshelf.FormatSize(mostRecord)
			}
			if c.text != "" && !yield(c, nil) || err != nil {
				return
			}
		}
	}
}

// readElements reads the elements of a name, each with the namespaces that
// were declared before the first of them.
func readElements(in Input, format, name string, report func(xmltree.Node) (greyshelf.Report, string)) iter.Seq2[Item, error] {
	return each(in, func(r io.Reader) iter.Seq2[chunk, error] { return elements(r, name) }, func(c chunk) []Item {
		if c.wrong != "" {
			return []Item{c.item(format)}
		}
		root, err := xmltree.Parse(strings.NewReader("<x" + namespaces(c.head) + ">" + c.text + "</x>"))
		if err != nil || len(root.Nodes) == 0 {
			return []Item{brokenAt(format, c, err)}
		}
		item := c.item(format)
		item.Report, item.Broken = report(root.Nodes[0])
		return []Item{item}
	})
}

var declaration = regexp.MustCompile(`\s(xmlns(?::[\w.-]+)?)\s*=\s*("[^"<]*"|'[^'<]*')`)

// namespaces gives the declarations of a text, the last of each prefix.
func namespaces(head string) string {
	last := map[string]string{}
	var order []string
	for _, m := range declaration.FindAllStringSubmatch(head, 1000) {
		if last[m[1]] == "" {
			order = append(order, m[1])
		}
		last[m[1]] = m[2]
	}
	var b strings.Builder
	for _, name := range order {
		b.WriteString(" " + name + "=" + last[name])
	}
	return b.String()
}

func readMARCXML(in Input) iter.Seq2[Item, error] {
	return readElements(in, "marcxml", "record", func(n xmltree.Node) (greyshelf.Report, string) {
		n, ok := n.Find(marc.Namespace, "record") // it may stand within a record of OAI-PMH
		if !ok {
			return greyshelf.Report{}, "there is no record of MARC in it"
		}
		return marc.FromXML(n).Report(), ""
	})
}

func readMODS(in Input) iter.Seq2[Item, error] {
	return readElements(in, "mods", "mods", func(n xmltree.Node) (greyshelf.Report, string) {
		if n.Space != mods.Namespace {
			return greyshelf.Report{}, "it is no record of MODS 3"
		}
		return mods.FromXML(n), ""
	})
}

// readDC reads the containers of OAI-PMH and SRU; a file without one is itself
// a container.
func readDC(in Input) iter.Seq2[Item, error] {
	containers := readElements(in, "dc", "dc", func(n xmltree.Node) (greyshelf.Report, string) {
		r, ok := dc.FromXML(n)
		if !ok {
			return r, "there is no element of Dublin Core in it"
		}
		return r, ""
	})
	return func(yield func(Item, error) bool) {
		n := 0
		for item, err := range containers {
			if n++; !yield(item, err) {
				return
			}
		}
		if n > 0 {
			return
		}
		data, err := in.whole()
		if err != nil {
			yield(Item{}, err)
			return
		}
		r, err := dc.Read(strings.NewReader(string(data)))
		if err != nil {
			yield(broken("dc", 1, string(data), greyshelf.ReasonOf(err)), nil)
			return
		}
		item := newItem("dc", 1, string(data))
		item.Report = r
		yield(item, nil)
	}
}
