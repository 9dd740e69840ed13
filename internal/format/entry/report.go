package entry

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// ToReport makes a report of an entry: its values, and its layout so that it
// can be written again as it was. Identifier, state and times are the caller's.
func ToReport(e greyshelf.Entry) greyshelf.Report {
	r := greyshelf.Report{
		Title:    e.Title,
		Date:     greyshelf.Date{Printed: e.DatePrinted, EDTF: e.Date},
		Abstract: e.Abstract,
		Rights:   greyshelf.Rights{Code: noteCode(e.Rights), Statement: e.Rights},
		Format:   e.Format,
		Extent:   greyshelf.Extent{Printed: e.PagesPrinted, Pages: e.Pages},
		URL:      e.URL,
	}
	if e.Size != "" {
		size, _ := greyshelf.ParseSize(e.Size)
		r.Size = greyshelf.Size{Printed: e.Size, Bytes: size.Bytes}
	}
	for _, a := range e.Authors {
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: agent(a), Role: a.Role, Stated: a.Stated, EtAl: a.EtAl})
	}
	if e.Publisher != "" {
		for name := range strings.SplitSeq(e.Publisher, "; ") {
			body := greyshelf.Agent{Kind: greyshelf.Body, Name: name}
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: body, Role: greyshelf.Publisher})
		}
	}
	if code, ok := greyshelf.ParseIdentifier(greyshelf.ItemCode, e.Code); ok {
		r.Identifiers = append(r.Identifiers, code)
	}
	if e.Layout.Raw != "" {
		layout := e.Layout
		r.Entry = &layout
	}
	return r
}

// agent makes an agent of an author.
func agent(a greyshelf.EntryAuthor) greyshelf.Agent {
	switch {
	case a.Family != "":
		return greyshelf.Agent{Kind: greyshelf.Person, Name: a.Name, Family: a.Family, Given: a.Given}
	case a.Role != greyshelf.Speaker && greyshelf.LooksLikeBody(a.Name):
		return greyshelf.Agent{Kind: greyshelf.Body, Name: a.Name}
	}
	return greyshelf.PersonFromName(a.Name)
}

// FromReport makes an entry of a report, with the librarian's own abstract where
// there is one. Printed forms are kept where they still say what the record
// says; else they are printed anew. Format, pages and size of a report without
// an entry of its own are, where the record does not state them, those of its
// newest file.
func FromReport(r greyshelf.Report) greyshelf.Entry {
	e := greyshelf.Entry{
		Title:       title(r),
		Date:        r.Date.EDTF,
		DatePrinted: printedDate(r.Date),
		Abstract:    r.ListAbstract(),
		Rights:      rightsNote(r),
		Format:      r.Format,
		URL:         r.URL,
		Code:        r.Identifier(greyshelf.ItemCode),
		Confidence:  1,
	}
	if r.Entry != nil {
		e.Layout = *r.Entry
		e.Rest = spanText(r.Entry.Spans, fieldRest)
		e.Heading = spanText(r.Entry.Spans, fieldHeading)
	} else {
		fromFile(&e, &r)
	}
	e.Pages, e.PagesPrinted = r.Extent.Pages, printedPages(r.Extent)
	e.Size = printedSize(r.Size)
	var publishers []string
	for _, c := range r.Agents {
		switch c.Role {
		case greyshelf.Publisher:
			publishers = append(publishers, c.Name)
		case greyshelf.Author, greyshelf.Speaker:
			author := greyshelf.EntryAuthor{Name: c.Name, Role: c.Role, Stated: c.Stated, EtAl: c.EtAl, Family: c.Family, Given: c.Given}
			e.Authors = append(e.Authors, author)
		}
	}
	e.Publisher = strings.Join(publishers, "; ")
	e.AuthorsRaw = authorsKey(e.Authors)
	return e
}

// title gives the title with the subtitle behind a colon.
func title(r greyshelf.Report) string {
	if r.Subtitle == "" || r.Title == "" {
		return r.Title + r.Subtitle
	}
	if endsSentence(r.Title) {
		return r.Title + " " + r.Subtitle
	}
	return r.Title + ": " + r.Subtitle
}

// fromFile fills in what the newest file says of itself. The record is a copy.
func fromFile(e *greyshelf.Entry, r *greyshelf.Report) {
	files := r.Files()
	if len(files) == 0 {
		return
	}
	if e.Format == "" {
		e.Format = greyshelf.FormatOf(files[0].MediaType)
	}
	if r.Extent == (greyshelf.Extent{}) && !files[0].Facts.Sections {
		r.Extent.Pages = files[0].Pages
	}
	if r.Size == (greyshelf.Size{}) {
		r.Size.Bytes = files[0].Bytes
	}
}

// spanText joins the values of a field's spans.
func spanText(spans []greyshelf.EntrySpan, field string) string {
	var texts []string
	for _, s := range spans {
		if s.Field == field {
			texts = append(texts, s.Value)
		}
	}
	return strings.Join(texts, "\n")
}

// printedDate gives the date as printed unless it says another day by now.
func printedDate(d greyshelf.Date) string {
	parsed, ok := greyshelf.ParseDate(d.Printed)
	if d.Printed == "" || ok && d.EDTF != "" && parsed.EDTF != d.EDTF {
		return greyshelf.FormatDate(d.EDTF)
	}
	return d.Printed
}

// printedPages gives the extent as printed unless it says another number.
func printedPages(x greyshelf.Extent) string {
	parsed, ok := greyshelf.ParseExtent(x.Printed)
	if x.Printed == "" || ok && x.Pages > 0 && parsed.Pages != x.Pages {
		return greyshelf.FormatExtent(x.Pages)
	}
	return x.Printed
}

// printedSize gives the size as printed unless it says another one: more than
// a tenth of the printed number away, which no rounding explains.
func printedSize(s greyshelf.Size) string {
	parsed, ok := greyshelf.ParseSize(s.Printed)
	off := max(parsed.Bytes-s.Bytes, s.Bytes-parsed.Bytes)
	if s.Printed == "" || ok && s.Bytes > 0 && off > parsed.Bytes/10 {
		return greyshelf.FormatSize(s.Bytes)
	}
	return s.Printed
}
