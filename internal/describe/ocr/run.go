package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Limits of what a run may say.
const (
	mostOutput = 16 << 20
	mostErrors = 4 << 10
)

// grace is how long after its end or its killing a run may keep its output
// open.
const grace = 2 * time.Second

// run runs the program with input on its standard input and gives what it
// says. The process and all that it starts are killed at the deadline, when
// ctx ends, and when it says too much.
func (e *Engine) run(ctx context.Context, program string, input []byte, args ...string) ([]byte, error) {
	const op = "run tesseract"
	limited, cancel := context.WithTimeout(ctx, e.options.Deadline)
	defer cancel()
	output := &bounded{most: mostOutput, full: cancel}
	complaints := &bounded{most: mostErrors}
	cmd := exec.CommandContext(limited, program, args...)
	cmd.Env = environment()
	cmd.Dir = filepath.Dir(program) // where nobody else can lay files
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), output, complaints
	cmd.WaitDelay = grace
	asGroup(cmd)
	err := cmd.Start()
	if err == nil {
		limit(cmd.Process.Pid, e.options.Memory, e.options.Deadline)
		if err = cmd.Wait(); errors.Is(err, exec.ErrWaitDelay) {
			killGroup(cmd.Process.Pid) // something that it started still holds its output
		}
	}
	switch {
	case output.over:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "tesseract said more than %d MB", mostOutput>>20)
	case ctx.Err() != nil:
		return nil, greyshelf.E(greyshelf.Unavailable, op, "", ctx.Err())
	case limited.Err() != nil:
		return nil, greyshelf.Errorf(greyshelf.TooLarge, op, "", "tesseract took longer than %v", e.options.Deadline)
	case err != nil:
		return nil, greyshelf.E(greyshelf.Invalid, op, "", fmt.Errorf("tesseract failed: %w%s", plainError(err), complaints.line()))
	}
	return output.kept, nil
}

// environment gives all that tesseract gets of ours: where its parts lie, and
// that it uses one thread, since several pages are read at a time.
func environment() []string {
	env := []string{"OMP_THREAD_LIMIT=1"}
	for _, key := range []string{"PATH", "TESSDATA_PREFIX", "SYSTEMROOT"} { // without the last, nothing starts on Windows
		if value, ok := os.LookupEnv(key); ok {
			env = append(env, key+"="+value)
		}
	}
	return env
}

// plainError says how a run ended; that its output was still open afterwards
// says nothing more.
func plainError(err error) error {
	if errors.Is(err, exec.ErrWaitDelay) {
		return errors.New("its output stayed open after its end")
	}
	return err
}

// bounded keeps the first bytes that are written, at most so many. What comes
// after is dropped, and full is called when it is there.
type bounded struct {
	kept []byte // not a bytes.Buffer inside: io.Copy would fill it behind our back
	most int
	full func()
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - len(b.kept); len(p) > room {
		b.kept = append(b.kept, p[:room]...)
		if b.full != nil && !b.over {
			b.full()
		}
		b.over = true
		return len(p), nil
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}

// line gives the last line as a clause behind an error, "" without any.
func (b *bounded) line() string {
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(b.kept), "")), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if last == "" {
		return ""
	}
	return ": " + string([]rune(last)[:min(200, len([]rune(last)))])
}
