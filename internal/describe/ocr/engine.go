package ocr

import (
	"context"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf"
)

// revision is ours: it changes when the same answer of tesseract gives other
// words or boxes.
const revision = "@1"

// Options say how tesseract is run. The zero value is a good one.
type Options struct {
	// Program is the path of tesseract; empty = found in PATH.
	Program string
	// Languages are those that reports are written in: BCP 47 ("en") or
	// tesseract's names ("eng"). Empty = those installed among English, French,
	// Spanish, German, Russian and Arabic.
	Languages []string
	// Deadline is for one run; 0 = one minute.
	Deadline time.Duration
	// Memory is the address space of one run in bytes; 0 = 1 GB. It is held on
	// Linux only.
	Memory uint64
}

// Limits of one run.
const (
	runDeadline = time.Minute
	runMemory   = 1 << 30
)

// Engine runs tesseract. It is safe for concurrent use.
type Engine struct {
	options Options

	mu        sync.Mutex
	installed *installation // nil until it was asked for
}

// installation is what was found on this machine.
type installation struct {
	program string
	version string
	sets    []set
	osd     bool // the data that tells scripts and orientation apart is there
}

// New makes an engine. Nothing is run or looked for until it is used.
func New(o Options) *Engine {
	if o.Deadline == 0 {
		o.Deadline = runDeadline
	}
	if o.Memory == 0 {
		o.Memory = runMemory
	}
	return &Engine{options: o}
}

// Ready looks for tesseract and its languages, once. Errors: Unavailable; the
// reason says what to install.
func (e *Engine) Ready(ctx context.Context) (version string, err error) {
	i, err := e.found(ctx)
	if err != nil {
		return "", err
	}
	return i.version, nil
}

// found gives the installation; a failure is looked for again next time.
func (e *Engine) found(ctx context.Context) (*installation, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.installed != nil {
		return e.installed, nil
	}
	i, err := e.look(ctx)
	if err != nil {
		return nil, err
	}
	e.installed = i
	return i, nil
}

var versionLine = regexp.MustCompile(`(?m)^tesseract v?([0-9][0-9A-Za-z.-]{0,30})`)

func (e *Engine) look(ctx context.Context) (*installation, error) {
	const op = "look for tesseract"
	name := e.options.Program
	if name == "" {
		name = "tesseract"
	}
	program, err := exec.LookPath(name)
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, op, name, "tesseract is not installed (Debian: tesseract-ocr and a package for each language, such as tesseract-ocr-fra)")
	}
	said, err := e.run(ctx, program, nil, "--version")
	if err != nil {
		return nil, err
	}
	version := versionLine.FindSubmatch(said)
	if version == nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, op, program, "the program does not say its version as tesseract does")
	}
	listed, err := e.run(ctx, program, nil, "--list-langs")
	if err != nil {
		return nil, err
	}
	languages := strings.Fields(string(listed[min(len(listed), 1+strings.IndexByte(string(listed), '\n')):]))
	sets, err := setsOf(e.options.Languages, languages)
	if err != nil {
		return nil, err
	}
	return &installation{
		program: program, version: "tesseract-" + string(version[1]) + revision,
		sets: sets, osd: slices.Contains(languages, "osd"),
	}, nil
}
