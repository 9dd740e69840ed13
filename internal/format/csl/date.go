package csl

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Date is a date of CSL-JSON: numbers, or EDTF in Raw, or words in Literal.
type Date struct {
	Parts   [][]Number `json:"date-parts,omitempty"` // one date, or first and last of a span
	Season  Number     `json:"season,omitempty"`     // 1 spring … 4 winter
	Circa   Flag       `json:"circa,omitempty"`
	Raw     string     `json:"raw,omitempty"` // EDTF where numbers cannot say it
	Literal string     `json:"literal,omitempty"`
}

// Number is a number that files also write as a string; anything else is 0.
type Number int

// UnmarshalJSON reads 2016, "2016" and null.
func (n *Number) UnmarshalJSON(data []byte) error {
	value, _ := strconv.Atoi(strings.Trim(string(data), `" `))
	*n = Number(value)
	return nil
}

// Flag is a truth value that files also write as 1 or "true".
type Flag bool

// UnmarshalJSON reads true, 1, "1" and their opposites.
func (f *Flag) UnmarshalJSON(data []byte) error {
	switch strings.Trim(string(data), `"`) {
	case "", "0", "false", "null":
		*f = false
	default:
		*f = true
	}
	return nil
}

// FromDate makes the date of an item, nil when there is none.
func FromDate(d greyshelf.Date) *Date {
	switch {
	case d.EDTF == "" && d.Printed == "":
		return nil
	case !greyshelf.ValidEDTF(d.EDTF):
		return &Date{Literal: d.Printed}
	}
	date := Date{Circa: Flag(aboutThen(d.Printed))}
	for _, end := range strings.SplitN(d.EDTF, "/", 2) {
		parts := edtfParts(end)
		if len(parts) > 1 && parts[1] > 12 {
			if parts[1] > 24 || strings.Contains(d.EDTF, "/") {
				return &Date{Raw: d.EDTF}
			}
			date.Season = parts[1] - 20
			parts = parts[:1]
		}
		date.Parts = append(date.Parts, parts)
	}
	return &date
}

func edtfParts(edtf string) []Number {
	var parts []Number
	for _, field := range strings.Split(edtf, "-") {
		n, _ := strconv.Atoi(field)
		parts = append(parts, Number(n))
	}
	return parts
}

// aboutThen reports whether a printed date says that it is not sure.
func aboutThen(printed string) bool {
	word, _, found := strings.Cut(strings.ToLower(strings.TrimLeft(printed, "[( ")), " ")
	switch word {
	case "ca.", "ca", "c.", "circa":
		return found
	}
	return false
}

// EDTF gives the date as EDTF, "" where it is none. It says nothing of Circa.
func (d *Date) EDTF() string {
	if d == nil {
		return ""
	}
	if greyshelf.ValidEDTF(d.Raw) {
		return d.Raw
	}
	var ends []string
	for _, parts := range d.Parts {
		var fields []string
		for i, n := range parts {
			if n <= 0 || i > 2 {
				break
			}
			fields = append(fields, fmt.Sprintf([]string{"%04d", "%02d", "%02d"}[i], int(n)))
		}
		if len(fields) == 1 && len(d.Parts) == 1 && d.Season >= 1 && d.Season <= 4 {
			fields = append(fields, strconv.Itoa(20+int(d.Season)))
		}
		ends = append(ends, strings.Join(fields, "-"))
	}
	if edtf := strings.Join(ends, "/"); greyshelf.ValidEDTF(edtf) {
		return edtf
	}
	return ""
}

// date gives the date in the words of the library.
func (d *Date) date() greyshelf.Date {
	if d == nil {
		return greyshelf.Date{}
	}
	if edtf := d.EDTF(); edtf != "" {
		date := greyshelf.Date{EDTF: edtf}
		if d.Circa {
			date.Printed = "ca. " + greyshelf.FormatDate(edtf)
		}
		return date
	}
	text := d.Literal
	if text == "" {
		text = d.Raw
	}
	if date, ok := greyshelf.ParseDate(text); ok {
		return date
	}
	return greyshelf.Date{Printed: text}
}
