package digest

import (
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/feed"
	"github.com/greyshelf/greyshelf/internal/script"
)

// Path gives the permanent path of an issue's page on the site.
func Path(number int) string { return "/d/" + strconv.Itoa(number) }

// Words are the few words of the frame around an issue, in its language.
type Words struct {
	Number      string // "No. {0}"
	Online      string // "Read it on the web"
	Unsubscribe string // "Unsubscribe"
	Change      string // "Change what you get"
	Why         string // why the reader gets the mail
}

// Headline gives what stands above an issue: "Title, No. 7".
func (w Words) Headline(d Document) string {
	if d.Number == 0 {
		return d.Title
	}
	return d.Title + ", " + strings.ReplaceAll(w.Number, "{0}", strconv.Itoa(d.Number))
}

// mailForm is the mail in HTML (a fragment of HTML 4 that mail programs agree
// on). It has no colours of its own, so that it is right on light and on dark,
// and no width, so that it is right on narrow screens; no picture, because one
// from elsewhere tells who reads.
const mailForm = `<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Headline}}</title>
</head>
<body style="margin:0 auto;padding:16px;max-width:640px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;overflow-wrap:break-word;word-wrap:break-word">
<h1 style="font-size:24px;line-height:1.25;margin:0 0 4px" dir="auto">{{.Doc.Title}}</h1>
<p style="margin:0 0 24px;font-family:sans-serif;font-size:14px">{{.Number}}{{if and .Number .Doc.Date}} · {{end}}{{.Doc.Date}}</p>
{{range .Doc.Intro}}<p style="margin:0 0 16px" dir="auto">{{.}}</p>
{{end}}{{range .Doc.Sections}}{{with .Heading}}<h2 style="font-family:sans-serif;font-size:18px;line-height:1.3;margin:32px 0 0;padding:0 0 4px;border-bottom:1px solid" dir="auto">{{.}}</h2>
{{end}}{{range .Entries}}<div style="margin:24px 0 0" dir="auto"{{with .Language}} lang="{{.}}"{{end}}>
{{range .Blocks}}{{if eq .Kind 1}}<h3 style="font-size:18px;line-height:1.3;margin:0 0 8px" dir="auto">{{template "lines" .}}</h3>
{{else if eq .Kind 0}}<p style="margin:0 0 10px" dir="auto">{{template "lines" .}}</p>
{{else if and (eq .Kind 2) .Src}}<img src="{{.Src}}" alt="" width="72" style="float:left;width:72px;height:auto;margin:4px 16px 8px 0">
{{end}}{{end}}<div style="clear:both;font-size:0;line-height:0"></div></div>
{{end}}{{end}}<p style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid;font-family:sans-serif;font-size:14px">{{.Words.Why}}{{with .Doc.Address}}<br><a href="{{.}}">{{$.Words.Online}}</a>{{end}}{{with .Own.Change}}<br><a href="{{.}}">{{$.Words.Change}}</a>{{end}}{{with .Own.Leave}}<br><a href="{{.}}">{{$.Words.Unsubscribe}}</a>{{end}}</p>
</body>
</html>
{{define "lines"}}{{range $n, $line := .Lines}}{{if $n}}<br>
{{end}}{{range $line}}{{if .Href}}<a href="{{.Href}}" style="overflow-wrap:anywhere;word-break:break-word">{{.Text}}</a>{{else}}{{.Text}}{{end}}{{end}}{{end}}{{end}}`

// MailHTML gives the mail in HTML, with the reader's own addresses in its foot.
func MailHTML(d Document, w Words, own mail.Ways) (string, error) {
	t, err := template.New("mail").Parse(mailForm)
	if err != nil {
		return "", greyshelf.E(greyshelf.Internal, "write the mail", "", err)
	}
	data := struct {
		Doc                         Document
		Words                       Words
		Own                         mail.Ways
		Lang, Dir, Headline, Number string
	}{d, w, own, d.lang(), script.Direction(d.lang()), w.Headline(d), ""}
	if d.Number > 0 {
		data.Number = strings.ReplaceAll(w.Number, "{0}", strconv.Itoa(d.Number))
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return "", greyshelf.E(greyshelf.Internal, "write the mail", "", err)
	}
	return b.String(), nil
}

func (d Document) lang() string {
	if d.Language == "" {
		return "en"
	}
	return d.Language
}

// Direction gives the direction of the issue's language: "ltr" or "rtl".
func (d Document) Direction() string { return script.Direction(d.lang()) }

// underlined bounds the line under a heading in plain text.
const underlined = 72

// MailText gives the mail in plain text, with the reader's own addresses in its
// foot.
func MailText(d Document, w Words, own mail.Ways) string {
	var b strings.Builder
	headline := w.Headline(d)
	b.WriteString(mail.Wrap(headline, "") + "\n")
	if d.Date != "" {
		b.WriteString(d.Date + "\n")
	}
	for _, p := range d.Intro {
		b.WriteString("\n" + mail.Wrap(p, "") + "\n")
	}
	for _, s := range d.Sections {
		if s.Heading != "" {
			b.WriteString("\n\n" + mail.Wrap(s.Heading, "") + "\n" + strings.Repeat("=", min(underlined, len([]rune(s.Heading)))) + "\n")
		}
		for _, e := range s.Entries {
			b.WriteString("\n\n" + e.text() + "\n")
		}
	}
	b.WriteString("\n\n-- \n" + mail.Wrap(w.Why, "") + "\n")
	if d.Address != "" {
		b.WriteString(w.Online + ": " + d.Address + "\n")
	}
	if own.Change != "" {
		b.WriteString(w.Change + ": " + own.Change + "\n")
	}
	if own.Leave != "" {
		b.WriteString(w.Unsubscribe + ": " + own.Leave + "\n")
	}
	return b.String()
}

// text gives an entry as plain text: as the annotated list has it, or block by
// block.
func (e Entry) text() string {
	if e.Verbatim != "" {
		return e.Verbatim // byte for byte, its lines as long as they were
	}
	var blocks []string
	for _, b := range e.Blocks {
		if b.Kind != Picture {
			blocks = append(blocks, mail.Wrap(b.Text(), ""))
		}
	}
	return strings.Join(blocks, "\n\n")
}

// Markdown writes the issue as CommonMark.
func Markdown(out io.Writer, d Document, w Words) error {
	var b strings.Builder
	b.WriteString("# " + escape(w.Headline(d)) + "\n")
	if d.Date != "" {
		b.WriteString("\n" + escape(d.Date) + "\n")
	}
	for _, p := range d.Intro {
		b.WriteString("\n" + escape(p) + "\n")
	}
	for _, s := range d.Sections {
		level := "## "
		if s.Heading != "" {
			b.WriteString("\n## " + escape(s.Heading) + "\n")
			level = "### "
		}
		for _, e := range s.Entries {
			for _, block := range e.Blocks {
				if block.Kind == Picture {
					continue
				}
				b.WriteString("\n")
				if block.Kind == Heading {
					b.WriteString(level)
				}
				b.WriteString(markdownLines(block) + "\n")
			}
		}
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write the issue", "", err)
	}
	return nil
}

func markdownLines(b Block) string {
	var lines []string
	for _, line := range b.Lines {
		text := ""
		for _, s := range line {
			switch {
			case s.Href == s.Text && s.Href != "":
				text += "<" + linked(s.Href) + ">"
			case s.Href != "":
				text += "[" + escape(s.Text) + "](<" + linked(s.Href) + ">)"
			default:
				text += escape(s.Text)
			}
		}
		lines = append(lines, text)
	}
	separator := "\\\n" // a hard line break (CommonMark §6.7)
	if b.Kind == Heading {
		separator = " "
	}
	return strings.Join(lines, separator)
}

// escape escapes the ASCII punctuation by which CommonMark (§2.4) marks text.
func escape(text string) string {
	var b strings.Builder
	digits := true // only digits so far: "1." would begin a list
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>#|~&!", r), i == 0 && strings.ContainsRune("+-=", r), digits && i > 0 && (r == '.' || r == ')'):
			b.WriteByte('\\')
		}
		digits = digits && r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

// linked makes an address safe between angle brackets.
func linked(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C").Replace(url)
}

// FeedItem gives the issue as an item of a feed. The document must have its
// address.
func FeedItem(i Issue, d Document, w Words) feed.Item {
	item := feed.Item{
		ID: d.Address, URL: d.Address, Title: w.Headline(d), Language: d.lang(), Published: i.SentAt, Updated: i.SentAt,
		Summary: strings.Join(d.Intro, "\n\n"),
	}
	var titles []string
	for _, s := range d.Sections {
		if s.Heading != "" {
			item.Tags = append(item.Tags, s.Heading)
		}
		for _, e := range s.Entries {
			titles = append(titles, e.Title)
		}
	}
	item.Summary = strings.TrimSpace(item.Summary + "\n\n" + strings.Join(titles, "\n"))
	return item
}
