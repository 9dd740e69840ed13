package pdf

// Limits on the page objects that are looked at for images.
const (
	maxObjects   = 2_000
	maxFormDepth = 3
	gridSize     = 32
)

// Types of page objects (fpdf_edit.h).
const (
	objectImage = 3
	objectForm  = 5
)

// imageShare gives which part of the page images cover, 0..1, on a grid of
// 32 by 32 cells: overlapping images count once.
func imageShare(i *instance, page uint64, f frame) float64 {
	g := grid{instance: i, frame: f}
	g.objects("FPDFPage_CountObjects", "FPDFPage_GetObject", page, identity(), 1)
	covered := 0
	for _, cell := range g.cells {
		if cell {
			covered++
		}
	}
	return float64(covered) / float64(len(g.cells))
}

type grid struct {
	instance *instance
	frame    frame
	seen     int
	cells    [gridSize * gridSize]bool
}

// objects marks the images among the objects of a page or a form.
func (g *grid) objects(count, get string, of uint64, m matrix, depth int) {
	i := g.instance
	n := i.callInt(count, of)
	for k := 0; k < n && g.seen < maxObjects && i.err == nil; k++ {
		g.seen++
		object := i.call(get, of, uint64(k))
		if object == 0 {
			continue
		}
		switch i.callInt("FPDFPageObj_GetType", object) {
		case objectImage:
			g.image(object, m)
		case objectForm:
			if depth < maxFormDepth && i.callInt("FPDFPageObj_GetMatrix", object, uint64(i.scratch)) != 0 {
				inner := matrix(i.float32s(6))
				g.objects("FPDFFormObj_CountObjects", "FPDFFormObj_GetObject", object, inner.then(m), depth+1)
			}
		}
	}
}

// image marks the cells whose centre lies within an image's bounds.
func (g *grid) image(object uint64, m matrix) {
	i := g.instance
	at := uint64(i.scratch)
	if i.callInt("FPDFPageObj_GetBounds", object, at, at+4, at+8, at+12) == 0 {
		return
	}
	b := i.float32s(4) // left, bottom, right, top
	left, bottom, right, top := m.bounds(b[0], b[1], b[2], b[3])
	x0, y0, x1, y1 := g.frame.rect(left, bottom, right, top)
	w, h := g.frame.size()
	for row := range gridSize {
		for col := range gridSize {
			x, y := (float64(col)+0.5)*w/gridSize, (float64(row)+0.5)*h/gridSize
			if x >= x0 && x <= x1 && y >= y0 && y <= y1 {
				g.cells[row*gridSize+col] = true
			}
		}
	}
}

// matrix is a transformation [a b c d e f] (ISO 32000-1 §8.3.4).
type matrix []float64

func identity() matrix { return matrix{1, 0, 0, 1, 0, 0} }

// then gives the transformation that does m first and n second.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// bounds gives the bounding rectangle of a transformed rectangle.
func (m matrix) bounds(left, bottom, right, top float64) (l, b, r, t float64) {
	at := func(x, y float64) (float64, float64) { return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5] }
	x0, y0 := at(left, bottom)
	x1, y1 := at(right, top)
	x2, y2 := at(left, top)
	x3, y3 := at(right, bottom)
	return min(x0, x1, x2, x3), min(y0, y1, y2, y3), max(x0, x1, x2, x3), max(y0, y1, y2, y3)
}
