package pdf

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// headerWindow is how far into a file the header may stand; readers have
// always allowed junk before it (ISO 32000-1, Annex H, note 13).
const headerWindow = 1024

// sniff refuses what is not a PDF, saying what it looks like instead.
func sniff(data []byte) error {
	if len(data) == 0 {
		return greyshelf.Errorf(greyshelf.Invalid, "open", "", "the file is empty")
	}
	if bytes.Contains(data[:min(len(data), headerWindow)], []byte("%PDF-")) {
		return nil
	}
	return greyshelf.Errorf(greyshelf.Invalid, "open", "", "not a PDF file (it looks like %s)", looksLike(data))
}

// looksLike names a kind of file in plain words.
func looksLike(data []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(data), ";")
	switch {
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "an RTF document"
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return "an old Office document"
	case bytes.Count(data[:min(len(data), headerWindow)], []byte{0}) == min(len(data), headerWindow):
		return "zero bytes only"
	case kind == "application/octet-stream":
		return "binary data"
	case kind == "text/html":
		return "a web page"
	case kind == "text/plain":
		return "plain text"
	case kind == "text/xml":
		return "XML"
	case kind == "application/zip":
		return "a ZIP archive or an Office document"
	case strings.HasPrefix(kind, "image/"):
		return "an image, " + kind
	}
	return kind
}
