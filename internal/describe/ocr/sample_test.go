package ocr_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// scan gives the sample report of which only pictures are left.
func scan(t testing.TB) (sample.Sample, []byte) {
	t.Helper()
	for _, s := range sample.Reports() {
		if s.Truth.Scan {
			data, err := s.Make()
			if err != nil {
				t.Fatal(err)
			}
			return s, data
		}
	}
	t.Fatal("no sample is a scan")
	return sample.Sample{}, nil
}

// TestSampleScan describes a worn, slightly turned scan from its pictures: the
// values are those that can be seen, and each says that it was read by OCR.
func TestSampleScan(t *testing.T) {
	e, pdfs := engine(t), reader(t)
	version, _ := e.Ready(t.Context())
	s, data := scan(t)
	told := 0
	doc, err := describe.Reader{Engine: pdfs, Recognizer: e, Progress: func(page, of int) {
		if told++; page != told || of < page || of > 4 {
			t.Errorf("told page %d of %d after %d", page, of, told-1)
		}
	}}.Read(t.Context(), data, s.Name)
	if err != nil {
		t.Fatal(err)
	}
	if told != 4 {
		t.Errorf("told %d times, want 4: two pages, each read twice", told)
	}
	if want := pdfs.Version() + "+" + version; doc.TextVersion != want {
		t.Errorf("text version %q, want %q", doc.TextVersion, want)
	}
	if f := doc.Info.Facts; !f.Scan || !f.OCR || f.Unread != 0 {
		t.Errorf("facts %+v, want a scan that was read", f)
	}
	for i := range doc.Pages {
		soundPage(t, &doc.Pages[i])
	}
	d := describe.New().Describe(doc)
	for field, want := range map[greyshelf.Field]string{
		greyshelf.FieldTitle:     s.Truth.Title,
		greyshelf.FieldSubtitle:  s.Truth.Subtitle,
		greyshelf.FieldDate:      s.Truth.Date.EDTF,
		greyshelf.FieldPublisher: s.Truth.Publisher,
		greyshelf.FieldLanguage:  s.Truth.Language,
	} {
		chosen := d.Chosen(field)
		if len(chosen) != 1 || chosen[0].Value != want {
			t.Errorf("%s: %+v, want %q", field, chosen, want)
			continue
		}
		if f := chosen[0]; !strings.Contains(f.Why, "read by OCR") || f.Confidence > 0.95 || f.Box == (greyshelf.Box{}) {
			t.Errorf("%s: confidence %.2f, box %v, why %q", field, f.Confidence, f.Box, f.Why)
		}
	}
	if page := doc.Pages[0].Text; !strings.Contains(page, "PASSAGE. Words on a page") {
		t.Errorf("the first page reads %q", page)
	}
}

// soundPage holds a recognised page to what a page with a text layer promises.
func soundPage(t *testing.T, p *describe.Page) {
	t.Helper()
	text := []rune(p.Text)
	end := 0
	for _, w := range p.Words {
		if w.Start < end || w.End <= w.Start || w.End > len(text) || strings.ContainsAny(string(text[w.Start:w.End]), " \n") {
			t.Errorf("page %d: word %+v", p.Index, w)
			return
		}
		if b := w.Box; !(b[0] >= 0 && b[1] >= 0 && b[2] <= 1 && b[3] <= 1 && b[0] < b[2] && b[1] < b[3]) {
			t.Errorf("page %d: box %v", p.Index, b)
		}
		end = w.End
	}
	for _, l := range p.Lines {
		if string(text[l.Start:l.End]) != l.Text || l.Page != p.Index {
			t.Errorf("page %d: line %+v", p.Index, l)
		}
	}
	if len(p.Sure) == 0 || !p.Image || p.Width <= 0 {
		t.Errorf("page %d: %d recognised words, image %v", p.Index, len(p.Sure), p.Image)
	}
}

// TestTurned reads a page that was scanned lying on its side and on its head:
// the words stand where they stand in the picture.
func TestTurned(t *testing.T) {
	e, pdfs := engine(t), reader(t)
	_, data := scan(t)
	f, err := pdfs.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	upright, err := f.Image(t.Context(), 1, 1700)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(upright))
	if err != nil {
		t.Fatal(err)
	}
	x, y := place(t, e, picture, "catalogue")
	for quarters, want := range [][2]float64{{x, y}, {1 - y, x}, {1 - x, 1 - y}, {y, 1 - x}} {
		if quarters > 0 {
			picture = quarter(picture)
			gotX, gotY := place(t, e, picture, "catalogue")
			if dx, dy := gotX-want[0], gotY-want[1]; dx*dx+dy*dy > 0.0004 {
				t.Errorf("turned %d times: the word stands at %.2f, %.2f, want %.2f", quarters, gotX, gotY, want)
			}
		}
	}
}

// place gives the middle of the first box of a word.
func place(t *testing.T, e describe.Recognizer, picture image.Image, word string) (x, y float64) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	found, err := e.Recognize(t.Context(), out.Bytes(), 200, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range found.Lines {
		for _, w := range l.Words {
			if w.Text == word {
				return (w.Box[0] + w.Box[2]) / 2, (w.Box[1] + w.Box[3]) / 2
			}
		}
	}
	t.Errorf("%q is not among the words", word)
	return 0, 0
}

// quarter turns a picture a quarter clockwise.
func quarter(from image.Image) image.Image {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	to := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			to.Set(h-1-y, x, from.At(x, y))
		}
	}
	return to
}

// TestEmptySheet reads a page on which nothing is written.
func TestEmptySheet(t *testing.T) {
	sheet := image.NewGray(image.Rect(0, 0, 600, 800))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, sheet); err != nil {
		t.Fatal(err)
	}
	found, err := engine(t).Recognize(t.Context(), out.Bytes(), 72, nil)
	if err != nil || len(found.Lines) > 0 {
		t.Errorf("got %v, %v from an empty sheet", found, err)
	}
}
