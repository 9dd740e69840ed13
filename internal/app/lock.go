package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/greyshelf/greyshelf"
)

// Holder says which process holds a library, for the one that is refused.
type Holder struct {
	Command string    `json:"command"` // "serve" or "reindex"
	PID     int       `json:"pid"`
	Since   time.Time `json:"since"`
	Address string    `json:"address,omitempty"` // of the site, while it serves
	Socket  string    `json:"socket,omitempty"`  // where the other commands ask
}

// lock is a lock file that the system lets go when the process ends, however
// it ends. What stands in the file beside it is for people only.
type lock struct {
	flock *flock.Flock
	note  string
}

// tryLock takes the library for a command, or says who has it. Errors:
// Conflict naming the holder.
func tryLock(dir string, holder Holder) (*lock, error) {
	l := &lock{flock: flock.New(filepath.Join(dir, "serve.lock")), note: filepath.Join(dir, "serve.json")}
	// Another command may be looking for an instant whether the library is held.
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if ok, err := l.flock.TryLockContext(ctx, 50*time.Millisecond); err != nil || !ok {
		return nil, greyshelf.E(greyshelf.Conflict, holder.Command, dir, heldBy(dir))
	}
	return l, l.write(holder)
}

// heldBy describes the holder of the library.
func heldBy(dir string) error {
	h, err := readHolder(dir)
	if err != nil {
		return errors.New("another process holds this library; stop it first")
	}
	at := ""
	if h.Address != "" {
		at = " at " + h.Address
	}
	return fmt.Errorf("process %d (greyshelf %s%s, since %s) holds this library; stop it first, or use that one",
		h.PID, h.Command, at, h.Since.Format("2006-01-02 15:04"))
}

func readHolder(dir string) (Holder, error) {
	var h Holder
	data, err := os.ReadFile(filepath.Join(dir, "serve.json"))
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	return h, err
}

// write notes who holds the lock. A rename makes it whole for whoever reads.
func (l *lock) write(holder Holder) error {
	data, err := json.Marshal(holder)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, "note the holder", "", err)
	}
	temporary := l.note + ".new"
	if err := os.WriteFile(temporary, data, 0o600); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "note the holder", l.note, err)
	}
	if err := os.Rename(temporary, l.note); err != nil {
		return greyshelf.E(greyshelf.Unavailable, "note the holder", l.note, err)
	}
	return nil
}

func (l *lock) unlock() {
	_ = os.Remove(l.note)
	_ = l.flock.Unlock()
}

// served reports whether some process serves or rebuilds the library now.
func served(dir string) (Holder, bool) {
	probe := flock.New(filepath.Join(dir, "serve.lock"))
	ok, err := probe.TryRLock()
	if err != nil {
		return Holder{}, false
	}
	if ok {
		_ = probe.Unlock()
		return Holder{}, false
	}
	h, _ := readHolder(dir)
	return h, true
}

// indexPatience is how long a command waits for another short command that
// holds the index.
const indexPatience = 30 * time.Second

// lockIndex takes the index for this process: serve for as long as it runs,
// other commands for as long as they need. Errors: Conflict.
func lockIndex(ctx context.Context, dir string) (*flock.Flock, error) {
	ctx, cancel := context.WithTimeout(ctx, indexPatience)
	defer cancel()
	l := flock.New(filepath.Join(dir, "index.lock"))
	if ok, err := l.TryLockContext(ctx, 50*time.Millisecond); err != nil || !ok {
		return nil, greyshelf.Errorf(greyshelf.Conflict, "open the index", dir, "another command uses the index; try again when it is done")
	}
	return l, nil
}
