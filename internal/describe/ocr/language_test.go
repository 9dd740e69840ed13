package ocr_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"strings"
	"testing"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// TestLanguages reads the first two pages of sample reports in other languages
// from pictures of them: script and language are found out, and the words come
// in reading order, in Arabic too.
func TestLanguages(t *testing.T) {
	e, pdfs := engine(t), reader(t)
	seen := map[string]bool{}
	for _, s := range sample.Reports() {
		language := s.Truth.Language
		if s.Truth.Scan || seen[language] || language == "en" {
			continue
		}
		seen[language] = true
		t.Run(language, func(t *testing.T) {
			data, err := s.Make()
			if err != nil {
				t.Fatal(err)
			}
			want, err := describe.Read(t.Context(), pdfs, data, s.Name, nil)
			if err != nil {
				t.Fatal(err)
			}
			picture := pictured(t, pdfs, data, min(2, len(want.Pages)))
			got, err := describe.Reader{Engine: pdfs, Recognizer: e}.Read(t.Context(), picture, s.Name)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got.Pages {
				got, want := got.Pages[i].Text, want.Pages[i].Text
				f1, order := wordF1(got, want), pairs(got, want)
				t.Logf("page %d: word F1 %.3f, %.3f of the pairs of words", i+1, f1, order)
				if len(want) > 400 && (f1 < 0.85 || order < 0.7) {
					t.Errorf("page %d is read badly:\n%s\nstands:\n%s", i+1, got, want)
				}
			}
			if f := describe.New().Describe(got).Chosen(greyshelf.FieldLanguage); len(f) != 1 || f[0].Value != language {
				t.Errorf("language %v, want %s", f, language)
			}
		})
	}
	if len(seen) < 2 {
		t.Errorf("samples in %d languages", len(seen))
	}
}

// pictured makes a file of pictures of the first pages of another.
func pictured(t *testing.T, engine describe.Engine, data []byte, pages int) []byte {
	t.Helper()
	file, err := engine.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc := pdfwrite.New(pdfwrite.Info{})
	for page := 1; page <= pages; page++ {
		rendered, err := file.Image(t.Context(), page, 1650)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(rendered))
		if err != nil {
			t.Fatal(err)
		}
		grey := image.NewGray(picture.Bounds())
		draw.Draw(grey, grey.Rect, picture, grey.Rect.Min, draw.Src)
		doc.Page().Image(grey.Rect.Dx(), grey.Rect.Dy(), grey.Pix)
	}
	made, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// pairs gives the share of the pairs of neighbouring words that stand in both
// texts.
func pairs(got, want string) float64 {
	count := map[string]int{}
	both, all := 0, 0
	parts := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	words := parts(got)
	for k := range max(0, len(words)-1) {
		count[words[k]+" "+words[k+1]]++
	}
	words = parts(want)
	for k := range max(0, len(words)-1) {
		all++
		if pair := words[k] + " " + words[k+1]; count[pair] > 0 {
			count[pair]--
			both++
		}
	}
	return float64(both) / float64(max(1, all))
}

// wordF1 is the harmonic mean of precision and recall of the words as a bag.
func wordF1(got, want string) float64 {
	count := map[string]int{}
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	wanted := words(want)
	for _, w := range wanted {
		count[w]++
	}
	found := words(got)
	both := 0
	for _, w := range found {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(found)+len(wanted)))
}
