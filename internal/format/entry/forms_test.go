package entry

import (
	"strings"
	"testing"
)

// TestForms reads the forms that lists have, in examples of our own. Wanted is
// "title|publisher|authors|EDTF|date as written|pages as written|rest".
func TestForms(t *testing.T) {
	for text, want := range map[string]string{
		// authors first
		"Field-Brown, Vera; Trinks, Harold; Hamed, Shadi. Ice. Polar Institute. October 2014.": "Ice|Polar Institute|Vera Field-Brown; Harold Trinks; Shadi Hamed|2014-10|October 2014||",
		"O'Hara, Michael E. and Pollock, Kenneth M. Snow on Ice. Polar Institute. 2014.":       "Snow on Ice|Polar Institute|Michael E. O'Hara; Kenneth M. Pollock|2014|2014||",
		"Khalid, Zalman, et al. Ice? Polar Institute. May 3, 2014.":                            "Ice?|Polar Institute|Zalman Khalid et al.|2014-05-03|May 3, 2014||",
		"van der Berg, Jan. U.S. Ice in 2013. Polar House. 3 May 2014.":                        "U.S. Ice in 2013|Polar House|Jan van der Berg|2014-05-03|3 May 2014||",
		"King, Martin, Jr. Ice. Polar House. 3 May 2014.":                                      "Ice|Polar House|Martin King, Jr.|2014-05-03|3 May 2014||",
		"Brook, Ann B. and Bo Lee. Ice Now. Polar Institute. May 2014.":                        "Ice Now|Polar Institute|Ann B. Brook; Bo Lee|2014-05|May 2014||",
		"Brook, Ann B., and Lee, Bo C. Ice Now. Polar Institute. May 2014.":                    "Ice Now|Polar Institute|Ann B. Brook; Bo C. Lee|2014-05|May 2014||",
		"Brook, Ann B.; Lee, Bo; et al. Ice Now. Polar Institute. May 2014.":                   "Ice Now|Polar Institute|Ann B. Brook; Bo Lee et al.|2014-05|May 2014||",
		// title first
		"Ice: What Now? Margeson, Rhoda, et al. Polar Research Service. May 3, 2014.":          "Ice: What Now?|Polar Research Service|Rhoda Margeson et al.|2014-05-03|May 3, 2014||",
		"Ice. White Palace, Office of the Press Secretary. Oct. 3, 2014.":                      "Ice|White Palace, Office of the Press Secretary||2014-10-03|Oct. 3, 2014||",
		"Ice. A New Look. Polar Institute. Ann Brook and Bo Lee. May 2014":                     "Ice. A New Look|Polar Institute|Ann Brook; Bo Lee|2014-05|May 2014||",
		"Ice and Snow. Ann Brook. Polar Institute. May 2014":                                   "Ice and Snow|Polar Institute|Ann Brook|2014-05|May 2014||",
		"ICE AND SNOW. Ann Brook. [Polar Institute, Library]. Web posted May 3, 2014. 14AD001": "ICE AND SNOW|Polar Institute, Library|Ann Brook|2014-05-03|Web posted May 3, 2014||",
		"Glace et neige. Institut polaire. 1er juin 2012.":                                     "Glace et neige|Institut polaire||2012-06-01|1er juin 2012||",
		"Лёд и снег. Институт Арктики. Анна Иванова. 3 мая 2014 г.":                            "Лёд и снег|Институт Арктики|Анна Иванова|2014-05-03|3 мая 2014 г||",
		"الجليد والثلج. مركز القطب. ٣ مايو ٢٠١٤.":                                              "الجليد والثلج|مركز القطب||2014-05-03|٣ مايو ٢٠١٤||",
		"• Ice and Snow. Polar Institute. May 2014":                                            "Ice and Snow|Polar Institute||2014-05|May 2014||",
		"12. Ice and Snow. Polar Institute. May 2014":                                          "Ice and Snow|Polar Institute||2014-05|May 2014||12.",
		"Ice and Snow. Polar Institute. May/June 2014.":                                        "Ice and Snow|Polar Institute|||May/June 2014||",
		"Ice and Snow. Polar Institute. Winter 2009/2010. [HTML format, various pagings].":     "Ice and Snow|Polar Institute|||Winter 2009/2010|various pagings|",
		"Ice and Snow. Polar\nInstitute. Ann Brook.\nMay 3, 2014.\n\nIt is cold\nand wet.":     "Ice and Snow|Polar Institute|Ann Brook|2014-05-03|May 3, 2014||",
		"Ice and\nSnow\n\nIce and Snow. Polar\nInstitute. May 3, 2014.":                        "Ice and Snow|Polar Institute||2014-05-03|May 3, 2014||",
		"Melting Ice and Snow\n\nMelting Ice and the Snow. Polar Institute. May 3, 2014.":      "Melting Ice and the Snow|Polar Institute||2014-05-03|May 3, 2014||",
		// capitals instead of a stop
		"ICE AND SNOW IN THE NORTH German Polar Fund. June 2009 [PDF format, 3 pages]\nhttp://example.org/x": "ICE AND SNOW IN THE NORTH|German Polar Fund||2009-06|June 2009|3 pages|",
		"ICE AND SNOW IN THE NORTH U.S. Department of Ice. June 2009 [PDF format, 3 pages]":                  "ICE AND SNOW IN THE NORTH|U.S. Department of Ice||2009-06|June 2009|3 pages|",
		"ICE AND SNOW IN THE NORTH POLAR Corporation. June 2009":                                             "ICE AND SNOW IN THE NORTH|POLAR Corporation||2009-06|June 2009||",
		// spoken
		"Ice. Remarks by Ann B. Brook, Minister of Ice, at the Polar Institute. May 3, 2014.":   "Ice|Polar Institute|Ann B. Brook|2014-05-03|May 3, 2014||",
		"Ice. Statement of Ann B. Brook Before the Committee on Ice, U.S. Senate. May 3, 2014.": "Ice|Committee on Ice, U.S. Senate|Ann B. Brook|2014-05-03|May 3, 2014||",
		"Ice. Remarks by President Ann Brook. The White Palace. May 3, 2014.":                   "Ice|The White Palace|President Ann Brook|2014-05-03|May 3, 2014||",
		// lines
		"Ice and Snow\nBrook, Ann\nPolar Journal, vol. 39, no. 24, June 16, 2007, pp. 34-40":     "Ice and Snow|Polar Journal, vol. 39, no. 24|Ann Brook|2007-06-16|June 16, 2007|pp. 34-40|",
		"Brook, Ann; Lee, Bo. Ice and Snow.\nPOLAR AFFAIRS, Vol. 78, No. 3: 2-8, May-June 1999.": "Ice and Snow|POLAR AFFAIRS, Vol. 78, No. 3: 2-8|Ann Brook; Bo Lee||May-June 1999||",
		"5-2/A Ice and Snow\nPolar Affairs, May/June 2012.\nhttp://example.org":                  "Ice and Snow|Polar Affairs|||May/June 2012||",
		"Ice and Snow\n[pdf, 1.2 MB], Polar Institute, 3 January 2010\nIt is cold.":              "Ice and Snow|Polar Institute||2010-01-03|3 January 2010||",
		"DOCUMENTS OF MAY": "||||||DOCUMENTS OF MAY",
		"A paragraph of prose that is no entry. It mentions May 2009 and goes on.": "||||||A paragraph of prose that is no entry. It mentions May 2009 and goes on.",
	} {
		entries := ParseText(text)
		if len(entries) != 1 {
			t.Errorf("%d entries in %q", len(entries), text)
			continue
		}
		e := entries[0]
		if got := strings.Join([]string{e.Title, e.Publisher, authorsKey(e.Authors), e.Date, e.DatePrinted, e.PagesPrinted, e.Rest}, "|"); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}
