package pdfcpu

import (
	"bytes"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// FuzzUnderstand: whatever a child says, this process gets a tail that is one,
// or an error of a kind that a file may have, with a reason of bounded length.
func FuzzUnderstand(f *testing.F) {
	for _, said := range []string{"", "{}\n", "{}\n\n1 0 obj\n%%EOF\n", `{"kind":"invalid","reason":"signed"}` + "\n", `{"kind":"internal"}` + "\n", `{"kind":"invalid","reason":"` + strings.Repeat("\\u00e9", 1000) + `"}` + "\n"} {
		f.Add([]byte(said))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		made, err := understand(said)
		if err == nil {
			if !bytes.HasPrefix(made, []byte("\n")) || !bytes.HasSuffix(made, []byte("%%EOF\n")) || !bytes.HasSuffix(said, made) {
				t.Errorf("%q is taken for a tail", made)
			}
			return
		}
		if kind := greyshelf.KindOf(err); kind != greyshelf.Invalid && kind != greyshelf.TooLarge {
			t.Errorf("kind %v", kind)
		}
		if n := len([]rune(greyshelf.ReasonOf(err))); n > mostReason {
			t.Errorf("a reason of %d letters", n)
		}
	})
}
