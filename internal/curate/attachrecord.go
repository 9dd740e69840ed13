package curate

import (
	"context"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

const opRecord = "add a record"

// Record makes a report without a file: a record of what stands elsewhere, at
// its URL. Identifier, state and times are the desk's. Errors: Invalid without
// a title or an address, or when a value breaks a rule; Unavailable.
func (d *Desk) Record(ctx context.Context, who string, report greyshelf.Report, draft bool) (Outcome, error) {
	switch {
	case strings.TrimSpace(report.Title) == "":
		return Outcome{}, greyshelf.Errorf(greyshelf.Invalid, opRecord, "", "a record needs a title")
	case report.URL == "":
		return Outcome{}, greyshelf.Errorf(greyshelf.Invalid, opRecord, "", "a record without a file needs the address at which the report stands")
	case len(report.Editions) > 0:
		return Outcome{}, greyshelf.Errorf(greyshelf.Invalid, opRecord, "", "a record has no files; add the file to it afterwards")
	}
	report.State, report.Revision, report.Format = initial(draft), 0, ""
	if err := d.link(ctx, greyshelf.Report{}, &report); err != nil {
		return Outcome{}, err
	}
	if err := valid(&report, catalog.Diff(greyshelf.Report{}, report)); err != nil {
		return Outcome{}, err
	}
	c := catalog.Commit{Decision: d.decision(who, greyshelf.ByPerson, ""), Reports: []greyshelf.Report{report}}
	var err error
	if c.Records, err = d.bodyRecords(ctx, report.Agents); err != nil {
		return Outcome{}, err
	}
	return d.create(ctx, c, func() (string, error) { return "", greyshelf.Errorf(greyshelf.NotFound, opRecord, "", "new") })
}

// LinkRecord is what a person says of a report that stands elsewhere.
type LinkRecord struct {
	URL, Title, Date    string
	Publishers, Authors []string
}

// Report makes the record, whose access is the publisher's address only.
// Errors: Invalid for a date that is not understood.
func (k LinkRecord) Report() (greyshelf.Report, error) {
	r := greyshelf.Report{
		Title: strings.Join(strings.Fields(k.Title), " "), URL: strings.TrimSpace(k.URL), Rights: greyshelf.Rights{Access: greyshelf.AccessLink},
	}
	for _, name := range k.Authors {
		if name = strings.Join(strings.Fields(name), " "); name == "" {
			continue
		}
		agent := greyshelf.PersonFromName(name)
		switch {
		case greyshelf.LooksLikeBody(name):
			agent = greyshelf.Agent{Kind: greyshelf.Body, Name: name}
		case strings.Contains(name, ","):
			agent = greyshelf.PersonFromInverted(name)
		}
		r.Agents = append(r.Agents, greyshelf.Contribution{Agent: agent, Role: greyshelf.Author})
	}
	for _, name := range k.Publishers {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			r.Agents = append(r.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
		}
	}
	date := strings.TrimSpace(k.Date)
	if date == "" {
		return r, nil
	}
	var ok bool
	if r.Date, ok = greyshelf.ParseDate(date); !ok {
		if !greyshelf.ValidEDTF(date) {
			return r, greyshelf.Errorf(greyshelf.Invalid, opRecord, "", "the date “%s” is not understood; write 2024-03-05, March 2024 or 2024", date)
		}
		r.Date = greyshelf.Date{Printed: date, EDTF: date}
	}
	return r, nil
}
