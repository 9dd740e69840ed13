package digests

import (
	"html/template"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// questionForm is the mail that asks, with no colours, pictures and width of
// its own, as the digest.
const questionForm = `<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Subject}}</title>
</head>
<body style="margin:0 auto;padding:16px;max-width:640px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;overflow-wrap:break-word;word-wrap:break-word">
<h1 style="font-size:22px;line-height:1.25;margin:0 0 16px">{{.Subject}}</h1>
<p style="margin:0 0 10px">{{.Asked}}</p>
<ul style="margin:0 0 16px;padding:0 0 0 20px">
{{range .Wishes}}<li dir="auto">{{.}}</li>
{{end}}</ul>
<p style="margin:0 0 10px">{{.Yes}}</p>
<p style="margin:0 0 16px"><a href="{{.Link}}" style="overflow-wrap:anywhere;word-break:break-word">{{.Link}}</a></p>
<p style="margin:0">{{.No}}</p>
</body>
</html>
`

// question writes the mail by which a contact says yes to what was asked for in
// its name, in the language that was asked for.
func question(v *site.Visit, c contact.Contact) (sending.Letter, error) {
	then := c.Granted()
	text := v.TextIn(then.MailLanguage())
	data := struct {
		Lang, Subject, Asked, Yes, No, Link string
		Wishes                              []string
	}{
		Lang: text.Tag, Subject: text.Get("subscribe.mail.subject"), Asked: text.Get("subscribe.mail.asked"), Yes: text.Get("subscribe.mail.yes"),
		No: text.Get("subscribe.mail.no"), Link: base(v) + "/confirm/" + c.Token, Wishes: wishes(text, plain(then)),
	}
	t, err := template.New("question").Parse(questionForm)
	var html strings.Builder
	if err == nil {
		err = t.Execute(&html, data)
	}
	if err != nil {
		return sending.Letter{}, greyshelf.E(greyshelf.Internal, "write the mail", "", err)
	}
	lines := []string{mail.Wrap(data.Asked, ""), ""}
	for _, wish := range data.Wishes {
		lines = append(lines, mail.Wrap("- "+wish, ""))
	}
	lines = append(lines, "", mail.Wrap(data.Yes, ""), "", data.Link, "", mail.Wrap(data.No, ""), "")
	return sending.Letter{Subject: data.Subject, Text: strings.Join(lines, "\n"), HTML: html.String()}, nil
}

// plain takes out of a contact's wishes what a mail program would make a link
// of. Anybody may have this mail sent to anybody, and must not be able to put
// an address of theirs into it.
func plain(c contact.Contact) contact.Contact {
	for _, names := range []*[]string{&c.Interests.Headings, &c.Interests.Publishers, &c.Interests.Searches} {
		var all []string
		for _, name := range *names {
			all = append(all, unlinked(name))
		}
		*names = all
	}
	return c
}

// longestWish bounds a name in the mail that asks, in code points.
const longestWish = 80

func unlinked(name string) string {
	words := strings.Fields(name)
	for n, word := range words {
		if strings.Contains(word, "://") || strings.ContainsAny(word, "@/\\") || strings.Contains(strings.Trim(word, ".,;:!?…\"'()"), ".") {
			words[n] = "…"
		}
	}
	runes := []rune(strings.Join(words, " "))
	if len(runes) > longestWish {
		return string(runes[:longestWish-1]) + "…"
	}
	return string(runes)
}
