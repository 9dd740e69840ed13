// Package backup writes a whole library to one file, while the library is in
// use, and makes a library from such a file.
//
// It belongs to preserve, which goes along the whole way of the data. The file
// is a ZIP archive that any program opens; docs/format.md says what is in it.
// Index and cache are not backed up: they are made again.
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/pages"
)

// Format is the version of the archive's form.
const Format = 1

// The names of members, which are those in a library's folder.
const (
	catalogName  = "catalog.sqlite"
	pagesName    = "pages.sqlite"
	configName   = "greyshelf.toml"
	filesDir     = "files"
	manifestName = "manifest.json"
)

// Parts are the parts of the library to be backed up.
type Parts struct {
	Catalog catalog.Catalog
	Pages   pages.Store
	Files   files.Store
	Config  string // path of the configuration file; it need not exist
	Work    string // folder for copies of the databases on their way; empty = the system's
	Now     time.Time
	Version string // of the program
}

// Manifest says what an archive holds. It is its last member.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	At      time.Time `json:"at"`
	Members []Member  `json:"members"`
}

// Member is one member of an archive.
type Member struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

const op = "backup"

// Write writes the library to w. The catalogue is copied first: what it names
// is in the files and pages copied after it, since they come before it when a
// report is added. A file that is not what its name says is refused, so that
// damage is noticed while there is an older backup. Errors: Conflict,
// Unavailable.
func Write(ctx context.Context, w io.Writer, p Parts) error {
	work, err := os.MkdirTemp(p.Work, ".greyshelf-backup-")
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, "", err)
	}
	defer os.RemoveAll(work)
	a := &archive{zip: zip.NewWriter(w), manifest: Manifest{Format: Format, Program: p.Version, At: p.Now}}
	for _, copied := range []struct {
		name   string
		backup func(context.Context, string) error
	}{{catalogName, p.Catalog.Backup}, {pagesName, p.Pages.Backup}} {
		path := filepath.Join(work, copied.name)
		if err := copied.backup(ctx, path); err != nil {
			return err
		}
		if err := a.addFile(copied.name, path); err != nil {
			return err
		}
	}
	if _, err := os.Stat(p.Config); err == nil {
		if err := a.addFile(configName, p.Config); err != nil {
			return err
		}
	}
	for sha, err := range p.Files.Names(ctx) {
		if err != nil {
			return err
		}
		if err := a.addStored(ctx, p.Files, sha); err != nil {
			return err
		}
	}
	return a.finish()
}

// archive is a ZIP archive in the making.
type archive struct {
	zip      *zip.Writer
	manifest Manifest
}

func (a *archive) addFile(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, name, err)
	}
	defer f.Close()
	return a.add(name, f, zip.Deflate)
}

func (a *archive) addStored(ctx context.Context, store files.Store, sha string) error {
	r, err := store.Open(ctx, sha)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := a.add(filesDir+"/"+sha, r, zip.Store); err != nil { // PDFs are compressed already
		return err
	}
	if added := a.manifest.Members[len(a.manifest.Members)-1]; added.SHA256 != sha {
		return greyshelf.Errorf(greyshelf.Conflict, op, sha, "the file is damaged (its bytes are not what its name says); run greyshelf doctor")
	}
	return nil
}

func (a *archive) add(name string, r io.Reader, method uint16) error {
	member, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: a.manifest.At})
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, name, err)
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(member, hash), r)
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, name, err)
	}
	a.manifest.Members = append(a.manifest.Members, Member{name, n, hex.EncodeToString(hash.Sum(nil))})
	return nil
}

func (a *archive) finish() error {
	member, err := a.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: a.manifest.At})
	if err == nil {
		err = json.NewEncoder(member).Encode(a.manifest)
	}
	if err == nil {
		err = a.zip.Close()
	}
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, manifestName, err)
	}
	return nil
}
