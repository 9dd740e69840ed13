package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// block is a group of lines that follow each other in one size and weight.
type block struct {
	sheet *sheet
	rows  []row
	text  string // of the lines, joined
	fold  string
	size  float64
}

// blocks groups the rows of a sheet that keep allows. A row that is not
// allowed, another size or weight, a gap or a jump to another column ends a
// block.
func (s *scene) blocks(sh *sheet, keep func(row) bool) []block {
	var all []block
	var group []row
	flush := func() {
		if len(group) > 0 {
			all = append(all, newBlock(sh, group))
		}
		group = nil
	}
	for _, r := range sh.rows {
		if !keep(r) {
			flush()
			continue
		}
		if n := len(group); n > 0 && !s.continues(group[n-1], r) {
			flush()
		}
		group = append(group, r)
	}
	flush()
	return all
}

// continues reports whether row b goes on where row a ended: same size and
// weight, directly beneath (or level, where a line was cut in two).
func (s *scene) continues(a, b row) bool {
	if b.n != a.n+1 || a.size > 1.12*b.size || b.size > 1.12*a.size {
		return false
	}
	if a.Bold != b.Bold && min(a.size, b.size) < 1.4*s.body {
		return false
	}
	if a.Box == (greyshelf.Box{}) || b.Box == (greyshelf.Box{}) {
		return true
	}
	height := max(a.Box[3]-a.Box[1], b.Box[3]-b.Box[1])
	gap := b.Box[1] - a.Box[3]
	return gap < 0.9*height && b.Box[1] > a.Box[1]-0.5*height
}

func newBlock(sh *sheet, rows []row) block {
	b := block{sheet: sh, rows: rows}
	var lines []string
	for _, r := range rows {
		lines = append(lines, unspaced(r, sh.page))
		b.size = max(b.size, r.size)
	}
	b.text = tidy(joinLines(strings.Join(lines, "\n")))
	b.fold = foldString(b.text)
	return b
}

func (b block) start() int { return b.rows[0].Start }
func (b block) end() int   { return b.rows[len(b.rows)-1].End }

// unspaced gives the text of a row; a letter-spaced one ("R E P O R T") is
// closed up, its words found by the wider gaps between the letters' boxes.
func unspaced(r row, page *Page) string {
	letters := strings.Fields(r.Text)
	single := 0
	for _, l := range letters {
		if len([]rune(l)) == 1 {
			single++
		}
	}
	if len(letters) < 5 || single*10 < len(letters)*8 {
		return r.Text
	}
	var b strings.Builder
	var words []greyshelf.Word
	for _, w := range page.Words {
		if w.Start >= r.Start && w.End <= r.End {
			words = append(words, w)
		}
	}
	if len(words) != len(letters) {
		return bySpaces(r.Text)
	}
	usual := usualGap(words)
	for i, l := range letters {
		if i > 0 && gapBefore(words, i) > 1.6*usual+0.001 {
			b.WriteByte(' ')
		}
		b.WriteString(l)
	}
	return b.String()
}

// bySpaces closes up letters between single spaces; several spaces part words.
func bySpaces(text string) string {
	var b strings.Builder
	for i, word := range strings.Split(text, "  ") {
		word = strings.Join(strings.Fields(word), "")
		if i > 0 && word != "" {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

func gapBefore(words []greyshelf.Word, i int) float64 {
	return max(words[i].Box[0]-words[i-1].Box[2], words[i-1].Box[0]-words[i].Box[2])
}

// usualGap gives the lower quartile of the gaps between letters.
func usualGap(words []greyshelf.Word) float64 {
	gaps := make([]float64, 0, len(words))
	for i := 1; i < len(words); i++ {
		gaps = append(gaps, gapBefore(words, i))
	}
	sortFloats(gaps)
	return max(0, gaps[len(gaps)/4])
}
