package embed

import (
	"strconv"
	"strings"
)

// The keys of our own in the information dictionary (ISO 32000-1 §14.3.3
// allows any), which XMP mirrors in the namespace pdfx.
const (
	keySHA256 = "OriginalSHA256"
	keyBytes  = "OriginalBytes"
	keySource = "SourceAddress"
	keyNote   = "Provenance"
)

// Info gives the entries of the information dictionary by key, as text. Where
// a value is "", the original's entry is to go: it would contradict the XMP.
// Entries that are not named here stay as they are.
func (r Record) Info() map[string]string {
	return map[string]string{
		"Title":    r.Title,
		"Author":   strings.Join(r.Authors, "; "),
		"Subject":  r.Abstract, // what XMP calls dc:description
		"Keywords": r.keywords(),
		"ModDate":  r.Written.Format("D:20060102150405Z"),
		keySHA256:  r.SHA256,
		keyBytes:   strconv.FormatInt(r.Bytes, 10),
		keySource:  r.Source,
		keyNote:    r.provenanceNote(),
	}
}
