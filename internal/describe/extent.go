package describe

import (
	"strconv"

	"github.com/greyshelf/greyshelf"
)

// findExtent counts the pages and the bytes. They are facts of the file and
// have no place on a page.
func findExtent(s *scene) []proposal {
	var found []proposal
	pages := s.doc.Info.Pages
	if pages == 0 {
		pages = len(s.doc.Pages)
	}
	if pages > 0 && !s.doc.Info.Facts.Sections { // sections are no pages
		p := s.proposeBare(greyshelf.FieldPages, strconv.Itoa(pages), "file@1")
		p.Printed = greyshelf.FormatExtent(pages)
		found = append(found, p)
	}
	if s.doc.Bytes > 0 {
		p := s.proposeBare(greyshelf.FieldSize, strconv.FormatInt(s.doc.Bytes, 10), "file@1")
		p.Printed = greyshelf.FormatSize(s.doc.Bytes)
		found = append(found, p)
	}
	return found
}
