package flow

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/landing"
)

func openDOCX(ctx context.Context, a *archive) (describe.File, error) {
	g := &gatherer{ctx: ctx}
	r := docxReader{gatherer: g, styles: headingStyles(g, a)}
	if err := r.read(a, "word/document.xml"); err != nil {
		return nil, err
	}
	for _, notes := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if a.parts[notes] == nil {
			continue
		}
		r.notes = true
		if err := r.read(a, notes); err != nil {
			return nil, err
		}
	}
	if !r.rendered { // what a person broke is a section, not a printed page
		for i := range g.blocks {
			g.blocks[i].page, g.blocks[i].part = false, g.blocks[i].page || g.blocks[i].part
		}
	}
	stated, producer := coreProperties(g, a)
	info := describe.Info{MediaType: greyshelf.TypeDOCX, Stated: findings(landing.Page{Values: stated}, func(string) string { return "docx-core@1" })}
	info.Facts.Producer = producer
	return newFile(g, info)
}

// docxReader reads the text of a part of WordprocessingML (ISO/IEC 29500-1
// §17).
type docxReader struct {
	*gatherer
	styles   map[string]int // levels of headings by the id of their style
	rendered bool           // the file says where Word last broke its pages
	notes    bool           // footnotes are read: they break no page

	skip   int // depth of the element whose content is passed over; 0 without
	inText bool
}

func (r *docxReader) read(a *archive, name string) error {
	data, err := a.part(name)
	if err != nil {
		return err
	}
	if err := eachToken(r.gatherer, name, data, r.take); err != nil {
		return err
	}
	return r.begin(0)
}

func (r *docxReader) take(t xml.Token, depth int) error {
	switch t := t.(type) {
	case xml.StartElement:
		if r.skip > 0 {
			return nil
		}
		switch t.Name.Local {
		case "del", "moveFrom", "Fallback": // taken out, moved away, said twice
			r.skip = depth
			return nil
		}
		return r.start(t)
	case xml.CharData:
		if r.inText && r.skip == 0 {
			return r.write(string(t))
		}
	case xml.EndElement:
		if r.skip > 0 {
			if depth < r.skip {
				r.skip = 0
			}
			return nil
		}
		switch t.Name.Local {
		case "t":
			r.inText = false
		case "p":
			return r.begin(0)
		}
	}
	return nil
}

func (r *docxReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "p":
		return r.begin(0)
	case "pStyle":
		r.level = max(r.level, r.styles[attribute(t, "val")])
	case "outlineLvl":
		r.level = max(r.level, outlineLevel(attribute(t, "val")))
	case "pageBreakBefore":
		if v := attribute(t, "val"); v == "" || v == "1" || v == "true" {
			return r.pageBreak()
		}
	case "lastRenderedPageBreak":
		r.rendered = true
		return r.pageBreak()
	case "br":
		if attribute(t, "type") == "page" {
			return r.pageBreak()
		}
		return r.write("\n")
	case "cr":
		return r.write("\n")
	case "tab", "ptab":
		return r.write(" ")
	case "noBreakHyphen":
		return r.write("-")
	case "t":
		r.inText = true
	}
	return nil
}

func (r *docxReader) pageBreak() error {
	if r.notes {
		return nil
	}
	return r.breakPage("")
}

// outlineLevel reads the level of a heading as Word counts it, 0 to 8; 9 is
// text.
func outlineLevel(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// headingStyles gives the styles of headings with their levels: by outline
// level, own or of the style that one is based on, and the style of the title.
func headingStyles(g *gatherer, a *archive) map[string]int {
	const name = "word/styles.xml"
	levels, based := map[string]int{}, map[string]string{}
	data, err := a.part(name)
	if err != nil {
		return levels
	}
	id := ""
	err = eachToken(g, name, data, func(t xml.Token, _ int) error {
		start, ok := t.(xml.StartElement)
		if !ok || len(levels)+len(based) > 20_000 {
			return nil
		}
		switch value := attribute(start, "val"); start.Name.Local {
		case "style":
			id = attribute(start, "styleId")
		case "basedOn":
			based[id] = value
		case "outlineLvl":
			levels[id] = outlineLevel(value)
		case "name":
			if strings.EqualFold(value, "title") {
				levels[id] = 1
			}
		}
		return nil
	})
	if err != nil {
		return map[string]int{}
	}
	for style := range based {
		for at, steps := style, 0; at != "" && steps < 10; at, steps = based[at], steps+1 {
			if level, ok := levels[at]; ok {
				levels[style] = level
				break
			}
		}
	}
	return levels
}

// coreProperties gives what the file says of itself (ISO/IEC 29500-2 §11), and
// the program that wrote it. Names that programs give to every new file are
// left out; when the file was made or printed says nothing of the report.
func coreProperties(g *gatherer, a *archive) (stated []landing.Value, producer string) {
	elements(g, a, "docProps/core.xml", func(name, text string) {
		switch name {
		case "title", "creator", "language", "identifier":
			if name == "title" && nameless(text) || len(stated) == mostStated {
				return
			}
			stated = append(stated, landing.Value{Form: landing.DublinCore, Name: "dc." + name, Text: clean(strings.ReplaceAll(text, "\n", " "))})
		}
	})
	elements(g, a, "docProps/app.xml", func(name, text string) {
		if name == "Application" && len(text) <= 200 {
			producer = clean(text)
		}
	})
	return stated, producer
}

// elements calls take for the text of every element of a part; a part that
// cannot be read has none.
func elements(g *gatherer, a *archive, name string, take func(name, text string)) {
	data, err := a.part(name)
	if err != nil {
		return
	}
	open, text := "", strings.Builder{}
	_ = eachToken(g, name, data, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			open = t.Name.Local
			text.Reset()
		case xml.CharData:
			if text.Len()+len(t) <= longestMeta {
				text.Write(t)
			}
		case xml.EndElement:
			if value := strings.TrimSpace(text.String()); value != "" && open == t.Name.Local {
				take(open, value)
			}
			open = ""
		}
		return nil
	})
}

// nameless reports whether a title is one that a program gave: "Document1",
// "Microsoft Word - draft.docx", "Untitled", a file name.
func nameless(title string) bool {
	lower := strings.ToLower(strings.TrimSpace(title))
	if strings.HasPrefix(lower, "microsoft word") || strings.HasSuffix(lower, ".docx") || strings.HasSuffix(lower, ".doc") || strings.HasSuffix(lower, ".dotx") {
		return true
	}
	switch strings.TrimRight(lower, "0123456789 ()[]") {
	case "", "document", "untitled", "untitled document", "title", "document title", "template", "word document", "powerpoint presentation",
		"dokument", "documento", "documento sin título", "sans titre", "ohne titel", "документ", "مستند", "report title", "normal":
		return true
	}
	return false
}
