package pdfcpu

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

// mostRecord is the longest record in bytes of JSON; mostFile the longest file
// in bytes.
const (
	mostRecord = 32 << 20
	mostFile   = 128 << 20
)

// answer is the first line of what a child says; the tail follows it.
type answer struct {
	Kind   greyshelf.Kind `json:"kind,omitempty"`   // of the error; "" when a tail follows
	Reason string         `json:"reason,omitempty"` // of the error
}

// Child is the child's side: it limits this process, reads a record and a file
// from in, and answers to out. It is for a process that does nothing else and
// ends after it. Errors: those of in and out, and Unavailable when the process
// cannot be limited; that a file gets no copy is an answer, not an error.
func Child(in io.Reader, out io.Writer) error {
	if err := limitSelf(); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "limit the child process", "", err)
	}
	r, file, err := receive(bufio.NewReader(in))
	if err != nil {
		return err
	}
	made, err := tail(file, r)
	said := answer{}
	if err != nil {
		said = answer{Kind: greyshelf.KindOf(err), Reason: greyshelf.ReasonOf(err)}
		made = nil
	}
	line, err := json.Marshal(said)
	if err != nil {
		return err
	}
	_, err = out.Write(append(append(line, '\n'), made...))
	return err
}

// send gives the record to a child: its length, itself, and the file until its
// end.
func send(r embed.Record, file io.Reader) (io.Reader, error) {
	record, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(len(record)))
	return io.MultiReader(bytes.NewReader(head), bytes.NewReader(record), file), nil
}

// receive reads what send gives.
func receive(in io.Reader) (r embed.Record, file []byte, err error) {
	var length uint32
	if err := binary.Read(in, binary.BigEndian, &length); err != nil || length > mostRecord {
		return r, nil, errors.New("no record came in")
	}
	record := make([]byte, length)
	if _, err := io.ReadFull(in, record); err != nil {
		return r, nil, fmt.Errorf("the record is cut off: %w", err)
	}
	if err := json.Unmarshal(record, &r); err != nil {
		return r, nil, fmt.Errorf("the record cannot be read: %w", err)
	}
	file, err = io.ReadAll(io.LimitReader(in, mostFile+1))
	if err == nil && len(file) > mostFile {
		err = errors.New("the file is too large")
	}
	return r, file, err
}
