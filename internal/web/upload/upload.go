// Package upload is the page on which files are added, and what takes them in.
//
// It stands in the web beside the other pages; what becomes of a file is
// decided behind site.Library.Add. It stores nothing itself.
package upload

import (
	"embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed upload.html upload.css upload.js
var files embed.FS

// Files gives the template, style and script of the page.
func Files() fs.FS { return files }

// Limits of one request.
const (
	mostBytes = 1 << 30
	mostFiles = 500
)

// Page is the page on which files are added.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "upload.html")
	return &Page{t}, err
}

type view struct {
	Results []site.AddResult
	Desk    bool
	Limit   string
	Link    curate.LinkRecord // a record without a file that was sent and refused
	Problem string            // why
}

// Show answers GET /add.
func (p *Page) Show(v *site.Visit) error { return p.show(v, nil) }

func (p *Page) show(v *site.Visit, results []site.AddResult) error {
	if v.Add == nil {
		return site.NotFound(v)
	}
	return v.Show(p.template, v.Text.Get("add.title"), newView(v, results))
}

func newView(v *site.Visit, results []site.AddResult) view {
	return view{Results: results, Desk: v.Desk(), Limit: greyshelf.FormatSize(mostBytes)}
}

// Take answers POST /add: a form with any number of files. A reader that asks
// for JSON gets one result per line, as the files are done.
func (p *Page) Take(v *site.Visit) error {
	if v.Add == nil {
		return site.NotFound(v)
	}
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostBytes)
	form, err := v.R.MultipartReader()
	if err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, "add", "", "the form holds no files")
	}
	asJSON := strings.Contains(v.R.Header.Get("Accept"), "application/json")
	var results []site.AddResult
	for len(results) < mostFiles {
		result, err := next(v, form)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if result != nil {
			results = append(results, *result)
		}
	}
	if len(results) > 0 {
		v.WasChanged()
	}
	if asJSON {
		return answer(v, results)
	}
	if len(results) == 0 {
		return greyshelf.Errorf(greyshelf.Invalid, "add", "", "no file was chosen")
	}
	return p.show(v, results)
}

// next takes in the next file of the form; nil for a part that is none.
// Errors: io.EOF at the end, TooLarge, Invalid.
func next(v *site.Visit, form *multipart.Reader) (*site.AddResult, error) {
	part, err := form.NextPart()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.As(err, &tooLarge):
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "add", "", "all files together are larger than %s; send fewer at a time", greyshelf.FormatSize(mostBytes))
	case err != nil:
		return nil, greyshelf.Errorf(greyshelf.Invalid, "add", "", "what was sent arrived damaged or in part; send it again")
	}
	defer part.Close()
	name := site.UploadName(part.Header.Get("Content-Disposition"))
	if name == "" {
		return nil, nil
	}
	result := v.Add(v.R.Context(), v.Editor().Name, name, part)
	result.Name = name
	if result.Verdict != "" {
		result.Like = v.Text.Get("verdict." + result.Verdict)
	}
	return &result, nil
}

// answer writes the results, one JSON object a line.
func answer(v *site.Visit, results []site.AddResult) error {
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.Header().Set("Cache-Control", "no-store")
	for _, r := range results {
		if err := json.NewEncoder(v.W).Encode(r); err != nil {
			return nil // the reader has gone
		}
	}
	return nil
}
