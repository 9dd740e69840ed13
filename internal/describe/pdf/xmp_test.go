package pdf

import (
	"bytes"
	"compress/zlib"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const xmpOfDocument = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.1/" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:mine="urn:mine" pdfaid:part="2" mine:secret="x" prism:doi="10.1000/182">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Water &amp; War</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada
 Byron</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Seq></dc:creator>
<dc:format>application/pdf</dc:format>
<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>
<mine:thing>no</mine:thing>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

const xmpOfImage = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/jpeg"/></rdf:RDF></x:xmpmeta>`

func TestReadXMP(t *testing.T) {
	document := map[string][]string{
		"dc:title": {"Water & War"}, "dc:creator": {"Ada Byron", "Bo Li"}, "dc:format": {"application/pdf"},
		"pdfaid:part": {"2"}, "prism:doi": {"10.1000/182"},
		"cc:license": {"https://creativecommons.org/licenses/by/4.0/"},
	}
	image := map[string][]string{"dc:format": {"image/jpeg"}}
	stream := func(number, content string) string {
		return number + " 0 obj\n<</Type /Metadata/Subtype /XML/Length 9>>\nstream\n" + content + "\nendstream\nendobj\n"
	}
	for name, test := range map[string]struct {
		file string
		want map[string][]string
	}{
		"none":                      {"%PDF-1.7 and nothing", nil},
		"one":                       {stream("7", xmpOfDocument), document},
		"catalog names the first":   {"1 0 obj <</Type/Catalog /Metadata 7 0 R>> endobj\n" + stream("7", xmpOfDocument) + stream("9", xmpOfImage), document},
		"no catalog: the last":      {stream("7", xmpOfDocument) + stream("9", xmpOfImage), image},
		"inside an image stream":    {"3 0 obj <</Subtype/Image>> stream\n" + xmpOfImage, nil},
		"compressed":                {compressed(t, "7", "", xmpOfDocument), document},
		"compressed, of an image":   {compressed(t, "7", "/DecodeParms<</Predictor 12>>", xmpOfDocument), nil},
		"compressed, two":           {"1 0 obj <</Type/Catalog /Metadata 7 0 R>> endobj\n" + compressed(t, "7", "", xmpOfDocument) + compressed(t, "9", "", xmpOfImage), document},
		"compressed and broken":     {compressed(t, "7", "", xmpOfDocument)[:120], nil},
		"cut off":                   {stream("7", xmpOfDocument)[:700], nil},
		"opens and never ends":      {stream("7", "<x:xmpmeta <x:xmpmeta <x:xmpmeta "), nil},
		"packet in place of object": {xmpOfDocument, nil},
	} {
		if diff := cmp.Diff(test.want, readXMP([]byte(test.file))); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// compressed is a metadata stream behind FlateDecode.
func compressed(t testing.TB, number, parameters, content string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return number + " 0 obj\n<</Filter/FlateDecode" + parameters + "/Type /Metadata/Subtype /XML>>\nstream\r\n" + b.String() + "\nendstream\nendobj\n"
}

// TestInflateIsBounded: a small stream that opens to much more.
func TestInflateIsBounded(t *testing.T) {
	bomb := compressed(t, "7", "", strings.Repeat(" ", 64<<20)+xmpOfDocument)
	if got := readXMP([]byte(strings.Repeat(bomb, 40))); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestClaimPDFA(t *testing.T) {
	for _, test := range []struct{ part, conformance, want string }{
		{"1", "B", "1b"}, {"2", "U", "2u"}, {"3", "A", "3a"}, {"4", "", "4"}, {"4", "F", "4f"}, {"2", "", "2"},
		{"2", "Z", "2"}, {"9", "A", ""}, {"", "B", ""}, {"<b>", "B", ""},
	} {
		xmp := map[string][]string{}
		if test.part != "" {
			xmp["pdfaid:part"] = []string{test.part}
		}
		if test.conformance != "" {
			xmp["pdfaid:conformance"] = []string{test.conformance}
		}
		if got := claimPDFA(xmp); got != test.want {
			t.Errorf("part %q conformance %q: %q, want %q", test.part, test.conformance, got, test.want)
		}
	}
}

func FuzzReadXMP(f *testing.F) {
	f.Add([]byte("7 0 obj <</Type/Metadata>> stream " + xmpOfDocument))
	f.Add([]byte(compressed(f, "7", "", xmpOfDocument)))
	f.Add([]byte("7 0 obj <</Type/Metadata>> stream " + xmpOfImage + "/Type/Catalog /Metadata 7 0 R"))
	f.Fuzz(func(t *testing.T, data []byte) {
		total := 0
		for _, values := range readXMP(data) {
			total += len(values)
		}
		if total > 2*maxXMPValues {
			t.Fatalf("%d values", total)
		}
	})
}
