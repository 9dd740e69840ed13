package pdfcpu

import (
	"bytes"
	"errors"
	"regexp"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

// op is what failed, in errors.
const op = "write the record into the PDF"

// mostStream is the largest stream that is decoded, in bytes.
const mostStream = 64 << 20

// read reads how the file is built. It uses nothing of this computer: the
// library would otherwise keep a folder of its own.
func read(data []byte) (*model.Context, error) {
	model.ConfigPath = "disable" // the child does nothing else, so a global is safe
	c := model.NewDefaultConfiguration()
	c.Offline = true
	c.Limits.MaxDecodeBytes = mostStream
	doc, err := pdfcpu.Read(bytes.NewReader(data), c)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword) || errors.Is(err, pdfcpu.ErrEncrypted):
		return nil, encrypted()
	case err != nil:
		return nil, damaged("it cannot be read as a PDF")
	case doc.Encrypt != nil:
		return nil, encrypted()
	}
	return doc, nil
}

func encrypted() error {
	return greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is encrypted, and a copy of it would not be what its publisher allows")
}

func damaged(how string) error {
	return greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is damaged (%s), so that a copy might show something else", how)
}

// tail gives what stands behind the file in the copy.
func tail(data []byte, r embed.Record) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, damaged("it does not begin as one")
	}
	doc, err := read(data)
	if err != nil {
		return nil, err
	}
	previous, stream, err := lastTable(data, doc)
	if err != nil {
		return nil, err
	}
	catalog, err := doc.Catalog()
	if err != nil || catalog == nil || doc.Root == nil {
		return nil, damaged("it has no catalog")
	}
	r.Unsigned = signed(data, doc, catalog)
	u := update{doc: doc, start: len(data), next: doc.MaxObjNr + 1, previous: previous}
	out := u.write(catalog, r, stream)
	pages := pageCount(doc)
	if pages < 1 {
		return nil, damaged("it has no pages")
	}
	return out, check(append(data, out...), pages, r)
}

// lastTable gives the place of the last cross-reference section and whether it
// is a stream (§7.5.8). A file whose table had to be found by searching gets
// no copy: readers do not agree on what such a file says.
func lastTable(data []byte, doc *model.Context) (at int64, stream bool, err error) {
	lost := damaged("its table of contents for programs is not where it says")
	if doc.Write == nil || doc.Write.OffsetPrevXRef == nil {
		return 0, false, lost
	}
	at = *doc.Write.OffsetPrevXRef
	if at <= 0 || at >= int64(len(data)) {
		return 0, false, lost
	}
	here := bytes.TrimLeft(data[at:min(int64(len(data)), at+40)], "\x00\t\n\f\r ")
	switch {
	case bytes.HasPrefix(here, []byte("xref")):
		return at, false, nil
	case objectHead.Match(here):
		return at, true, nil
	}
	return 0, false, lost
}

var objectHead = regexp.MustCompile(`^\d{1,10}\s+\d{1,5}\s+obj`)

// original reads what stays true of the copy.
func original(doc *model.Context, catalog, info types.Dict) embed.Original {
	o := embed.Original{}
	o.Producer, _ = doc.DereferenceText(info["Producer"]) // what cannot be read is not repeated
	o.Creator, _ = doc.DereferenceText(info["Creator"])
	if text, err := doc.DereferenceText(info["CreationDate"]); err == nil {
		if at, ok := types.DateTime(text, true); ok && at.Year() > 1980 {
			o.Created = at.Truncate(time.Second)
		}
	}
	metadata, _, err := doc.DereferenceStreamDict(catalog["Metadata"])
	if err == nil && metadata != nil && metadata.DecodeWithLimit(mostStream) == nil {
		if part := uaPart.FindSubmatch(metadata.Content); part != nil {
			o.UAPart = string(part[1])
		}
	}
	return o
}

var uaPart = regexp.MustCompile(`pdfuaid:part\s*(?:=\s*["']|>)\s*([12])\b`)

func pageCount(doc *model.Context) int {
	if err := doc.EnsurePageCount(); err != nil {
		return 0
	}
	return doc.PageCount
}

// check reads the copy again: it must have the same pages, and the record.
func check(data []byte, pages int, r embed.Record) error {
	doc, err := read(data)
	if err != nil {
		return damaged("the copy cannot be read")
	}
	if n := pageCount(doc); n != pages {
		return damaged("the copy has other pages")
	}
	if catalog, err := doc.Catalog(); err != nil || signed(data, doc, catalog) {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is signed in a way in which the signature cannot be taken out of a copy")
	}
	if doc.Info == nil {
		return damaged("the copy lost the record")
	}
	info, err := doc.DereferenceDict(*doc.Info)
	if err != nil {
		return damaged("the copy lost the record")
	}
	if title, err := doc.DereferenceText(info["OriginalSHA256"]); err != nil || title != r.SHA256 {
		return damaged("the copy lost the record")
	}
	return nil
}
