package ris

import (
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// Read reads a RIS file. A line without a tag goes on the value before it. A
// record without ER ends where the next begins. Text before the first record is
// passed over; a file with no record at all is [greyshelf.Invalid].
func Read(r io.Reader) ([]csl.Item, error) {
	data, err := csl.Limited(r, "read RIS")
	if err != nil {
		return nil, err
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\uFEFF"))
	var items []csl.Item
	var record []field
	end := func() {
		if len(record) > 0 {
			items = append(items, item(record))
		}
		record = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		tag, value, ok := tagged(line)
		switch {
		case ok && tag == "TY":
			end()
			record = []field{{tag, value}}
		case ok && tag == "ER":
			end()
		case record == nil:
		case ok:
			record = append(record, field{tag, value})
		case strings.TrimSpace(line) != "":
			last := &record[len(record)-1]
			last.value += " " + strings.TrimSpace(line)
		}
		if len(items) > csl.MaxItems {
			return nil, greyshelf.Errorf(greyshelf.TooLarge, "read RIS", "", "more than %d records", csl.MaxItems)
		}
	}
	end()
	if len(items) == 0 && strings.TrimSpace(text) != "" {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read RIS", "", "no record begins with \"TY  - \"")
	}
	return items, nil
}

// tagged divides "AU  - Davis, Lynn E.".
func tagged(line string) (tag, value string, ok bool) {
	if len(line) < 5 || line[0] < 'A' || line[0] > 'Z' || line[2:5] != "  -" {
		return "", "", false
	}
	if c := line[1]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
		return "", "", false
	}
	return line[:2], greyshelf.OneLine(line[5:]), true
}

// item makes an item of the fields of one record.
func item(record []field) csl.Item {
	it := csl.Item{Type: csl.TypeReport}
	var keywords []string
	more := false // authors that are not named
	for _, f := range record {
		if f.value == "" {
			continue
		}
		switch f.tag {
		case "TY":
			it.Type = cslType(f.value)
		case "AU", "A1":
			if f.value == etAl {
				more = true
				continue
			}
			it.Author = append(it.Author, name(f.value))
		case "A2", "ED":
			it.Editor = append(it.Editor, name(f.value))
		case "KW":
			keywords = append(keywords, f.value)
		case "PY", "Y1":
			if it.Issued.EDTF() == "" {
				it.Issued = date(f.value)
			}
		case "DA":
			if d := date(f.value); d.EDTF() != "" {
				it.Issued = d
			}
		case "SN":
			if issn := greyshelf.NormaliseISSN(f.value); issn != "" {
				it.ISSN = issn
			} else {
				it.ISBN = f.value
			}
		case "SP":
			if it.Type == csl.TypeReport || it.Type == csl.TypeSpeech {
				it.NumberOfPages = csl.Text(f.value)
			} else {
				it.Page = csl.Text(f.value)
			}
		default:
			if target := text(&it, f.tag); target != nil && *target == "" {
				*target = f.value
			} else {
				number(&it, f)
			}
		}
	}
	it.SetKeywords(keywords)
	if more {
		it.SetEtAl()
	}
	return it
}

// text gives where a tag's value goes, nil for tags without a place.
func text(it *csl.Item, tag string) *string {
	switch tag {
	case "TI", "T1":
		return &it.Title
	case "ST":
		return &it.TitleShort
	case "T2", "JO", "JF":
		return &it.ContainerTitle
	case "T3":
		return &it.CollectionTitle
	case "PB":
		return &it.Publisher
	case "CY":
		return &it.PublisherPlace
	case "M3":
		return &it.Genre
	case "AB", "N2":
		return &it.Abstract
	case "LA":
		return &it.Language
	case "DO":
		return &it.DOI
	case "UR":
		return &it.URL
	case "N1":
		return &it.Note
	}
	return nil
}

// number takes the values that may be numbers.
func number(it *csl.Item, f field) {
	switch f.tag {
	case "ID":
		it.ID = csl.Text(f.value)
	case "M1":
		it.Number = csl.Text(f.value)
	case "ET":
		it.Version = csl.Text(f.value)
	case "VL":
		it.Volume = csl.Text(f.value)
	case "IS":
		it.Issue = csl.Text(f.value)
	}
}

// name reads "Family, Given, Suffix"; a body ends in a comma, a word that
// stands alone is a person of one name, other names without a comma are literal.
func name(value string) csl.Name {
	if body, found := strings.CutSuffix(value, ","); found {
		return csl.Name{Literal: body}
	}
	if !strings.ContainsAny(value, ", ") && !greyshelf.LooksLikeBody(value) {
		return csl.Name{Family: value}
	}
	agent := greyshelf.PersonFromInverted(value)
	if agent.Family == "" || greyshelf.LooksLikeBody(value) {
		return csl.Name{Literal: value}
	}
	return csl.FromAgent(agent)
}

// date reads "2016/10/19/" and "2016///Winter", else the words.
func date(value string) *csl.Date {
	parts := append(strings.SplitN(value, "/", 4), "", "", "", "")
	edtf := parts[0]
	for _, p := range parts[1:3] {
		if p == "" {
			break
		}
		edtf += "-" + p
	}
	if to, span := strings.CutPrefix(parts[3], "to "); span && greyshelf.ValidEDTF(edtf+"/"+to) {
		return csl.FromDate(greyshelf.Date{EDTF: edtf + "/" + to})
	}
	if parts[3] != "" && parts[1] == "" {
		if d, ok := greyshelf.ParseDate(parts[3] + " " + parts[0]); ok {
			return csl.FromDate(d)
		}
	}
	if greyshelf.ValidEDTF(edtf) {
		return csl.FromDate(greyshelf.Date{EDTF: edtf})
	}
	d, ok := greyshelf.ParseDate(value)
	if !ok {
		d = greyshelf.Date{Printed: value}
	}
	return csl.FromDate(d)
}

// cslType gives the item type of a reference type.
func cslType(risType string) string {
	switch risType {
	case "CHAP":
		return csl.TypeChapter
	case "HEAR":
		return csl.TypeSpeech
	case "JOUR", "MGZN", "NEWS", "EJOUR":
		return csl.TypeArticle
	case "ELEC", "WEB", "BLOG":
		return csl.TypeWebpage
	case "STAT", "BILL":
		return csl.TypeLegislation
	case "GEN":
		return csl.TypeDocument
	}
	return csl.TypeReport
}
