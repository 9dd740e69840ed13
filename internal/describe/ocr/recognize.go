package ocr

import (
	"bytes"
	"context"
	"image/png"
	"regexp"
	"slices"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
)

const (
	mostPixels = 20_000_000
	wellRead   = 0.70 // mean confidence from which no other script is tried
)

// Recognize reads a PNG of one page.
func (e *Engine) Recognize(ctx context.Context, picture []byte, dpi int, languages []string) (describe.Recognized, error) {
	i, err := e.found(ctx)
	if err != nil {
		return describe.Recognized{}, err
	}
	config, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil || config.Width <= 0 || config.Height <= 0 || config.Width*config.Height > mostPixels {
		return describe.Recognized{}, greyshelf.Errorf(greyshelf.Invalid, "recognise a page", "", "the picture of the page is no PNG or has more than %d million pixels", mostPixels/1_000_000)
	}
	p := page{engine: e, installation: i, picture: picture, width: config.Width, height: config.Height, dpi: dpi}
	if s, ok := hinted(i.sets, languages); ok {
		if found, err := p.read(ctx, s); err != nil || confidence(found) >= wellRead {
			return found, err
		}
	}
	return p.search(ctx)
}

// page is one picture that is being read.
type page struct {
	engine *Engine
	*installation
	picture            []byte
	width, height, dpi int
}

// search reads the picture in the script that it seems to be written in; in
// the others too, while the answer is poor.
func (p *page) search(ctx context.Context) (describe.Recognized, error) {
	sets := p.sets
	turns := 0
	if p.osd {
		script := ""
		script, turns = p.look(ctx)
		if k := slices.IndexFunc(sets, func(s set) bool { return s.script == script }); k > 0 {
			sets = slices.Concat(sets[k:k+1], sets[:k], sets[k+1:])
		}
	}
	if turns != 0 {
		turned, err := p.turned(turns)
		if err != nil {
			return describe.Recognized{}, err
		}
		found, err := turned.best(ctx, sets)
		turnBack(&found, turns, float64(turned.height)/float64(p.height))
		return found, err
	}
	return p.best(ctx, sets)
}

// best reads the picture with one set of languages after the other until an
// answer is good, and gives the best one.
func (p *page) best(ctx context.Context, sets []set) (describe.Recognized, error) {
	var best describe.Recognized
	var first error
	read := false
	for k, s := range sets {
		found, err := p.read(ctx, s)
		switch {
		case err != nil && k == 0:
			first = err
		case err == nil && (!read || confidence(found) > confidence(best)):
			best, read = found, true
		}
		if ctx.Err() != nil || first != nil || confidence(best) >= wellRead || k == 0 && len(best.Lines) == 0 {
			break
		}
	}
	return best, first
}

// read reads the picture with the languages of one set.
func (p *page) read(ctx context.Context, s set) (describe.Recognized, error) {
	answer, err := p.engine.run(ctx, p.program, p.picture,
		"stdin", "stdout", "-l", s.names(), "--psm", "3", "--dpi", strconv.Itoa(p.dpi), "-c", "tessedit_create_hocr=1")
	if err != nil {
		return describe.Recognized{}, err
	}
	return parse(answer, p.width, p.height)
}

var (
	scriptLine = regexp.MustCompile(`(?m)^Script: ([A-Za-z]{2,20})$`)
	turnLine   = regexp.MustCompile(`(?m)^Rotate: (0|90|180|270)$`)
	sureLine   = regexp.MustCompile(`(?m)^Orientation confidence: ([0-9.]{1,10})$`)
)

// surelyTurned is the confidence from which a page is believed to lie on its
// side or head; upright pages of real reports reach 20 to 40.
const surelyTurned = 5.0

// look asks in which script the page is written and by how many quarters of a
// turn clockwise it stands upright. Too little text gives no answer.
func (p *page) look(ctx context.Context) (script string, turns int) {
	said, err := p.engine.run(ctx, p.program, p.picture, "stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", strconv.Itoa(p.dpi))
	if err != nil {
		return "", 0
	}
	if m := scriptLine.FindSubmatch(said); m != nil {
		script = string(m[1])
	}
	turn, sure := turnLine.FindSubmatch(said), sureLine.FindSubmatch(said)
	if turn != nil && sure != nil {
		degrees, _ := strconv.Atoi(string(turn[1]))
		if c, err := strconv.ParseFloat(string(sure[1]), 64); err == nil && c >= surelyTurned {
			turns = degrees / 90
		}
	}
	return script, turns
}

// confidence gives the mean confidence of the letters found; 0 without any.
func confidence(found describe.Recognized) float64 {
	sum, letters := 0.0, 0
	for _, l := range found.Lines {
		for _, w := range l.Words {
			sum += w.Confidence * float64(len(w.Text))
			letters += len(w.Text)
		}
	}
	if letters == 0 {
		return 0
	}
	return sum / float64(letters)
}
