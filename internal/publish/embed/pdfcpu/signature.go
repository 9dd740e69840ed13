package pdfcpu

import (
	"bytes"
	"iter"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A signature says that nothing was changed after it. A copy with another
// record in it would claim what is not so, and readers would be told that it
// was tampered with; so the copy has none. It stands in the original still, and
// with it in the first bytes of the copy.

// signed reports whether the document has a signature (ISO 32000-1 §12.8): a
// field whose value is one, or permissions that one grants. The byte range of a
// signature stands in the open, so a file without one need not be searched.
func signed(data []byte, doc *model.Context, catalog types.Dict) bool {
	if permissions, err := doc.DereferenceDict(catalog["Perms"]); err == nil && len(permissions) > 0 {
		return true
	}
	if !bytes.Contains(data, []byte("/ByteRange")) {
		return false
	}
	for _, field := range dictionaries(doc) {
		if isSigned(doc, field) {
			return true
		}
	}
	return false
}

// dictionaries gives every object that is a dictionary, in order: the same copy
// every time.
func dictionaries(doc *model.Context) iter.Seq2[types.IndirectRef, types.Dict] {
	return func(yield func(types.IndirectRef, types.Dict) bool) {
		for _, number := range slices.Sorted(maps.Keys(doc.Table)) {
			entry := doc.Table[number]
			if entry == nil || entry.Free || number == 0 {
				continue
			}
			generation := 0
			if entry.Generation != nil {
				generation = *entry.Generation
			}
			reference := *types.NewIndirectRef(number, generation)
			object, err := doc.Dereference(reference) // it may be packed in a stream
			if d, ok := object.(types.Dict); ok && err == nil && !yield(reference, d) {
				return
			}
		}
	}
}

// isSigned reports whether a dictionary is a field with a signature in it.
func isSigned(doc *model.Context, field types.Dict) bool {
	if field["V"] == nil {
		return false
	}
	value, err := doc.DereferenceDict(field["V"])
	return err == nil && value["ByteRange"] != nil && value["Contents"] != nil
}

// unsign writes every field with a signature anew, empty, and takes what belongs
// to signatures out of the catalog: the permissions (§12.8.4), the flags of the
// form (§12.7.2), and the certificates that help to verify (ISO 32000-2
// §12.8.4.3). What is drawn on the page stays.
func (u *update) unsign(root types.Dict) {
	delete(root, "Perms")
	delete(root, "DSS")
	for reference, field := range dictionaries(u.doc) {
		if !isSigned(u.doc, field) {
			continue
		}
		plain := maps.Clone(field)
		delete(plain, "V")
		u.object(reference.ObjectNumber.Value(), reference.GenerationNumber.Value(), plain.PDFString())
	}
	form, err := u.doc.DereferenceDict(root["AcroForm"])
	if err != nil || form == nil || form["SigFlags"] == nil {
		return
	}
	plain := maps.Clone(form)
	delete(plain, "SigFlags")
	if reference, ok := root["AcroForm"].(types.IndirectRef); ok {
		u.object(reference.ObjectNumber.Value(), reference.GenerationNumber.Value(), plain.PDFString())
	} else {
		root["AcroForm"] = plain
	}
}
