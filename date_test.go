package greyshelf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for printed, want := range map[string]string{
		"October 19, 2016": "2016-10-19", "19 October 2016": "2016-10-19", "May 2009": "2009-05", "13 June 2012": "2012-06-13",
		"Winter 2015": "2015-24", "Spring 1999": "1999-21", "Summer of 2001": "2001-22", "Fall 2003": "2003-23", "2012": "2012",
		"2016-10-19": "2016-10-19", "2016-10": "2016-10", "19.10.2016": "2016-10-19", "3. März 2015": "2015-03-03",
		"1er juin 2012": "2012-06-01", "le 14 juillet 2010": "2010-07-14", "3 de mayo de 2015": "2015-05-03", "mayo de 2015": "2015-05",
		"13 июня 2012 г.": "2012-06-13", "Июнь 2012": "2012-06", "2012 год": "2012", "١٣ يونيو ٢٠١٢": "2012-06-13",
		"تشرين الأول/أكتوبر 2016": "2016-10", "19 تشرين الأول 2016": "2016-10-19", "كانون الثاني 2016": "2016-01",
		"Oct. 19, 2016": "2016-10-19", "Sept. 2014": "2014-09", "October, 2014": "2014-10", "Web posted July 5, 2008": "2008-07-05",
		"Updated April 22, 2026": "2026-04-22", "Monday, October 19, 2016": "2016-10-19", "19/10/2016": "2016-10-19", "10/19/2016": "2016-10-19",
		"5/5/2016": "2016-05-05", "march 2, 2011": "2011-03-02", "October 19th, 2016": "2016-10-19", "October 19,\n2016.": "2016-10-19",
		"29 February 2016": "2016-02-29", "OCTOBER 2016": "2016-10", "2015-24": "2015-24", "Octobre 2016": "2016-10", "3 janv. 2011": "2011-01-03",
		// absent rather than guessed
		"03/04/2016": "", "31 February 2012": "", "29 February 2015": "", "October 32, 2016": "", "May 0999": "", "3000": "", "16-10-19": "",
		"2016-13": "", "2016-00-01": "", "October": "", "19–20 October 2016": "", "October–November 2016": "", "2010-2016": "",
		"in the year 2012 or so": "", "May 2009 and June 2010": "", "": "", "81 pages": "", "20161019": "", "12345": "", "next May": "",
	} {
		got, ok := ParseDate(printed)
		if got.EDTF != want || ok != (want != "") {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", printed, got.EDTF, ok, want)
		}
		if ok && got.Printed != printed {
			t.Errorf("ParseDate(%q) keeps %q as printed", printed, got.Printed)
		}
	}
}

func TestFindDates(t *testing.T) {
	text := "“Published” 19 October 2016 (updated May 2, 2017). In 1998 it may 2000 times march 2011; 19–20 June 2012, May/June 2011; " +
		"2010-2016; Fall 2003, the fall 2004 figures; §3.5 May 2012; v1.2.2016; принят 13 июня 2012 года. 2016-10-19T10:00; juin 2012. Issue 12\nMay 2013"
	var got []string
	for _, m := range FindDates(text) {
		got = append(got, m.EDTF+" "+string([]rune(text)[m.Start:m.End]))
	}
	want := []string{"2016-10-19 19 October 2016", "2017-05-02 May 2, 2017", "2003-23 Fall 2003", "2012-06-13 13 июня 2012", "2012-06 juin 2012", "2013-05 May 2013"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDateOrderAndBounds(t *testing.T) {
	for edtf, want := range map[string][3]string{
		"2016-10-19": {"2016-10-19", "2016-10-19", "2016-10-19"}, "2012": {"2012-00-00", "2012-01-01", "2012-12-31"},
		"2016-02": {"2016-02-00", "2016-02-01", "2016-02-29"}, "2015-21": {"2015-03-00", "2015-03-01", "2015-05-31"},
		"2015-33": {"2015-01-00", "2015-01-01", "2015-03-31"}, "2015-36": {"2015-10-00", "2015-10-01", "2015-12-31"}, "2015-37": {},
		"2016-05/2016-06": {"2016-05-00", "2016-05-01", "2016-06-30"}, "2016-06/2016-05": {}, "2016-05/x": {}, "2016/2016-05": {},
		"2015-24": {"2015-12-00", "2015-01-01", "2015-12-31"}, "2015-02-30": {}, "x": {}, "": {}, "2015-25": {}, "+201": {}, "2015/10": {},
	} {
		d := Date{EDTF: edtf}
		first, last := d.Bounds()
		if got := [3]string{d.SortKey(), first, last}; got != want {
			t.Errorf("%q: %q, want %q", edtf, got, want)
		}
		if ValidEDTF(edtf) != (want[0] != "") {
			t.Errorf("ValidEDTF(%q) is wrong", edtf)
		}
	}
	if y := (Date{EDTF: "2015-24"}).Year(); y != 2015 {
		t.Errorf("year %d", y)
	}
}

func TestFormatDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edtf := makeEDTF(rapid.IntRange(1000, 2999).Draw(t, "year"), rapid.IntRange(0, 24).Draw(t, "month"), rapid.IntRange(0, 31).Draw(t, "day"))
		if edtf == "" {
			t.Skip("not in the calendar")
		}
		got, ok := ParseDate(FormatDate(edtf))
		if !ok || got.EDTF != edtf {
			t.Fatalf("%s is printed as %q and read as %q", edtf, FormatDate(edtf), got.EDTF)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"October 19, 2016", "1er juin 2012", "كانون الثاني 2016", "19/10/2016", "2016-10-19", "\xff May 2009"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := ParseDate(text); ok && !ValidEDTF(d.EDTF) {
			t.Errorf("%q gives %q", text, d.EDTF)
		}
		points := []rune(text)
		end := 0
		for _, m := range FindDates(text) {
			if m.Start < end || m.End <= m.Start || m.End > len(points) || !ValidEDTF(m.EDTF) {
				t.Fatalf("%q: %+v after %d", text, m, end)
			}
			if string(points[m.Start:m.End]) != m.Printed && utf8.ValidString(text) {
				t.Fatalf("%q: %q is not at its place", text, m.Printed)
			}
			end = m.End
		}
	})
}

func TestScanningIsLinear(t *testing.T) {
	for _, unit := range []string{"May ", "1.1.", "ISBN", "10.1000/x", "19 October 2016 ", "(", "تشرين ", "\xff"} {
		text := strings.Repeat(unit, 2_000_000/len(unit))
		FindDates(text)
		FindIdentifiers(text)
	}
}
