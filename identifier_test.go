package greyshelf

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseIdentifier(t *testing.T) {
	for _, c := range []struct {
		scheme    Scheme
		raw, want string
	}{
		{DOI, "https://doi.org/10.7249/RR1598", "10.7249/rr1598"}, {DOI, "doi: 10.1000/182", "10.1000/182"}, {DOI, "10.1000.10/123", "10.1000.10/123"},
		{DOI, "10.1000/", ""}, {DOI, "11.1000/1", ""}, {DOI, "10.10/1", ""}, {DOI, "10.1000/a b", ""},
		{ISBN, "0-306-40615-2", "9780306406157"}, {ISBN, "ISBN 978-0-306-40615-7", "9780306406157"}, {ISBN, "080442957X", "9780804429573"},
		{ISBN, "978-0-306-40615-8", ""}, {ISBN, "0-306-40615-3", ""}, {ISBN, "9990306406157", ""}, {ISBN, "", ""},
		{ISSN, "0378-5955", "0378-5955"}, {ISSN, "ISSN 2434561X", "2434-561X"}, {ISSN, "0378-5954", ""}, {ISSN, "0000-0000", ""},
		{ORCID, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"}, {ORCID, "0000-0002-1825-0098", ""}, {ORCID, "0000-0002-1694-233X", "0000-0002-1694-233X"},
		{ROR, "https://ror.org/05dxps055", "05dxps055"}, {ROR, "05dxps056", ""}, {VIAF, "https://viaf.org/viaf/102333412", "102333412"},
		{Wikidata, "Q861556", "Q861556"}, {Wikidata, "P31", ""}, {ReportNumber, " RR-1598 \n OSD ", "RR-1598 OSD"}, {ItemCode, "08AD887", "08AD887"}, {"x", "1", ""},
	} {
		got, ok := ParseIdentifier(c.scheme, c.raw)
		if got.Value != c.want || ok != (c.want != "") {
			t.Errorf("%s %q = %q, want %q", c.scheme, c.raw, got.Value, c.want)
		}
	}
}

func TestISBNCheckDigitsCatchOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := "978" + rapid.StringMatching("[0-9]{9}").Draw(t, "body")
		isbn := []byte(body + string(isbn13Check(body)))
		if NormaliseISBN(string(isbn)) != string(isbn) {
			t.Fatalf("%s is refused", isbn)
		}
		i := rapid.IntRange(0, 12).Draw(t, "place")
		isbn[i] = '0' + (isbn[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if NormaliseISBN(string(isbn)) != "" {
			t.Fatalf("%s is accepted", isbn)
		}
	})
}

func TestFindIdentifiers(t *testing.T) {
	text := "See (https://doi.org/10.7249/RR1598). «ISBN: 978-0-306-40615-7», ISBN-10 0 306 40615 2; ISBN 978-0-306-40615-8. ISSN (print): 0378-5955, eISSN 2434-561X. " +
		"2010-2016 and 9780306406157 and 0378-5955. doi:10.1002/(SICI)1097(199)1:1<1::AID>3, section 10.2/3 of 110.1000/7"
	var got []string
	for _, m := range FindIdentifiers(text) {
		got = append(got, string(m.Scheme)+" "+m.Value+" "+string([]rune(text)[m.Start:m.End]))
	}
	want := []string{"doi 10.7249/rr1598 10.7249/RR1598", "isbn 9780306406157 978-0-306-40615-7", "isbn 9780306406157 0 306 40615 2",
		"issn 0378-5955 0378-5955", "issn 2434-561X 2434-561X", "doi 10.1002/(sici)1097(199)1:1 10.1002/(SICI)1097(199)1:1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzFindIdentifiers(f *testing.F) {
	for _, seed := range []string{"doi:10.1000/182.", "ISBN 0-306-40615-2", "ISSN (online) 0378-5955", "10.1000/\xff\xfe", "ISBN-13ISBN"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		points, end := utf8.RuneCountInString(text), 0
		for _, m := range FindIdentifiers(text) {
			if m.Start < end || m.End <= m.Start || m.End > points {
				t.Fatalf("%q: %+v after %d", text, m, end)
			}
			if again, ok := ParseIdentifier(m.Scheme, m.Value); !ok || again != m.Identifier {
				t.Fatalf("%+v is not normal", m)
			}
			end = m.End
		}
	})
}
