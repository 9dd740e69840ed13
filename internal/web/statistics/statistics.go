// Package statistics is what the desk writes its annual report from: how the
// library was used by month, and what it holds by arrival, year of publication,
// publisher, subject and language; as tables, pictures and CSV.
//
// It stands in the web beside the other pages. Usage comes from publish's
// package usage, holdings from the facets of one search and the counts of the
// catalogue; nothing is stored here.
package statistics

import (
	"embed"
	"encoding/csv"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/publish/growth"
	"github.com/greyshelf/greyshelf/internal/publish/usage"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

//go:embed statistics.html statistics.css
var files embed.FS

// Files gives the template and style of the page.
func Files() fs.FS { return files }

// Page is the page of statistics.
type Page struct{ template *site.Template }

// New makes the page.
func New(s *site.Site) (*Page, error) {
	t, err := s.Template(files, "statistics.html")
	return &Page{t}, err
}

type view struct {
	Years   []string // of which something was counted
	Year    string   // that is shown; "" = all
	Months  []usage.Month
	Sum     usage.Month
	Reports []used
	Unfound []count
	States  []count
	Held    []holding
	Picture template.HTML
	Arrived arrived
	On      bool // usage is counted
}

// arrived is what is published by when the library took it in.
type arrived struct {
	Picture template.HTML
	Months  []growth.Month
	Years   []growth.Year
	More    int // months that are in the CSV only
}

type used struct {
	ID, Title string
	usage.Report
}

type count struct {
	Name string
	N    int
}

// holding is what the library holds by one facet.
type holding struct {
	Facet string
	Rows  []count
	More  int
}

// most is how many rows a table on the page has; the CSV has all.
const most = 30

// Show answers GET /statistics?year=2026 and, with table=…, one table as CSV.
func (p *Page) Show(v *site.Visit) error {
	data, err := gather(v)
	if err != nil {
		return err
	}
	if table := v.R.URL.Query().Get("table"); table != "" {
		return asCSV(v, data, table)
	}
	data.Reports, data.Unfound = data.Reports[:min(len(data.Reports), most)], data.Unfound[:min(len(data.Unfound), most)]
	for i := range data.Held {
		h := &data.Held[i]
		h.More = max(0, len(h.Rows)-most)
		h.Rows = h.Rows[:min(len(h.Rows), most)]
	}
	data.Arrived.More = max(0, len(data.Arrived.Months)-most)
	data.Arrived.Months = data.Arrived.Months[:min(len(data.Arrived.Months), most)]
	return v.Show(p.template, v.Text.Get("statistics.title"), data)
}

func gather(v *site.Visit) (view, error) {
	ctx := v.R.Context()
	data := view{Year: v.R.URL.Query().Get("year"), On: v.Usage != nil}
	if v.Usage != nil {
		if err := v.Usage.Flush(ctx); err != nil {
			return data, err
		}
	}
	months, err := usage.Months(ctx, v.Catalog)
	if err != nil {
		return data, err
	}
	for _, m := range months {
		year := m.Month[:min(4, len(m.Month))]
		if !slices.Contains(data.Years, year) {
			data.Years = append(data.Years, year)
		}
		if data.Year == "" || data.Year == year {
			data.Months = append(data.Months, m)
		}
	}
	data.Sum = usage.Sum(data.Months)
	if err := data.usedReports(v); err != nil {
		return data, err
	}
	for ask, n := range data.Sum.Unfound {
		data.Unfound = append(data.Unfound, count{ask, n})
	}
	sorted(data.Unfound)
	if err := data.arrivals(v); err != nil {
		return data, err
	}
	return data, data.holdings(v)
}

// arrivals counts what is published by month and year in which it came, newest
// first.
func (data *view) arrivals(v *site.Visit) error {
	found, err := v.Catalog.Arrivals(v.R.Context(), greyshelf.Published)
	if err != nil {
		return err
	}
	var months []growth.Month
	var years []growth.Year
	for _, a := range found {
		months = append(months, growth.Month{Month: a.Month, Count: a.Reports})
		if year, err := strconv.Atoi(a.Month[:min(4, len(a.Month))]); err == nil {
			years = append(years, growth.Year{Year: year, Count: a.Reports})
		}
	}
	months, years = growth.SumMonths(months), growth.Sum(years)
	data.Arrived.Picture, err = growth.DrawMonths(growth.Words{ID: "arrival", Title: v.Text.Get("statistics.arrival.growth"), About: v.Text.Get("statistics.arrival.about")}, months)
	slices.Reverse(months)
	slices.Reverse(years)
	data.Arrived.Months, data.Arrived.Years = months, years
	return err
}

func sorted(rows []count) {
	slices.SortFunc(rows, func(a, b count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Name, b.Name)
	})
}

func (data *view) usedReports(v *site.Visit) error {
	ids := make([]string, 0, len(data.Sum.Reports))
	for id := range data.Sum.Reports {
		ids = append(ids, id)
	}
	for r, err := range v.Catalog.Reports(v.R.Context(), catalog.Filter{IDs: ids}) {
		if err != nil {
			return err
		}
		data.Reports = append(data.Reports, used{r.ID, v.TitleOf(r), data.Sum.Reports[r.ID]})
	}
	slices.SortFunc(data.Reports, func(a, b used) int {
		if x := b.Views + b.Downloads - a.Views - a.Downloads; x != 0 {
			return x
		}
		return strings.Compare(a.Title+a.ID, b.Title+b.ID)
	})
	return nil
}

// holdings counts what the library holds: reports by state, and what is
// published by every facet.
func (data *view) holdings(v *site.Visit) error {
	ctx := v.R.Context()
	for _, state := range greyshelf.States() {
		n, err := v.Catalog.Count(ctx, catalog.Filter{States: []greyshelf.State{state}})
		if err != nil {
			return err
		}
		if n > 0 {
			data.States = append(data.States, count{string(state), n})
		}
	}
	answer, err := v.Search.Search(ctx, search.Ask{Reader: v.Editor(), Grouped: true, Bare: true, PerReport: 1, Limit: 1})
	if err != nil {
		return err
	}
	var years []growth.Year
	for _, facet := range []string{search.FacetYear, search.FacetPublisher, search.FacetSubject, search.FacetLanguage} {
		held := holding{Facet: facet}
		for _, c := range answer.Facets[facet] {
			held.Rows = append(held.Rows, count{c.Value, c.Count})
			if year, err := strconv.Atoi(c.Value); err == nil && facet == search.FacetYear {
				years = append(years, growth.Year{Year: year, Count: c.Count})
			}
		}
		if facet == search.FacetYear {
			slices.SortFunc(held.Rows, func(a, b count) int { return strings.Compare(b.Name, a.Name) })
		}
		data.Held = append(data.Held, held)
	}
	data.Picture, err = growth.Draw(growth.Words{ID: "holdings", Title: v.Text.Get("statistics.growth"), About: v.Text.Get("statistics.growth.about")}, growth.Sum(years))
	return err
}

// asCSV answers with one table. Cells that a spreadsheet would take for a
// formula begin with an apostrophe.
func asCSV(v *site.Visit, data view, table string) error {
	rows := [][]string{}
	switch table {
	case "months":
		rows = append(rows, []string{"month", "pages", "visits", "report_views", "downloads", "searches", "searches_without_a_hit"})
		for _, m := range data.Months {
			rows = append(rows, append([]string{m.Month}, numbers(m.Pages, m.Visits, m.Views, m.Downloads, m.Searches, m.Nothing)...))
		}
	case "reports":
		rows = append(rows, []string{"report", "title", "views", "downloads"})
		for _, r := range data.Reports {
			rows = append(rows, append([]string{r.ID, r.Title}, numbers(r.Views, r.Downloads)...))
		}
	case "unfound":
		rows = counts(append(rows, []string{"query", "times"}), data.Unfound)
	case "states":
		rows = counts(append(rows, []string{"state", "reports"}), data.States)
	case "arrival":
		rows = append(rows, []string{"month", "reports", "total"})
		for _, m := range data.Arrived.Months {
			rows = append(rows, append([]string{m.Month}, numbers(m.Count, m.Total)...))
		}
	case "arrival-year":
		rows = append(rows, []string{"year", "reports", "total"})
		for _, y := range data.Arrived.Years {
			rows = append(rows, numbers(y.Year, y.Count, y.Total))
		}
	default:
		at := slices.IndexFunc(data.Held, func(h holding) bool { return h.Facet == table })
		if at < 0 {
			return greyshelf.Errorf(greyshelf.Invalid, "make a table", table, "there are the tables months, reports, unfound, states, arrival, arrival-year, year, publisher, subject and language")
		}
		rows = counts(append(rows, []string{table, "reports"}), data.Held[at].Rows)
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+table+`.csv"`)
	h.Set("Cache-Control", "private, no-cache")
	w := csv.NewWriter(v.W)
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
		_ = w.Write(row) // the reader may have gone
	}
	w.Flush()
	return nil
}

func counts(rows [][]string, all []count) [][]string {
	for _, c := range all {
		rows = append(rows, append([]string{c.Name}, numbers(c.N)...))
	}
	return rows
}

func numbers(all ...int) []string {
	var texts []string
	for _, n := range all {
		texts = append(texts, strconv.Itoa(n))
	}
	return texts
}

// harmless keeps a spreadsheet from calculating what a title says.
func harmless(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}
