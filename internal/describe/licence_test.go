package describe

import (
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestLicenceApplied: a licence or freedom from copyright counts where the
// document says it of itself, and nowhere else. To open a report wrongly is the
// worst error that a finder can make.
func TestLicenceApplied(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	for text, want := range map[string]string{
		// applied
		"This report is licensed under CC BY 4.0.":                "cc-by-4.0",
		"© 2024 Quayside Institute. Licensed under CC BY-SA 4.0.": "cc-by-sa-4.0",
		"© 2024 Quayside Institute. CC BY-NC 4.0":                 "cc-by-nc-4.0",
		"CC BY 4.0": "cc-by-4.0",
		"Creative Commons Attribution 4.0 International":     "cc-by-4.0",
		"https://creativecommons.org/licenses/by-nc-nd/4.0/": "cc-by-nc-nd-4.0",
		"Licence: CC BY-ND 4.0":                              "cc-by-nd-4.0",
		"Except where otherwise noted, this publication is available under a Creative Commons Attribution 4.0 licence.":                               "cc-by-4.0",
		"This work is licensed under a Creative Commons licence. To view a copy of this licence, visit https://creativecommons.org/licenses/by/4.0/.": "cc-by-4.0",
		"Cette note est diffusée sous licence CC BY 4.0.":                                                  "cc-by-4.0",
		"Dieser Bericht steht unter der Lizenz CC BY 4.0.":                                                 "cc-by-4.0",
		"Este informe se distribuye bajo una licencia CC BY 4.0.":                                          "cc-by-4.0",
		"This report is in the public domain.":                                                             "public-domain",
		"CRS Reports, as a work of the United States Government, are not subject to copyright protection.": "public-domain",
		// spoken of
		"The short form, such as CC BY 4.0, names the conditions and the version.": "",
		"Most of them use CC BY 4.0.":                                                                       "",
		"Reports under CC BY 4.0 are open.":                                                                 "",
		"Licence terms such as CC BY 4.0 are common.":                                                       "",
		"A licence such as CC BY 4.0 lets readers share the report.":                                        "",
		"Licensed under CC BY 4.0, the survey of harbours was widely read, and its authors thought so too.": "",
		"This report asks whether publishers should be licensed under CC BY 4.0.":                           "",
		"This report is not licensed under CC BY 4.0.":                                                      "",
		"If this report were licensed under CC BY 4.0, anybody could print it.":                             "",
		"This report explains CC BY 4.0.":                                                                   "",
		"This report compares works that are licensed under CC BY 4.0 with others.":                         "",
		"For an explanation see https://creativecommons.org/licenses/by/4.0/ and the notes.":                "",
		"Photo: Jane Doe, CC BY 2.0":                                                                        "",
		"Cover photo © 2020 Jane Doe, licensed under CC BY 2.0.":                                            "",
		"The photographs in this report are licensed under CC BY 2.0.":                                      "",
		"The data in this report are made available under CC BY 4.0.":                                       "",
		"Figure 2 is licensed under CC BY 4.0.":                                                             "",
		"The words “licensed under CC BY 4.0” open a report.":                                               "",
		"Most reports of governments are in the public domain.":                                             "",
		"If a report is in the public domain, anybody may print it.":                                        "",
		"The maps in this report are in the public domain.":                                                 "",
		"The author argues that reports should be in the public domain.":                                    "",
		"Map data from OpenStreetMap; icons CC BY 3.0":                                                      "",
		"Image: Wikimedia Commons (CC BY-SA 3.0)":                                                           "",
	} {
		for where, doc := range map[string]*Document{
			"imprint": paper(page([]ink{title}, prose(english)), []ink{{text: text, y: 0.8}}),
			"text":    paper(page([]ink{title}, prose(english)), prose(english+" "+text+" "+english)),
		} {
			got := New().Describe(doc).chosen(greyshelf.FieldRights).Value
			if where == "text" && got == "" || want == "" && got == "copyright" {
				continue // what stands only in running text may be missed
			}
			if got != want {
				t.Errorf("%s: %q gives %q, want %q", where, text, got, want)
			}
		}
	}
}
