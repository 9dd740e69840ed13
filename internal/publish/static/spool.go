package static

import (
	"os"
	"path/filepath"

	"github.com/greyshelf/greyshelf"
)

// spoolName is the pattern of the file in which pages wait, in the folder that
// is written. It holds what the site gave, and goes at the end of every run.
const spoolName = "greyshelf-export-*.pages"

// spool keeps pages on disk until it is known what their links lead to: a
// library of a hundred thousand pages would not do in memory.
type spool struct {
	file  *os.File
	end   int64
	where map[string][2]int64 // address → start, length
}

// newSpool makes the spool of a run; what a run that was broken off left in it
// goes.
func newSpool(dir string) (*spool, error) {
	stale, _ := filepath.Glob(filepath.Join(dir, spoolName)) // a folder whose name is a pattern keeps them
	for _, name := range stale {
		_ = os.Remove(name) // of another run that is under way: it holds the file open still
	}
	file, err := os.CreateTemp(dir, spoolName)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, dir, err)
	}
	return &spool{file: file, where: map[string][2]int64{}}, nil
}

func (s *spool) put(address string, data []byte) error {
	if _, err := s.file.Write(data); err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, s.file.Name(), err)
	}
	s.where[address] = [2]int64{s.end, int64(len(data))}
	s.end += int64(len(data))
	return nil
}

// get gives a page as it was put; nothing for one that was not.
func (s *spool) get(address string) ([]byte, error) {
	at := s.where[address]
	data := make([]byte, at[1])
	if _, err := s.file.ReadAt(data, at[0]); err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, op, s.file.Name(), err)
	}
	return data, nil
}

// close removes the spool.
func (s *spool) close() {
	_ = s.file.Close() // nothing in it is wanted
	_ = os.Remove(s.file.Name())
}
