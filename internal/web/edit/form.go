package edit

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// form is a record as the form shows it.
type form struct {
	Text     map[string]string // the simple fields by the name of their input
	Agents   []agent
	Editions []edition
	Related  []relation
	Review   bool
	Types    []string
	States   []greyshelf.State
	Codes    []greyshelf.RightsCode
	Accesses []greyshelf.Access
	Roles    []greyshelf.Role
	Kinds    []greyshelf.RelationKind
	Readings []greyshelf.Reading
}

type agent struct {
	N                           int
	Name, Family, Given, Stated string
	Kind, Role                  string
	EtAl                        bool
}

type edition struct {
	N                               int
	ID, Label, Date, EDTF, Language string
	Files                           []greyshelf.File
}

// Limits of a record.
const (
	mostAgents = 500
	spareRows  = 2 // empty rows for further agents
)

// fill makes the form of a report.
func fill(r greyshelf.Report) form {
	f := lists()
	f.Text = map[string]string{
		"title": r.Title, "subtitle": r.Subtitle, "type": r.Type, "abstract": r.Abstract, "format": r.Format, "url": r.URL,
		"series": r.Series, "series_number": r.SeriesNumber, "version": r.Version, "annotation": r.Annotation, "embargo_until": r.EmbargoUntil,
		"note": r.Note, "sensitivity": r.Desk.Sensitivity, "requested_by": r.Desk.RequestedBy, "reading": string(r.Desk.Reading), "state": string(r.State),
		"date": r.Date.Printed, "edtf": r.Date.EDTF, "languages": strings.Join(r.Languages, ", "),
		"rights_code": string(r.Rights.Code), "rights_statement": r.Rights.Statement, "rights_holder": r.Rights.Holder, "access": string(r.Rights.Access),
		"extent": r.Extent.Printed, "pages": number(int64(r.Extent.Pages)), "size": r.Size.Printed, "bytes": number(r.Size.Bytes),
	}
	var headings, identifiers []string
	for _, h := range r.Headings {
		headings = append(headings, h.Label)
	}
	for _, id := range r.Identifiers {
		identifiers = append(identifiers, string(id.Scheme)+": "+id.Value)
	}
	f.Text["headings"], f.Text["identifiers"] = strings.Join(headings, "\n"), strings.Join(identifiers, "\n")
	for i, c := range r.Agents {
		f.Agents = append(f.Agents, agent{i, c.Name, c.Family, c.Given, c.Stated, string(c.Kind), string(c.Role), c.EtAl})
	}
	for i, e := range r.Editions {
		f.Editions = append(f.Editions, edition{i, e.ID, e.Label, e.Date.Printed, e.Date.EDTF, e.Language, e.Files})
	}
	f.Review, f.Related = r.Desk.Review, relations(r)
	f.spare()
	return f
}

// lists gives the form with what can be chosen.
func lists() form {
	return form{
		States:   greyshelf.States(),
		Types:    []string{"report", "brief", "testimony", "article", "memorandum", "speech", "working paper"},
		Codes:    []greyshelf.RightsCode{greyshelf.PublicDomain, "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "cc0", greyshelf.Copyright, greyshelf.AllRightsReserved},
		Accesses: []greyshelf.Access{greyshelf.AccessOpen, greyshelf.AccessExtract, greyshelf.AccessLink, greyshelf.AccessEmbargo},
		Roles:    []greyshelf.Role{greyshelf.Author, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting, greyshelf.Speaker},
		Kinds:    greyshelf.RelationKinds(),
		Readings: []greyshelf.Reading{greyshelf.ToRead, greyshelf.ReadingNow, greyshelf.AlreadyRead},
	}
}

// spare adds the empty rows.
func (f *form) spare() {
	for range spareRows {
		f.Agents = append(f.Agents, agent{N: len(f.Agents), Kind: string(greyshelf.Person), Role: string(greyshelf.Author)})
		f.Related = append(f.Related, relation{N: len(f.Related), Kind: string(greyshelf.RelatedTo)})
	}
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// sentForm shows again what was sent, whatever it is.
func sentForm(sent url.Values, r greyshelf.Report) form {
	f := fill(r)
	for name := range f.Text {
		if sent.Has(name) {
			f.Text[name] = sent.Get(name)
		}
	}
	f.Agents = nil
	for i := range mostAgents {
		if !sent.Has(fmt.Sprintf("agent-%d-name", i)) {
			break
		}
		if a := sentAgent(sent, i); a.Name != "" {
			a.N = len(f.Agents)
			f.Agents = append(f.Agents, a)
		}
	}
	for i := range f.Editions {
		e := &f.Editions[i]
		e.Label, e.Date, e.EDTF, e.Language = sentEdition(sent, i)
	}
	f.Review, f.Related = sent.Get("review") != "", nil
	for i := range sentRelations(sent) {
		if one := sentRelation(sent, i); one.Report+one.Title+one.URL != "" {
			one.N = len(f.Related)
			f.Related = append(f.Related, one)
		}
	}
	f.spare()
	return f
}

func sentAgent(sent url.Values, i int) agent {
	get := func(name string) string { return line(sent.Get(fmt.Sprintf("agent-%d-%s", i, name))) }
	return agent{Name: get("name"), Family: get("family"), Given: get("given"), Stated: get("stated"), Kind: get("kind"), Role: get("role"), EtAl: get("etal") != ""}
}

func sentEdition(sent url.Values, i int) (label, date, edtf, language string) {
	get := func(name string) string { return line(sent.Get(fmt.Sprintf("edition-%d-%s", i, name))) }
	return get("label"), get("date"), get("edtf"), get("language")
}

// apply writes what was sent into the report. Fields that were not sent stay.
func apply(sent url.Values, r *greyshelf.Report) error {
	for name, field := range map[string]*string{
		"title": &r.Title, "subtitle": &r.Subtitle, "type": &r.Type, "format": &r.Format, "url": &r.URL, "series": &r.Series, "series_number": &r.SeriesNumber,
		"version": &r.Version, "embargo_until": &r.EmbargoUntil, "requested_by": &r.Desk.RequestedBy, "rights_holder": &r.Rights.Holder,
	} {
		if sent.Has(name) && line(*field) != line(sent.Get(name)) {
			*field = line(sent.Get(name))
		}
	}
	for name, field := range map[string]*string{
		"abstract": &r.Abstract, "annotation": &r.Annotation, "note": &r.Note, "sensitivity": &r.Desk.Sensitivity, "rights_statement": &r.Rights.Statement,
	} {
		if sent.Has(name) && greyshelf.Plain(*field) != greyshelf.Plain(sent.Get(name)) {
			*field = strings.TrimSpace(greyshelf.Plain(sent.Get(name)))
		}
	}
	if sent.Has("state") {
		r.State = greyshelf.State(sent.Get("state"))
	}
	if sent.Has("rights_code") {
		r.Rights.Code = greyshelf.RightsCode(strings.TrimSpace(sent.Get("rights_code")))
	}
	if sent.Has("access") {
		r.Rights.Access = greyshelf.Access(sent.Get("access"))
	}
	if sent.Has("languages") {
		r.Languages = strings.FieldsFunc(sent.Get("languages"), func(c rune) bool { return c == ',' || c == ';' || c == ' ' })
	}
	if sent.Has("reading") {
		r.Desk.Reading, r.Desk.Review = greyshelf.Reading(sent.Get("reading")), sent.Get("review") != ""
	}
	r.Date = date(r.Date, sent, "date", "edtf")
	applyAgents(sent, r)
	applyHeadings(sent, r)
	applyEditions(sent, r)
	applyRelations(sent, r)
	if err := applyNumbers(sent, r); err != nil {
		return err
	}
	return applyIdentifiers(sent, r)
}

// line gives text as a field of one line has it.
func line(text string) string { return greyshelf.OneLine(greyshelf.Plain(text)) }

// date reads a date: a printed form that was changed alone is read anew.
func date(old greyshelf.Date, sent url.Values, printedName, edtfName string) greyshelf.Date {
	if !sent.Has(printedName) {
		return old
	}
	d := greyshelf.Date{Printed: line(sent.Get(printedName)), EDTF: strings.TrimSpace(sent.Get(edtfName))}
	if d.EDTF == "" || d.EDTF == old.EDTF && d.Printed != old.Printed {
		d.EDTF = ""
		if read, ok := greyshelf.ParseDate(d.Printed); ok {
			d.EDTF = read.EDTF
		}
	}
	if d.Printed == "" && d.EDTF != "" {
		d.Printed = d.EDTF
	}
	return d
}

func applyAgents(sent url.Values, r *greyshelf.Report) {
	if !sent.Has("agent-0-name") {
		return
	}
	old := r.Agents
	r.Agents = nil
	for i := range mostAgents {
		if !sent.Has(fmt.Sprintf("agent-%d-name", i)) {
			return
		}
		a := sentAgent(sent, i)
		if a.Name == "" {
			continue
		}
		c := greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.AgentKind(a.Kind), Name: a.Name, Family: a.Family, Given: a.Given}, Role: greyshelf.Role(a.Role), Stated: a.Stated, EtAl: a.EtAl}
		if c.Kind == greyshelf.Person && c.Family == "" && c.Given == "" {
			c.Agent = greyshelf.PersonFromName(a.Name)
		}
		at := slices.IndexFunc(old, func(o greyshelf.Contribution) bool { return o.Name == c.Name })
		switch {
		case at >= 0:
			c.Authority, c.Affiliation = old[at].Authority, old[at].Affiliation
			if old[at].Family == a.Family && old[at].Given == a.Given {
				c.Family, c.Given = a.Family, a.Given // as it was, also without division
			}
		case i < len(old):
			c.Affiliation = old[i].Affiliation // the same row with another name
		}
		r.Agents = append(r.Agents, c)
	}
}

func applyHeadings(sent url.Values, r *greyshelf.Report) {
	if !sent.Has("headings") {
		return
	}
	old := r.Headings
	r.Headings = nil
	for line := range strings.Lines(greyshelf.Plain(sent.Get("headings"))) {
		label := strings.TrimSpace(line)
		if label == "" {
			continue
		}
		h := greyshelf.Heading{Label: label}
		if i := slices.IndexFunc(old, func(o greyshelf.Heading) bool { return o.Label == label }); i >= 0 {
			h = old[i]
		}
		r.Headings = append(r.Headings, h)
	}
}

func applyEditions(sent url.Values, r *greyshelf.Report) {
	for i := range r.Editions {
		if !sent.Has(fmt.Sprintf("edition-%d-label", i)) {
			continue
		}
		e := &r.Editions[i]
		e.Label, _, _, e.Language = sentEdition(sent, i)
		e.Date = date(e.Date, sent, fmt.Sprintf("edition-%d-date", i), fmt.Sprintf("edition-%d-edtf", i))
	}
}

// applyNumbers reads extent and size: a printed form that was changed alone is
// read anew.
func applyNumbers(sent url.Values, r *greyshelf.Report) error {
	if sent.Has("extent") {
		n, err := count(sent, "pages")
		if err != nil {
			return err
		}
		next := greyshelf.Extent{Printed: line(sent.Get("extent")), Pages: int(n)}
		if read, ok := greyshelf.ParseExtent(next.Printed); ok && next.Printed != r.Extent.Printed && next.Pages == r.Extent.Pages {
			next = read
		}
		r.Extent = next
	}
	if sent.Has("size") {
		n, err := count(sent, "bytes")
		if err != nil {
			return err
		}
		next := greyshelf.Size{Printed: line(sent.Get("size")), Bytes: n}
		if read, ok := greyshelf.ParseSize(next.Printed); ok && next.Printed != r.Size.Printed && next.Bytes == r.Size.Bytes {
			next = read
		}
		r.Size = next
	}
	return nil
}

func count(sent url.Values, name string) (int64, error) {
	text := strings.TrimSpace(sent.Get(name))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, greyshelf.Errorf(greyshelf.Invalid, "edit report", name, "“%s” is not a whole number", text)
	}
	return n, nil
}

// applyIdentifiers reads a line per identifier: "doi: 10.1000/182".
func applyIdentifiers(sent url.Values, r *greyshelf.Report) error {
	if !sent.Has("identifiers") {
		return nil
	}
	r.Identifiers = nil
	for line := range strings.Lines(greyshelf.Plain(sent.Get("identifiers"))) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		scheme, value, found := strings.Cut(line, ":")
		if !found {
			return greyshelf.Errorf(greyshelf.Invalid, "edit report", "identifiers", "“%s” does not say of which scheme it is; write for example “doi: 10.1000/182”", line)
		}
		name := greyshelf.Scheme(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(scheme)), " ", "_"))
		r.Identifiers = append(r.Identifiers, greyshelf.Identifier{Scheme: name, Value: strings.TrimSpace(value)})
	}
	return nil
}
