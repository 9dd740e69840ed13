package curate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// FromFindings makes the record of a report with one edition and one file from
// what was chosen among the findings and from what the file is. What no chosen
// finding says stays absent. Identifier, state and times are the caller's.
func FromFindings(file greyshelf.File, findings []greyshelf.Finding) greyshelf.Report {
	c := chosen(findings)
	r := greyshelf.Report{
		Type:     c.value(greyshelf.FieldType),
		Title:    c.value(greyshelf.FieldTitle),
		Subtitle: c.value(greyshelf.FieldSubtitle),

		ParallelTitles: c.values(greyshelf.FieldParallelTitle),

		Agents:      c.agents(),
		Date:        c.date(),
		Abstract:    c.value(greyshelf.FieldAbstract),
		Identifiers: c.identifiers(),
		Languages:   c.values(greyshelf.FieldLanguage),
		Rights:      c.rights(),
		Extent:      c.extent(file),
		Series:      c.value(greyshelf.FieldSeries),
		Version:     c.value(greyshelf.FieldVersion),
	}
	r.Format = greyshelf.FormatOf(file.MediaType)
	if file.Bytes > 0 {
		r.Size = greyshelf.Size{Printed: greyshelf.FormatSize(file.Bytes), Bytes: file.Bytes}
	}
	if strings.HasPrefix(file.Source, "https://") || strings.HasPrefix(file.Source, "http://") {
		r.URL = cmp.Or(c.value(greyshelf.FieldURL), file.Source)
	}
	edition := greyshelf.Edition{ID: "1", Date: r.Date, Files: []greyshelf.File{file}}
	if len(r.Languages) > 0 {
		edition.Language = r.Languages[0]
	}
	r.Editions = []greyshelf.Edition{edition}
	return r
}

// choice is the chosen findings by field, in order.
type choice map[greyshelf.Field][]greyshelf.Finding

func chosen(findings []greyshelf.Finding) choice {
	c := choice{}
	for _, f := range findings {
		if f.Chosen && f.Value != "" {
			c[f.Field] = append(c[f.Field], f)
		}
	}
	return c
}

// first gives the first finding of a field; the zero value without one.
func (c choice) first(field greyshelf.Field) greyshelf.Finding {
	for _, f := range c[field] {
		return f
	}
	return greyshelf.Finding{}
}

func (c choice) value(field greyshelf.Field) string { return c.first(field).Value }

func (c choice) values(field greyshelf.Field) []string {
	var values []string
	for _, f := range c[field] {
		if !slices.Contains(values, f.Value) { // two witnesses may say the same
			values = append(values, f.Value)
		}
	}
	return values
}

// agents gives the authors and then the publishers.
func (c choice) agents() []greyshelf.Contribution {
	var all []greyshelf.Contribution
	of := c.affiliations()
	for _, f := range c[greyshelf.FieldCreator] {
		all = append(all, greyshelf.Contribution{Agent: f.Agent(), Role: greyshelf.Author, Affiliation: of[f.Value]})
	}
	for _, r := range []struct {
		field greyshelf.Field
		role  greyshelf.Role
	}{
		{greyshelf.FieldPublisher, greyshelf.Publisher},
		{greyshelf.FieldCommissioning, greyshelf.Commissioning},
		{greyshelf.FieldHosting, greyshelf.Hosting},
	} {
		for _, f := range c[r.field] {
			all = append(all, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: f.Value}, Role: r.role})
		}
	}
	return all
}

// affiliations gives the first affiliation of each author.
func (c choice) affiliations() map[string]string {
	of := map[string]string{}
	for _, f := range c[greyshelf.FieldAffiliation] {
		if of[f.Of] == "" {
			of[f.Of] = f.Value
		}
	}
	return of
}

func (c choice) date() greyshelf.Date {
	f := c.first(greyshelf.FieldDate)
	return greyshelf.Date{Printed: cmp.Or(f.Printed, f.Value), EDTF: f.Value}
}

func (c choice) rights() greyshelf.Rights {
	f := c.first(greyshelf.FieldRights)
	return greyshelf.Rights{Code: greyshelf.RightsCode(f.Value), Statement: cmp.Or(f.Printed, f.Quote)}
}

// identifiers gives the report number and the other identifiers; what is no
// value of its scheme is left out.
func (c choice) identifiers() []greyshelf.Identifier {
	var all []greyshelf.Identifier
	add := func(scheme greyshelf.Scheme, value string) {
		if id, ok := greyshelf.ParseIdentifier(scheme, value); ok && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	for _, value := range c.values(greyshelf.FieldReportNumber) {
		add(greyshelf.ReportNumber, value)
	}
	for _, value := range c.values(greyshelf.FieldIdentifier) {
		scheme, rest, _ := strings.Cut(value, ":")
		add(greyshelf.Scheme(scheme), rest)
	}
	return all
}

func (c choice) extent(file greyshelf.File) greyshelf.Extent {
	pages := file.Pages
	if file.Facts.Sections { // sections are no pages
		pages = 0
	}
	if n, err := strconv.Atoi(c.value(greyshelf.FieldPages)); err == nil && n > 0 {
		pages = n
	}
	if pages == 0 {
		return greyshelf.Extent{}
	}
	return greyshelf.Extent{Printed: greyshelf.FormatExtent(pages), Pages: pages}
}
