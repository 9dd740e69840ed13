package sample

import (
	"strconv"

	"github.com/greyshelf/greyshelf"
)

// chaptered makes a sample from one chapter of the handbook. Where the layout
// prints the chapter's abstract, that is what the document states; a truth
// whose Abstract is [unprinted] states none.
func chaptered(name, source, text string, truth Truth, layout func(Truth, chapter) ([]byte, error)) Sample {
	c, err := readChapter(text)
	if truth.Abstract == unprinted {
		truth.Abstract = ""
	} else {
		truth.Abstract = plain(c.abstract)
	}
	return Sample{Name: name, Source: source, Truth: truth, Make: func() ([]byte, error) {
		if err != nil {
			return nil, greyshelf.E(greyshelf.Internal, "read the handbook's chapter", text, err)
		}
		return layout(truth, c)
	}}
}

// unprinted marks a layout that leaves the abstract out.
const unprinted = "-"

func itoa(n int) string { return strconv.Itoa(n) }
