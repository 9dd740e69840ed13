package queue

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// field is one value of the record as the review shows it.
type field struct {
	Name    string // of the input
	Of      string // field of the report
	Value   string
	Long    bool // a text area
	Doubt   bool // less sure than [sure], or missing where it is wanted
	Missing bool
	Percent int
	Quotes  []quote
	Others  []quote // what else was found
}

// quote is where a value stands.
type quote struct {
	Text string
	Page int
	Link string // to this page with the words marked; "" where it is not on a page

	file string
	span [2]int
}

// agent is one row of the people and bodies.
type agent struct {
	N          int
	Name       string
	Role       greyshelf.Role
	Kind       greyshelf.AgentKind
	Stated     string
	Family     string
	Given      string
	EtAl       bool
	Doubt      bool
	Percent    int
	Quotes     []quote
	SpareFirst bool // the first empty row
}

// sure is the confidence from which a value needs no second look.
const sure = 0.9

// input is a field of the form: its input, its field of the report and of
// findings, whether it is long and whether it must not be missing.
type input struct {
	name, of string
	field    greyshelf.Field
	long     bool
	wanted   bool
}

func inputs() []input {
	return []input{
		{"title", "title", greyshelf.FieldTitle, true, true}, {"subtitle", "subtitle", greyshelf.FieldSubtitle, false, false},
		{"date", "date", greyshelf.FieldDate, false, true}, {"type", "type", greyshelf.FieldType, false, false},
		{"languages", "languages", greyshelf.FieldLanguage, false, true}, {"series", "series", greyshelf.FieldSeries, false, false},
		{"identifiers", "identifiers", greyshelf.FieldReportNumber, true, false}, {"abstract", "abstract", greyshelf.FieldAbstract, true, false},
		{"rights_statement", "rights", greyshelf.FieldRights, true, false}, {"headings", "headings", "", true, false}, {"annotation", "annotation", "", true, false},
		{"note", "note", "", true, false},
	}
}

// findingField gives the field of findings that an input holds.
func findingField(name string) greyshelf.Field {
	for _, in := range inputs() {
		if in.name == name && in.field != "" {
			return in.field
		}
	}
	if name == "publisher" {
		return greyshelf.FieldPublisher
	}
	return greyshelf.FieldCreator
}

func roles() []greyshelf.Role {
	return []greyshelf.Role{greyshelf.Author, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting, greyshelf.Speaker}
}

// present gives the text of an input.
func present(r greyshelf.Report, name string) string {
	switch name {
	case "title":
		return r.Title
	case "subtitle":
		return r.Subtitle
	case "date":
		return r.Date.Printed
	case "type":
		return r.Type
	case "languages":
		return strings.Join(r.Languages, ", ")
	case "series":
		return r.Series
	case "abstract":
		return r.Abstract
	case "rights_statement":
		return r.Rights.Statement
	case "annotation":
		return r.Annotation
	case "note":
		return r.Note
	case "headings":
		var labels []string
		for _, h := range r.Headings {
			labels = append(labels, h.Label)
		}
		return strings.Join(labels, "\n")
	case "identifiers":
		var lines []string
		for _, id := range r.Identifiers {
			lines = append(lines, string(id.Scheme)+": "+id.Value)
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// fill puts the values into the view, with how sure they are and where they
// stand.
func (data *reviewView) fill(v *site.Visit, r greyshelf.Report, sent url.Values) error {
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return err
	}
	sets, err := v.Catalog.Findings(v.R.Context(), r.ID)
	if err != nil {
		return err
	}
	origins := curate.Origins(r, decisions, sets)
	for _, in := range inputs() {
		f := field{Name: in.name, Of: in.of, Value: present(r, in.name), Long: in.long}
		f.Missing = in.wanted && f.Value == ""
		origin := origins[in.of]
		lowest := data.quote(v, r, origin, in.field, func(q quote) { f.Quotes = append(f.Quotes, q) })
		f.Percent, f.Doubt = percent(lowest), f.Missing || lowest < sure
		f.Others = data.others(v, r, sets, in.field, f)
		if sent != nil {
			f.Value = sent.Get(in.name)
		}
		if f.Doubt {
			data.Doubts++
		}
		data.Fields = append(data.Fields, f)
	}
	data.fillAgents(v, r, origins["agents"], sent)
	return nil
}

// quote hands on where the value of a field stands, and gives the lowest
// confidence of what says it; 1 where no describer did.
func (data *reviewView) quote(v *site.Visit, r greyshelf.Report, origin curate.Origin, of greyshelf.Field, each func(quote)) float64 {
	lowest := 1.0
	for _, f := range origin.Findings {
		if f.Field == of {
			lowest = min(lowest, f.Confidence)
			each(data.place(v, r, origin.File, f))
		}
	}
	return lowest
}

// place finds a finding on its page.
func (data *reviewView) place(v *site.Visit, r greyshelf.Report, file string, f greyshelf.Finding) quote {
	q := quote{Text: strings.TrimSpace(f.Quote), Page: f.Page, file: file, span: [2]int{-1, -1}}
	known, ok := r.File(file)
	if f.Page == 0 || !ok {
		return q
	}
	q.Link = data.Here + "&file=" + site.FileName(file) + "&p=" + strconv.Itoa(f.Page)
	pg, err := v.Pages.Page(v.R.Context(), known.SHA256, known.Text, f.Page)
	if err != nil {
		return q // its text is gone; the page can still be turned to
	}
	if start, end, found := site.FindQuote(pg.Text, f.Quote); found && f.Quote != "" {
		q.span = [2]int{start, end}
		q.Link += "&s=" + site.Span(start, end)
	}
	return q
}

// mostOthers bounds what else is offered for a field.
const mostOthers = 4

// others gives what else was found for a doubtful field.
func (data *reviewView) others(v *site.Visit, r greyshelf.Report, sets []greyshelf.FindingSet, of greyshelf.Field, f field) []quote {
	if !f.Doubt || of == "" {
		return nil
	}
	var all []quote
	seen := map[string]bool{f.Value: true}
	for _, set := range slices.Backward(sets) {
		for _, other := range set.Findings {
			text := other.Value
			if other.Printed != "" {
				text = other.Printed
			}
			if other.Field != of || seen[text] || len(all) == mostOthers {
				continue
			}
			seen[text] = true
			q := data.place(v, r, set.File, other)
			q.Text = text
			all = append(all, q)
		}
	}
	return all
}

func percent(confidence float64) int { return int(math.Round(min(max(confidence, 0), 1) * 100)) }

// fillAgents makes the rows of people and bodies, and two empty ones.
func (data *reviewView) fillAgents(v *site.Visit, r greyshelf.Report, origin curate.Origin, sent url.Values) {
	for i, c := range r.Agents {
		a := agent{N: i, Name: c.Name, Role: c.Role, Kind: c.Kind, Stated: c.Stated, Family: c.Family, Given: c.Given, EtAl: c.EtAl, Percent: 100}
		lowest := 1.0
		for _, f := range origin.Findings {
			if f.Value == c.Name || f.Printed == c.Name || f.Agent().Name == c.Name || f.Value == c.Inverted() {
				lowest = min(lowest, f.Confidence)
				a.Quotes = append(a.Quotes, data.place(v, r, origin.File, f))
			}
		}
		a.Percent, a.Doubt = percent(lowest), lowest < sure
		data.Agents = append(data.Agents, a)
	}
	noPublisher := len(r.AgentsWith(greyshelf.Publisher)) == 0
	for i := range 2 {
		a := agent{N: len(data.Agents), Role: greyshelf.Author, Kind: greyshelf.Person, SpareFirst: i == 0}
		if noPublisher && i == 0 {
			a.Role, a.Kind, a.Doubt = greyshelf.Publisher, greyshelf.Body, true
		}
		data.Agents = append(data.Agents, a)
	}
	for i := range data.Agents {
		a := &data.Agents[i]
		if name := "agent-" + strconv.Itoa(i) + "-"; sent.Has(name + "name") {
			a.Name, a.Role, a.Kind = sent.Get(name+"name"), greyshelf.Role(sent.Get(name+"role")), greyshelf.AgentKind(sent.Get(name+"kind"))
		}
		if a.Doubt {
			data.Doubts++
		}
	}
}

// firstDoubt gives where the first doubtful value stands, in the order of the
// form; nil where none stands on a page.
func (data *reviewView) firstDoubt() *quote {
	var doubtful [][]quote
	for i, f := range data.Fields {
		if i == 2 { // people and bodies stand behind the titles
			for _, a := range data.Agents {
				if a.Doubt {
					doubtful = append(doubtful, a.Quotes)
				}
			}
		}
		if f.Doubt {
			doubtful = append(doubtful, f.Quotes)
		}
	}
	for _, quotes := range doubtful {
		if len(quotes) > 0 && quotes[0].Link != "" {
			return &quotes[0]
		}
	}
	return nil
}
