package pdfcpu

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
)

// version names what this package writes; see [embed.Writer].
const version = "2"

// Limits of a child.
const (
	mostMemory  = 2 << 30 // address space, of which Go reserves more than it uses
	mostSeconds = 30      // of CPU time
	deadline    = 40 * time.Second
	mostAnswer  = 8 << 20
	mostReason  = 300 // code points
	grace       = 2 * time.Second
)

// Writer writes records by child processes, one for each. It is safe for
// concurrent use; how many run at a time is the caller's to bound.
type Writer struct {
	// Deadline is for one child; 0 = forty seconds.
	Deadline time.Duration

	command []string
}

var _ embed.Writer = (*Writer)(nil)

// New makes a writer whose children run the command: a program and its
// arguments. They are to call [Child] and do nothing else. Without a command
// every [Writer.Tail] is Unavailable.
func New(command ...string) *Writer { return &Writer{command: command} }

// Version names what the writer writes.
func (w *Writer) Version() string { return version }

// Tail is that of [embed.Writer].
func (w *Writer) Tail(ctx context.Context, file io.Reader, r embed.Record) ([]byte, error) {
	if len(w.command) == 0 {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, op, "", "this program cannot start the part of itself that writes into PDFs")
	}
	if r.Bytes > mostFile {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "the PDF has more than %d MB", mostFile>>20)
	}
	in, err := send(r, file)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Internal, op, "", err)
	}
	said, err := w.run(ctx, in)
	if err != nil {
		return nil, err
	}
	return understand(said)
}

// run runs a child and gives what it says.
func (w *Writer) run(ctx context.Context, in io.Reader) ([]byte, error) {
	patience := w.Deadline
	if patience == 0 {
		patience = deadline
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	out := &bounded{most: mostAnswer, full: cancel}
	cmd := exec.CommandContext(limited, w.command[0], w.command[1:]...)
	cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=none"}
	cmd.Dir = "/"
	cmd.Stdin, cmd.Stdout = in, out // a crash has much to say and nobody to read it
	cmd.WaitDelay = grace
	err := cmd.Run()
	switch {
	case out.over:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "the record would take more than %d MB", mostAnswer>>20)
	case ctx.Err() != nil:
		return nil, greyshelf.E(greyshelf.Unavailable, op, "", ctx.Err())
	case limited.Err() != nil:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "the PDF took longer than %v", patience)
	case errors.As(err, new(*exec.ExitError)):
		return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is built in a way that made the writing program fail or run out of memory")
	case err != nil:
		return nil, greyshelf.E(greyshelf.Unavailable, op, "", err)
	}
	return out.kept, nil
}

// understand reads a child's answer. The child has read a hostile file, so
// only what an honest one may say is believed.
func understand(said []byte) ([]byte, error) {
	line, made, found := bytes.Cut(said, []byte("\n"))
	var a answer
	if !found || json.Unmarshal(line, &a) != nil {
		return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is built in a way that made the writing program fail")
	}
	switch a.Kind {
	case "":
		if !bytes.HasPrefix(made, []byte("\n")) || !bytes.HasSuffix(made, []byte("%%EOF\n")) {
			return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF is built in a way that made the writing program fail")
		}
		return made, nil
	case greyshelf.Invalid, greyshelf.TooLarge:
		reason := []rune(strings.ToValidUTF8(a.Reason, ""))
		return nil, greyshelf.Errorf(a.Kind, op, "", "%s", string(reason[:min(len(reason), mostReason)]))
	}
	return nil, greyshelf.Errorf(greyshelf.Invalid, op, "", "the PDF could not be understood")
}

// bounded keeps the first bytes that are written, at most so many. What comes
// after is dropped, and full is called when it is there.
type bounded struct {
	kept []byte
	most int
	full func()
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - len(b.kept); len(p) > room {
		b.over = true
		b.full()
		return len(p), nil
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}
