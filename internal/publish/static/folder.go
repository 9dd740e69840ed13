package static

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// The files by which a later run knows what is its own: the list of a finished
// run, and the names that an unfinished one has begun to write.
const (
	manifestName = "greyshelf-export.json"
	journalName  = "greyshelf-export.part"
)

// manifest is the list of a finished run.
type manifest struct {
	Files map[string]string `json:"files"` // name → SHA-256
}

// folder is the folder that is written.
type folder struct {
	dir     string
	before  map[string]string // of earlier runs; SHA-256 "" where it is not known
	now     map[string]string
	journal *os.File
	summary Summary
}

// open takes a folder: new, empty, or of an earlier run.
func open(dir string) (*folder, error) {
	f := &folder{dir: dir, before: map[string]string{}, now: map[string]string{}}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err == nil {
		var m manifest
		if err := json.Unmarshal(data, &m); err != nil {
			return nil, greyshelf.Errorf(greyshelf.Invalid, op, dir, "its %s cannot be read; export into another folder", manifestName)
		}
		f.before = m.Files
	} else if !missing(err) {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	begun, err := f.unfinished()
	if err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 && len(f.before) == 0 && !begun {
		if err != nil {
			return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
		}
		return nil, greyshelf.Errorf(greyshelf.Exists, op, dir, "there are other things in the folder; name a new one, or one that was written by this command")
	}
	f.journal, err = os.OpenFile(filepath.Join(dir, journalName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	return f, nil
}

// unfinished reads what a run that was broken off had begun to write.
func (f *folder) unfinished() (bool, error) {
	file, err := os.Open(filepath.Join(f.dir, journalName))
	if missing(err) {
		return false, nil
	}
	if err != nil {
		return false, greyshelf.E(greyshelf.Unavailable, op, f.dir, err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name := lines.Text(); filepath.IsLocal(filepath.FromSlash(name)) {
			f.before[name] = ""
			_ = os.Remove(filepath.Join(f.dir, filepath.FromSlash(name)) + ".new") // half a file; mostly there is none
		}
	}
	return true, nil
}

// put writes a file, if it is not there as it should be.
func (f *folder) put(name string, data []byte) error {
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	f.now[name] = digest
	f.summary.Files++
	f.summary.Bytes += int64(len(data))
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if f.before[name] == digest {
		if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
			return nil
		}
	}
	f.summary.Written++
	_, err := f.journal.WriteString(name + "\n")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path+".new", data, 0o644)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, path, err)
	}
	return nil
}

// finish removes what belongs to the site no longer and writes the list.
func (f *folder) finish() (Summary, error) {
	var folders []string
	for name := range f.before {
		if _, still := f.now[name]; still || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		path := filepath.Join(f.dir, filepath.FromSlash(name))
		if err := os.Remove(path); err == nil {
			f.summary.Removed++
		}
		for at := filepath.Dir(path); strings.HasPrefix(at, f.dir+string(filepath.Separator)); at = filepath.Dir(at) {
			folders = append(folders, at)
		}
	}
	slices.SortFunc(folders, func(a, b string) int { return len(b) - len(a) })
	for _, at := range slices.Compact(folders) {
		_ = os.Remove(at) // one that is not empty stays
	}
	data, _ := json.MarshalIndent(manifest{f.now}, "", "\t") // texts always have a JSON form
	err := os.WriteFile(filepath.Join(f.dir, manifestName+".new"), data, 0o644)
	if err == nil {
		err = os.Rename(filepath.Join(f.dir, manifestName+".new"), filepath.Join(f.dir, manifestName))
	}
	if err == nil {
		err = f.journal.Close()
	}
	if err == nil {
		err = os.Remove(filepath.Join(f.dir, journalName))
	}
	if err != nil {
		return f.summary, greyshelf.E(greyshelf.Unavailable, op, f.dir, err)
	}
	return f.summary, nil
}
