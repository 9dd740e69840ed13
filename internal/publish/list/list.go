// Package list publishes reports as an annotated list: in the form of the seed
// page, as Markdown, as a whole HTML document, or as JSON.
//
// It belongs to the publish stage: it takes reports in the order in which they
// are to stand, writes them one by one and holds none of them; it stores
// nothing. Who may see which report is decided before (package rights); the
// form of an entry is that of package entry.
package list

import (
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
)

// The formats of a list.
const (
	Seed     = "seed"     // plain text, byte for byte for imported entries
	Markdown = "markdown" // CommonMark
	HTML     = "html"     // a complete document without script or style attributes
	JSON     = "json"     // one entry a line
)

// Options say how a list is written. The zero value is a list without title
// and links.
type Options struct {
	Title        string // of an HTML or Markdown list; "" for none
	Language     string // BCP 47 of an HTML document; "" is "en"
	Base         string // address before "/r/ID": "https://library.example.org"; "" for no links
	FinalNewline bool   // seed form: end the list with a line break, as for a file written by name
}

// Formats gives the names of the formats.
func Formats() []string { return []string{Seed, Markdown, HTML, JSON} }

// MediaType gives the media type of a format, for HTTP; "" for an unknown one.
func MediaType(format string) string {
	switch format {
	case Seed:
		return "text/plain; charset=utf-8"
	case Markdown:
		return "text/markdown; charset=utf-8"
	case HTML:
		return "text/html; charset=utf-8"
	case JSON:
		return "application/x-ndjson"
	}
	return ""
}

// Write writes the reports as a list in the format. It fails with
// [greyshelf.Invalid] for an unknown format, before it writes anything, and
// otherwise with the first error of the reports or of the writer.
func Write(w io.Writer, format string, reports iter.Seq2[greyshelf.Report, error], options Options) error {
	switch format {
	case Seed:
		return entry.WriteReports(w, reports, options.FinalNewline)
	case Markdown:
		return writeMarkdown(w, reports, options)
	case HTML:
		return writeHTML(w, reports, options)
	case JSON:
		return writeJSON(w, reports)
	}
	return greyshelf.Errorf(greyshelf.Invalid, "write list", format, "this format is not known; the formats are %s", strings.Join(Formats(), ", "))
}

// writeJSON writes one object a line: the fields of the entry and the report's
// identifier.
func writeJSON(w io.Writer, reports iter.Seq2[greyshelf.Report, error]) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for r, err := range reports {
		if err != nil {
			return err
		}
		line := struct {
			Report string `json:"report,omitempty"`
			greyshelf.Entry
		}{r.ID, entry.FromReport(r)}
		if err := encoder.Encode(line); err != nil {
			return failed(err)
		}
	}
	return nil
}

// item is an entry and where its report is found.
type item struct {
	greyshelf.Entry
	Address    string
	Citation   string   // what stands behind the title
	Paragraphs []string // of the abstract
	Format     string   // "PDF format, 81 pages, 0.7 MB"
}

// newItem makes the item of a report.
func newItem(r greyshelf.Report, options Options) item {
	e := entry.FromReport(r)
	it := item{Entry: e, Citation: entry.Behind(e), Format: entry.FormatLine(e)}
	if options.Base != "" && r.ID != "" {
		it.Address = strings.TrimRight(options.Base, "/") + "/r/" + r.ID
	}
	if e.Abstract != "" {
		it.Paragraphs = slices.DeleteFunc(strings.Split(e.Abstract, "\n\n"), func(p string) bool { return p == "" })
	}
	return it
}

// failed says that the list could not be written.
func failed(err error) error {
	return greyshelf.E(greyshelf.Unavailable, "write list", "", err)
}
