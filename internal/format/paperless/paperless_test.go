package paperless_test

import (
	"testing"

	"github.com/greyshelf/greyshelf/internal/format/paperless"
)

func TestDocument(t *testing.T) {
	var m paperless.Manifest
	m.Collect([]byte(`{"model":"documents.correspondent","pk":1,"fields":{"name":"Harbour Institute"}}`))
	d, ok, err := m.Document([]byte(`{"model":"documents.document","pk":1,"fields":{"title":"Wells","correspondent":1,"created":"2016-10-19"},"__exported_file_name__":"wells.pdf"}`))
	if !ok || err != nil || d.Report.Title != "Wells" || d.File != "wells.pdf" || d.Report.Agents[0].Name != "Harbour Institute" || d.Report.Date.EDTF != "2016-10-19" {
		t.Error(d, ok, err)
	}
	if _, ok, _ := m.Document([]byte(`{"model":"auth.user","pk":1,"fields":{}}`)); ok {
		t.Error("a user is no document")
	}
	if _, _, err := m.Document([]byte(`{`)); err == nil {
		t.Error("half an object")
	}
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte(`{"model":"documents.document","pk":1,"fields":{"title":"Wells","tags":[1]}}`))
	f.Add([]byte(`{"model":"documents.tag","pk":1,"fields":{"name":"Water"}}`))
	f.Fuzz(func(_ *testing.T, object []byte) {
		var m paperless.Manifest
		m.Collect(object)
		_, _, _ = m.Document(object)
	})
}
