package embed

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// The packet wrapper (ISO 16684-1 §7.3.2): read-only, since an editor is to
// write a packet of its own.
const (
	packetBegin = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	packetEnd   = `<?xpacket end="r"?>`
)

// namespaces gives prefix and address of every namespace in turn.
func namespaces() []string {
	return []string{
		"xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:xmp", "http://ns.adobe.com/xap/1.0/",
		"xmlns:xmpRights", "http://ns.adobe.com/xap/1.0/rights/",
		"xmlns:xmpMM", "http://ns.adobe.com/xap/1.0/mm/",
		"xmlns:stRef", "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
		"xmlns:stEvt", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
		"xmlns:pdf", "http://ns.adobe.com/pdf/1.3/",
		"xmlns:pdfx", "http://ns.adobe.com/pdfx/1.3/",
		"xmlns:prism", "http://prismstandard.org/namespaces/basic/3.0/",
		"xmlns:cc", "http://creativecommons.org/ns#",
		"xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/",
	}
}

// Original is what the file itself says and what stays true of the copy.
type Original struct {
	Producer string    // the program that made the PDF
	Creator  string    // the program that the document was written with
	Created  time.Time // zero when not said
	UAPart   string    // the part of ISO 14289 (PDF/UA) that it claims: "1"
}

// XMP writes the record as an XMP packet, in UTF-8. Dublin Core says what the
// report is, PRISM its numbers and dates, XMP Rights what may be done with it,
// XMP Media Management where the copy comes from. A claim of PDF/A is not
// repeated: nobody has checked it of the copy.
func (r Record) XMP(o Original) []byte {
	d := description{}
	r.dublinCore(&d)
	r.prism(&d)
	r.rights(&d)
	r.technical(&d, o)
	r.provenance(&d)
	about := xmltree.Element("rdf:Description", d...).With(namespaces()...)
	about.Attrs = append(about.Attrs, xmltree.Attr{Name: "rdf:about"}) // empty: this document (§7.4)
	root := xmltree.Element("x:xmpmeta",
		xmltree.Element("rdf:RDF", about).With("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
	).With("xmlns:x", "adobe:ns:meta/", "x:xmptk", r.Writer)
	return []byte(packetBegin + root.String() + packetEnd)
}

// dublinCore writes the properties of §8.3.
func (r Record) dublinCore(d *description) {
	language := ""
	if len(r.Languages) > 0 {
		language = r.Languages[0]
	}
	d.alternatives("dc:title", r.Title, language)
	d.array("dc:creator", "rdf:Seq", r.Authors)
	d.array("dc:publisher", "rdf:Bag", r.Publishers)
	d.array("dc:contributor", "rdf:Bag", r.Contributors)
	d.array("dc:date", "rdf:Seq", one(r.Date))
	d.alternatives("dc:description", r.Abstract, language)
	d.array("dc:subject", "rdf:Bag", r.Headings)
	d.array("dc:language", "rdf:Bag", r.Languages)
	d.array("dc:type", "rdf:Bag", one(r.Type))
	d.text("dc:format", "application/pdf")
	d.text("dc:source", r.Source)
	d.text("dc:identifier", r.identifier())
	d.array("xmp:Identifier", "rdf:Bag", r.Identifiers)
	d.array("dc:relation", "rdf:Bag", one(r.Address))
	d.alternatives("dc:rights", r.Rights, language)
}

// prism writes what PRISM Basic 3.0 has a name for and Dublin Core has not.
func (r Record) prism(d *description) {
	d.text("prism:subtitle", r.Subtitle)
	d.text("prism:publicationDate", r.Date)
	d.text("prism:publicationDisplayDate", r.DatePrinted)
	d.text("prism:doi", r.DOI)
	d.text("prism:isbn", r.ISBN)
	d.text("prism:issn", r.ISSN)
	d.text("prism:url", r.Source)
	d.text("prism:seriesTitle", r.Series)
	d.text("prism:seriesNumber", r.SeriesNumber)
	d.text("prism:versionIdentifier", r.Version)
	d.text("prism:supplementTitle", r.PDFPart)
	if r.Pages > 0 {
		d.text("prism:pageCount", strconv.Itoa(r.Pages))
	}
}

// rights writes the properties of §8.5 and the licence as Creative Commons
// asks for it.
func (r Record) rights(d *description) {
	d.text("xmpRights:Marked", r.Marked)
	d.array("xmpRights:Owner", "rdf:Bag", one(r.Holder))
	d.text("xmpRights:WebStatement", r.Licence)
	if r.Licence != "" {
		*d = append(*d, xmltree.Element("cc:license").With("rdf:resource", r.Licence))
	}
}

// technical writes what mirrors the information dictionary (ISO 32000-1
// §14.3.3), partly taken over from the original.
func (r Record) technical(d *description, o Original) {
	d.text("pdf:Keywords", r.keywords())
	d.text("pdf:Producer", line(o.Producer))
	d.text("xmp:CreatorTool", line(o.Creator))
	if !o.Created.IsZero() {
		d.text("xmp:CreateDate", o.Created.Format(time.RFC3339))
	}
	d.text("xmp:ModifyDate", r.Written.Format(time.RFC3339))
	d.text("xmp:MetadataDate", r.Written.Format(time.RFC3339))
	d.text("pdfx:"+keySHA256, r.SHA256)
	d.text("pdfx:"+keyBytes, strconv.FormatInt(r.Bytes, 10))
	if o.UAPart == "1" || o.UAPart == "2" {
		d.text("pdfuaid:part", o.UAPart)
	}
}

// provenance says who wrote the metadata, when, and into what (§8.6). The
// original is named as RFC 6920 has it.
func (r Record) provenance(d *description) {
	if digest, err := hex.DecodeString(r.SHA256); err == nil {
		from := description{}
		from.text("stRef:documentID", "ni:///sha-256;"+base64.RawURLEncoding.EncodeToString(digest))
		*d = append(*d, xmltree.Element("xmpMM:DerivedFrom", from...).With("rdf:parseType", "Resource"))
	}
	event := description{}
	event.text("stEvt:action", "edited")
	event.text("stEvt:changed", "/metadata")
	event.text("stEvt:softwareAgent", r.Writer)
	event.text("stEvt:when", r.Written.Format(time.RFC3339))
	event.text("stEvt:parameters", r.provenanceNote())
	*d = append(*d, xmltree.Element("xmpMM:History", xmltree.Element("rdf:Seq", xmltree.Element("rdf:li", event...).With("rdf:parseType", "Resource"))))
}

// provenanceNote says for people what the copy is.
func (r Record) provenanceNote() string {
	note := r.Writer + " wrote this metadata from its catalogue. The first " + strconv.FormatInt(r.Bytes, 10) + " bytes are the original file, SHA-256 " + r.SHA256 + "."
	if r.Unsigned {
		note += " The original is digitally signed; this copy is not, because the signature holds for the original only."
	}
	return note
}

// identifier gives the one that names the report best.
func (r Record) identifier() string {
	switch {
	case r.DOI != "":
		return "https://doi.org/" + r.DOI
	case r.Address != "":
		return r.Address
	case len(r.Identifiers) > 0:
		return r.Identifiers[0]
	}
	return ""
}

func (r Record) keywords() string { return strings.Join(r.Headings, "; ") }

func one(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// description are the properties of an rdf:Description.
type description []xmltree.Node

// text adds a simple value (§7.5), if there is one.
func (d *description) text(name, value string) {
	if value != "" {
		*d = append(*d, xmltree.Text(name, value))
	}
}

// array adds an array (§7.7), if it has items.
func (d *description) array(name, kind string, values []string) {
	if len(values) == 0 {
		return
	}
	var items []xmltree.Node
	for _, v := range values {
		items = append(items, xmltree.Text("rdf:li", v))
	}
	*d = append(*d, xmltree.Element(name, xmltree.Element(kind, items...)))
}

// alternatives adds a text in a language (§8.2.2.4): as the default, and again
// under its language where that is known.
func (d *description) alternatives(name, value, language string) {
	if value == "" {
		return
	}
	items := []xmltree.Node{xmltree.Text("rdf:li", value).With("xml:lang", "x-default")}
	if language != "" {
		items = append(items, xmltree.Text("rdf:li", value).With("xml:lang", language))
	}
	*d = append(*d, xmltree.Element(name, xmltree.Element("rdf:Alt", items...)))
}
