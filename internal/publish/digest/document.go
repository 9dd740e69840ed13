package digest

import (
	"context"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// Document is an issue as it is shown: blocks of text in order. Everything that
// is sent or shown is written from it.
type Document struct {
	Title    string
	Number   int
	Date     string // as printed
	Language string // BCP 47; "" is "en"
	Intro    []string
	Sections []DocumentSection
	Address  string // of its page on the site; "" where that is not known
}

// DocumentSection is a heading, which may be empty, and its entries.
type DocumentSection struct {
	Heading string
	Entries []Entry
}

// Entry is one report.
type Entry struct {
	Report   string
	Title    string // never empty
	Language string // BCP 47, of the report's own words; "" when not known
	Blocks   []Block
	Verbatim string // in the style [Seed], the entry as an annotated list has it; "" otherwise
}

// BlockKind is what a block is.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Picture // of the first page of the report
)

// Block is a heading, a paragraph of one or more lines, or a picture.
type Block struct {
	Kind  BlockKind
	Lines [][]Span
	File  string // SHA-256 of the file a [Picture] shows
	Src   string // address of the picture on the site; "" where that is not known
	PNG   []byte // the picture itself, where [Document.WithPictures] put it
}

// Span is a run of text; with an address it is a link.
type Span struct {
	Text string
	Href string // http or https only
}

// Text gives the block as plain text.
func (b Block) Text() string {
	var lines []string
	for _, line := range b.Lines {
		text := ""
		for _, s := range line {
			text += s.Text
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// Document makes the document of an issue: only what everybody may see of its
// reports. base is the address of the site before "/r/ID", without a slash at
// its end; "" leaves links to the site out. Errors: Invalid when nothing is
// left: an issue is never empty.
func (d *Desk) Document(ctx context.Context, i Issue, base string) (Document, error) {
	style, err := d.Style(ctx, i.Style)
	if err != nil {
		return Document{}, err
	}
	return d.DocumentIn(ctx, i, style, base)
}

// DocumentIn is [Desk.Document] in a style of the caller's, which need not be
// kept: for the preview of a style that is being changed.
func (d *Desk) DocumentIn(ctx context.Context, i Issue, style Style, base string) (Document, error) {
	doc := Document{Title: i.Title, Number: i.Number, Date: printed(i.Date, i.Language), Language: i.Language, Intro: paragraphs(i.Intro)}
	f, err := parseForm(style.Form)
	if err != nil {
		return doc, err
	}
	reports, err := d.shown(ctx, i)
	if err != nil {
		return doc, err
	}
	if base != "" && i.Number > 0 {
		doc.Address = base + Path(i.Number)
	}
	seed := style.ID == Seed && style.Revision == 0
	for _, s := range i.Sections {
		section := DocumentSection{}
		if style.Sections {
			section.Heading = s.Heading
		}
		for _, item := range s.Items {
			if r, ok := reports[item.Report]; ok {
				section.Entries = append(section.Entries, f.entry(r, seed, base))
			}
		}
		if len(section.Entries) > 0 {
			doc.Sections = append(doc.Sections, section)
		}
	}
	if len(doc.Sections) == 0 {
		return doc, greyshelf.Errorf(greyshelf.Invalid, "write the issue", i.ID, "the issue is empty: it has no report that everybody may see")
	}
	return doc, nil
}

// shown gives the reports of the issue that everybody may see, by the
// identifier under which the issue has them, each with the issue's blurb.
func (d *Desk) shown(ctx context.Context, i Issue) (map[string]greyshelf.Report, error) {
	blurbs := map[string]string{}
	for _, s := range i.Sections {
		for _, item := range s.Items {
			blurbs[item.Report] = item.Blurb
		}
	}
	all := map[string]greyshelf.Report{}
	if len(blurbs) == 0 {
		return all, nil
	}
	for r, err := range d.Catalog.Reports(ctx, catalog.Filter{IDs: i.Reports()}) {
		if err != nil {
			return nil, err
		}
		id := r.ID
		if r.MergedInto != "" {
			if r, err = d.Catalog.Report(ctx, r.MergedInto); err != nil {
				return nil, err
			}
			if _, twice := blurbs[r.ID]; twice {
				continue // the report it went into stands in the issue itself
			}
		}
		if !rights.May(rights.Reader{}, r, rights.Record) {
			continue
		}
		if blurb := blurbs[id]; blurb != "" {
			r.Annotation = blurb
		}
		all[id] = r
	}
	return all, nil
}

// Listed gives the reports of the issue in order, as the annotated list takes
// them: with the issue's blurbs, only those that everybody may see.
func (d *Desk) Listed(ctx context.Context, i Issue) ([]greyshelf.Report, error) {
	shown, err := d.shown(ctx, i)
	if err != nil {
		return nil, err
	}
	var all []greyshelf.Report
	for _, id := range i.Reports() {
		if r, ok := shown[id]; ok {
			all = append(all, r)
		}
	}
	return all, nil
}

// entry writes a report in the form.
func (f form) entry(r greyshelf.Report, seed bool, base string) Entry {
	v := valuesOf(r, base)
	e := Entry{Report: r.ID, Title: v.text["title"], Blocks: f.blocks(v)}
	if len(r.Languages) > 0 {
		e.Language = r.Languages[0]
	}
	if e.Title == "" {
		e.Title = "[" + r.ID + "]"
	}
	if seed {
		e.Verbatim = strings.TrimSpace(entry.Render(entry.FromReport(r)))
	}
	return e
}

// values are those of the fields, and where they lead.
type values struct {
	text, href map[string]string
	picture    string
}

// valuesOf gives the values of a report's fields.
func valuesOf(r greyshelf.Report, base string) values {
	e := entry.FromReport(r)
	v := values{text: map[string]string{
		"title": greyshelf.OneLine(e.Title), "subtitle": greyshelf.OneLine(r.Subtitle), "publisher": greyshelf.OneLine(e.Publisher), "date": greyshelf.OneLine(e.DatePrinted),
		"behind": greyshelf.OneLine(entry.Behind(e)), "abstract": e.Abstract, "rights": greyshelf.OneLine(e.Rights), "format": greyshelf.OneLine(entry.FormatLine(e)), "url": greyshelf.OneLine(e.URL),
		"authors": greyshelf.OneLine(authors(r)), "language": strings.Join(r.Languages, ", "),
	}, href: map[string]string{}}
	v.text["citation"] = citation(v.text["title"], v.text["behind"])
	var labels []string
	for _, h := range r.Headings {
		labels = append(labels, greyshelf.OneLine(h.Label))
	}
	v.text["headings"] = strings.Join(labels, "; ")
	if strings.HasPrefix(e.URL, "https://") || strings.HasPrefix(e.URL, "http://") {
		v.href["url"] = v.text["url"]
	}
	if base != "" {
		v.text["link"] = base + "/r/" + r.ID
		v.href["link"], v.href["title"] = v.text["link"], v.text["link"]
	}
	if files := r.Files(); len(files) > 0 && rights.May(rights.Reader{}, r, rights.Page) {
		v.picture = files[0].SHA256
		if base != "" {
			v.href["thumb"] = base + "/r/" + r.ID + "/thumb"
		}
	}
	return v
}

// printed gives a date in words for an English issue, else as ISO 8601 has it.
func printed(edtf, language string) string {
	if language != "" && language != "en" && !strings.HasPrefix(language, "en-") {
		return edtf
	}
	return entry.FromReport(greyshelf.Report{Date: greyshelf.Date{EDTF: edtf}}).DatePrinted
}

// authors gives the authors' names: "A. One, B. Two et al."
func authors(r greyshelf.Report) string {
	var names []string
	etAl := ""
	for _, c := range r.Agents {
		if c.Role == greyshelf.Author || c.Role == greyshelf.Speaker {
			names = append(names, c.Name)
			if c.EtAl {
				etAl = " et al."
			}
		}
	}
	return strings.Join(names, ", ") + etAl
}

// citation puts a title before what stands behind it.
func citation(title, behind string) string {
	if title != "" && !strings.ContainsAny(title[len(title)-1:], ".?!") {
		title += "."
	}
	return strings.TrimSpace(title + " " + behind)
}

// blocks fills the form.
func (f form) blocks(v values) []Block {
	var all []Block
	for _, b := range f {
		if b.kind == Picture {
			if v.picture != "" {
				all = append(all, Block{Kind: Picture, File: v.picture, Src: v.href["thumb"]})
			}
			continue
		}
		all = append(all, b.filled(v)...)
	}
	return all
}

// filled fills one block; a value of several paragraphs makes several blocks.
func (b formBlock) filled(v values) []Block {
	blocks := []Block{{Kind: b.kind}}
	for _, line := range b.lines {
		lines, any := fill(line, v)
		if !any {
			continue
		}
		for n, spans := range lines {
			if n > 0 {
				blocks = append(blocks, Block{Kind: b.kind})
			}
			last := &blocks[len(blocks)-1]
			last.Lines = append(last.Lines, spans)
		}
	}
	return slices.DeleteFunc(blocks, func(b Block) bool { return strings.TrimSpace(b.Text()) == "" })
}

// fill fills a line; any says that a field of it has a value or that it has no
// fields. Each paragraph of a value after the first begins another line.
func fill(line []piece, v values) (lines [][]Span, any bool) {
	lines = [][]Span{nil}
	add := func(s Span) {
		if s.Text != "" {
			lines[len(lines)-1] = append(lines[len(lines)-1], s)
		}
	}
	fields := 0
	for _, p := range line {
		if p.field == "" {
			add(Span{Text: p.text})
			continue
		}
		fields++
		value := v.text[p.field]
		if value == "" {
			continue
		}
		any = true
		add(Span{Text: p.before})
		for n, text := range paragraphs(value) {
			if n > 0 {
				lines = append(lines, nil)
			}
			add(Span{Text: text, Href: v.href[p.field]})
		}
		add(Span{Text: p.after})
	}
	return lines, any || fields == 0
}

// paragraphs cuts a text at empty lines; line breaks within become spaces.
func paragraphs(text string) []string {
	var all []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = greyshelf.OneLine(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}
