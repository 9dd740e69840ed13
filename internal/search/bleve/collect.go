package bleve

import (
	"cmp"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
)

// standing says whether a report goes into the result.
type standing uint8

const (
	unseen standing = iota
	in
	out
)

// tally is what is counted per report, by number.
type tally struct {
	standing standing
	pages    int32
	best     float32
}

// collector counts matches by report and keeps those that pass the filters.
type collector struct {
	*evaluation
	request *search.Request
	chosen  [][]int32 // by facet: the numbers of the chosen values; nil = any
	states  map[greyshelf.State]bool
	reports []tally
	order   []int32   // reports in the result
	counts  [][]int32 // by facet; nil = not counted
	kept    []match
}

func newCollector(e *evaluation, r *search.Request) *collector {
	c := &collector{evaluation: e, request: r, reports: make([]tally, len(e.table.rows))}
	if len(r.States) > 0 {
		c.states = map[greyshelf.State]bool{}
		for _, s := range r.States {
			c.states[s] = true
		}
	}
	for f, name := range search.Kept() {
		var counts []int32
		if f < len(search.Facets()) || slices.Contains(r.Counted, name) {
			counts = make([]int32, len(e.table.values[f]))
		}
		c.counts = append(c.counts, counts)
		var numbers []int32
		for _, value := range r.Facets[name] {
			number, ok := e.table.valueNumbers[f][value]
			if !ok {
				number = -1 // a value that no report has
			}
			numbers = append(numbers, number)
		}
		c.chosen = append(c.chosen, numbers)
	}
	return c
}

// add takes all matches in.
func (c *collector) add(found []match) {
	c.kept = found[:0]
	for _, m := range found {
		ref := c.view.refs[m.doc]
		t := &c.reports[ref.report]
		if t.standing == unseen {
			t.standing = c.meet(c.table.rows[ref.report])
			if t.standing == in {
				c.order = append(c.order, ref.report)
			}
		}
		if t.standing == out || int(ref.file) >= len(c.table.rows[ref.report].Files) && ref.page > 0 {
			continue
		}
		if ref.page > 0 {
			t.pages++
		}
		t.best = max(t.best, m.score)
		c.kept = append(c.kept, m)
	}
}

// meet decides on a report and counts it in the facets. The values of a facet
// are alternatives: a report that only this facet keeps out is counted in it.
func (c *collector) meet(r *row) standing {
	if !r.present || c.states != nil && !c.states[r.State] || c.request.Only != "" && c.request.Only != r.ID {
		return out
	}
	fails, failed := 0, 0
	for f, numbers := range c.chosen {
		chosen := func(n int32) bool { return slices.Contains(numbers, n) }
		if numbers != nil && !slices.ContainsFunc(r.facets[f], chosen) && !slices.ContainsFunc(r.also[f], chosen) {
			fails++
			failed = f
		}
	}
	for f := range c.counts {
		if c.counts[f] != nil && (fails == 0 || fails == 1 && failed == f) {
			for _, n := range r.facets[f] {
				c.counts[f][n]++
			}
		}
	}
	if fails > 0 {
		return out
	}
	return in
}

// result gives the asked-for part of what was found.
func (c *collector) result() search.Result {
	result := search.Result{Reports: len(c.order), Facets: c.facets()}
	for _, n := range c.order {
		result.Pages += int(c.reports[n].pages)
	}
	if c.request.Grouped {
		result.Hits = c.grouped()
		return result
	}
	for _, m := range page(c.kept, c.request.Offset, c.request.Limit, c.before) {
		result.Hits = append(result.Hits, c.found(m))
	}
	return result
}

// grouped gives the hits of the reports asked for, those of one report
// together.
func (c *collector) grouped() []search.Found {
	reports := page(c.order, c.request.Offset, c.request.Limit, c.reportBefore)
	byReport := make(map[int32][]match, len(reports))
	for _, n := range reports {
		byReport[n] = nil
	}
	for _, m := range c.kept {
		n := c.view.refs[m.doc].report
		if list, ok := byReport[n]; ok {
			byReport[n] = append(list, m)
		}
	}
	var hits []search.Found
	for _, n := range reports {
		limit := c.request.PerReport
		if limit == 0 {
			limit = len(byReport[n])
		}
		for _, m := range page(byReport[n], 0, limit, c.before) {
			hits = append(hits, c.found(m))
		}
	}
	return hits
}

func (c *collector) found(m match) search.Found {
	ref := c.view.refs[m.doc]
	r := c.table.rows[ref.report]
	f := search.Found{Report: r.ID, Page: int(ref.page), Score: float64(m.score), Pages: int(c.reports[ref.report].pages)}
	if ref.page > 0 {
		f.File = r.Files[ref.file]
	}
	return f
}

// before orders hits: by report where the order asks for it, then by score,
// then records before pages and pages as they follow each other.
func (c *collector) before(a, b match) int {
	ra, rb := c.view.refs[a.doc], c.view.refs[b.doc]
	if ra.report != rb.report && c.request.Sort != search.ByRelevance && c.request.Sort != "" {
		return c.reportBefore(ra.report, rb.report)
	}
	if order := cmp.Compare(b.score, a.score); order != 0 {
		return order
	}
	if ra.report != rb.report {
		return c.reportBefore(ra.report, rb.report)
	}
	return cmp.Or(cmp.Compare(ra.file, rb.file), cmp.Compare(ra.page, rb.page))
}

// reportBefore orders reports.
func (c *collector) reportBefore(a, b int32) int {
	ra, rb := c.table.rows[a], c.table.rows[b]
	newest, title := cmp.Compare(rb.Date, ra.Date), cmp.Compare(ra.Title, rb.Title)
	switch c.request.Sort {
	case search.ByDate:
		return cmp.Or(newest, title, cmp.Compare(ra.ID, rb.ID))
	case search.ByTitle:
		return cmp.Or(title, newest, cmp.Compare(ra.ID, rb.ID))
	}
	best := cmp.Compare(c.reports[b].best, c.reports[a].best)
	return cmp.Or(best, newest, title, cmp.Compare(ra.ID, rb.ID))
}

// facets gives the values that reports have, most first.
func (c *collector) facets() map[string][]search.FacetCount {
	all := map[string][]search.FacetCount{}
	for f, name := range search.Kept() {
		var list []search.FacetCount
		for n, count := range c.counts[f] {
			if count > 0 {
				list = append(list, search.FacetCount{Value: c.table.values[f][n], Count: int(count)})
			}
		}
		slices.SortFunc(list, func(a, b search.FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		if list != nil {
			all[name] = list
		}
	}
	return all
}
