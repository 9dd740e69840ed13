package imports

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
)

const opWait = "keep the list"

// What may wait at a time, and how long.
const (
	mostBytes   = 256 << 20 // of one upload
	mostWaiting = 20        // uploads
	patience    = time.Hour
)

// waiting keeps uploads between the steps of an import: each in a folder of
// its own under a name that cannot be guessed, for an hour.
type waiting struct {
	dir string
	now time.Time
}

// upload is what waits.
type upload struct {
	Name string `json:"name"` // of the list
	Who  string `json:"who"`  // only who sent it opens it
	File string `json:"file"` // within the folder; "." for several files
}

// secret is the form of an upload's name.
var secret = regexp.MustCompile(`^[a-z2-7]{26}$`)

// keep keeps the files that next gives until it gives io.EOF. Errors: Invalid
// without a file, TooLarge, Unavailable.
func (w waiting) keep(who string, next func() (name string, r io.Reader, err error)) (id string, err error) {
	w.sweep()
	if others, _ := os.ReadDir(w.dir); len(others) >= mostWaiting {
		return "", greyshelf.Errorf(greyshelf.Unavailable, opWait, "", "too many imports wait already; finish one, or try again in an hour")
	}
	id = strings.ToLower(rand.Text())
	folder := filepath.Join(w.dir, id)
	if err := os.MkdirAll(filepath.Join(folder, "files"), 0o700); err != nil {
		return "", greyshelf.E(greyshelf.Unavailable, opWait, "", err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(folder)
		}
	}()
	root, err := os.OpenRoot(filepath.Join(folder, "files"))
	if err != nil {
		return "", greyshelf.E(greyshelf.Unavailable, opWait, "", err)
	}
	defer root.Close()
	u := upload{Who: who}
	left, files := int64(mostBytes), 0
	for {
		name, r, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		n, err := write(root, safeName(name), io.LimitReader(r, left+1))
		if err != nil {
			return "", err
		}
		if left -= n; left < 0 {
			return "", greyshelf.Errorf(greyshelf.TooLarge, opWait, name, "it is larger than %s; use greyshelf import on the server", greyshelf.FormatSize(mostBytes))
		}
		if files++; files == 1 {
			u.Name, u.File = name, safeName(name)
		}
	}
	if files == 0 {
		return "", greyshelf.Errorf(greyshelf.Invalid, opWait, "", "no file was chosen")
	}
	if files > 1 {
		u.File = "."
	}
	meta, err := json.Marshal(u)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "upload.json"), meta, 0o600)
	}
	if err != nil {
		return "", greyshelf.E(greyshelf.Unavailable, opWait, u.Name, err)
	}
	return id, nil
}

func write(root *os.Root, name string, r io.Reader) (int64, error) {
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return 0, greyshelf.Errorf(greyshelf.Invalid, opWait, name, "two files have this name")
	}
	if err != nil {
		return 0, greyshelf.E(greyshelf.Unavailable, opWait, name, err)
	}
	n, err := io.Copy(f, r)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return n, greyshelf.E(greyshelf.Unavailable, opWait, name, err)
	}
	return n, nil
}

// safeName makes a name that every file system takes, and that hides nothing.
func safeName(name string) string {
	name = strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_")), ".")
	if len(name) > 150 {
		name = strings.ToValidUTF8(name[len(name)-150:], "")
	}
	if name == "" {
		return "list"
	}
	return name
}

// open opens an upload of this person. Errors: NotFound when there is none or
// its hour is over.
func (w waiting) open(id, who string) (bring.Input, upload, io.Closer, error) {
	w.sweep()
	var u upload
	gone := greyshelf.Errorf(greyshelf.NotFound, "open the list", "", "it waits no longer; send it again")
	if !secret.MatchString(id) {
		return bring.Input{}, u, nil, gone
	}
	meta, err := os.ReadFile(filepath.Join(w.dir, id, "upload.json"))
	if err != nil || json.Unmarshal(meta, &u) != nil || u.Who != who {
		return bring.Input{}, u, nil, gone
	}
	in, closer, err := bring.Open(filepath.Join(w.dir, id, "files", u.File))
	if err != nil {
		return in, u, nil, gone
	}
	if in.Name = u.Name; u.File == "." {
		in.Name = u.Name + " …"
	}
	return in, u, closer, nil
}

// drop lets an upload go.
func (w waiting) drop(id string) {
	if secret.MatchString(id) {
		_ = os.RemoveAll(filepath.Join(w.dir, id))
	}
}

// sweep lets go what has waited too long.
func (w waiting) sweep() {
	all, _ := os.ReadDir(w.dir)
	for _, one := range all {
		if info, err := one.Info(); err == nil && secret.MatchString(one.Name()) && w.now.Sub(info.ModTime()) > patience {
			_ = os.RemoveAll(filepath.Join(w.dir, one.Name()))
		}
	}
}
