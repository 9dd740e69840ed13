package sample

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-fonts/dejavu/dejavuserifbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
)

// scanned is a circular of which only pictures are left: no text layer.
func scanned() Sample {
	truth := Truth{
		Title: "Words of the Library", Subtitle: "Report, Edition, File, Page",
		Publisher:    "Pelham County Library Service",
		Date:         greyshelf.Date{Printed: "2 February 1998", EDTF: "1998-02-02"},
		ReportNumber: "Circular No. 9",
		Language:     "en",
		Abstract:     unprinted,
		Pages:        2,
		Scan:         true,
	}
	return chaptered("circular-9-scan.pdf", "https://pelham-county-library.example.org/archive/circular-9.pdf", "words", truth, makeScan)
}

// The scan's size: 130 dots an inch on A4.
const (
	scanWidth  = 1075
	scanHeight = 1520
)

func makeScan(truth Truth, c chapter) ([]byte, error) {
	doc := pdfwrite.New(pdfwrite.Info{Producer: "KONICA MINOLTA bizhub 423", Created: "D:20120618101500Z"})
	text, err := scanFace(dejavuserif.TTF, 24)
	if err != nil {
		return nil, err
	}
	bold, err := scanFace(dejavuserifbold.TTF, 30)
	if err != nil {
		return nil, err
	}
	s := &sheet{text: text, bold: bold}
	s.begin()
	s.put(text, truth.Publisher+"        "+truth.ReportNumber)
	s.put(text, truth.Date.Printed)
	s.y += 30
	s.put(bold, truth.Title+":")
	s.put(bold, truth.Subtitle)
	s.y += 20
	for _, b := range c.blocks {
		s.paragraph(plain(b.text))
	}
	for i, page := range s.pages {
		doc.Page().Image(scanWidth, scanHeight, worn(page, 0.011-0.019*float64(i), uint32(i+1)))
	}
	return doc.Bytes()
}

func scanFace(ttf []byte, size float64) (font.Face, error) {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, "read the font of the scan", "", err)
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
}

// sheet is paper that is typed on, page after page.
type sheet struct {
	text, bold font.Face
	pages      []*image.Gray
	y          int
}

func (s *sheet) begin() {
	page := image.NewGray(image.Rect(0, 0, scanWidth, scanHeight))
	draw.Draw(page, page.Bounds(), image.NewUniform(color.Gray{245}), image.Point{}, draw.Src)
	s.pages = append(s.pages, page)
	s.y = 150
}

func (s *sheet) put(face font.Face, line string) {
	if s.y > scanHeight-130 {
		s.begin()
	}
	d := font.Drawer{Dst: s.pages[len(s.pages)-1], Src: image.NewUniform(color.Gray{40}), Face: face, Dot: fixed.P(130, s.y)}
	d.DrawString(line)
	s.y += face.Metrics().Height.Ceil() + 9
}

func (s *sheet) paragraph(text string) {
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if font.MeasureString(s.text, longer).Ceil() > scanWidth-260 {
			s.put(s.text, line)
			longer = word
		}
		line = longer
	}
	s.put(s.text, line)
	s.y += 14
}

// worn turns a page by the angle (radians) and adds the specks and the grain
// of an old scanner. The grain comes from the seed, so that it is always the
// same; grey is kept to 32 steps, which packs better.
func worn(page *image.Gray, angle float64, seed uint32) []byte {
	sin, cos := math.Sincos(angle)
	pixels := make([]byte, 0, scanWidth*scanHeight)
	for y := range scanHeight {
		for x := range scanWidth {
			dx, dy := float64(x)-scanWidth/2, float64(y)-scanHeight/2
			from := image.Pt(int(math.Round(dx*cos+dy*sin+scanWidth/2)), int(math.Round(dy*cos-dx*sin+scanHeight/2)))
			grey := 225
			if from.In(page.Bounds()) {
				grey = int(page.GrayAt(from.X, from.Y).Y)
			}
			seed = seed*1664525 + 1013904223 // Numerical Recipes' linear congruential generator
			if noise := seed >> 20; noise < 200 {
				grey -= int(noise) / 8
			} else if noise == 4000 {
				grey = 60 // a speck
			}
			pixels = append(pixels, byte(max(0, grey))&^7)
		}
	}
	return pixels
}
