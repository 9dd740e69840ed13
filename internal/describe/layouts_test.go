package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// layout is a cover with what it states.
type layout struct {
	name string
	doc  *Document
	want Record
}

// layouts gives covers in the ways in which different kinds of publishers set
// them; names and titles are invented.
func layouts() []layout {
	return []layout{
		{"assembly document", paper(page([]ink{
			{text: "United Nations", size: 14, bold: true, y: 0.05}, {text: "A/HRC/31/99", size: 12, y: 0.05, x: 0.7},
			{text: "General Assembly", size: 20, bold: true, y: 0.1}, {text: "Distr.: General", y: 0.1, x: 0.7},
			{text: "22 December 2015", x: 0.7}, {text: "Original: English", x: 0.7},
			{text: "Human Rights Council", bold: true, size: 12, y: 0.2}, {text: "Thirty-first session", bold: true},
			{text: "Report of the Special Rapporteur on access to harbours", size: 17, bold: true, y: 0.35},
			{text: "Summary", x: 0.45, y: 0.5}}, prose(english)), prose(english)),
			Record{Title: "Report of the Special Rapporteur on access to harbours", Publisher: []string{"United Nations"}, Date: "2015-12-22", ReportNumber: "A/HRC/31/99"}},
		{"research book", paper([]ink{
			{text: "MICHAEL J. HARROW, MIRANDA PELL, ANDREW RADLEY", size: 11, y: 0.08},
			{text: "Understanding the", size: 34, bold: true, y: 0.25}, {text: "Harbour Order", size: 34, bold: true},
			{text: "C O R P O R A T I O N", size: 9, y: 0.9}}, []ink{
			{text: "For more information on this publication, visit www.example.org/t/RR9999", y: 0.3},
			{text: "Library of Congress Cataloging-in-Publication Data is available for this publication.", y: 0.4},
			{text: "ISBN: 978-0-306-40615-7", y: 0.45},
			{text: "Published by the RAND Corporation, Santa Monica, Calif.", y: 0.5},
			{text: "© Copyright 2016 RAND Corporation", y: 0.55}}, prose(english)),
			Record{Title: "Understanding the Harbour Order", Creator: []string{"Harrow, Michael J.", "Pell, Miranda", "Radley, Andrew"},
				Publisher: []string{"RAND Corporation"}, Date: "2016", Rights: &RecordRights{Code: "copyright", Statement: "© Copyright 2016 RAND Corporation"},
				Identifiers: map[string]string{"isbn": "9780306406157"}}},
		{"audit office", paper([]ink{
			{text: "United States Government Accountability Office", size: 12, bold: true, y: 0.06},
			{text: "Report to Congressional Committees", size: 14, y: 0.12},
			{text: "December 2015", size: 12, y: 0.3},
			{text: "HARBOUR WORKS", size: 30, bold: true, y: 0.4},
			{text: "Costs Are Not Known and Should Be Reported", size: 20, bold: true},
			{text: "GAO-16-999", size: 11, y: 0.9}}, page(prose(english), []ink{{text: "GAO-16-999 Harbour Works", size: 8, y: 0.95}}), []ink{
			{text: "This is a work of the U.S. government and is not subject to copyright protection in the"}, {text: "United States."}}),
			Record{Title: "HARBOUR WORKS", Subtitle: "Costs Are Not Known and Should Be Reported", Publisher: []string{"U.S. Government Accountability Office"}, Date: "2015-12", ReportNumber: "GAO-16-999",
				Rights: &RecordRights{Code: "public-domain", Statement: "This is a work of the U.S. government and is not subject to copyright protection in the United States."}}},
		{"threat report", paper([]ink{
			{text: "SPECIAL REPORT", size: 12, y: 0.1},
			{text: "QUIET HARBOUR:", size: 36, bold: true, y: 0.3}, {text: "A Window into Espionage", size: 36, bold: true}, {text: "at Sea", size: 36, bold: true},
			{text: "SECURITY", size: 9, y: 0.92}}, prose(english), []ink{
			{text: "www.example.com", y: 0.8}, {text: "© 2014 Quayside Security, Inc. All rights reserved. Quayside is a registered trademark.", y: 0.85}}),
			Record{Title: "QUIET HARBOUR", Subtitle: "A Window into Espionage at Sea", Publisher: []string{"Quayside Security, Inc"}, Date: "2014", Series: "SPECIAL REPORT",
				Rights: &RecordRights{Code: "all-rights-reserved", Statement: "© 2014 Quayside Security, Inc. All rights reserved. Quayside is a registered trademark."}}},
		{"research paper", paper([]ink{
			{text: "Research Paper", size: 14, y: 0.1}, {text: "Jane Doe and Peter Roe", size: 12},
			{text: "Sea and Coast Programme | May 2016", size: 12},
			{text: "The Harbour and Its Papers", size: 28, bold: true, y: 0.4},
			{text: "What the Archives Say", size: 16, y: 0.47}}, []ink{
			{text: "Chatham House", size: 9, y: 0.03}, {text: "The Harbour and Its Papers", size: 9, y: 0.03, x: 0.5}}, page([]ink{{text: "Chatham House", size: 9, y: 0.03}}, prose(english))),
			Record{Title: "The Harbour and Its Papers", Subtitle: "What the Archives Say", Series: "Research Paper", Creator: []string{"Doe, Jane", "Roe, Peter"}, Publisher: []string{"Chatham House"}, Date: "2016-05"}},
		{"German study", paper([]ink{
			{text: "Studie", size: 14, y: 0.06}, {text: "Stiftung Wissenschaft und Politik", size: 12, y: 0.1},
			{text: "Hans-Jürgen Müller", size: 16, y: 0.3}, {text: "Die Akten des Hafens", size: 24, bold: true, y: 0.4},
			{text: "März 2016, Berlin", size: 10, y: 0.85}}, prose(english)),
			Record{Title: "Die Akten des Hafens", Creator: []string{"Müller, Hans-Jürgen"}, Publisher: []string{"Stiftung Wissenschaft und Politik"}, Date: "2016-03", Series: "Studie"}},
		{"French note", paper([]ink{
			{text: "NOTE D'ANALYSE", size: 14, y: 0.06}, {text: "Les papiers du port", size: 28, bold: true, y: 0.3}, {text: "Mars 2016", size: 12, y: 0.4},
			{text: "Élise Moreau", size: 14, y: 0.5}}, []ink{
			{text: "Tous droits réservés. © Fondation du Rivage, 2016", y: 0.8}}, prose(french)),
			Record{Title: "Les papiers du port", Creator: []string{"Moreau, Élise"}, Publisher: []string{"Fondation du Rivage"}, Date: "2016-03", Series: "NOTE D'ANALYSE",
				Rights: &RecordRights{Code: "all-rights-reserved", Statement: "Tous droits réservés. © Fondation du Rivage, 2016"}}},
		{"nothing stated", paper(page([]ink{{text: "Notes", size: 20, bold: true}}, prose(english+" It was read by John Smith in May 2014 at the World Bank.")), prose(english)), Record{}},
	}
}

func TestLayouts(t *testing.T) {
	for _, test := range layouts() {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			got := NewRecord("", test.doc, d)
			got.Findings, got.Abstract, got.AbstractKind, got.DatePrinted, got.Dates, got.Language = nil, "", "", "", nil, ""
			got.Pages, got.Bytes, got.Size = 0, 0, ""
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
				for _, f := range d.Findings {
					t.Logf("%s %q p%d %s %.2f %v %s", f.Field, cut(f.Value, 60), f.Page, f.Method, f.Confidence, f.Chosen, f.Why)
				}
			}
		})
	}
}
