// Package formattest makes the reports by which the formats of exports are
// tested: a full one for golden files, awkward ones, and any number at random.
//
// It belongs to the packages of internal/format and holds tests only.
package formattest

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
)

var at = time.Date(2026, 4, 22, 9, 30, 0, 0, time.UTC)

// Full is a report with a value in every field that an export may carry, and
// in Note and Entry, which none may.
func Full() greyshelf.Report {
	person := func(name string, role greyshelf.Role) greyshelf.Contribution {
		return greyshelf.Contribution{Agent: greyshelf.PersonFromName(name), Role: role}
	}
	body := func(name string, role greyshelf.Role) greyshelf.Contribution {
		return greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: role}
	}
	author := person("Lynn van der Berg", greyshelf.Author)
	author.Affiliation = "Harbour Institute"
	last := person("محمد العريان", greyshelf.Author)
	last.EtAl = true
	return greyshelf.Report{
		ID: "k3v7q2", State: greyshelf.Published, Type: "report",
		Title: "The Water “Question” & its <Answers>", Subtitle: "A Study of 50% {Rivers} \\ Canals", ParallelTitles: []string{"La question de l'eau"},
		Agents: []greyshelf.Contribution{author, person("Plato", greyshelf.Author), last, body("Harbour Institute", greyshelf.Publisher), body("Ministry of Water", greyshelf.Commissioning), body("Open Shelf", greyshelf.Hosting)},
		Date:   greyshelf.Date{Printed: "October 19, 2016", EDTF: "2016-10-19"}, Abstract: "First paragraph; a < b.\nSecond: “quoted”.",
		Headings: []greyshelf.Heading{{Label: "Water policy"}, {Label: "Rivers -- Law"}},
		Identifiers: []greyshelf.Identifier{{Scheme: greyshelf.ISBN, Value: "9780306406157"}, {Scheme: greyshelf.ISSN, Value: "0378-5955"},
			{Scheme: greyshelf.DOI, Value: "10.1000/182"}, {Scheme: greyshelf.ItemCode, Value: "08AD887"}, {Scheme: greyshelf.ReportNumber, Value: "HI-1598"}},
		Languages: []string{"en", "ar"}, Rights: greyshelf.Rights{Code: "cc-by-4.0", Statement: "Licensed under CC BY 4.0", Holder: "Harbour Institute"},
		Format: "PDF", Extent: greyshelf.Extent{Printed: "81 pages", Pages: 81}, Size: greyshelf.Size{Printed: "0.7 MB", Bytes: 734003},
		URL: "https://example.org/water?a=1&b=2", Series: "Working papers, 12", Version: "6", Note: "secret note of the desk",
		Entry:   &greyshelf.EntryLayout{Raw: "secret raw entry"},
		Created: at, Updated: at.Add(time.Hour),
	}
}

// Awkward gives reports that are hard to write: none of their fields, hostile
// characters, very many and very long values.
func Awkward() map[string]greyshelf.Report {
	hostile := Full()
	hostile.Title = "A\x00\x1d\x1e\x1f\x0b\r\nTY  - B ]]> </title> <!-- \u0085 \ufffe \xff 𝔸 \u202e مرحبا"
	hostile.Abstract, hostile.URL = "\x1b[31m&#0; &amp; <script>\n\n\n\x1f9", "javascript:alert('\"<>')"
	hostile.Agents[0].Name, hostile.Agents[0].Family, hostile.Agents[0].Given = "\x1fX, \"Y\"\n", "X\x1e", "\"Y\"\n"
	crowd, endless, nobody := Full(), Full(), Full()
	crowd.Agents = nil
	for i := range 500 {
		crowd.Agents = append(crowd.Agents, greyshelf.Contribution{Agent: greyshelf.PersonFromName("Ada " + strings.Repeat("x", i%7+2) + "tester"), Role: greyshelf.Author})
	}
	endless.Abstract = strings.Repeat("слово ", 30_000)
	nobody.Agents, nobody.Date = nil, greyshelf.Date{}
	return map[string]greyshelf.Report{
		"empty": {ID: "x", State: greyshelf.Published}, "hostile": hostile, "500 authors": crowd, "long abstract": endless, "no author, no date": nobody,
		"season": {ID: "s", Title: "S", Date: greyshelf.Date{Printed: "Winter 2015", EDTF: "2015-24"}},
		"span":   {ID: "t", Title: "T", Date: greyshelf.Date{EDTF: "2016-05/2016-06"}},
	}
}

// Draw gives a report at random. Its values are as the catalogue keeps them:
// on one line, names in natural order, the first author before other agents,
// and identifiers in the order of MARC.
func Draw(t *rapid.T) greyshelf.Report {
	r := greyshelf.Report{
		ID: rapid.StringMatching("[a-z0-9]{6}").Draw(t, "id"), Title: text(t, "title"), Subtitle: text(t, "subtitle"), ParallelTitles: texts(t, "parallel"),
		Type: rapid.SampledFrom([]string{"", "report", "brief"}).Draw(t, "type"), Series: text(t, "series"), Version: text(t, "version"),
		Abstract: strings.Join(texts(t, "abstract"), "\n"), Agents: agents(t), Languages: languages(t),
		Date:   rapid.SampledFrom([]greyshelf.Date{{}, {Printed: "May 2009", EDTF: "2009-05"}, {EDTF: "2012"}, {Printed: "2012", EDTF: "2012"}, {Printed: "Winter 2015", EDTF: "2015-24"}, {EDTF: "2016-05/2016-06"}, {Printed: "no date that can be read"}}).Draw(t, "date"),
		Rights: rapid.SampledFrom([]greyshelf.Rights{{}, {Code: greyshelf.Copyright, Holder: "H", Statement: "© H"}, {Code: "cc-by-nc-nd-4.0"}, {Code: "cc0"}, {Statement: "All rights reserved."}}).Draw(t, "rights"),
		Extent: rapid.SampledFrom([]greyshelf.Extent{{}, {Printed: "81 pages", Pages: 81}, {Pages: 7}, {Printed: "xii, 7 p.", Pages: 19}}).Draw(t, "extent"),
		Size:   rapid.SampledFrom([]greyshelf.Size{{}, {Printed: "0.7 MB", Bytes: 734003}, {Bytes: 1234567}, {Printed: "0.7 MB", Bytes: 734004}}).Draw(t, "size"),
		Format: rapid.SampledFrom([]string{"", "PDF", "HTML"}).Draw(t, "format"), URL: rapid.SampledFrom([]string{"", "https://example.org/a?b=1&c=%20"}).Draw(t, "url"),
		Updated: at,
	}
	seen := map[string]bool{}
	for _, label := range texts(t, "headings") {
		if !seen[label] {
			r.Headings = append(r.Headings, greyshelf.Heading{Label: label})
		}
		seen[label] = true
	}
	for _, id := range Full().Identifiers {
		if rapid.Bool().Draw(t, "has identifier") {
			r.Identifiers = append(r.Identifiers, id)
		}
	}
	return r
}

func agents(t *rapid.T) []greyshelf.Contribution {
	var all []greyshelf.Contribution
	if rapid.Bool().Draw(t, "has author") {
		all = append(all, greyshelf.Contribution{Agent: agent(t), Role: greyshelf.Author, Stated: text(t, "stated"), Affiliation: text(t, "affiliation")})
		all[0].EtAl = rapid.Bool().Draw(t, "et al.")
	}
	persons, bodies := []greyshelf.Contribution{}, []greyshelf.Contribution{}
	for range rapid.IntRange(0, 3).Draw(t, "agents") {
		c := greyshelf.Contribution{Agent: agent(t), Role: rapid.SampledFrom([]greyshelf.Role{greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting}).Draw(t, "role")}
		if c.Kind == greyshelf.Person {
			persons = append(persons, c)
		} else {
			bodies = append(bodies, c)
		}
	}
	return append(append(all, persons...), bodies...)
}

func agent(t *rapid.T) greyshelf.Agent {
	word := rapid.StringMatching("[A-ZА-Я][a-zа-я]{1,6}")
	switch rapid.IntRange(0, 2).Draw(t, "kind") {
	case 0:
		return greyshelf.Agent{Kind: greyshelf.Body, Name: word.Draw(t, "body") + " Institute, Inc."}
	case 1:
		return greyshelf.Agent{Kind: greyshelf.Person, Name: word.Draw(t, "one name")}
	}
	given, family := word.Draw(t, "given"), word.Draw(t, "family")
	return greyshelf.Agent{Kind: greyshelf.Person, Name: given + " " + family, Family: family, Given: given}
}

func languages(t *rapid.T) []string {
	all := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"en", "fr", "ar", "en-GB", "zh-Hant", "ru", "haw"}), 0, 3, rapid.ID[string]).Draw(t, "languages")
	if len(all) == 0 {
		return nil
	}
	return all
}

func text(t *rapid.T, name string) string {
	raw := rapid.OneOf(rapid.Just(""), rapid.StringMatching("[A-Za-zäßяع0-9<>&\"'{}\\\\$|%#:;/.,=() \u202e-]{1,30}")).Draw(t, name)
	return strings.Join(strings.Fields(raw), " ")
}

func texts(t *rapid.T, name string) []string {
	var all []string
	for range rapid.IntRange(0, 3).Draw(t, name+"s") {
		if s := text(t, name); s != "" {
			all = append(all, s)
		}
	}
	return all
}
