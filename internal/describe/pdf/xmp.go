package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// PDFium does not give out XMP (ISO 16684-1), so it is looked for in the raw
// bytes: XMP packets are stored uncompressed for exactly that purpose (§7.3,
// packet wrapper). Where there is none, a metadata stream that is compressed
// the usual way is opened, within limits.

// Limits on XMP.
const (
	maxPackets = 64 // metadata streams kept
	maxOpen    = 64 // packets without an end, each of which costs a search

	maxCompressed = 16    // compressed streams opened
	maxMarks      = 2_000 // places looked at for them
	maxPacket     = 1 << 20
	maxXMPValues  = 500
	maxXMPValue   = 10_000
)

// xmpPrefixes gives the usual prefix of the namespaces that describe a
// document; others are not read.
func xmpPrefixes() map[string]string {
	return map[string]string{
		"http://purl.org/dc/elements/1.1/":           "dc",
		"http://ns.adobe.com/xap/1.0/":               "xmp",
		"http://ns.adobe.com/xap/1.0/rights/":        "xmpRights",
		"http://ns.adobe.com/pdf/1.3/":               "pdf",
		"http://ns.adobe.com/pdfx/1.3/":              "pdfx",
		"http://www.aiim.org/pdfa/ns/id/":            "pdfaid",
		"http://creativecommons.org/ns#":             "cc",
		"http://web.resource.org/cc/":                "cc",
		"http://prismstandard.org/namespaces/basic/": "prism",
	}
}

const (
	nsRDF   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsPRISM = "http://prismstandard.org/namespaces/basic/" // a version follows
)

// readXMP gives the properties of the document's XMP packet, nil when there is
// none.
func readXMP(data []byte) map[string][]string {
	packet := documentPacket(data)
	if packet == nil {
		return nil
	}
	p := xmpParser{prefixes: xmpPrefixes(), values: map[string][]string{}}
	p.parse(packet)
	if len(p.values) == 0 {
		return nil
	}
	return p.values
}

// packetAt is one packet and the number of the object it stands in.
type packetAt struct {
	object string
	xml    []byte
}

// documentPacket chooses among the packets of a file: images carry packets of
// their own. The catalog's /Metadata names the right one where the catalog can
// be read without a parser; else it is the last one, which updates append.
func documentPacket(data []byte) []byte {
	packets := findPackets(data)
	if len(packets) == 0 {
		packets = findCompressed(data)
	}
	if len(packets) == 0 {
		return nil
	}
	named := catalogMetadata(data)
	for k := len(packets) - 1; k >= 0; k-- {
		if packets[k].object != "" && named[packets[k].object] {
			return packets[k].xml
		}
	}
	return packets[len(packets)-1].xml
}

// findPackets finds the XMP that stands in metadata streams (ISO 32000-1
// §14.3.2).
func findPackets(data []byte) []packetAt {
	var found []packetAt
	open, end := []byte("<x:xmpmeta"), []byte("</x:xmpmeta>")
	for at, unended := 0, 0; len(found) < maxPackets && unended < maxOpen; {
		k := bytes.Index(data[at:], open)
		if k < 0 {
			break
		}
		start := at + k
		n := bytes.Index(data[start:min(len(data), start+maxPacket)], end)
		if n < 0 {
			at = start + len(open)
			unended++
			continue
		}
		at = start + n + len(end)
		if object, ok := metadataObject(data[max(0, start-1024):start]); ok {
			found = append(found, packetAt{object: object, xml: data[start:at]})
		}
	}
	return found
}

// findCompressed finds the XMP in metadata streams behind FlateDecode (ISO
// 32000-1 §7.4.4) without predictor. Of an encrypted file nothing comes out.
func findCompressed(data []byte) []packetAt {
	var found []packetAt
	mark := []byte("/Metadata")
	for at, tried, marks := 0, 0, 0; tried < maxCompressed && marks < maxMarks; marks++ {
		k := bytes.Index(data[at:], mark)
		if k < 0 {
			break
		}
		at += k + len(mark)
		if before := bytes.TrimRight(data[max(0, at-len(mark)-8):at-len(mark)], " \r\n\t"); !bytes.HasSuffix(before, []byte("/Type")) {
			continue
		}
		begin, ok := compressedStream(data, at)
		if !ok {
			continue
		}
		tried++
		object, ok := metadataObject(data[max(0, at-1024):min(len(data), at+1)])
		if xml := inflate(data[begin:min(len(data), begin+maxPacket)]); ok && bytes.Contains(xml, []byte("<rdf:RDF")) {
			found = append(found, packetAt{object: object, xml: xml})
		}
	}
	return found
}

// compressedStream gives where the data of the stream begins in whose
// dictionary /Type /Metadata ends at the place, if it is compressed.
func compressedStream(data []byte, at int) (begin int, ok bool) {
	from := max(0, at-1024)
	if o := bytes.LastIndex(data[from:at], []byte(" obj")); o >= 0 {
		from += o
	}
	to := min(len(data), at+1024)
	keyword := bytes.Index(data[at:to], []byte("stream"))
	if keyword < 0 || !metadataType.Match(data[from:at+keyword]) {
		return 0, false
	}
	dictionary := data[from : at+keyword]
	if !bytes.Contains(dictionary, []byte("/FlateDecode")) || bytes.Contains(dictionary, []byte("endobj")) || bytes.Contains(dictionary, []byte("/Predictor")) {
		return 0, false
	}
	begin = at + keyword + len("stream")
	for begin < len(data) && (data[begin] == '\r' || data[begin] == '\n') && begin < at+keyword+len("stream")+2 {
		begin++
	}
	return begin, true
}

// inflate opens compressed data up to the size of a packet; what came out
// before an error stands.
func inflate(data []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	if _, err := io.Copy(&out, io.LimitReader(r, maxPacket)); err != nil {
		return out.Bytes() // a stream that breaks off is read up to there
	}
	return out.Bytes()
}

var (
	objectHead   = regexp.MustCompile(`(\d{1,10}) (\d{1,5}) obj\b`)
	metadataRef  = regexp.MustCompile(`/Metadata\s+(\d{1,10}) (\d{1,5}) R`)
	metadataType = regexp.MustCompile(`/Type\s*/Metadata\b`)
)

// metadataObject reads the head of the stream that ends in before: its object
// number, and whether it is a metadata stream.
func metadataObject(before []byte) (string, bool) {
	heads := objectHead.FindAllSubmatchIndex(before, -1)
	if len(heads) == 0 {
		return "", false
	}
	last := heads[len(heads)-1]
	return string(before[last[2]:last[5]]), metadataType.Match(before[last[0]:])
}

// catalogMetadata gives the objects that a dictionary with /Type /Catalog
// names as its metadata.
func catalogMetadata(data []byte) map[string]bool {
	named := map[string]bool{}
	mark := []byte("/Catalog")
	for at, n := 0, 0; n < maxPackets; n++ {
		k := bytes.Index(data[at:], mark)
		if k < 0 {
			break
		}
		at += k
		from := max(0, at-4096)
		if o := bytes.LastIndex(data[from:at], []byte(" obj")); o >= 0 {
			from += o
		}
		to := min(len(data), at+4096)
		if e := bytes.Index(data[at:to], []byte("endobj")); e >= 0 {
			to = at + e
		}
		for _, m := range metadataRef.FindAllSubmatch(data[from:to], -1) {
			named[string(m[1])+" "+string(m[2])] = true
		}
		at += len(mark)
	}
	return named
}

// xmpParser reads RDF/XML as XMP uses it (ISO 16684-1 §7): properties are
// attributes or children of rdf:Description; a value is text, an rdf:resource,
// or the items of an array.
type xmpParser struct {
	prefixes map[string]string
	values   map[string][]string
	count    int

	stack []string // qualified names of the open elements, "" for foreign ones
	text  strings.Builder
}

func (p *xmpParser) parse(packet []byte) {
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	for p.count < maxXMPValues {
		token, err := d.Token()
		if err != nil {
			return // what was read so far stands
		}
		switch t := token.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.CharData:
			if p.text.Len() < maxXMPValue {
				p.text.Write(t[:min(len(t), maxXMPValue)])
			}
		case xml.EndElement:
			p.end()
		}
	}
}

func (p *xmpParser) start(t xml.StartElement) {
	name := p.name(t.Name)
	p.stack = append(p.stack, name)
	p.text.Reset()
	for _, a := range t.Attr {
		switch {
		case name == "rdf:Description" && a.Name.Space != nsRDF:
			p.add(p.name(a.Name), a.Value)
		case a.Name.Space == nsRDF && a.Name.Local == "resource":
			p.add(p.property(), a.Value)
		}
	}
}

func (p *xmpParser) end() {
	p.add(p.property(), p.text.String())
	p.text.Reset()
	if n := len(p.stack); n > 0 {
		p.stack = p.stack[:n-1]
	}
}

// property gives the property that the innermost element is a value of: itself
// as a child of rdf:Description, or its grandparent where it is an array item.
func (p *xmpParser) property() string {
	at := func(back int) string {
		if len(p.stack) < back {
			return ""
		}
		return p.stack[len(p.stack)-back]
	}
	switch {
	case at(1) == "rdf:li" && at(4) == "rdf:Description":
		return at(3)
	case at(1) != "rdf:Description" && at(2) == "rdf:Description":
		return at(1)
	}
	return ""
}

func (p *xmpParser) add(property, value string) {
	value = clean(value)
	if property == "" || strings.HasPrefix(property, "rdf:") || value == "" {
		return
	}
	p.values[property] = append(p.values[property], value)
	p.count++
}

// name gives a qualified name with the usual prefix, "" for foreign ones.
func (p *xmpParser) name(n xml.Name) string {
	switch {
	case n.Space == nsRDF:
		return "rdf:" + n.Local
	case strings.HasPrefix(n.Space, nsPRISM):
		return "prism:" + n.Local
	}
	if prefix, ok := p.prefixes[n.Space]; ok {
		return prefix + ":" + n.Local
	}
	return ""
}
