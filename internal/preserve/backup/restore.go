package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/files"
)

const opRestore = "restore"

// maxManifest bounds the manifest: about a million files.
const maxManifest = 256 << 20

// memberName is what members may be called; nothing else is written.
var memberName = regexp.MustCompile(`^(catalog\.sqlite|pages\.sqlite|greyshelf\.toml|files/[0-9a-f]{64})$`)

// workPrefix begins the name of the folder in which a library is made before
// it is moved to its place.
const workPrefix = ".greyshelf-restore-"

// Restore makes a library in dir, which must be absent or empty, from an
// archive; open opens an empty file store in a folder. Everything is written
// into a folder inside dir and compared with the manifest before it is moved to
// its place, the catalogue last: a library that was not wholly restored is
// none. (Inside, because dir may be a volume of its own.) Errors: Invalid (no
// backup, damaged, of a newer program, dir is not empty), Unavailable (disk
// full).
func Restore(ctx context.Context, f *os.File, dir string, open func(dir string) (files.Store, error)) error {
	existed, err := checkTarget(dir)
	if err != nil {
		return err
	}
	archive, manifest, err := read(f)
	if err != nil {
		return err
	}
	err = restoreInto(ctx, archive, manifest, dir, open)
	if err != nil && !existed {
		_ = os.Remove(dir) // it is empty again; if not, it is better kept
	}
	return err
}

func restoreInto(ctx context.Context, archive *zip.Reader, m Manifest, dir string, open func(dir string) (files.Store, error)) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return greyshelf.E(greyshelf.Unavailable, opRestore, dir, err)
	}
	work, err := os.MkdirTemp(dir, workPrefix)
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, opRestore, dir, err)
	}
	defer os.RemoveAll(work)
	if err := restoreMembers(ctx, archive, m, work, open); err != nil {
		return err
	}
	for _, name := range []string{filesDir, pagesName, configName, catalogName} {
		err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name))
		if err != nil && !(name == configName && errors.Is(err, fs.ErrNotExist)) {
			return greyshelf.E(greyshelf.Unavailable, opRestore, dir, err)
		}
	}
	return nil
}

// checkTarget refuses a folder that holds anything but the remains of a
// restore that was killed, which it removes.
func checkTarget(dir string) (existed bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return true, greyshelf.E(greyshelf.Invalid, opRestore, dir, err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), workPrefix) {
			return true, greyshelf.Errorf(greyshelf.Invalid, opRestore, dir, "the folder is not empty (it holds %s); restore into a new one with --library", e.Name())
		}
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return true, greyshelf.E(greyshelf.Unavailable, opRestore, dir, err)
		}
	}
	return true, nil
}

// read opens the archive and its manifest, and checks that they agree.
func read(f *os.File) (*zip.Reader, Manifest, error) {
	var m Manifest
	info, err := f.Stat()
	if err != nil {
		return nil, m, greyshelf.E(greyshelf.Unavailable, opRestore, f.Name(), err)
	}
	archive, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, m, greyshelf.Errorf(greyshelf.Invalid, opRestore, f.Name(), "not a whole Greyshelf backup: %w", err)
	}
	data, err := fs.ReadFile(limited{archive}, manifestName)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return nil, m, greyshelf.Errorf(greyshelf.Invalid, opRestore, f.Name(), "the archive has no readable manifest, so it is no Greyshelf backup: %w", err)
	}
	if m.Format > Format {
		return nil, m, greyshelf.Errorf(greyshelf.Invalid, opRestore, f.Name(), "the backup was made by a newer program (%s); use that one", m.Program)
	}
	return archive, m, checkNames(f.Name(), m)
}

// limited opens members of an archive up to the size of a manifest.
type limited struct{ *zip.Reader }

// Open gives a member that is not larger than a manifest may be.
func (l limited) Open(name string) (fs.File, error) {
	file, err := l.Reader.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.Size() > maxManifest {
		return nil, errors.Join(errors.New("the manifest is too large"), err, file.Close())
	}
	return file, nil
}

func checkNames(archive string, m Manifest) error {
	seen := map[string]bool{}
	for _, member := range m.Members {
		if !memberName.MatchString(member.Name) || seen[member.Name] || member.Bytes < 0 {
			return greyshelf.Errorf(greyshelf.Invalid, opRestore, archive, "the manifest names %q, which no backup holds", member.Name)
		}
		seen[member.Name] = true
	}
	if !seen[catalogName] || !seen[pagesName] {
		return greyshelf.Errorf(greyshelf.Invalid, opRestore, archive, "the backup lacks the catalogue or the pages")
	}
	return nil
}

func restoreMembers(ctx context.Context, archive *zip.Reader, m Manifest, work string, open func(string) (files.Store, error)) error {
	store, err := open(filepath.Join(work, filesDir))
	if err != nil {
		return err
	}
	defer store.Close()
	if err := os.MkdirAll(filepath.Join(work, filesDir), 0o750); err != nil { // also of a library without files
		return greyshelf.E(greyshelf.Unavailable, opRestore, work, err)
	}
	for _, member := range m.Members {
		if err := ctx.Err(); err != nil {
			return greyshelf.E(greyshelf.Unavailable, opRestore, member.Name, err)
		}
		if err := restoreMember(ctx, archive, member, work, store); err != nil {
			return err
		}
	}
	return nil
}

// restoreMember writes one member and compares it with the manifest.
func restoreMember(ctx context.Context, archive *zip.Reader, member Member, work string, store files.Store) error {
	damaged := func(reason string) error {
		return greyshelf.Errorf(greyshelf.Invalid, opRestore, member.Name, "the backup is damaged: %s", reason)
	}
	r, err := archive.Open(member.Name)
	if err != nil {
		return damaged("a member is missing")
	}
	defer r.Close()
	hash := sha256.New()
	count := &counter{}
	body := io.TeeReader(io.LimitReader(r, member.Bytes+1), io.MultiWriter(hash, count))
	if sha, ok := strings.CutPrefix(member.Name, filesDir+"/"); ok {
		stored, err := store.Put(ctx, body)
		if err != nil {
			return damagedOr(err, damaged)
		}
		if stored.SHA256 != sha {
			return damaged("a file is not what its name says")
		}
	} else if err := writeFile(filepath.Join(work, member.Name), body); err != nil {
		return damagedOr(err, damaged)
	}
	if count.n != member.Bytes || hex.EncodeToString(hash.Sum(nil)) != member.SHA256 {
		return damaged("a member is not what the manifest says")
	}
	return nil
}

// damagedOr tells a member that cannot be unpacked from a disk that is full.
func damagedOr(err error, damaged func(string) error) error {
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(err.Error())
	}
	return err
}

// counter counts what is written to it.
type counter struct{ n int64 }

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// writeFile writes a file and brings it to the disk.
func writeFile(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, opRestore, path, err)
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, opRestore, path, err)
	}
	return nil
}
