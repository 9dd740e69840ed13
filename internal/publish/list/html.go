package list

import (
	"bufio"
	"html/template"
	"io"
	"iter"

	"github.com/greyshelf/greyshelf"
)

// htmlHead begins the document. It has no style: every reader's own is good
// enough for a text, and a strict Content-Security-Policy stays possible.
const htmlHead = `<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
</head>
<body>
<main>
{{with .Heading}}<h1>{{.}}</h1>
{{end}}`

// htmlItem is one entry. Text of a report may be in any script, so its
// direction is found from the text.
const htmlItem = `<article dir="auto">
{{with .Title}}<h2 dir="auto">{{if $.Address}}<a href="{{$.Address}}">{{.}}</a>{{else}}{{.}}{{end}}</h2>
{{end}}{{with .Citation}}<p dir="auto">{{.}}</p>
{{end}}{{range .Paragraphs}}<p dir="auto">{{.}}</p>
{{end}}{{with .Rights}}<p>[Note: {{.}}].</p>
{{end}}{{with .Format}}<p>[{{.}}].</p>
{{end}}{{with .URL}}<p><a href="{{.}}">{{.}}</a></p>
{{end}}</article>
`

// htmlFoot ends the document.
const htmlFoot = `</main>
</body>
</html>
`

// writeHTML writes a complete document, entry by entry.
func writeHTML(w io.Writer, reports iter.Seq2[greyshelf.Report, error], options Options) error {
	head := template.Must(template.New("head").Parse(htmlHead))
	one := template.Must(template.New("item").Parse(htmlItem))
	out := bufio.NewWriter(w)
	page := struct{ Language, Title, Heading string }{options.Language, options.Title, options.Title}
	if page.Language == "" {
		page.Language = "en"
	}
	if page.Title == "" {
		page.Title = "Reports" // HTML requires a title
	}
	if err := head.Execute(out, page); err != nil {
		return failed(err)
	}
	for r, err := range reports {
		if err != nil {
			return err
		}
		if err := one.Execute(out, newItem(r, options)); err != nil {
			return failed(err)
		}
	}
	out.WriteString(htmlFoot) // the first error is kept until Flush
	if err := out.Flush(); err != nil {
		return failed(err)
	}
	return nil
}
