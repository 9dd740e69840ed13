package pdfcpu_test

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// signed gives a PDF in the form that a signing program leaves: a field in the
// form whose value is a signature over all but itself, and what it permits. The
// signature itself is of zeros. form and field are put in where they are to
// differ.
func signed(t testing.TB, form, field string) []byte {
	t.Helper()
	sound := string(small(t, pdfwrite.Info{Title: "Old", Creator: "A typewriter"}))
	count, err := strconv.Atoi(regexp.MustCompile(`/Size (\d+)`).FindStringSubmatch(sound)[1])
	if err != nil {
		t.Fatal(err)
	}
	number := func(n int) string { return strconv.Itoa(count + n) }
	names := strings.NewReplacer("FIELD", number(0)+" 0 R", "SIGNATURE", number(1)+" 0 R", "FORM", number(2)+" 0 R")
	value := "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 100 400 500] /Contents <" + strings.Repeat("00", 200) + "> /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 /V /1.2 >> >>] >>"
	body := sound[:strings.LastIndex(sound, "xref\n0 ")]
	body = strings.Replace(body, "/Type /Catalog", names.Replace("/Type /Catalog /AcroForm "+form+" /Perms << /DocMDP SIGNATURE >> /DSS << /Certs [] >>"), 1)
	for n, object := range []string{strings.Replace(field, "VALUE", value, 1), value, "<< /Fields [FIELD] /SigFlags 3 >>"} {
		body += number(n) + " 0 obj\n" + names.Replace(object) + "\nendobj\n"
	}
	trailer := sound[strings.LastIndex(sound, "trailer\n"):strings.LastIndex(sound, "startxref\n")]
	trailer = regexp.MustCompile(`/Size \d+`).ReplaceAllString(trailer, "/Size "+number(3))
	return []byte(body + table([]byte(body)) + trailer + "startxref\n" + strconv.Itoa(len(body)) + "\n%%EOF\n")
}

// TestSigned: the copy of a signed PDF has the same pages and no signature
// (ISO 32000-1 §12.8), says so, and begins with the original, whose bytes with
// the signature can be cut off it.
func TestSigned(t *testing.T) {
	const field = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [0 0 0 0] /F 132 "
	for name, c := range map[string]struct{ form, field string }{
		"as usual":                {"FORM", field + "/V SIGNATURE >>"},
		"form in the catalog":     {"<< /Fields [FIELD] /SigFlags 3 >>", field + "/V SIGNATURE >>"},
		"value in the field":      {"FORM", field + "/V VALUE >>"},
		"kind from above":         {"FORM", "<< /T (Signature1) /V SIGNATURE >>"},
		"permissions and no form": {"null", "null"},
	} {
		t.Run(name, func(t *testing.T) {
			data := signed(t, c.form, c.field)
			made, err := copyOf(t, data)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(made, data) {
				t.Error("the copy does not begin with the original")
			}
			added := string(made[len(data):])
			for _, word := range []string{"/ByteRange", "/Perms", "/DSS", "/SigFlags", "/V "} {
				if strings.Contains(added, word) {
					t.Errorf("what was added holds %s:\n%s", word, added)
				}
			}
			if strings.Contains(c.field, "/FT") && !strings.Contains(added, "/T(Signature1)") {
				t.Errorf("the field was not written anew:\n%s", added)
			}
			before, errBefore := textOf(t.Context(), engine(t), data)
			after, err := textOf(t.Context(), engine(t), made)
			if err != nil || errBefore != nil {
				t.Fatal(errBefore, err)
			}
			if diff := cmp.Diff(before.pages, after.pages); diff != "" {
				t.Error(diff)
			}
			const said = "The original is digitally signed; this copy is not"
			if !strings.Contains(added, said) || !slices.ContainsFunc(after.info.XMP["dc:title"], func(s string) bool { return s == record(data).Title }) {
				t.Errorf("it does not say so: %v", after.info.XMP)
			}
			if again, err := copyOf(t, data); err != nil || !bytes.Equal(again, made) {
				t.Errorf("another copy is another one: %v", err)
			}
			if twice, err := copyOf(t, made); err != nil || strings.Contains(string(twice[len(made):]), said) {
				t.Errorf("the copy counts as signed: %v", err)
			}
		})
	}
}
