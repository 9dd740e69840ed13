package accuracy

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// cut is a way to take a field out of a report.
type cut struct {
	name  string
	field greyshelf.Field
	drop  func(stated) func(line string) bool // which lines go
	cover bool                                // the whole first page goes
}

// cuts gives the fields that are cut out, one at a time.
func cuts() []cut {
	return []cut{
		{name: "title", field: greyshelf.FieldTitle, drop: titleLines},
		{name: "title and the whole first page", field: greyshelf.FieldTitle, drop: titleLines, cover: true},
		{name: "creator", field: greyshelf.FieldCreator, drop: creatorLines},
		{name: "date", field: greyshelf.FieldDate, drop: func(s stated) func(string) bool {
			printed := plain(greyshelf.FormatDate(s.date))
			return func(line string) bool { return strings.Contains(plain(line), printed) }
		}},
		{name: "report number", field: greyshelf.FieldReportNumber, drop: func(s stated) func(string) bool {
			return func(line string) bool { return strings.Contains(plain(line), plain(s.number)) }
		}},
		{name: "publisher", field: greyshelf.FieldPublisher, drop: func(s stated) func(string) bool {
			return func(line string) bool {
				return strings.Contains(plain(line), plain(s.publisher[0])) || strings.Contains(line, "CRS")
			}
		}},
	}
}

func titleLines(s stated) func(string) bool {
	title := plain(s.title)
	return func(line string) bool {
		line = plain(line)
		return len(line) > 3 && strings.Contains(title, line) || strings.Contains(line, title)
	}
}

func creatorLines(s stated) func(string) bool {
	return func(line string) bool {
		for _, name := range s.creators {
			family, _, _ := strings.Cut(plain(name), ", ")
			if strings.Contains(plain(line), family) {
				return true
			}
		}
		return false
	}
}

// scoreCut describes the real reports with one field cut out of text and
// metadata. A value that is given all the same is made up; what matters most
// is that it is not given with confidence.
func scoreCut(t *testing.T, d *describe.Describer, c cut, reports []specimen) tally {
	sum := tally{field: c.name}
	for _, r := range reports {
		o := outcome{right: true}
		if found := d.Describe(c.apply(r)).Chosen(c.field); len(found) > 0 {
			f := found[0]
			o = outcome{invented: true, given: f.Value, confidence: f.Confidence}
			t.Logf("%s without %s: %q by %s (%.2f) on page %d: %s", r.name, c.name, f.Value, f.Method, f.Confidence, f.Page, f.Why)
		}
		sum.add(o)
	}
	return sum
}

// apply gives the report without the field.
func (c cut) apply(r specimen) *describe.Document {
	doc := without(r.doc, c.drop(r.truth))
	if !c.cover || len(doc.Pages) < 2 {
		return doc
	}
	doc.Pages = doc.Pages[1:]
	doc.Info.Pages = len(doc.Pages)
	for i := range doc.Pages {
		doc.Pages[i].Index = i + 1
		lines := append([]describe.Line{}, doc.Pages[i].Lines...)
		for j := range lines {
			lines[j].Page = i + 1
		}
		doc.Pages[i].Lines = lines
	}
	return doc
}

// without gives a copy of the document from which every line that holds drop
// is gone: from text, lines and words, in place of which there are spaces, and
// from the metadata and the outline.
func without(doc *describe.Document, drop func(string) bool) *describe.Document {
	cut := *doc
	cut.Info.Meta, cut.Info.XMP, cut.Info.Outline = nil, nil, nil
	cut.Pages = nil
	for _, page := range doc.Pages {
		text, lines := []rune(page.Text), page.Lines
		page.Lines, page.Words = nil, append([]greyshelf.Word{}, page.Words...)
		for _, line := range lines {
			if !drop(line.Text) {
				page.Lines = append(page.Lines, line)
				continue
			}
			for i := line.Start; i < line.End; i++ {
				text[i] = ' '
			}
			kept := page.Words[:0]
			for _, w := range page.Words {
				if w.End <= line.Start || w.Start >= line.End {
					kept = append(kept, w)
				}
			}
			page.Words = kept
		}
		page.Text = string(text)
		cut.Pages = append(cut.Pages, page)
	}
	return &cut
}
