package identify_test

import (
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
)

func said(title, author, date string, ids ...greyshelf.Identifier) greyshelf.Report {
	r := greyshelf.Report{Title: title, Date: greyshelf.Date{EDTF: date}, Identifiers: ids}
	if author != "" {
		r.Agents = []greyshelf.Contribution{{Agent: greyshelf.PersonFromName(author), Role: greyshelf.Author}}
	}
	return r
}

// TestRecords: what a person should look at, and what not.
func TestRecords(t *testing.T) {
	doi := greyshelf.Identifier{Scheme: greyshelf.DOI, Value: "10.1000/182"}
	other := greyshelf.Identifier{Scheme: greyshelf.DOI, Value: "10.1000/183"}
	number := greyshelf.Identifier{Scheme: greyshelf.ReportNumber, Value: "12"}
	for _, c := range []struct {
		name  string
		a, b  greyshelf.Report
		alike bool
		least int
	}{
		{"the same", said("Analysing the Water Question", "Rosa Vega", "2016-10"), said("Analyzing the Water Question", "R. Vega", "2016"), true, 100},
		{"an identifier", said("Wells", "", "", doi), said("Something Else Entirely", "", "", doi), true, 50},
		{"another year", said("The Water Question of the South", "Rosa Vega", "2016"), said("The Water Question of the South", "Rosa Vega", "2019"), true, 80},
		{"nobody named", said("The Water Question of the South", "", ""), said("The Water Question of the South", "Rosa Vega", "2019"), true, 75},
		{"another author and year", said("The Water Question of the South", "Ann Lee", "2016"), said("The Water Question of the South", "Rosa Vega", "2019"), false, 0},
		{"other identifiers", said("The Water Question of the South", "Rosa Vega", "2016", doi), said("The Water Question of the South", "Rosa Vega", "2016", other), false, 0},
		{"near-same titles", said("Sustaining Progress in the North", "Rosa Vega", "2016"), said("Revitalizing Progress in the North", "Rosa Vega", "2016"), false, 0},
		{"a title that says little", said("Annual Report", "", "2016"), said("Annual Report", "Rosa Vega", "2016"), false, 0},
		{"a number of another publisher", said("Wells", "Ann Lee", "", number), said("Rivers of Ice", "Rosa Vega", "", number), false, 0},
	} {
		percent, why, alike := identify.Records(c.a, c.b)
		if alike != c.alike || percent < c.least || len(why) == 0 {
			t.Errorf("%s: %t %d %% %v", c.name, alike, percent, why)
		}
		if c.alike && !meet(c.a, c.b) {
			t.Errorf("%s: no key in common", c.name)
		}
	}
}

func meet(a, b greyshelf.Report) bool {
	keys := map[uint64]bool{}
	for _, k := range identify.RecordKeys(a) {
		keys[k] = true
	}
	for _, k := range identify.RecordKeys(b) {
		if keys[k] {
			return true
		}
	}
	return false
}
