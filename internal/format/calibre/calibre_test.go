package calibre_test

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/calibre"
)

const book = `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>Wells</dc:title><dc:creator opf:role="aut">Rosa Vega</dc:creator><dc:creator opf:role="ill">No Author</dc:creator><dc:identifier opf:scheme="DOI">10.1000/182</dc:identifier><dc:date>2016-10-19T00:00:00+00:00</dc:date></metadata></package>`

func TestRead(t *testing.T) {
	r, err := calibre.Read(strings.NewReader(book))
	if err != nil || r.Title != "Wells" || len(r.Agents) != 1 || r.Identifier(greyshelf.DOI) != "10.1000/182" || r.Date.EDTF != "2016-10-19" {
		t.Error(r, err)
	}
	if _, err := calibre.Read(strings.NewReader("<x/>")); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(book)
	f.Fuzz(func(_ *testing.T, text string) { _, _ = calibre.Read(strings.NewReader(text)) })
}
