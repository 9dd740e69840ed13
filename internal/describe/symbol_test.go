package describe

import (
	"testing"

	"github.com/greyshelf/greyshelf"
)

func TestSymbols(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	for _, symbol := range []string{
		"A/RES/70/1", "A/HRC/31/12/Add.1", "S/2015/128", "S/RES/2231 (2015)", "S/PV.7600", "CCW/MSP/2015/3", "E/CN.4/2004/7", "FCCC/CP/2015/10/Add.1", "A/70/L.1",
		"COM(2015) 44 final", "SWD(2016) 110 final", "JOIN(2016) 21 final/2", "COM (2013) 123",
		"Drucksache 18/1234", "BT-Drs. 18/1", "BR-Drucksache 12/16", "Bundestagsdrucksache 18/1234",
		"HC 123", "HC 123-II", "HL Paper 12", "Cm 9161", "Cmnd. 1234", "HC 64 (2015–16)",
		"H. Rept. 114-1", "S. Prt. 113–26", "H. Doc. 114-3", "Doc. 13456", "SG/Inf(2015)7", "DCD/DAC(2016)3",
	} {
		t.Run(symbol, func(t *testing.T) {
			d := New().Describe(coverOf(ink{text: symbol, y: 0.1}, title))
			if got := d.chosen(greyshelf.FieldReportNumber); got.Value != symbol {
				t.Errorf("number %q by %s", got.Value, got.Method)
			}
			if got := d.chosen(greyshelf.FieldTitle).Value; got != title.text {
				t.Errorf("title %q", got)
			}
		})
	}
	for _, other := range []string{"H.R. 1234", "S. 12", "and/or/not", "Art. 12", "2015/16", "COVID-19", "H. Con. Res. 131", "24/7", "Article 12 (2015)", "AC/DC", "Resolution 2231 (2015)"} {
		t.Run(other, func(t *testing.T) {
			if got := New().Describe(coverOf(ink{text: other, y: 0.1}, title)).chosen(greyshelf.FieldReportNumber); got.Value != "" {
				t.Errorf("number %q by %s", got.Value, got.Method)
			}
		})
	}
}
