package pdfcpu

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

// update is an incremental update (ISO 32000-1 §7.5.6) that is being written.
type update struct {
	bytes.Buffer
	doc      *model.Context
	start    int   // bytes before it
	next     int   // the first object number that is free
	previous int64 // where the table before it stands
	entries  []entry
}

// entry says where an object of the update stands.
type entry struct {
	number, generation int
	at                 int
}

// write writes the update; stream says that its table is to be a stream as
// the one before it is.
func (u *update) write(catalog types.Dict, r embed.Record, stream bool) []byte {
	info := types.Dict{}
	if u.doc.Info != nil {
		if d, err := u.doc.DereferenceDict(*u.doc.Info); err == nil {
			info = d
		}
	}
	packet := r.XMP(original(u.doc, catalog, info))
	u.WriteByte('\n')
	metadata := u.object(u.reserve(), 0, fmt.Sprintf("<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream", len(packet), packet))
	information := u.object(u.reserve(), 0, dictionary(info, r.Info()))
	root := maps.Clone(catalog)
	root["Metadata"] = *types.NewIndirectRef(metadata, 0)
	if r.Unsigned {
		u.unsign(root)
	}
	u.object(u.doc.Root.ObjectNumber.Value(), u.doc.Root.GenerationNumber.Value(), root.PDFString())
	trailer := fmt.Sprintf("/Root %s /Info %d 0 R /ID %s /Prev %d", u.doc.Root.PDFString(), information, u.id(r), u.previous)
	if stream {
		u.tableStream(trailer)
	} else {
		u.table(trailer)
	}
	return u.Bytes()
}

func (u *update) reserve() int {
	u.next++
	return u.next - 1
}

// object writes an object and gives its number.
func (u *update) object(number, generation int, body string) int {
	u.entries = append(u.entries, entry{number, generation, u.start + u.Len()})
	fmt.Fprintf(u, "%d %d obj\n%s\nendobj\n", number, generation, body)
	return number
}

// dictionary writes the information dictionary: what is new, and of the old
// what is not replaced.
func dictionary(old types.Dict, new map[string]string) string {
	var b bytes.Buffer
	b.WriteString("<<")
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if _, replaced := new[key]; !replaced && old[key] != nil {
			fmt.Fprintf(&b, " /%s %s", types.EncodeName(key), old[key].PDFString())
		}
	}
	for _, key := range slices.Sorted(maps.Keys(new)) {
		if new[key] != "" {
			fmt.Fprintf(&b, " /%s %s", key, pdfwrite.TextString(new[key]))
		}
	}
	b.WriteString(" >>")
	return b.String()
}

// id writes the file identifier (§14.4): the first half stays, the second
// names this copy.
func (u *update) id(r embed.Record) string {
	sum := sha256.Sum256(u.Bytes())
	copied := fmt.Sprintf("<%x>", sum[:16])
	if len(u.doc.ID) == 2 {
		switch first := u.doc.ID[0].(type) {
		case types.HexLiteral, types.StringLiteral:
			return "[" + first.PDFString() + copied + "]"
		}
	}
	return fmt.Sprintf("[<%.32s>%s]", r.SHA256, copied)
}

// table writes a cross-reference table (§7.5.4) and the trailer.
func (u *update) table(trailer string) {
	at := u.start + u.Len()
	u.WriteString("xref\n")
	for _, e := range u.sorted() {
		fmt.Fprintf(u, "%d 1\n%010d %05d n \n", e.number, e.at, e.generation)
	}
	fmt.Fprintf(u, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", u.next, trailer, at)
}

// tableStream writes a cross-reference stream (§7.5.8).
func (u *update) tableStream(trailer string) {
	number, at := u.reserve(), u.start+u.Len()
	u.entries = append(u.entries, entry{number, 0, at})
	var index, rows bytes.Buffer
	for _, e := range u.sorted() {
		fmt.Fprintf(&index, " %d 1", e.number)
		rows.WriteByte(1) // in use, not compressed
		rows.Write(binary.BigEndian.AppendUint64(nil, uint64(e.at)))
		rows.Write(binary.BigEndian.AppendUint16(nil, uint16(e.generation)))
	}
	fmt.Fprintf(u, "%d 0 obj\n<< /Type /XRef /Size %d /W [1 8 2] /Index [%s ] %s /Length %d >>\nstream\n", number, u.next, index.String(), trailer, rows.Len())
	u.Write(rows.Bytes())
	fmt.Fprintf(u, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
}

func (u *update) sorted() []entry {
	return slices.SortedFunc(slices.Values(u.entries), func(a, b entry) int { return a.number - b.number })
}
