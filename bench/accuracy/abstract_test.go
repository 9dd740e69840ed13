package accuracy

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

var writeAbstracts = flag.Bool("abstracts", false, "write testdata/abstracts.jsonl anew: read every changed line against its report before it is kept")

// goldenAbstract says what the abstract of a real report is and where it
// stands, without holding its text. Each was read against the report once.
type goldenAbstract struct {
	File   string `json:"file"`
	Kind   string `json:"kind"`
	Page   int    `json:"page"`
	Begins string `json:"begins"` // first 60 characters
	Ends   string `json:"ends"`   // last 60
	SHA256 string `json:"sha256"` // of the text with single spaces for white space
}

// TestAbstracts compares the abstracts of the real reports with the golden file
// and holds them verbatim: what is given stands in the report's pages.
func TestAbstracts(t *testing.T) {
	golden := filepath.Join("testdata", "abstracts.jsonl")
	describer := describe.New()
	var got bytes.Buffer
	for _, r := range realReports(t, engine(t)) {
		found := describer.Describe(r.doc).Chosen(greyshelf.FieldAbstract)
		if len(found) != 1 {
			t.Errorf("%s: %d abstracts", r.name, len(found))
			continue
		}
		if !verbatim(r.doc, found[0]) {
			t.Errorf("%s: the abstract is not verbatim from page %d", r.name, found[0].Page)
		}
		line, err := json.Marshal(golden60(r.name, found[0]))
		if err != nil {
			t.Fatal(err)
		}
		got.Write(append(line, '\n'))
	}
	if *writeAbstracts {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(splitLines(want), splitLines(got.Bytes())); diff != "" {
		t.Error(diff)
	}
}

func golden60(name string, f greyshelf.Finding) goldenAbstract {
	text := strings.Join(strings.Fields(f.Value), " ")
	sum := sha256.Sum256([]byte(text))
	runes := []rune(text)
	n := min(60, len(runes))
	return goldenAbstract{name, f.Kind, f.Page, string(runes[:n]), string(runes[len(runes)-n:]), hex.EncodeToString(sum[:])}
}

// verbatim reports whether every word of an abstract stands on its page or the
// two behind it, in order.
func verbatim(doc *describe.Document, f greyshelf.Finding) bool {
	var pages strings.Builder
	for _, p := range doc.Pages[f.Page-1 : min(len(doc.Pages), f.Page+2)] {
		pages.WriteString(p.Text + "\n")
	}
	text, at := letters(pages.String()), 0
	for _, word := range strings.Fields(f.Value) {
		word = letters(word)
		next := strings.Index(text[at:], word)
		if next < 0 {
			return false
		}
		at += next + len(word)
	}
	return true
}

// letters drops white space and the hyphens that lines are broken at.
func letters(text string) string {
	return strings.NewReplacer("\u00ad", "", "-", "", " ", "", "\n", "").Replace(text)
}

func splitLines(data []byte) []string {
	var lines []string
	for scan := bufio.NewScanner(bytes.NewReader(data)); scan.Scan(); {
		lines = append(lines, scan.Text())
	}
	return lines
}
