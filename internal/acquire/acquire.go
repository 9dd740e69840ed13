// Package acquire finds files to be added: it turns the paths, folders and
// addresses that a person names into inputs, and reads each input's bytes.
//
// It stands first in the way of the data. It stores nothing: whoever reads an
// input keeps the bytes (internal/files). It does not look into files beyond
// their first bytes, and it fetches only through internal/fetch.
package acquire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

// MaxBytes is the largest file that is taken in.
const MaxBytes = 512 << 20

// Input is one file to be added.
type Input struct {
	Name string // as named by the person, or found in a folder: a path or an address
	Err  error  // why it cannot be read at all; known before reading
}

// IsURL reports whether the input is an address to be fetched.
func (in Input) IsURL() bool { return isURL(in.Name) }

func isURL(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// Found is what [Expand] made of the arguments.
type Found struct {
	Inputs  []Input
	Skipped int // files in folders that do not look like reports
}

// Expand turns arguments into inputs in their order: a file or address stands
// for itself, a folder for the PDFs, EPUBs and DOCX below it in the order of their names, and
// "-" for the paths and addresses on the lines of list. What cannot be found
// becomes an input with an error: the rest goes on. Hidden files and folders
// and symbolic links inside folders are passed over.
func Expand(args []string, list io.Reader) (Found, error) {
	var found Found
	for _, arg := range args {
		if arg != "-" {
			found.add(arg)
			continue
		}
		lines := bufio.NewScanner(list)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if line := strings.TrimSpace(lines.Text()); line != "" {
				found.add(line)
			}
		}
		if err := lines.Err(); err != nil {
			return found, greyshelf.E(greyshelf.Invalid, "read the list", "standard input", err)
		}
	}
	return found, nil
}

func (f *Found) add(name string) {
	if isURL(name) {
		f.Inputs = append(f.Inputs, Input{Name: name})
		return
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		f.Inputs = append(f.Inputs, Input{Name: name, Err: pathError(name, err)})
	case info.IsDir():
		f.walk(name)
	case !info.Mode().IsRegular():
		f.Inputs = append(f.Inputs, Input{Name: name, Err: greyshelf.Errorf(greyshelf.Invalid, "read", name, "not a regular file")})
	default:
		f.Inputs = append(f.Inputs, Input{Name: name})
	}
}

// walk adds the reports below a folder.
func (f *Found) walk(root string) {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		hidden := path != root && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			f.Inputs = append(f.Inputs, Input{Name: path, Err: pathError(path, err)})
			if entry.IsDir() {
				return fs.SkipDir
			}
		case hidden && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir() || hidden || !entry.Type().IsRegular():
		case looksLikeReport(path):
			f.Inputs = append(f.Inputs, Input{Name: path})
		default:
			f.Skipped++
		}
		return nil
	})
}

// looksLikeReport reports whether a file found in a folder is meant: its name
// ends in .pdf, .epub or .docx (then a reason is owed if it is none) or its
// first bytes are those of a PDF. Web pages are meant only where they are
// named: folders hold many that are no reports.
func looksLikeReport(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf", ".epub", ".docx":
		return !strings.HasPrefix(filepath.Base(path), "~$") // what Word leaves beside an open document
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, 1024)
	n, _ := io.ReadFull(file, head)
	return bytes.Contains(head[:n], []byte("%PDF-"))
}

func pathError(name string, err error) error {
	kind, reason := greyshelf.Invalid, err
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind, reason = greyshelf.NotFound, errors.New("there is no such file or folder")
	case errors.Is(err, fs.ErrPermission):
		kind, reason = greyshelf.Forbidden, errors.New("this user may not read it")
	}
	return greyshelf.E(kind, "read", name, reason)
}

// Read gives the bytes of an input. Errors: those of the input, TooLarge above
// [MaxBytes], and those of [fetch.Client.Get].
func Read(ctx context.Context, in Input, client *fetch.Client) ([]byte, error) {
	if in.Err != nil {
		return nil, in.Err
	}
	if in.IsURL() {
		body, err := client.Get(ctx, in.Name)
		return body.Data, err
	}
	file, err := os.Open(in.Name)
	if err != nil {
		return nil, pathError(in.Name, err)
	}
	defer file.Close()
	return ReadAll(in.Name, file)
}

// ReadAll reads an upload or open file up to [MaxBytes]. Errors: TooLarge,
// Unavailable.
func ReadAll(name string, r io.Reader) ([]byte, error) {
	var buffer bytes.Buffer
	if file, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := file.Stat(); err == nil && info.Size() <= MaxBytes {
			buffer.Grow(int(info.Size()) + bytes.MinRead)
		}
	}
	if _, err := buffer.ReadFrom(io.LimitReader(r, MaxBytes+1)); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "read", name, err)
	}
	if buffer.Len() > MaxBytes {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, "read", name, "larger than %s", greyshelf.FormatSize(MaxBytes))
	}
	return buffer.Bytes(), nil
}
