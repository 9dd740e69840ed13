package alert

import (
	"context"
	"html/template"
	"strconv"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/script"
)

// Words are the few words around the reports, in the language of the contact.
type Words struct {
	One         string // subject of an alert with one report: "New: {0}"
	Many        string // of one with more: "{0} new reports"
	Page        string // "p. {0}"
	Why         string // why the reader gets the mail
	Unsubscribe string
	Change      string // "Change what you get"
}

// longestTitle bounds a title in the subject, in code points.
const longestTitle = 150

// Letter writes the alert to the contact; what was withdrawn since is left
// out. Errors: NotFound when nothing is left.
func (o *Office) Letter(ctx context.Context, id string, c contact.Contact, own mail.Ways) (sending.Letter, error) {
	r, err := o.Catalog.Record(ctx, Kind, id)
	if err != nil {
		return sending.Letter{}, err
	}
	var a Alert
	if err := read(r, &a); err != nil {
		return sending.Letter{}, err
	}
	return o.Write(ctx, a, c, own)
}

// page is what the form of a letter takes.
type page struct {
	Lang, Dir, Headline string
	Entries             []shown
	Words               Words
	Own                 mail.Ways
}

// shown is a report in a letter.
type shown struct {
	Title, Line, Abstract, Address, Lang string
	Passages                             []shownPassage
}

type shownPassage struct {
	Where, Address string // "p. 12"
	Parts          []part
}

// part is a piece of a passage, marked or not.
type part struct {
	Text string
	Mark bool
}

// Write writes an alert that may not be stored, as [Office.Letter] does.
func (o *Office) Write(ctx context.Context, a Alert, c contact.Contact, own mail.Ways) (sending.Letter, error) {
	lang := c.MailLanguage()
	p := page{Lang: lang, Dir: script.Direction(lang), Words: o.Words(lang), Own: own}
	for _, e := range a.Entries {
		r, err := o.public(ctx, e.Report)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return sending.Letter{}, err
		}
		p.Entries = append(p.Entries, o.shown(r, e, p.Words))
	}
	switch len(p.Entries) {
	case 0:
		return sending.Letter{}, greyshelf.Errorf(greyshelf.NotFound, "write the alert", a.ID, "its reports are no longer public")
	case 1:
		p.Headline = strings.ReplaceAll(p.Words.One, "{0}", cut(p.Entries[0].Title, longestTitle))
	default:
		p.Headline = strings.ReplaceAll(p.Words.Many, "{0}", strconv.Itoa(len(p.Entries)))
	}
	html, err := p.html()
	return sending.Letter{Date: a.At, Subject: p.Headline, Text: p.text(), HTML: html}, err
}

func (o *Office) shown(r greyshelf.Report, e Entry, w Words) shown {
	s := shown{Title: greyshelf.OneLine(r.FullTitle()), Abstract: cut(greyshelf.OneLine(r.ListAbstract()), 600), Address: o.Site + "/r/" + r.ID}
	if s.Title == "" {
		s.Title = s.Address
	}
	if len(r.Languages) > 0 {
		s.Lang = r.Languages[0]
	}
	var about []string
	for _, a := range r.AgentsWith(greyshelf.Publisher) {
		about = append(about, greyshelf.OneLine(a.Name))
	}
	if d := greyshelf.OneLine(r.Date.Printed); d != "" {
		about = append(about, d)
	}
	s.Line = strings.Join(about, ", ")
	if !rights.May(rights.Reader{}, r, rights.Snippet) {
		return s
	}
	for _, found := range e.Passages {
		shown := shownPassage{Address: s.Address, Parts: parts(found)}
		if found.Page > 0 {
			label := found.Label
			if label == "" {
				label = strconv.Itoa(found.Page)
			}
			shown.Where = strings.ReplaceAll(w.Page, "{0}", greyshelf.OneLine(label))
			if found.Open && rights.May(rights.Reader{}, r, rights.Page) {
				shown.Address += "/f/" + o.FileName(found.File) + "/p/" + strconv.Itoa(found.Page)
			}
		}
		s.Passages = append(s.Passages, shown)
	}
	return s
}

// parts cuts a passage at its marks and at the most that may be shown; marks
// that do not fit are left out.
func parts(p Passage) []part {
	runes := []rune(p.Text)
	runes = runes[:min(len(runes), rights.SnippetLength)]
	var all []part
	at := 0
	for _, m := range p.Marks {
		if m[0] < at || m[1] <= m[0] || m[1] > len(runes) {
			continue
		}
		all = append(all, part{clean(string(runes[at:m[0]])), false}, part{clean(string(runes[m[0]:m[1]])), true})
		at = m[1]
	}
	return append(all, part{clean(string(runes[at:])), false})
}

// clean makes each control character and line break a space.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// cut shortens a text to so many code points.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// text gives the letter in plain text.
func (p page) text() string {
	var b strings.Builder
	b.WriteString(mail.Wrap(p.Headline, "") + "\n")
	for _, e := range p.Entries {
		b.WriteString("\n\n" + mail.Wrap(e.Title, "") + "\n")
		for _, more := range []string{e.Line, e.Abstract} {
			if more != "" {
				b.WriteString(mail.Wrap(more, "") + "\n")
			}
		}
		b.WriteString(e.Address + "\n")
		for _, passage := range e.Passages {
			b.WriteString("\n" + passage.text() + "\n")
			if passage.Address != e.Address {
				b.WriteString("> " + passage.Address + "\n")
			}
		}
	}
	b.WriteString("\n\n-- \n" + mail.Wrap(p.Words.Why, "") + "\n")
	for _, way := range [][2]string{{p.Words.Change, p.Own.Change}, {p.Words.Unsubscribe, p.Own.Leave}} {
		if way[1] != "" {
			b.WriteString(way[0] + ": " + way[1] + "\n")
		}
	}
	return b.String()
}

// text gives the passage as plain text that is quoted, what matched in stars.
func (p shownPassage) text() string {
	var b strings.Builder
	if p.Where != "" {
		b.WriteString(p.Where + ": ")
	}
	for _, part := range p.Parts {
		if part.Mark {
			b.WriteString("*" + part.Text + "*")
		} else {
			b.WriteString(part.Text)
		}
	}
	return mail.Wrap(b.String(), "> ")
}

// form is the letter in HTML. Like that of the digest it has no colours, no
// width and no picture of its own, so that it is right on light and dark and
// on narrow screens, and tells nobody who reads.
const form = `<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Headline}}</title>
</head>
<body style="margin:0 auto;padding:16px;max-width:640px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;overflow-wrap:break-word;word-wrap:break-word">
<h1 style="font-size:22px;line-height:1.25;margin:0 0 8px" dir="auto">{{.Headline}}</h1>
{{range .Entries}}<div style="margin:24px 0 0"{{with .Lang}} lang="{{.}}"{{end}}>
<h2 style="font-size:18px;line-height:1.3;margin:0 0 4px" dir="auto"><a href="{{.Address}}">{{.Title}}</a></h2>
{{with .Line}}<p style="margin:0 0 8px;font-family:sans-serif;font-size:14px" dir="auto">{{.}}</p>
{{end}}{{with .Abstract}}<p style="margin:0 0 10px" dir="auto">{{.}}</p>
{{end}}{{range .Passages}}<blockquote style="margin:0 0 10px;padding:0 12px;border-left:3px solid;font-size:15px" dir="auto">{{range .Parts}}{{if .Mark}}<b>{{.Text}}</b>{{else}}{{.Text}}{{end}}{{end}}{{if .Where}} <bdi>(<a href="{{.Address}}">{{.Where}}</a>)</bdi>{{end}}</blockquote>
{{end}}</div>
{{end}}<p style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid;font-family:sans-serif;font-size:14px">{{.Words.Why}}{{with .Own.Change}}<br><a href="{{.}}">{{$.Words.Change}}</a>{{end}}{{with .Own.Leave}}<br><a href="{{.}}">{{$.Words.Unsubscribe}}</a>{{end}}</p>
</body>
</html>
`

func (p page) html() (string, error) {
	t, err := template.New("alert").Parse(form)
	if err == nil {
		var b strings.Builder
		if err = t.Execute(&b, p); err == nil {
			return b.String(), nil
		}
	}
	return "", greyshelf.E(greyshelf.Internal, "write the alert", "", err)
}
