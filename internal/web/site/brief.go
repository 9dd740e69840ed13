package site

import (
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Brief is a report as a line of a listing shows it.
type Brief struct {
	ID, Title, Subtitle, Language string
	Authors, Publishers           []string
	EtAl                          bool
	Date, Format, Pages, Size     string
	State                         greyshelf.State
	Open                          bool   // the reader may open its pages
	Thumb                         string // address of a picture of the first page; "" for none
}

// Brief gives the short form of a report for this reader.
func (v *Visit) Brief(r greyshelf.Report) Brief {
	e := entry.FromReport(r)
	b := Brief{
		ID: r.ID, Title: v.TitleOf(r), Subtitle: r.Subtitle, Language: Language(r), State: r.State,
		Date: e.DatePrinted, Format: e.Format, Pages: e.PagesPrinted, Size: e.Size, Open: v.May(r, rights.Page),
	}
	for _, c := range r.Agents {
		switch c.Role {
		case greyshelf.Author, greyshelf.Speaker:
			b.Authors = append(b.Authors, c.Name)
			b.EtAl = b.EtAl || c.EtAl
		case greyshelf.Publisher:
			b.Publishers = append(b.Publishers, c.Name)
		}
	}
	if b.Open && len(r.Files()) > 0 {
		b.Thumb = v.Link("/r/", r.ID, "/thumb")
	}
	return b
}

// TitleOf gives the title of a report, or words that say that it has none.
func (v *Visit) TitleOf(r greyshelf.Report) string {
	if r.Title != "" {
		return r.Title
	}
	for _, f := range r.Files() {
		if f.Name != "" {
			return v.Text.Get("untitled.file", f.Name)
		}
	}
	return v.Text.Get("untitled")
}

// Language gives the main language of a report; "" when not known.
func Language(r greyshelf.Report) string {
	if len(r.Languages) == 0 {
		return ""
	}
	return r.Languages[0]
}

// Citation gives the line by which a report is cited: "Title. Publisher.
// Authors. Date." A page is named as printed.
func (v *Visit) Citation(r greyshelf.Report) string {
	e := entry.FromReport(r)
	title := e.Title
	if title == "" {
		title = v.TitleOf(r)
	}
	if !strings.ContainsAny(title[len(title)-1:], ".?!") {
		title += "."
	}
	return strings.TrimSpace(title + " " + entry.Behind(e))
}

// ByYear puts the values of the year facet in their own order, latest first.
// It changes the list.
func ByYear(name string, values []search.FacetCount) []search.FacetCount {
	if name == search.FacetYear {
		slices.SortFunc(values, func(a, b search.FacetCount) int { return strings.Compare(b.Value, a.Value) })
	}
	return values
}

// SafeURL gives an address from a document if a link may lead there, else "".
func SafeURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return raw
}

// Piece is a run of text, marked or not.
type Piece struct {
	Text   string
	Marked bool
}

// Pieces cuts a text at its marks: [start, end) in code points, in order.
func Pieces(text string, marks [][2]int) []Piece {
	runes := []rune(text)
	var pieces []Piece
	at := 0
	for _, m := range marks {
		start, end := max(m[0], at), min(m[1], len(runes))
		if start >= end {
			continue
		}
		if start > at {
			pieces = append(pieces, Piece{Text: string(runes[at:start])})
		}
		pieces = append(pieces, Piece{string(runes[start:end]), true})
		at = end
	}
	if at < len(runes) {
		pieces = append(pieces, Piece{Text: string(runes[at:])})
	}
	return pieces
}

// Extract cuts a text to what a reader without access to its page may see.
func Extract(text string) string {
	runes := []rune(text)
	if len(runes) <= rights.SnippetLength {
		return text
	}
	return string(runes[:rights.SnippetLength-1]) + "…"
}
