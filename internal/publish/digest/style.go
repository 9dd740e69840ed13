package digest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Style is a house style: how an entry of an issue is written.
//
// The form is plain text. An empty line ends a block. A line that begins with
// "# " is the entry's heading; {thumb} alone is a picture of the first page;
// anything else is a paragraph, in which lines stay lines. A field stands in
// braces: {title}. With text around it, {before|title|after}, that text is only
// there where the field has a value. A line of which every field is empty goes,
// and so does a block without lines.
type Style struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Form     string `json:"form"`
	Sections bool   `json:"sections"` // headings of sections are shown
	Revision int    `json:"-"`        // 0 for a style of the program itself
}

// Fields gives the names of the fields of a form.
func Fields() []string {
	return []string{"title", "subtitle", "authors", "publisher", "date", "citation", "behind", "abstract", "rights", "format", "url", "link", "headings", "language", "thumb"}
}

// Seed is the house style that is used unless another is chosen. Entries that
// were imported come out as they were written.
const Seed = "seed"

// styles are those of the program itself.
func styles() []Style {
	return []Style{
		{ID: Seed, Name: "Annotated list", Sections: true, Form: "# {title}\n\n{citation}\n\n{abstract}{ [Note: |rights|].}\n\n{[|format|].}\n{url}"},
		{ID: "author-first", Name: "Authors first", Sections: true, Form: "# {|authors|: }{title}\n\n{publisher}{, |date|}{ · |format|}\n\n{abstract}{ [Note: |rights|].}\n\n{url}"},
		{ID: "short", Name: "Subject sections, short", Sections: true, Form: "# {title}\n\n{authors}{ · |publisher|}{ · |date|}{ · |format|}\n\n{abstract}\n\n{link}"},
		{ID: "thumbnails", Name: "With thumbnails", Sections: true, Form: "{thumb}\n\n# {title}\n\n{behind}\n\n{abstract}{ [Note: |rights|].}\n\n{[|format|].}\n{url}"},
	}
}

// Style gives a house style; "" is [Seed]. Errors: Invalid for an unknown one.
func (d *Desk) Style(ctx context.Context, id string) (Style, error) {
	if id == "" {
		id = Seed
	}
	r, err := d.Catalog.Record(ctx, KindStyle, id)
	switch {
	case err == nil:
		return styleOf(r)
	case greyshelf.KindOf(err) != greyshelf.NotFound:
		return Style{}, err
	}
	for _, s := range styles() {
		if s.ID == id {
			return s, nil
		}
	}
	return Style{}, greyshelf.Errorf(greyshelf.Invalid, "find the style", id, "there is no such house style")
}

// Styles gives all house styles, those of the program first.
func (d *Desk) Styles(ctx context.Context) ([]Style, error) {
	all := styles()
	for r, err := range d.Catalog.Records(ctx, catalog.RecordFilter{Kind: KindStyle}) {
		if err != nil {
			return nil, err
		}
		s, err := styleOf(r)
		if err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(all, func(known Style) bool { return known.ID == s.ID }); at >= 0 {
			all[at] = s
			continue
		}
		all = append(all, s)
	}
	return all, nil
}

// PutStyle keeps a house style, a new one (no identifier) or a changed one.
// Errors: Invalid, Conflict.
func (d *Desk) PutStyle(ctx context.Context, who rights.Reader, s Style) (Style, error) {
	const op = "change the style"
	s.Name, s.Form = greyshelf.OneLine(s.Name), strings.ReplaceAll(s.Form, "\r\n", "\n")
	if s.ID == "" {
		s.ID = d.NewID()
	}
	if s.Name == "" || tooLong(s.Name, longestTitle) || tooLong(s.Form, longestText) || strings.TrimSpace(s.Form) == "" {
		return s, greyshelf.Errorf(greyshelf.Invalid, op, s.ID, "a style needs a name and a form of at most %d characters", longestText)
	}
	if _, err := parseForm(s.Form); err != nil {
		return s, err
	}
	data, _ := json.Marshal(s) // texts always have a JSON form
	_, err := d.Catalog.Commit(ctx, catalog.Commit{
		Decision: greyshelf.Decision{ID: d.NewID(), At: d.Now(), Who: who.Name, Method: greyshelf.ByPerson},
		Records:  []catalog.Record{{Kind: KindStyle, ID: s.ID, Data: data, Revision: s.Revision}},
	})
	s.Revision++
	return s, err
}

func styleOf(r catalog.Record) (Style, error) {
	var s Style
	if err := json.Unmarshal(r.Data, &s); err != nil {
		return s, greyshelf.E(greyshelf.Internal, "read the style", r.ID, err)
	}
	s.Revision = r.Revision
	return s, nil
}

// form is a parsed form: blocks of lines of pieces.
type form []formBlock

type formBlock struct {
	kind  BlockKind
	lines [][]piece
}

// piece is text as it stands, or a field with what stands around it.
type piece struct {
	text                 string
	field, before, after string
}

// parseForm reads the form of a style. Errors: Invalid, with the line.
func parseForm(text string) (form, error) {
	var all form
	open := false
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" {
			open = false
			continue
		}
		kind := Paragraph
		switch {
		case line == "{thumb}":
			kind = Picture
		case strings.HasPrefix(line, "# "):
			kind, line = Heading, line[2:]
		}
		pieces, err := parseLine(line)
		if err != nil {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "read the form", "", "line %d: %s", n+1, greyshelf.ReasonOf(err))
		}
		if !open || kind != Paragraph || all[len(all)-1].kind != Paragraph {
			all = append(all, formBlock{kind: kind})
		}
		open = true
		last := &all[len(all)-1]
		last.lines = append(last.lines, pieces)
	}
	return all, nil
}

// parseLine reads one line.
func parseLine(line string) ([]piece, error) {
	var all []piece
	for line != "" {
		text, rest, found := strings.Cut(line, "{")
		if text != "" {
			all = append(all, piece{text: text})
		}
		if !found {
			return all, nil
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "", "", "a brace { is not closed")
		}
		parts := strings.Split(inside, "|")
		p := piece{field: parts[0]}
		if len(parts) == 3 {
			p = piece{before: parts[0], field: parts[1], after: parts[2]}
		}
		if len(parts) != 1 && len(parts) != 3 || !slices.Contains(Fields(), p.field) {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "", "", "{%s} is not a field; write {title} or {before|title|after}; the fields are %s", inside, strings.Join(Fields(), ", "))
		}
		all = append(all, p)
		line = after
	}
	return all, nil
}
