// Package growth draws how the holdings of a list grew: a bar for each year or
// month and a line of all so far, as an SVG that stands in a page.
//
// It belongs to the publish stage: it takes counts that were made before and
// stores nothing. Colours and sizes are the page's; the picture names classes
// only, and its text is escaped here.
package growth

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Size of the picture in its own units, and the room for words around it.
const (
	width, height = 640, 180
	top, bottom   = 18, 24
	side          = 8
	widest        = 36.0 // of a bar
	mostYears     = 150  // years or months between the first and the last that are drawn
)

// Year is how many reports a year has.
type Year struct {
	Year  int
	Count int
	Total int // with all years before; set by [Sum]
}

// Month is how many reports a month has.
type Month struct {
	Month string // "2026-11"
	Count int
	Total int // with all months before; set by [SumMonths]
}

// Words are the words of the picture in the reader's language.
type Words struct {
	ID    string // of the picture, one in the page: letters and digits
	Title string
	About string // a sentence that says what is to be seen
}

// Sum puts the years in order, each once, leaves out those with nothing or
// that are none, and counts on. It changes nothing that was given.
func Sum(years []Year) []Year {
	all := map[int]int{}
	for _, y := range years {
		if y.Count > 0 && y.Year > 0 && y.Year < 10_000 {
			all[y.Year] += y.Count
		}
	}
	var out []Year
	for year, count := range all {
		out = append(out, Year{Year: year, Count: count})
	}
	slices.SortFunc(out, func(a, b Year) int { return cmp.Compare(a.Year, b.Year) })
	total := 0
	for i := range out {
		total += out[i].Count
		out[i].Total = total
	}
	return out
}

// SumMonths does what [Sum] does, for months.
func SumMonths(months []Month) []Month {
	all := map[string]int{}
	for _, m := range months {
		if _, ok := monthNumber(m.Month); ok && m.Count > 0 {
			all[m.Month] += m.Count
		}
	}
	var out []Month
	total := 0
	for _, month := range slices.Sorted(maps.Keys(all)) {
		total += all[month]
		out = append(out, Month{Month: month, Count: all[month], Total: total})
	}
	return out
}

// monthNumber counts months since the year 0.
func monthNumber(month string) (int, bool) {
	at, err := time.Parse("2006-01", month)
	return at.Year()*12 + int(at.Month()) - 1, err == nil
}

type bar struct{ X, Y, Width, Height string }

type picture struct {
	Words
	Width, Height, Base int
	Bars                []bar
	Line                string
	First, Last         string
	Right               int
}

// column is a year or a month of a picture.
type column struct{ at, count, total int }

// Draw draws years as [Sum] gives them; nothing of fewer than two years. Years
// that are too far before the last are counted in the line and get no bar.
func Draw(w Words, years []Year) (template.HTML, error) {
	var all []column
	for _, y := range years {
		all = append(all, column{y.Year, y.Count, y.Total})
	}
	return draw(w, all, strconv.Itoa)
}

// DrawMonths draws months as [SumMonths] gives them, as [Draw] does years.
func DrawMonths(w Words, months []Month) (template.HTML, error) {
	var all []column
	for _, m := range months {
		n, _ := monthNumber(m.Month)
		all = append(all, column{n, m.Count, m.Total})
	}
	return draw(w, all, func(n int) string { return fmt.Sprintf("%04d-%02d", n/12, n%12+1) })
}

func draw(w Words, columns []column, name func(int) string) (template.HTML, error) {
	if len(columns) < 2 {
		return "", nil
	}
	last := columns[len(columns)-1].at
	first := max(columns[0].at, last-mostYears+1)
	p := picture{Words: w, Width: width, Height: height, Base: height - bottom, First: name(first), Last: name(last), Right: width - side}
	most, total := 0, columns[len(columns)-1].total
	for _, c := range columns {
		if c.at >= first {
			most = max(most, c.count)
		}
	}
	step := float64(width-2*side) / float64(last-first+1)
	wide := min(step*0.8, widest)
	room := float64(height - top - bottom)
	var line []string
	before, next := 0, 0
	for at := first; at <= last; at++ {
		middle := side + step*(float64(at-first)+0.5)
		for next < len(columns) && columns[next].at <= at {
			before = columns[next].total
			if columns[next].at == at {
				h := room * float64(columns[next].count) / float64(most)
				p.Bars = append(p.Bars, bar{number(middle - wide/2), number(float64(height-bottom) - h), number(wide), number(h)})
			}
			next++
		}
		line = append(line, number(middle)+","+number(float64(height-bottom)-room*float64(before)/float64(total)))
	}
	p.Line = strings.Join(line, " ")
	drawn, err := template.New("growth").Parse(svg)
	if err != nil {
		return "", greyshelf.E(greyshelf.Internal, "draw the growth", w.ID, err)
	}
	var b strings.Builder
	if err := drawn.Execute(&b, p); err != nil {
		return "", greyshelf.E(greyshelf.Internal, "draw the growth", w.ID, err)
	}
	return template.HTML(b.String()), nil // escaped by the template
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

const svg = `<svg class="growth" role="img" viewBox="0 0 {{.Width}} {{.Height}}" aria-labelledby="{{.ID}}-title {{.ID}}-about"><title id="{{.ID}}-title">{{.Title}}</title><desc id="{{.ID}}-about">{{.About}}</desc>
{{range .Bars}}<rect class="bar" x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}"/>{{end}}
<line class="base" x1="0" x2="{{.Width}}" y1="{{.Base}}" y2="{{.Base}}"/><polyline class="total" points="{{.Line}}"/>
<text class="year" x="8" y="{{.Height}}" dy="-6">{{.First}}</text><text class="year end" x="{{.Right}}" y="{{.Height}}" dy="-6">{{.Last}}</text></svg>`
