package marc

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// date reads the date as printed, and its EDTF form where it is given, else
// from what is printed or from field 008.
func (r Record) date() greyshelf.Date {
	var d greyshelf.Date
	for _, f := range r.Fields {
		if f.Tag == "264" && f.Ind2 == '1' || f.Tag == "260" {
			d.Printed = r.trim(f.Sub('c'))
		}
	}
	supplied := strings.HasPrefix(d.Printed, "[") && strings.HasSuffix(d.Printed, "]")
	for _, f := range r.All("046") {
		if f.Sub('2') == "edtf" {
			d.EDTF = strings.TrimSuffix(f.Sub('k')+"/"+f.Sub('l'), "/")
		}
	}
	if !greyshelf.ValidEDTF(d.EDTF) {
		d.EDTF = ""
		if read, ok := greyshelf.ParseDate(strings.Trim(d.Printed, "[]©c. ")); ok {
			d.EDTF = read.EDTF
		} else if fixed := r.Control("008"); len(fixed) >= 15 {
			d.EDTF = fixedDate(fixed)
		}
	}
	if supplied {
		d.Printed = ""
	}
	return d
}

// fixedDate reads the first date of field 008 (008/06-14).
func fixedDate(fixed string) string {
	year, rest := fixed[7:11], fixed[11:15]
	if fixed[6] == 'e' {
		for _, edtf := range []string{year + "-" + rest[:2] + "-" + rest[2:], year + "-" + rest[:2]} {
			if greyshelf.ValidEDTF(edtf) {
				return edtf
			}
		}
	}
	if strings.IndexByte("estrcmq", fixed[6]) >= 0 && greyshelf.ValidEDTF(year) {
		return year
	}
	return ""
}

// extent reads pages and size; what stands in square brackets was not printed.
func (r Record) extent() (extent greyshelf.Extent, size greyshelf.Size) {
	for _, f := range r.All("300") {
		for _, text := range f.Subs('a') {
			inner, supplied := bracketed(r.trim(text))
			if read, ok := greyshelf.ParseExtent(inner); ok {
				extent.Pages = read.Pages
			}
			if !supplied && extent.Printed == "" {
				extent.Printed = inner
			}
		}
	}
	for _, f := range r.All("347") {
		for _, text := range f.Subs('c') {
			inner, supplied := bracketed(r.trim(text))
			if read, ok := greyshelf.ParseSize(inner); ok {
				size.Bytes = read.Bytes
			}
			if !supplied && size.Printed == "" {
				size.Printed = inner
			}
		}
	}
	return extent, size
}

// bracketed gives what stands inside square brackets.
func bracketed(text string) (inner string, supplied bool) {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		return text[1 : len(text)-1], true
	}
	return text, false
}

// rights reads statement, code and holder; the code also from the address of a
// Creative Commons licence.
func (r Record) rights() greyshelf.Rights {
	rights := greyshelf.Rights{Statement: r.First("540", 'a'), Holder: r.text("542", 'd')}
	for _, f := range r.All("540") {
		switch {
		case f.Sub('f') != "" && f.Sub('2') == "local":
			rights.Code = greyshelf.RightsCode(f.Sub('f'))
		case rights.Code == "":
			rights.Code = LicenceCode(f.Sub('u'))
		}
	}
	return rights
}

// LicenceCode gives the code of the Creative Commons licence at the address,
// or "" for another address.
func LicenceCode(address string) greyshelf.RightsCode {
	_, path, found := strings.Cut(strings.ToLower(address), "creativecommons.org/")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case !found || len(parts) < 3:
		return ""
	case parts[0] == "publicdomain" && parts[1] == "zero":
		return "cc0"
	case parts[0] == "licenses" && strings.HasPrefix(parts[1], "by"):
		return greyshelf.RightsCode("cc-" + parts[1] + "-" + parts[2])
	}
	return ""
}
