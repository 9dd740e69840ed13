package flow

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// archive is the parts of a ZIP file, read within limits.
type archive struct {
	parts map[string]*zip.File
	read  int64 // bytes so far
}

// openZIP opens an EPUB or a DOCX.
func openZIP(ctx context.Context, data []byte) (describe.File, error) {
	a, err := newArchive(data)
	if err != nil {
		return nil, err
	}
	switch {
	case a.parts["META-INF/container.xml"] != nil:
		return openEPUB(ctx, a)
	case a.parts["word/document.xml"] != nil:
		return openDOCX(ctx, a)
	}
	return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "it is a ZIP archive that holds neither an EPUB nor a Word document (DOCX)")
}

func newArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "the ZIP archive is broken: %v", err)
	}
	if len(z.File) > mostEntries {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "open", "", "the archive holds more than %d parts", mostEntries)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/")); a.parts[name] == nil {
			a.parts[name] = f
		}
	}
	return a, nil
}

// part gives the bytes of a part. Errors: NotFound, Invalid (broken,
// encrypted), TooLarge.
func (a *archive) part(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, greyshelf.Errorf(greyshelf.NotFound, "open", "", "the archive has no part %q", name)
	}
	if f.Flags&1 != 0 {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "open", "", "it is encrypted")
	}
	packed := max(f.CompressedSize64, 1)
	if f.UncompressedSize64 > mostMarkup || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/packed > mostRatio {
		return nil, tooLargePart(name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, brokenPart(name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, mostMarkup+1)) // the stated size may lie
	if err != nil {
		return nil, brokenPart(name, err)
	}
	if a.read += int64(len(data)); len(data) > mostMarkup || a.read > mostAll {
		return nil, tooLargePart(name)
	}
	return data, nil
}

func tooLargePart(name string) error {
	return greyshelf.Errorf(greyshelf.TooLarge, "open", "", "its part %q unpacks to more than is read", name)
}

func brokenPart(name string, err error) error {
	return greyshelf.Errorf(greyshelf.Invalid, "open", "", "its part %q is broken: %v", name, err)
}

// eachToken calls take for every token of an XML part, with how many elements
// are open. Entities that a document type declares are not expanded: naming
// one is an error, as is nesting beyond the limit.
func eachToken(g *gatherer, name string, data []byte, take func(t xml.Token, depth int) error) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	depth := 0
	for {
		if err := g.step(); err != nil {
			return err
		}
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return brokenPart(name, err)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > mostNested {
				return greyshelf.Errorf(greyshelf.Invalid, "open", "", "its part %q has more than %d elements within each other", name, mostNested)
			}
		case xml.EndElement:
			depth--
		}
		if err := take(token, depth); err != nil {
			return err
		}
	}
}

// attribute gives the value of an attribute by its local name.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
