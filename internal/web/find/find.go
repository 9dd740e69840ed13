// Package find is the search page: pages that answer a query, grouped under
// their report, with facets, order and a better spelling.
//
// It stands in the web beside the other pages, asks the search service and
// reads only.
package find

import (
	"embed"
	"io/fs"
	"slices"
	"strconv"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed find.html find.css find.js
var files embed.FS

// Files gives the template, style and script of the page.
func Files() fs.FS { return files }

// How much stands on one page.
const (
	reportsShown = 10
	pagesShown   = 3  // of one report
	pagesOfOne   = 50 // when only one report is searched
	facetsShown  = 8
	lastPage     = 100_000
)

// Page is the search page.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "find.html")
	return &Page{t}, err
}

type view struct {
	Query      query
	Answer     search.Answer
	Results    []result
	Facets     []facet
	Chips      []chip
	Sorts      []choice
	Suggestion string // address of the respelled query
	Wider      string // address of the same query over whole reports; "" where it is so already
	All        string // address without any facet
	OnlyAll    string // address of the same query in all reports
	First      int    // number of the first report shown
	Last       int
	Previous   string
	Next       string
	Lists      []choice
	Feed       string // of what is new among what is found
	Subscribe  string // where readers ask for it by mail; "" where no mail is sent
	InReport   bool   // hits of one report only
}

// result is a report with its pages.
type result struct {
	site.Brief
	Hits  []hit
	More  int    // pages with a hit that are not shown
	Every string // address that shows them all

	report greyshelf.Report
}

type hit struct {
	Link, Thumb, Label string
	Page               int    // 0: the record
	Part               string // name of the annex that the page is of
	Section            bool   // the page is a section of flowing text
	Snippet            []site.Piece
}

type facet struct {
	Name   string
	Values []value
	More   []value
}

type value struct {
	Value  string
	Count  int
	Link   string
	Chosen bool
}

type chip struct{ Name, Value, Link string }

type choice struct {
	Name, Link string
	Chosen     bool
}

// Show answers GET /search.
func (p *Page) Show(v *site.Visit) error {
	q := read(v.R.URL.Query())
	ask := search.Ask{
		Text: q.text, Facets: q.facets, Only: q.only, Sort: q.sort, Grouped: true, PerReport: pagesShown,
		Limit: reportsShown, Offset: (q.page - 1) * reportsShown, Reader: v.Reader,
	}
	if q.only != "" {
		// One report has one group: its pages are turned over one by one.
		ask.Grouped, ask.Limit, ask.Offset = false, pagesOfOne, (q.page-1)*pagesOfOne
	}
	answer, err := v.Search.Search(v.R.Context(), ask)
	if err != nil {
		return err
	}
	if v.Usage != nil && ask.Text != "" && ask.Offset == 0 && !v.Desk() {
		v.Usage.Search(ask.Text, answer.TotalReports)
	}
	data := view{Query: q, Answer: answer, InReport: q.only != ""}
	if data.Results, err = results(v, q, answer.Hits); err != nil {
		return err
	}
	q.addresses(v, &data)
	title := v.Text.Get("search.title")
	if q.text != "" {
		title = q.text + " · " + title
	}
	return v.Show(p.template, title, data)
}

// results puts the hits under their reports.
func results(v *site.Visit, q query, hits []search.Hit) ([]result, error) {
	var list []result
	for _, h := range hits {
		n := len(list) - 1
		if n < 0 || list[n].ID != h.Report {
			r, err := v.Catalog.Report(v.R.Context(), h.Report)
			if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && !v.May(r, rights.Record) {
				continue // gone since it was indexed
			}
			if err != nil {
				return nil, err
			}
			list = append(list, result{Brief: v.Brief(r), report: r, More: h.Found, Every: q.with(func(q *query) { q.only = h.Report; q.page = 1 }).link(v)})
			n++
		}
		if h.Page > 0 {
			list[n].More--
		}
		one := shown(v, q, h)
		if f, ok := list[n].report.File(h.File); ok {
			one.Part, one.Section = f.Part, f.Facts.Sections
		}
		list[n].Hits = append(list[n].Hits, one)
	}
	for i := range list {
		if q.text == "" || q.only != "" {
			list[i].More = 0
		}
		// The record stands before the pages, whatever their scores.
		slices.SortStableFunc(list[i].Hits, func(a, b hit) int { return min(a.Page, 1) - min(b.Page, 1) })
	}
	return list, nil
}

func shown(v *site.Visit, q query, h search.Hit) hit {
	if h.Label == strconv.Itoa(h.Page) {
		h.Label = ""
	}
	out := hit{Page: h.Page, Label: h.Label, Snippet: site.Pieces(h.Snippet, h.Marks), Link: v.ReportLink(h.Report)}
	if h.Page == 0 || !h.Open {
		return out // a closed page has nothing to open: its report explains why
	}
	out.Link = v.PageLink(h.Report, h.File, h.Page)
	out.Thumb = out.Link + site.ThumbQuery
	if q.text != "" {
		out.Link += "?q=" + escaped(q.text)
	}
	return out
}

// addresses fills in every link that leads to a neighbouring search.
func (q query) addresses(v *site.Visit, data *view) {
	data.Facets = q.facetLinks(v, data.Answer.Facets)
	data.Chips = q.chips(v)
	for _, s := range []search.Sort{search.ByRelevance, search.ByDate, search.ByTitle} {
		data.Sorts = append(data.Sorts, choice{string(s), q.with(func(q *query) { q.sort = s; q.page = 1 }).link(v), s == q.sort})
	}
	if s := data.Answer.Suggestion; s != "" {
		data.Suggestion = q.with(func(q *query) { q.text = s; q.page = 1 }).link(v)
	}
	if q.text != "" && !q.wide() {
		data.Wider = q.with(func(q *query) { q.text = "scope:report " + q.text; q.page = 1 }).link(v)
	}
	data.All = q.with(func(q *query) { q.facets = nil; q.page = 1 }).link(v)
	data.OnlyAll = q.with(func(q *query) { q.only = ""; q.page = 1 }).link(v)
	for _, format := range list.Formats() {
		data.Lists = append(data.Lists, choice{Name: format, Link: q.listLink(v, format)})
	}
	data.Feed = q.feedLink(v)
	if q.text != "" && v.Post != nil && !v.ReadOnly {
		data.Subscribe = v.Link("/subscribe?q=" + escaped(q.text))
	}
	perPage, total, on := reportsShown, data.Answer.TotalReports, len(data.Results)
	if q.only != "" {
		perPage, total, on = pagesOfOne, data.Answer.TotalPages, len(data.Answer.Hits)
	}
	data.First, data.Last = (q.page-1)*perPage+1, (q.page-1)*perPage+on
	if q.page > 1 {
		data.Previous = q.with(func(q *query) { q.page-- }).link(v)
	}
	if data.Last < total && on > 0 {
		data.Next = q.with(func(q *query) { q.page++ }).link(v)
	}
}
