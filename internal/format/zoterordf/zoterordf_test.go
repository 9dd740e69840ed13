package zoterordf_test

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/format/zoterordf"
)

const circle = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
<rdf:Description rdf:about="#a"><z:itemType>report</z:itemType><dc:title>A</dc:title><dcterms:isPartOf rdf:resource="#a"/><link:link rdf:resource="#a"/></rdf:Description></rdf:RDF>`

// TestCircle: an item that is part of itself is one item.
func TestCircle(t *testing.T) {
	all, err := zoterordf.Read(strings.NewReader(circle))
	if err != nil || len(all) != 1 || all[0].Report.Title != "A" {
		t.Error(all, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(circle)
	f.Add("<RDF/>")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = zoterordf.Read(strings.NewReader(text)) })
}
