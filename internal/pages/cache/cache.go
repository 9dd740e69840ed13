// Package cache keeps rendered page images in a folder of bounded size. It is
// a backend of the cache port of package pages: everything in it can be made
// again, so it has no errors and may be deleted while the program runs.
package cache

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Dir is a cache in a folder. It is safe for concurrent use, also by several
// processes: an entry is written under another name and renamed.
type Dir struct {
	path string
	max  int64 // bytes

	mu   sync.Mutex
	size int64 // bytes as far as this process knows; -1 before the first count
}

// New makes a cache in the folder, which need not exist, of at most max bytes
// (a little more between two cleanings).
func New(path string, max int64) *Dir { return &Dir{path: path, max: max, size: -1} }

// Get gives the entry under the key, a relative path with slashes.
func (d *Dir) Get(_ context.Context, key string) ([]byte, bool) {
	name, ok := d.name(key)
	if !ok {
		return nil, false
	}
	data, err := os.ReadFile(name)
	return data, err == nil
}

// Put keeps an entry; when it cannot, nothing happens.
func (d *Dir) Put(_ context.Context, key string, data []byte) {
	name, ok := d.name(key)
	if !ok || os.MkdirAll(filepath.Dir(name), 0o750) != nil {
		return
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return
	}
	defer os.Remove(temporary.Name()) // after the rename there is nothing to remove
	_, err = temporary.Write(data)
	if closed := temporary.Close(); err != nil || closed != nil {
		return
	}
	if os.Rename(temporary.Name(), name) == nil {
		d.grew(int64(len(data)))
	}
}

// name gives the file of a key; keys that would leave the folder have none.
func (d *Dir) name(key string) (string, bool) {
	local := filepath.FromSlash(key)
	return filepath.Join(d.path, local), filepath.IsLocal(local)
}

// grew counts what was added and cleans up when it is too much.
func (d *Dir) grew(by int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.size >= 0 {
		d.size += by
	}
	if d.size < 0 || d.size > d.max {
		d.size = d.clean()
	}
}

// entry is a file of the cache.
type entry struct {
	path string
	size int64
	at   time.Time
}

// clean removes the oldest entries until the rest is at most nine tenths of
// the limit, and gives what is left in bytes.
func (d *Dir) clean() int64 {
	var entries []entry
	var size int64
	_ = filepath.WalkDir(d.path, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return nil // what cannot be read is not counted
		}
		if info, err := f.Info(); err == nil {
			entries = append(entries, entry{path, info.Size(), info.ModTime()})
			size += info.Size()
		}
		return nil
	})
	if size <= d.max {
		return size
	}
	slices.SortFunc(entries, func(a, b entry) int { return a.at.Compare(b.at) })
	for _, e := range entries {
		if size <= d.max/10*9 {
			break
		}
		if os.Remove(e.path) == nil {
			size -= e.size
		}
	}
	return size
}
