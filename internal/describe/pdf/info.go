package pdf

import (
	"fmt"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// Limits on the outline, of which real ones have a few hundred lines and five
// levels, and on the language.
const (
	maxOutline      = 5_000
	maxOutlineLevel = 20
	maxLang         = 35 // the longest language tag that RFC 5646 §4.4.1 asks for
)

// metaKeys are the entries of the document information dictionary
// (ISO 32000-1 §14.3.3) that are read.
func metaKeys() []string {
	return []string{"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"}
}

// readInfo reads what the document says of itself, but for XMP.
func readInfo(i *instance, document uint64, pages int) describe.Info {
	info := describe.Info{Pages: pages, Meta: map[string]string{}}
	for _, key := range metaKeys() {
		if v := strings.TrimSpace(readMeta(i, document, key)); v != "" {
			info.Meta[key] = v
		}
	}
	info.Facts = greyshelf.Facts{
		Version:   readVersion(i, document),
		Encrypted: i.callInt("FPDF_GetSecurityHandlerRevision", document) >= 0,
		Tagged:    i.callInt("FPDFCatalog_IsTagged", document) != 0,
		Producer:  info.Meta["Producer"],
	}
	if lang := clean(i.text("FPDFCatalog_GetLanguage", document)); lang != "" && len(lang) <= maxLang {
		info.Meta["Lang"] = lang // §14.9.2, of the catalog: a witness of the same weight as the others here
	}
	info.Labels = readLabels(i, document, pages)
	o := outline{instance: i, document: document, seen: map[uint64]bool{}}
	o.read(0, 1)
	info.Outline = o.lines
	return info
}

// readMeta reads one entry of the information dictionary.
func readMeta(i *instance, document uint64, key string) string {
	// The key stands in the second half of the scratch buffer, so the value
	// gets the first.
	n := uint32(i.call("FPDF_GetMetaText", document, i.cstring(key), uint64(i.scratch), scratchSize/2))
	if i.err != nil || n < 2 || n > scratchSize/2 {
		return ""
	}
	return clean(utf16Text(i.read(i.scratch, n)))
}

// readVersion gives the version of the file header: "1.7".
func readVersion(i *instance, document uint64) string {
	if i.callInt("FPDF_GetFileVersion", document, uint64(i.scratch)) == 0 {
		return ""
	}
	b := i.read(i.scratch, 4)
	v := int(b[0]) | int(b[1])<<8
	return fmt.Sprintf("%d.%d", v/10, v%10)
}

// readLabels gives the printed page labels (§12.4.2), nil when there are none.
func readLabels(i *instance, document uint64, pages int) []string {
	labels := make([]string, pages)
	some := false
	for k := range labels {
		labels[k] = clean(i.text("FPDF_GetPageLabel", document, uint64(k)))
		some = some || labels[k] != ""
		if i.err != nil || k == 50 && !some {
			break
		}
	}
	if !some {
		return nil
	}
	return labels
}

// outline walks the document outline (§12.3.3), which may be a graph with
// loops in a hostile file.
type outline struct {
	instance *instance
	document uint64
	seen     map[uint64]bool
	lines    []greyshelf.Outline
}

func (o *outline) read(parent uint64, level int) {
	i := o.instance
	item := i.call("FPDFBookmark_GetFirstChild", o.document, parent)
	for i.err == nil && item != 0 && !o.seen[item] && len(o.lines) < maxOutline {
		o.seen[item] = true
		title := clean(i.text("FPDFBookmark_GetTitle", item))
		if title != "" {
			o.lines = append(o.lines, greyshelf.Outline{Title: title, Level: level, Page: o.target(item)})
		}
		if level < maxOutlineLevel {
			o.read(item, level+1)
		}
		item = i.call("FPDFBookmark_GetNextSibling", o.document, item)
	}
}

// actionGoTo is PDFACTION_GOTO in fpdf_doc.h.
const actionGoTo = 1

// target gives the index of the page an item leads to, 0 when it leads
// elsewhere.
func (o *outline) target(item uint64) int {
	i := o.instance
	dest := i.call("FPDFBookmark_GetDest", o.document, item)
	if dest == 0 {
		action := i.call("FPDFBookmark_GetAction", item)
		if action == 0 || i.callInt("FPDFAction_GetType", action) != actionGoTo {
			return 0
		}
		dest = i.call("FPDFAction_GetDest", o.document, action)
	}
	if dest == 0 {
		return 0
	}
	return max(0, i.callInt("FPDFDest_GetDestPageIndex", o.document, dest)+1)
}

// clean drops what is no text from a metadata string: NUL, control characters
// and byte order marks; white space becomes single spaces.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7F || r == 0xFEFF || r == 0xFFFE || r == 0xFFFD:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// claimPDFA gives what XMP claims of ISO 19005 ("1b", "2u", "4"), "" without a
// claim that the standard knows (ISO 19005-1 §6.7.11, ISO 19005-4 §6.7.3).
func claimPDFA(xmp map[string][]string) string {
	first := func(name string) string {
		if values := xmp[name]; len(values) > 0 {
			return strings.ToLower(values[0])
		}
		return ""
	}
	part, conformance := first("pdfaid:part"), first("pdfaid:conformance")
	switch {
	case strings.Contains(" 1a 1b 2a 2b 2u 3a 3b 3u 4e 4f 4 ", " "+part+conformance+" ") && part != "":
		return part + conformance
	case strings.Contains(" 1 2 3 4 ", " "+part+" ") && part != "":
		return part
	}
	return ""
}
