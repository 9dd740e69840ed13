// Package audit writes what was decided in a library into a file that can be
// checked without the library: each line has a decision and its seal, which
// goes over the one before, so that no line can be changed or taken out unseen.
//
// It stands beside the desk. It reads decisions through the catalogue's port,
// oldest first, and stores nothing. Who may have the file is decided before.
package audit

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Line is one decision in a file of JSON Lines.
type Line struct {
	greyshelf.Decision
	Previous string `json:"previous"` // seal of the decision before; "" for the first of the library
	Seal     string `json:"seal"`

	// Sealed are the values as they were sealed, where JSON cannot write them
	// exactly (bytes that are not UTF-8).
	Sealed [][]byte `json:"sealed,omitempty"`
}

// End is the last line of a file: how many decisions it has, and the seal of
// the last.
type End struct {
	Decisions int    `json:"decisions"`
	First     int64  `json:"first"` // sequence number
	Last      int64  `json:"last"`
	Seal      string `json:"end"`
}

// Format is a form of the file.
type Format string

// The forms. Only JSON Lines can be verified; CSV is for spreadsheets.
const (
	JSONLines Format = "jsonl"
	CSV       Format = "csv"
)

// ParseFormat reads the name of a form; "" is JSON Lines. Errors: Invalid.
func ParseFormat(name string) (Format, error) {
	switch f := Format(name); f {
	case JSONLines, CSV:
		return f, nil
	case "":
		return JSONLines, nil
	}
	return "", greyshelf.Errorf(greyshelf.Invalid, op, name, "there is no such form; it is %s or %s", JSONLines, CSV)
}

const op = "export the decisions"

// Export writes the decisions to w as they come, oldest first, from the first
// that was made at since or later (zero = all), and gives how many. With all
// is called after each; it may be nil.
func Export(ctx context.Context, h catalog.History, w io.Writer, as Format, since time.Time, each func()) (int, error) {
	var out writer = &lines{encoder: json.NewEncoder(w)}
	if as == CSV {
		out = &rows{w: csv.NewWriter(w)}
	}
	if err := out.begin(); err != nil {
		return 0, err
	}
	end, previous := End{}, ""
	for d, err := range h.Chain(ctx, 0) {
		if err != nil {
			return end.Decisions, err
		}
		if end.Decisions > 0 || !d.At.Before(since) {
			if end.Decisions == 0 {
				end.First = d.Seq
			}
			if err := out.put(Line{Decision: d.Decision, Previous: previous, Seal: d.Seal}); err != nil {
				return end.Decisions, greyshelf.E(greyshelf.Unavailable, op, "", err)
			}
			end.Decisions, end.Last, end.Seal = end.Decisions+1, d.Seq, d.Seal
		}
		previous = d.Seal
		if each != nil {
			each()
		}
	}
	if err := out.end(end); err != nil {
		return end.Decisions, greyshelf.E(greyshelf.Unavailable, op, "", err)
	}
	return end.Decisions, nil
}

// writer is a form of the file.
type writer interface {
	begin() error
	put(Line) error
	end(End) error
}

type lines struct{ encoder *json.Encoder }

func (l *lines) begin() error    { return nil }
func (l *lines) end(e End) error { return l.encoder.Encode(e) }

// put writes a line; where what is read back from it would not be what was
// sealed, with the sealed values beside.
func (l *lines) put(line Line) error {
	data, err := json.Marshal(line)
	if err != nil {
		return err
	}
	var back Line
	if err := json.Unmarshal(data, &back); err != nil {
		return err
	}
	if values := catalog.SealedValues(line.Decision); catalog.SealOf("", values) != catalog.Seal("", back.Decision) {
		for _, v := range values {
			line.Sealed = append(line.Sealed, []byte(v))
		}
	}
	return l.encoder.Encode(line)
}

// rows writes a row for every field that a decision changed.
type rows struct{ w *csv.Writer }

func (r *rows) begin() error {
	return r.w.Write([]string{"seq", "id", "at", "who", "method", "reason", "undoes", "file", "line", "kind", "record", "field", "before", "after", "seal"})
}

func (r *rows) put(l Line) error {
	head := []string{strconv.FormatInt(l.Seq, 10), l.ID, l.At.UTC().Format(time.RFC3339Nano), l.Who, string(l.Method), l.Reason, l.Undoes, "", ""}
	if l.Source != nil {
		head[7], head[8] = l.Source.File, strconv.Itoa(l.Source.Line)
	}
	row := func(kind, id, field string, before, after json.RawMessage) error {
		cells := append(head[:len(head):len(head)], kind, id, field, string(before), string(after), l.Seal)
		for i, cell := range cells {
			cells[i] = harmless(cell)
		}
		return r.w.Write(cells)
	}
	for _, c := range l.Changes {
		if err := row("report", c.Report, c.Field, c.Before, c.After); err != nil {
			return err
		}
	}
	for _, c := range l.Records {
		if err := row(c.Kind, c.ID, "", c.Before, c.After); err != nil {
			return err
		}
	}
	if len(l.Changes)+len(l.Records) == 0 {
		return row("", "", "", nil, nil)
	}
	r.w.Flush()
	return r.w.Error()
}

func (r *rows) end(End) error {
	r.w.Flush()
	return r.w.Error()
}

// harmless keeps spreadsheets from taking a cell for a formula: what begins
// like one gets an apostrophe before it.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
