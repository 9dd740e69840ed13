package endnote

import (
	"io"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/csl"
)

// Read reads the tagged form. A line without a tag goes on the value before it;
// a record ends where the next type begins. Text before the first record is
// passed over; a file with no record at all is [greyshelf.Invalid].
func Read(r io.Reader) ([]csl.Item, error) {
	data, err := csl.Limited(r, "read EndNote")
	if err != nil {
		return nil, err
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\uFEFF"))
	var items []csl.Item
	var record []field
	for line := range strings.SplitSeq(text, "\n") {
		begins := len(line) >= 2 && line[0] == '%' && line[1] > ' ' && line[1] < 0x7F && (len(line) == 2 || line[2] == ' ')
		switch {
		case begins && line[1] == '0':
			if len(record) > 0 {
				items = append(items, item(record))
			}
			record = []field{{'0', greyshelf.OneLine(line[2:])}}
		case record == nil:
		case begins:
			record = append(record, field{line[1], greyshelf.OneLine(line[2:])})
		case strings.TrimSpace(line) != "":
			last := &record[len(record)-1]
			last.value += " " + greyshelf.OneLine(line)
		}
		if len(items) > csl.MaxItems {
			return nil, greyshelf.Errorf(greyshelf.TooLarge, "read EndNote", "", "more than %d records", csl.MaxItems)
		}
	}
	if len(record) == 0 && strings.TrimSpace(text) != "" {
		return nil, greyshelf.Errorf(greyshelf.Invalid, "read EndNote", "", "no record begins with \"%%0 \"")
	}
	if len(record) > 0 {
		items = append(items, item(record))
	}
	return items, nil
}

// item makes an item of the fields of one record.
func item(record []field) csl.Item {
	it := csl.Item{Type: csl.TypeReport}
	var keywords []string
	more := false // authors that are not named
	for _, f := range record {
		switch {
		case f.value == "":
		case f.tag == '0':
			it.Type = cslType(f.value)
		case f.tag == 'A' && f.value == etAl:
			more = true
		case f.tag == 'A' || f.tag == 'Q':
			it.Author = append(it.Author, name(f.value))
		case f.tag == 'E':
			it.Editor = append(it.Editor, name(f.value))
		case f.tag == 'K':
			keywords = append(keywords, f.value)
		case f.tag == '@':
			serial(&it, f.value)
		case f.tag == 'P':
			paged(&it, f.value)
		case f.tag == '8' || f.tag == 'D' && it.Issued == nil:
			it.Issued = date(f.value)
		default:
			value(&it, f)
		}
	}
	it.SetKeywords(keywords)
	if more {
		it.SetEtAl()
	}
	return it
}

// value puts a plain value where its tag belongs; the first one counts.
func value(it *csl.Item, f field) {
	var target *string
	switch f.tag {
	case 'T':
		target = &it.Title
	case '!':
		target = &it.TitleShort
	case 'J', 'B':
		target = &it.ContainerTitle
	case 'S':
		target = &it.CollectionTitle
	case 'I':
		target = &it.Publisher
	case 'C':
		target = &it.PublisherPlace
	case '9':
		target = &it.Genre
	case 'G':
		target = &it.Language
	case 'R':
		target = &it.DOI
	case 'U':
		target = &it.URL
	case 'X':
		target = &it.Abstract
	case 'Z':
		target = &it.Note
	default:
		number(it, f)
		return
	}
	if *target == "" {
		*target = f.value
	}
}

// number takes the values that may be numbers.
func number(it *csl.Item, f field) {
	switch f.tag {
	case 'F':
		it.ID = csl.Text(f.value)
	case '7':
		it.Version = csl.Text(f.value)
	case 'V':
		it.Volume = csl.Text(f.value)
	case 'N', 'M':
		if f.tag == 'N' && it.Type == csl.TypeArticle {
			it.Issue = csl.Text(f.value)
			return
		}
		it.Number = csl.Text(f.value)
	}
}

// serial takes an ISBN or ISSN.
func serial(it *csl.Item, value string) {
	if issn := greyshelf.NormaliseISSN(value); issn != "" {
		it.ISSN = issn
	} else if it.ISBN == "" {
		it.ISBN = value
	}
}

// paged takes the pages: of a part where it stands, of a whole how many.
func paged(it *csl.Item, value string) {
	switch it.Type {
	case csl.TypeChapter, csl.TypeArticle:
		it.Page = csl.Text(value)
	default:
		it.NumberOfPages = csl.Text(value)
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

func date(value string) *csl.Date {
	if greyshelf.ValidEDTF(value) {
		return csl.FromDate(greyshelf.Date{EDTF: value})
	}
	d, ok := greyshelf.ParseDate(value)
	if !ok {
		d = greyshelf.Date{Printed: value}
	}
	return csl.FromDate(d)
}
