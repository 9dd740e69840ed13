package site

import (
	"mime"
	"path"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// UploadName gives the name that a file was sent under (the filename of a
// Content-Disposition, RFC 7578 §4.2), without folders and on one
// line; "" for none.
func UploadName(disposition string) string {
	_, parameters, err := mime.ParseMediaType(disposition)
	if err != nil {
		return ""
	}
	name := path.Base(strings.ReplaceAll(greyshelf.OneLine(greyshelf.Plain(parameters["filename"])), `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	return name
}
