// Package cite formats citations: a small formatter of its own over the items
// of package csl, for the styles that a research desk is asked for.
//
// It is a leaf behind package csl and stores nothing. The case of a title
// stays as printed: which words are names cannot be known. Output is a list of
// runs, rendered as plain text, HTML or Markdown.
package cite

import (
	"html"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// Style is the name of a citation style.
type Style string

// The styles.
const (
	ChicagoNotes      Style = "chicago-notes"       // Chicago Manual of Style, 17th ed., ch. 14
	ChicagoAuthorDate Style = "chicago-author-date" // the same, ch. 15
	APA               Style = "apa"                 // Publication Manual, 7th ed., ch. 9–10
	MLA               Style = "mla"                 // MLA Handbook, 9th ed., ch. 5
	Harvard           Style = "harvard"             // Cite Them Right
	Legal             Style = "legal"               // in the manner of The Bluebook, rule 15
	UN                Style = "un"                  // in the manner of the UN Editorial Manual, footnotes
	Seed              Style = "seed"                // the annotated list's own citation line
)

// Styles gives every style.
func Styles() []Style {
	return []Style{ChicagoNotes, ChicagoAuthorDate, APA, MLA, Harvard, Legal, UN, Seed}
}

// Run is a piece of a citation in one face.
type Run struct {
	Text   string
	Italic bool
	Link   string // http or https address, "" for none
}

// Options say what to cite and in which language.
type Options struct {
	Language string // BCP 47 of the words around: en, fr, es, de, ru, ar; others in English
	Locator  string // the page as printed: "34", "34–36"; "" for the whole item
}

// Entry gives the item as a bibliography or reference list has it. It fails
// with [greyshelf.Invalid] for an unknown style.
func Entry(style Style, item csl.Item, options Options) ([]Run, error) {
	f, ok := forms(style)
	if !ok {
		return nil, unknown(style)
	}
	return cited(f.entry, item, options), nil
}

// Note gives the item as a footnote has it or, in author-date styles, as the
// text has it in brackets, with the locator.
func Note(style Style, item csl.Item, options Options) ([]Run, error) {
	f, ok := forms(style)
	if !ok {
		return nil, unknown(style)
	}
	return cited(f.note, item, options), nil
}

func unknown(style Style) error {
	return greyshelf.Errorf(greyshelf.Invalid, "cite", string(style), "this citation style is not known")
}

func cited(form func(*citation), item csl.Item, options Options) []Run {
	c := &citation{item: item, words: wordsOf(options.Language), locator: clean(options.Locator)}
	form(c)
	return c.runs
}

// Text renders runs as plain text. Where both directions of writing meet, each
// run stands in an isolate (U+2068, U+2069); in HTML it stands in bdi.
func Text(runs []Run) string {
	var b strings.Builder
	both := mixed(runs)
	for _, r := range runs {
		if both {
			r.Text = isolated(r.Text)
		}
		b.WriteString(r.Text)
	}
	return b.String()
}

// HTML renders runs as HTML text, everything escaped.
func HTML(runs []Run) string {
	var b strings.Builder
	both := mixed(runs)
	for _, r := range runs {
		text := html.EscapeString(withoutControls(r.Text))
		if both && direction(r.Text) != 0 {
			text = "<bdi>" + text + "</bdi>"
		}
		if r.Italic {
			text = "<i>" + text + "</i>"
		}
		if r.Link != "" {
			text = `<a href="` + html.EscapeString(r.Link) + `">` + text + "</a>"
		}
		b.WriteString(text)
	}
	return b.String()
}

// Markdown renders runs as CommonMark; signs with a meaning are escaped (§2.4).
func Markdown(runs []Run) string {
	var b strings.Builder
	both := mixed(runs)
	for _, r := range runs {
		if both {
			r.Text = isolated(r.Text)
		}
		switch {
		case r.Link != "":
			b.WriteString("<" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(r.Link) + ">")
		case r.Italic:
			b.WriteString("*" + escape(r.Text) + "*")
		default:
			b.WriteString(escape(r.Text))
		}
	}
	return b.String()
}

func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_{}[]<>#+-!|&~$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// clean makes text one line without control characters.
func clean(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029':
			return ' '
		case r < ' ' || r == 0x7F:
			return -1
		}
		return r
	}, text)
}
