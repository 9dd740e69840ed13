package bring

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/table"
)

// Column is a column of a table.
type Column struct {
	Name   string      // its header, or its number where it has none
	Field  table.Field // "" = left out
	Sample string      // a value of it
}

// row is a row of a table.
type row struct {
	line  int
	cells []string
	raw   string
	wrong string
	note  string
}

// rows are the rows of a table in any form.
type rows func(in Input) iter.Seq2[row, error]

func readCSV(_ context.Context, in Input, o Options, _ int) iter.Seq2[Item, error] {
	return readTable(in, "csv", csvRows, o)
}

func readXLSX(_ context.Context, in Input, o Options, _ int) iter.Seq2[Item, error] {
	return readTable(in, "xlsx", xlsxRows, o)
}

// Columns gives the columns of a table with the fields that they are mapped
// to: as the options say, else as guessed. It gives none for other formats.
func Columns(in Input, o Options) ([]Column, error) {
	name := o.As
	if name == "" {
		var err error
		if name, err = Sniff(in); err != nil {
			return nil, err
		}
	}
	read := map[string]rows{"csv": csvRows, "xlsx": xlsxRows}[name]
	if read == nil {
		return nil, nil
	}
	var columns []Column
	looked := 0
	for r, err := range read(in) {
		if err != nil {
			return nil, err
		}
		if r.wrong != "" || empty(r.cells) {
			continue
		}
		if columns == nil {
			if columns, err = mapped(r.cells, o.Map); err != nil {
				return nil, err
			}
			if table.Known(r.cells) > 0 {
				continue
			}
		}
		for i := range columns {
			if i < len(r.cells) && columns[i].Sample == "" {
				columns[i].Sample = clip(oneLine(r.cells[i]), 100)
			}
		}
		if looked++; looked == 20 {
			break
		}
	}
	return columns, nil
}

// mostColumns is how many columns a table may have.
const mostColumns = 200

// mapped gives the columns of a header. Errors: Invalid when the map names a
// column or a field that is not there.
func mapped(header []string, by map[string]string) ([]Column, error) {
	header = header[:min(len(header), mostColumns)]
	guess := table.Guess(header)
	columns := make([]Column, len(header))
	titled := table.Known(header) > 0
	for i := range header {
		columns[i] = Column{Name: clip(oneLine(header[i]), 100), Field: guess[i]}
		if columns[i].Name == "" || !titled {
			columns[i].Name = strconv.Itoa(i + 1)
		}
	}
	for name, field := range by {
		at := -1
		for i, c := range columns {
			if table.Fold(c.Name) == table.Fold(name) || strconv.Itoa(i+1) == name {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, greyshelf.Errorf(greyshelf.Invalid, opRead, name, "there is no such column; there are: %s", strings.Join(columnNames(columns), ", "))
		}
		if field != "" && !isField(field) {
			return nil, greyshelf.Errorf(greyshelf.Invalid, opRead, field, "is no field; use one of: %s", strings.Join(FieldNames(), ", "))
		}
		columns[at].Field = table.Field(field)
	}
	return columns, nil
}

func columnNames(columns []Column) []string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Name)
	}
	return all
}

// FieldNames gives the fields to which a column can be mapped.
func FieldNames() []string {
	var all []string
	for _, f := range table.Fields() {
		all = append(all, string(f))
	}
	return all
}

func isField(name string) bool {
	for _, f := range table.Fields() {
		if string(f) == name {
			return true
		}
	}
	return false
}

// readTable makes an item of every row below the header.
func readTable(in Input, format string, read rows, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var fields []table.Field
		for r, err := range read(in) {
			if err != nil {
				yield(Item{}, err)
				return
			}
			if fields == nil && r.wrong == "" && !empty(r.cells) {
				columns, err := mapped(r.cells, o.Map)
				if err != nil {
					yield(Item{}, err)
					return
				}
				fields = make([]table.Field, 0, len(columns))
				for _, c := range columns {
					fields = append(fields, c.Field)
				}
				if table.Known(r.cells) > 0 {
					continue // it is the header
				}
			}
			if empty(r.cells) && r.wrong == "" {
				continue
			}
			if !yield(tableItem(in, format, r, fields), nil) {
				return
			}
		}
	}
}

func tableItem(in Input, format string, r row, fields []table.Field) Item {
	if r.wrong != "" {
		return broken(format, r.line, r.raw, r.wrong)
	}
	item := newItem(format, r.line, r.raw)
	read := table.Read(fields, r.cells)
	item.Report, item.Problems = read.Report, read.Problems
	if r.note != "" {
		item.Problems = append(item.Problems, r.note)
	}
	for _, written := range read.Files {
		item.attach(in, written)
	}
	return item
}

func empty(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// mostRowLines is how many lines a row may go over: a quotation mark that is
// not closed must not swallow the table.
const mostRowLines = 500

// csvRows reads rows (RFC 4180) divided by comma, semicolon or tab, whichever
// the first line has most of.
func csvRows(in Input) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		r, closer, err := in.text()
		if err != nil {
			yield(row{}, err)
			return
		}
		defer closer.Close()
		next, stop := iter.Pull2(textLines(lineEnds(r)))
		defer stop()
		s := csvScan{next: next}
		for {
			r, ok, err := s.row()
			if !ok && err == nil || !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// csvScan takes rows from lines.
type csvScan struct {
	next    func() (string, error, bool)
	again   []string // lines that were looked at already
	line    int
	divider rune
}

func (s *csvScan) take() (string, bool, error) {
	if len(s.again) > 0 {
		line := s.again[0]
		s.again = s.again[1:]
		s.line++
		return line, true, nil
	}
	line, err, ok := s.next()
	if ok && err == nil {
		s.line++
	}
	return line, ok && err == nil, err
}

// row takes the next row. One whose quotation mark has no end is broken; the
// lines after its first are read again.
func (s *csvScan) row() (row, bool, error) {
	first, ok, err := s.take()
	if !ok {
		return row{}, false, err
	}
	from, text := s.line, first
	var more []string
	for strings.Count(text, `"`)%2 == 1 {
		line, ok, err := s.take()
		if err != nil {
			return row{}, false, err
		}
		if !ok || len(more) == mostRowLines || len(text) > mostRecord {
			if ok {
				more = append(more, line)
			}
			s.again = append(more, s.again...)
			s.line = from
			return row{line: from, raw: first, wrong: "a quotation mark is not closed"}, true, nil
		}
		more, text = append(more, line), text+line
	}
	if s.divider == 0 {
		s.divider = divider(text)
	}
	c := newChunk(from, text, len(text) > mostRecord)
	r := row{line: from, raw: strings.TrimRight(c.text, "\n"), wrong: c.wrong, note: c.problem}
	if r.wrong != "" {
		return r, true, nil
	}
	parser := csv.NewReader(strings.NewReader(c.text))
	parser.Comma, parser.LazyQuotes, parser.FieldsPerRecord = s.divider, true, -1
	cells, err := parser.Read()
	if err != nil && err != io.EOF { // an empty line is an empty row
		r.wrong = "the row cannot be divided into cells"
	}
	r.cells = cells
	return r, true, nil
}

// divider gives the character that divides the cells of a header.
func divider(header string) rune {
	best, most := ',', 0
	for _, d := range ",;\t" {
		if n := strings.Count(header, string(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// looksLikeTable: the first line has at least two cells that are known header
// words, one of them for the title.
func looksLikeTable(head string) bool {
	line, _, _ := strings.Cut(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(head), "\n")
	parser := csv.NewReader(strings.NewReader(line))
	parser.Comma, parser.LazyQuotes = divider(line), true
	cells, err := parser.Read()
	if err != nil || table.Known(cells) < 2 {
		return false
	}
	for _, f := range table.Guess(cells) {
		if f == table.Title {
			return true
		}
	}
	return false
}

// The limits of a workbook, unpacked.
const (
	mostWorkbook = 256 << 20
	mostSheet    = 16 << 20 // in memory; a larger one is read from a file
)

// xlsxRows reads the first sheet of a workbook that has any row.
func xlsxRows(in Input) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		data, err := in.bytes()
		if err != nil {
			yield(row{}, err)
			return
		}
		book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostWorkbook, UnzipXMLSizeLimit: mostSheet})
		if err != nil {
			yield(row{}, greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "the workbook cannot be read: %s", clip(err.Error(), 200)))
			return
		}
		defer book.Close()
		for _, sheet := range book.GetSheetList() {
			found, ok := sheetRows(book, sheet, yield)
			if !ok || found {
				return
			}
		}
	}
}

// sheetRows gives the rows of a sheet; false when no more are wanted.
func sheetRows(book *excelize.File, sheet string, yield func(row, error) bool) (found, more bool) {
	all, err := book.Rows(sheet)
	if err != nil {
		return false, yield(row{}, greyshelf.Errorf(greyshelf.Invalid, opRead, sheet, "the sheet cannot be read: %s", clip(err.Error(), 200)))
	}
	defer all.Close()
	for line := 1; all.Next(); line++ {
		cells, err := all.Columns()
		r := row{line: line, cells: cells, raw: strings.Join(cells, "\t")}
		if err != nil {
			r.wrong = "the row cannot be read: " + clip(err.Error(), 200)
		}
		if len(cells) == 0 && err == nil {
			continue
		}
		found = true
		if !yield(r, nil) {
			return found, false
		}
	}
	if err := all.Error(); err != nil {
		return found, yield(row{}, greyshelf.Errorf(greyshelf.Invalid, opRead, sheet, "the sheet is damaged: %s", clip(err.Error(), 200)))
	}
	return found, true
}

// bytes reads the whole file as it is.
func (in Input) bytes() ([]byte, error) {
	f, err := in.file()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostWhole+1))
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	if len(data) > mostWhole {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, opRead, in.Name, "it is larger than %s; divide it", greyshelf.FormatSize(mostWhole))
	}
	return data, nil
}
