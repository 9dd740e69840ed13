package site

import (
	"bytes"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// Template is a page in every language of the site, parsed once.
type Template struct{ byLanguage map[string]*template.Template }

// Template parses the page: a file that defines "main" and may define "head".
func (s *Site) Template(room fs.FS, names ...string) (*Template, error) {
	t := &Template{byLanguage: map[string]*template.Template{}}
	for _, text := range s.locales.All() {
		parsed, err := template.New("layout.html").Funcs(s.functions(text)).ParseFS(folder, "layout.html", "parts.html")
		if err == nil {
			parsed, err = parsed.ParseFS(room, names...)
		}
		if err != nil {
			return nil, greyshelf.E(greyshelf.Internal, "parse the page", names[0], err)
		}
		t.byLanguage[text.Tag] = parsed
	}
	return t, nil
}

// functions are what templates may call.
func (s *Site) functions(text *locale.Text) template.FuncMap {
	return template.FuncMap{
		"t":      text.Get,
		"count":  text.Count,
		"number": text.Number,
		"known":  text.Or,
		"link":   s.Link,
		"static": s.StaticLink,
		"page":   s.PageLink,
		"file":   s.FileLink,
		"day":    func(t time.Time) string { return t.Format(time.DateOnly) },
		"minute": func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") },
		"stamp":  func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"size":   greyshelf.FormatSize,
		"safe":   SafeURL,
		"trim":   strings.TrimSpace,
	}
}

// StaticLink gives the address of the style (css), the script (js) or the
// picture (svg) of the site.
func (s *Site) StaticLink(kind string) string { return s.Link(s.statics.byKind[kind].path) }

// frame is what the layout shows around a page.
type frame struct {
	Lang, Dir, Title, Query, Back, Version string
	Desk, Local, MayAdd                    bool
	HasAccounts, MayAdminister             bool
	Waiting                                int    // reports in the queue; counted for the desk only
	Person                                 string // name of who is signed in
	Data                                   any
}

func (t *Template) render(w io.Writer, v *Visit, title string, data any) error {
	return t.byLanguage[v.Text.Tag].ExecuteTemplate(w, "layout.html", frame{
		Lang: v.Text.Tag, Dir: v.Text.Dir, Title: title, Query: v.R.URL.Query().Get("q"), Back: v.Link(v.R.URL.RequestURI()), Version: v.Version,
		Desk: v.Desk(), Local: v.Local && !v.ReadOnly, MayAdd: v.MayChange() && v.Add != nil,
		HasAccounts: v.HasAccounts, MayAdminister: v.HasAccounts && v.MayAdminister(), Person: v.personName(), Waiting: v.waiting(), Data: data,
	})
}

// waiting counts the reports in the queue. A count that cannot be had is none:
// the page is wanted for something else.
func (v *Visit) waiting() int {
	if !v.MayChange() {
		return 0
	}
	counts, err := v.Catalog.CountWaiting(v.R.Context(), catalog.QueueFilter{})
	if err != nil && v.R.Context().Err() == nil {
		v.Log.Warn("what waits in the queue could not be counted", "err", err)
	}
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// personName gives the name of who is signed in; "" for anybody else.
func (v *Visit) personName() string {
	if v.Reader.Person == "" {
		return ""
	}
	return v.Reader.Name
}

// Show answers with a page. title is that of the window, without the name of
// the site.
func (v *Visit) Show(t *Template, title string, data any) error {
	return v.ShowStatus(http.StatusOK, t, title, data)
}

// ShowStatus answers with a page and a status other than 200.
func (v *Visit) ShowStatus(status int, t *Template, title string, data any) error {
	var page bytes.Buffer
	if err := t.render(&page, v, title, data); err != nil {
		return greyshelf.E(greyshelf.Internal, "write the page", v.R.URL.Path, err)
	}
	v.send(status, page.Bytes())
	return nil
}

func (v *Visit) send(status int, page []byte) {
	h := v.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Add("Vary", "Accept-Language, Cookie")
	v.W.WriteHeader(status)
	if v.R.Method != http.MethodHead {
		_, _ = v.W.Write(page) // the reader may have gone
	}
}
