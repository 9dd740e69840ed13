package contact

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Limits of a list of contacts.
const (
	longestList = 16 << 20 // bytes
	mostListed  = 200_000  // rows
	longestLine = 1000     // bytes of a name with its address
)

// Listed is a row of a list of contacts.
type Listed struct {
	Line    int     // from 1
	Contact Contact // address, name, groups, language and frequency, as far as the row gives them
	Err     error   // why it cannot be read; nil for the others
}

// ReadList reads a list of contacts: a table as spreadsheets write and copy it
// (RFC 4180, with commas, semicolons or tabs) whose first row names the columns,
// or an address a line, with or without a name before it (RFC 5322 §3.4).
// Errors: Invalid when the table has no column of addresses, TooLarge.
func ReadList(r io.Reader) ([]Listed, error) {
	data, err := io.ReadAll(io.LimitReader(r, longestList+1))
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, opBring, "", err)
	}
	if len(data) > longestList {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, opBring, "", "the list is larger than %s", greyshelf.FormatSize(longestList))
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n\t "), []byte("\n"))
	if bytes.ContainsRune(first, '@') || len(bytes.TrimSpace(data)) == 0 {
		return readLines(data)
	}
	return readTable(data, separator(first))
}

const opBring = "read the list of contacts"

// readLines reads an address a line.
func readLines(data []byte) ([]Listed, error) {
	var all []Listed
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, longestList+1)
	for n := 1; lines.Scan(); n++ {
		text := strings.Trim(strings.ToValidUTF8(lines.Text(), "\uFFFD"), " \t,;")
		if text == "" {
			continue
		}
		one := Listed{Line: n, Contact: Contact{Email: text}}
		if address, err := mail.ParseAddress(text[:min(len(text), longestLine)]); err == nil {
			one.Contact.Email, one.Contact.Name = address.Address, address.Name
		}
		if all = append(all, one); len(all) > mostListed {
			return nil, tooMany()
		}
	}
	return all, lines.Err()
}

// separator guesses what stands between the columns.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, r := range ",;\t" {
		if n := bytes.Count(header, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// columns are the fields by the words that name them in a header.
func columns() map[string]string {
	of := map[string]string{}
	for field, words := range map[string]string{
		"email":     "email|e-mail|mail|address|e-mail address|email address|courriel|adresse|adresse e-mail|correo|e-mail-adresse",
		"name":      "name|full name|nom|nombre",
		"groups":    "group|groups|groupe|groupes|grupo|gruppe|tags",
		"language":  "language|langue|idioma|sprache",
		"frequency": "frequency|fréquence|frecuencia",
	} {
		for word := range strings.SplitSeq(words, "|") {
			of[word] = field
		}
	}
	return of
}

func readTable(data []byte, comma rune) ([]Listed, error) {
	table := csv.NewReader(bytes.NewReader(data))
	table.Comma, table.FieldsPerRecord, table.LazyQuotes = comma, -1, true
	header, err := table.Read()
	if err != nil {
		return nil, greyshelf.E(greyshelf.Invalid, opBring, "", err)
	}
	at, known := map[string]int{}, columns()
	for i, cell := range header {
		if field, ok := known[strings.ToLower(greyshelf.OneLine(cell))]; ok {
			at[field] = i
		}
	}
	if _, ok := at["email"]; !ok {
		return nil, greyshelf.Errorf(greyshelf.Invalid, opBring, "", "no column of the first row is called “email”, and the first row holds no address")
	}
	var all []Listed
	for {
		row, err := table.Read()
		if err == io.EOF {
			return all, nil
		}
		if len(all) == mostListed {
			return nil, tooMany()
		}
		line, _ := table.FieldPos(0)
		if err != nil {
			all = append(all, Listed{Line: line, Err: greyshelf.E(greyshelf.Invalid, opBring, "", err)})
			continue
		}
		cell := func(field string) string {
			if i, ok := at[field]; ok && i < len(row) {
				return greyshelf.OneLine(row[i])
			}
			return ""
		}
		groups := strings.FieldsFunc(cell("groups"), func(r rune) bool { return strings.ContainsRune(",;|", r) })
		all = append(all, Listed{Line: line, Contact: Contact{Email: cell("email"), Name: cell("name"), Groups: groups, Language: cell("language"), Frequency: Frequency(strings.ToLower(cell("frequency")))}})
	}
}

func tooMany() error {
	return greyshelf.Errorf(greyshelf.TooLarge, opBring, "", "the list has more than %d rows", mostListed)
}

// Brought says what became of a list.
type Brought struct {
	Added   int      `json:"added"`
	Known   int      `json:"known"`   // there already; groups were added, nothing else was changed
	Left    int      `json:"left"`    // unsubscribed before, and left as they are
	Refused []string `json:"refused"` // rows that could not be taken, each with its line
}

// Bring takes in a list of people who have said yes to the desk. Who is known
// keeps what is known and joins the groups; who has unsubscribed stays so. step
// is told after each row; it may be nil. What was taken in stays when ctx ends.
func (r *Register) Bring(ctx context.Context, list []Listed, groups []string, step func(done int)) (Brought, error) {
	out := Brought{Refused: []string{}}
	for i, one := range list {
		err := one.Err
		if err == nil {
			one.Contact.Groups = slices.Concat(one.Contact.Groups, groups)
			err = r.bring(ctx, one.Contact, &out)
		}
		switch greyshelf.KindOf(err) {
		case "":
		case greyshelf.Invalid, greyshelf.Exists, greyshelf.Conflict:
			out.Refused = append(out.Refused, greyshelf.OneLine("line "+strconv.Itoa(one.Line)+": "+one.Contact.Email+": "+greyshelf.ReasonOf(err)))
		default:
			return out, err
		}
		if step != nil {
			step(i + 1)
		}
	}
	return out, ctx.Err()
}

func (r *Register) bring(ctx context.Context, c Contact, out *Brought) error {
	known, err := r.ByEmail(ctx, c.Email)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		if _, err = r.Put(ctx, c.admitted(r.Now())); err == nil {
			out.Added++
		}
		return err
	case err != nil:
		return err
	case known.State == Left:
		out.Left++
		return nil
	case known.State == Waiting: // it says yes by the desk's mouth
		known.Groups = lines(slices.Concat(known.Groups, c.Groups))
		if _, err = r.Put(ctx, known.admitted(r.Now())); err == nil {
			out.Added++
		}
		return err
	}
	out.Known++
	joined := lines(slices.Concat(known.Groups, c.Groups))
	if slices.Equal(joined, known.Groups) {
		return nil
	}
	known.Groups = joined
	_, err = r.Put(ctx, known)
	return err
}
