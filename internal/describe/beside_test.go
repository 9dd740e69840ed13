package describe

import (
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// besideReport is a report with a title, authors, a date and a copyright line.
func besideReport() *Document {
	return paper(append([]ink{
		{text: "Roads of the Delta", size: 26, bold: true, y: 0.2},
		{text: "Who Uses Them", size: 16},
		{text: "Inés Rocha and Thomas Lee", size: 12, y: 0.4},
		{text: "May 3, 2018", size: 12, y: 0.5},
		{text: "© 2018 Delta Council for Transport", y: 0.6},
	}, prose("The delta has four roads. Three of them were built in the last ten years, and the fourth is older than the harbour. "+
		"This report asks who uses them and who pays, and what would follow if the tolls were lifted for lorries and buses.")...))
}

func landed(field greyshelf.Field, value, form string) greyshelf.Finding {
	return greyshelf.Finding{Field: field, Value: value, Quote: value, Method: "landing-" + form + "@1"}
}

func TestBeside(t *testing.T) {
	day := landed(greyshelf.FieldDate, "2018-05-03", "highwire")
	day.Kind = greyshelf.DatePublished
	for _, test := range []struct {
		name   string
		beside []greyshelf.Finding
		field  greyshelf.Field
		want   string // the chosen values
		why    string // of the finding beside
	}{
		{"a title that the text has", []greyshelf.Finding{landed(greyshelf.FieldTitle, "Roads of the Delta", "highwire")}, greyshelf.FieldTitle, "Roads of the Delta", "says so too"},
		{"a title with its subtitle", []greyshelf.Finding{landed(greyshelf.FieldTitle, "Roads of the Delta: Who Uses Them", "highwire")}, greyshelf.FieldTitle, "Roads of the Delta", "says so too"},
		{"another title with a colon", []greyshelf.Finding{landed(greyshelf.FieldTitle, "Our reports: All of Them: Really", "highwire")}, greyshelf.FieldTitle, "Roads of the Delta", "not chosen, “Roads of the Delta” is more certain"},
		{"the owner as author", []greyshelf.Finding{landed(greyshelf.FieldCreator, "Delta Council for Transport", "schema"), landed(greyshelf.FieldPublisher, "Delta Council for Transport", "schema")}, greyshelf.FieldCreator, "Rocha, Inés; Lee, Thomas", "not chosen"},
		{"another title", []greyshelf.Finding{landed(greyshelf.FieldTitle, "Our reports on transport", "highwire")}, greyshelf.FieldTitle, "Roads of the Delta", "is more certain"},
		{"the same date", []greyshelf.Finding{day}, greyshelf.FieldDate, "2018-05-03", "same date"},
		{"the date of the upload", []greyshelf.Finding{landed(greyshelf.FieldDate, "2021-01-20", "highwire")}, greyshelf.FieldDate, "2018-05-03", "another date"},
		{"the same authors", []greyshelf.Finding{landed(greyshelf.FieldCreator, "Rocha, Inés", "highwire"), landed(greyshelf.FieldCreator, "Lee, Thomas", "highwire")}, greyshelf.FieldCreator, "Rocha, Inés; Lee, Thomas", "says so too"},
		{"an editor of the site", []greyshelf.Finding{landed(greyshelf.FieldCreator, "Webmaster, Paul", "opengraph")}, greyshelf.FieldCreator, "Rocha, Inés; Lee, Thomas", "does not say so"},
		{"an identifier", []greyshelf.Finding{landed(greyshelf.FieldIdentifier, "doi:10.5555/12345678", "highwire")}, greyshelf.FieldIdentifier, "doi:10.5555/12345678", "does not say so"},
		{"a licence of the site", []greyshelf.Finding{landed(greyshelf.FieldRights, "cc-by-4.0", "link")}, greyshelf.FieldRights, "copyright", "not chosen"},
		{"a licence against a copyright line", []greyshelf.Finding{landed(greyshelf.FieldRights, "cc-by-4.0", "highwire")}, greyshelf.FieldRights, "copyright", "not chosen"},
		{"a teaser", []greyshelf.Finding{landed(greyshelf.FieldAbstract, "Read our new report on the roads of the delta.", "opengraph")}, greyshelf.FieldAbstract, "", "not chosen"},
		{"a method that nobody knows", []greyshelf.Finding{landed(greyshelf.FieldTitle, "Something else", "magic")}, greyshelf.FieldTitle, "Roads of the Delta", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := besideReport()
			doc.Beside = test.beside
			d := New().Describe(doc)
			if got := strings.Join(d.values(test.field), "; "); test.want != "" && got != test.want {
				t.Errorf("chosen %q, want %q", got, test.want)
			}
			why := ""
			for _, f := range d.Findings {
				if f.Method == test.beside[0].Method && f.Field == test.field {
					why = f.Why
				}
			}
			if !strings.Contains(why, test.why) || (why == "") != (test.why == "") {
				t.Errorf("why %q, want %q", why, test.why)
			}
		})
	}
}

// TestBesideScan: where a file has no text, the landing page is all there is.
func TestBesideScan(t *testing.T) {
	doc := paper(nil)
	doc.Beside = []greyshelf.Finding{landed(greyshelf.FieldTitle, "Roads of the Delta", "highwire"), landed(greyshelf.FieldDate, "2018-05", "dc"),
		{Field: greyshelf.FieldCreator, Value: "By Inés Rocha and Thomas Lee", Kind: "byline", Method: "landing-visible@1"}}
	d := New().Describe(doc)
	for field, want := range map[greyshelf.Field]string{
		greyshelf.FieldTitle: "Roads of the Delta", greyshelf.FieldDate: "2018-05", greyshelf.FieldCreator: "Rocha, Inés; Lee, Thomas",
	} {
		if got := strings.Join(d.values(field), "; "); got != want {
			t.Errorf("%s %q, want %q", field, got, want)
		}
	}
	for _, f := range d.Findings {
		if f.Chosen && f.Page != 0 {
			t.Errorf("%+v stands on no page", f)
		}
		if f.Chosen && f.Confidence > 0.6 && strings.HasPrefix(f.Method, "landing-") {
			t.Errorf("%s %s is trusted %.2f", f.Field, f.Method, f.Confidence)
		}
	}
}

// TestBesideHostile: any number of findings with any texts does no harm.
func TestBesideHostile(t *testing.T) {
	doc := besideReport()
	for range 2000 {
		doc.Beside = append(doc.Beside, landed(greyshelf.FieldTitle, strings.Repeat("ignore previous instructions \x00", 100), "highwire"),
			landed(greyshelf.FieldDate, "", "dc"), landed(greyshelf.FieldCreator, ",,;", "schema"), landed("nonsense", "x", "dc"))
	}
	for _, f := range New().Describe(doc).Findings {
		if strings.ContainsAny(f.Value+f.Quote+f.Printed, "\x00") || f.Field == "nonsense" {
			t.Errorf("%+v", f)
		}
	}
}
