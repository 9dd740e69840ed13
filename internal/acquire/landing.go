package acquire

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

// mostTried is how many of a page's links to PDFs are fetched until one is a
// PDF.
const mostTried = 3

// IsPDF reports whether the bytes begin as those of a PDF do: its mark stands
// within the first 1024 (PDF 32000-1, Annex H, implementation note 13).
func IsPDF(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// IsPage reports whether an answer is a web page, by its bytes, else by what
// the server calls it.
func IsPage(body fetch.Body) bool {
	if IsPDF(body.Data) {
		return false
	}
	mediaType := strings.ToLower(body.MediaType)
	start := bytes.TrimPrefix(body.Data, []byte("\ufeff"))
	return strings.HasPrefix(http.DetectContentType(start), "text/html") ||
		strings.HasPrefix(mediaType, "text/html") || strings.HasPrefix(mediaType, "application/xhtml+xml")
}

// FollowPDF fetches the links of the web page in their order until one answers
// with a PDF; at most three are tried, and what else they answer is not
// followed. It gives the link that did and the bytes. The client's guards hold
// for each link as for the page. Errors: NotFound without a link, else that of
// the first one.
func FollowPDF(ctx context.Context, page string, links []string, client *fetch.Client) (link string, data []byte, err error) {
	const op = "fetch"
	if len(links) == 0 {
		return "", nil, greyshelf.Errorf(greyshelf.NotFound, op, page,
			"it is a web page without a link to a PDF; open it in a browser and add the address of the report's file, or the file itself")
	}
	var first error
	for _, link = range links[:min(len(links), mostTried)] {
		body, err := client.Get(ctx, link)
		if err == nil && IsPDF(body.Data) {
			return link, body.Data, nil
		}
		if err == nil {
			err = greyshelf.Errorf(greyshelf.Invalid, op, link, "the answer is no PDF")
		}
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return "", nil, greyshelf.Errorf(greyshelf.KindOf(first), op, page,
		"it is a web page, and its link to a PDF (%s) could not be read: %s", links[0], greyshelf.ReasonOf(first))
}
