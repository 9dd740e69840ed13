package bring

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/greyshelf/greyshelf"
)

// Input is a list or a folder of lists, in what holds it: paths in a list are
// looked up there and lead nowhere else.
type Input struct {
	Name string // for people: the file name
	FS   fs.FS
	Path string // within FS; "." for the whole of it
}

// The limits of an input.
const (
	mostBytes   = 4 << 30   // of a list that is read record by record
	mostWhole   = 64 << 20  // of a list that must be read as a whole
	mostBeside  = 512 << 20 // of a file beside a record
	mostEntries = 200_000   // of an archive
	mostPacked  = 16 << 30  // bytes of all files of an archive, unpacked
)

// Open opens a file or folder of the computer. The closer must be called when
// the reading is done. Links that lead out of the folder are not followed.
// Errors: NotFound, Unavailable.
func Open(name string) (Input, io.Closer, error) {
	info, err := os.Stat(name)
	if err != nil {
		kind := greyshelf.Unavailable
		if errors.Is(err, fs.ErrNotExist) {
			kind = greyshelf.NotFound
		}
		return Input{}, nil, greyshelf.E(kind, opRead, name, err)
	}
	folder, base := filepath.Clean(name), "."
	if !info.IsDir() {
		folder, base = filepath.Split(folder)
		if folder == "" {
			folder = "."
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return Input{}, nil, greyshelf.E(greyshelf.Unavailable, opRead, name, err)
	}
	return Input{Name: filepath.Base(name), FS: root.FS(), Path: base}, root, nil
}

// file opens the list itself, bounded.
func (in Input) file() (io.ReadCloser, error) {
	f, err := in.FS.Open(in.Path)
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "it is no file")
	}
	return f, nil
}

// text opens the list as UTF-8: what begins with the mark of UTF-16 is
// converted, a byte order mark taken away.
func (in Input) text() (io.Reader, io.Closer, error) {
	f, err := in.file()
	if err != nil {
		return nil, nil, err
	}
	return transform.NewReader(io.LimitReader(f, mostBytes), unicode.BOMOverride(transform.Nop)), f, nil
}

// whole reads a list that cannot be read in parts.
func (in Input) whole() ([]byte, error) {
	r, closer, err := in.text()
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	data, err := io.ReadAll(io.LimitReader(r, mostWhole+1))
	if err != nil {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	if len(data) > mostWhole {
		return nil, greyshelf.Errorf(greyshelf.TooLarge, opRead, in.Name, "it is larger than %s; divide it", greyshelf.FormatSize(mostWhole))
	}
	return data, nil
}

// at gives another file or folder of the same holder.
func (in Input) at(name string) Input {
	return Input{Name: path.Join(in.Name, name), FS: in.FS, Path: path.Join(in.Path, name)}
}

// beside gives the file at a path as a list writes it, relative to the list's
// own folder. It says in words why there is none: no path leads out of the
// folder.
func (in Input) beside(written string) (File, string) {
	clean := strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(written), "file://"), `\`, "/")
	dir := in.Path
	if info, err := fs.Stat(in.FS, in.Path); err == nil && !info.IsDir() {
		dir = path.Dir(in.Path)
	}
	at := path.Join(dir, clean)
	if strings.HasPrefix(clean, "/") || len(clean) > 1 && clean[1] == ':' || !fs.ValidPath(at) {
		return File{}, "the file " + quoted(written) + " lies outside of the folder of the list and was left out"
	}
	info, err := fs.Stat(in.FS, at)
	switch {
	case err != nil && errors.Is(err, fs.ErrNotExist):
		return File{}, "the file " + quoted(written) + " is not there"
	case err != nil || !info.Mode().IsRegular():
		return File{}, "the file " + quoted(written) + " cannot be read"
	case info.Size() > mostBeside:
		return File{}, "the file " + quoted(written) + " is larger than " + greyshelf.FormatSize(mostBeside)
	}
	return File{Name: path.Base(at), Path: at, Open: func() (io.ReadCloser, error) {
		f, err := in.FS.Open(at)
		if err != nil {
			return nil, greyshelf.E(greyshelf.Unavailable, "read the file", at, err)
		}
		return limited{io.LimitReader(f, mostBeside), f}, nil
	}}, ""
}

type limited struct {
	io.Reader
	io.Closer
}

// unpacked gives the inside of an archive.
func (in Input) unpacked() (Input, io.Closer, error) {
	f, err := in.file()
	if err != nil {
		return in, nil, err
	}
	at, ok := f.(io.ReaderAt)
	info, err := fs.Stat(in.FS, in.Path)
	if !ok || err != nil {
		f.Close()
		return in, nil, greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "an archive within an archive is not read")
	}
	z, err := zip.NewReader(at, info.Size())
	if err != nil {
		f.Close()
		return in, nil, greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "the archive is damaged")
	}
	var size uint64
	for _, entry := range z.File {
		size += min(entry.UncompressedSize64, mostPacked)
		if size > mostPacked || len(z.File) > mostEntries || entry.UncompressedSize64 > 1<<20 && entry.UncompressedSize64/300 > entry.CompressedSize64 {
			f.Close()
			return in, nil, greyshelf.Errorf(greyshelf.TooLarge, opRead, in.Name, "what the archive holds is far larger than it; unpack it and bring the folder")
		}
	}
	return Input{Name: in.Name, FS: z, Path: "."}, f, nil
}

// reason gives what went wrong without the path, which the error names anyway.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

func quoted(text string) string { return "“" + clip(oneLine(text), 120) + "”" }
