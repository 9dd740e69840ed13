// Package identifytest is the suite that every backend of the port
// identify.Index passes. It holds tests only.
package identifytest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/identify"
)

// Open opens an index kept in the folder; opened again on the same folder it
// is the same index. The suite closes what it opens.
type Open func(t testing.TB, dir string) identify.Index

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, identify.Index){
		"sharing": sharing, "replacing": replacing, "common keys": commonKeys, "mark": mark,
	} {
		t.Run(name, func(t *testing.T) {
			x := open(t, t.TempDir())
			t.Cleanup(func() { _ = x.Close() })
			test(t, x)
		})
	}
	t.Run("reopen", func(t *testing.T) { reopen(t, open) })
}

func put(t *testing.T, x identify.Index, file string, keys ...uint64) {
	t.Helper()
	if err := x.Put(t.Context(), identify.Keyed{File: file, Keys: keys}); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, x identify.Index, keys []uint64, limit int, want ...identify.Shared) {
	t.Helper()
	got, err := x.Sharing(t.Context(), keys, limit)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v: %v %s", keys, err, diff)
	}
}

func sharing(t *testing.T, x identify.Index) {
	put(t, x, "a", 1, 2, 3, 1<<63|5)
	put(t, x, "b", 3, 4)
	put(t, x, "c", 1<<64-1)
	put(t, x, "without keys")
	if err := x.Put(t.Context()); err != nil {
		t.Error(err)
	}
	expect(t, x, []uint64{1, 2, 3, 4}, 10, identify.Shared{File: "a", Keys: 3}, identify.Shared{File: "b", Keys: 2})
	expect(t, x, []uint64{1, 2, 3, 4}, 1, identify.Shared{File: "a", Keys: 3})
	expect(t, x, []uint64{1<<63 | 5, 1<<64 - 1}, 10, identify.Shared{File: "a", Keys: 1}, identify.Shared{File: "c", Keys: 1})
	expect(t, x, []uint64{99}, 10)
	expect(t, x, nil, 10)
}

func replacing(t *testing.T, x identify.Index) {
	put(t, x, "a", 1, 2)
	put(t, x, "a", 2, 3)
	expect(t, x, []uint64{1, 2, 3}, 10, identify.Shared{File: "a", Keys: 2})
	put(t, x, "b", 2)
	if err := x.Drop(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := x.Drop(t.Context(), "nothing"); err != nil {
		t.Error(err)
	}
	expect(t, x, []uint64{1, 2, 3}, 10, identify.Shared{File: "b", Keys: 1})
}

// commonKeys: a key that very many files have does not bring them all.
func commonKeys(t *testing.T, x identify.Index) {
	var files []identify.Keyed
	for i := range 1000 {
		files = append(files, identify.Keyed{File: fmt.Sprintf("file%d", i), Keys: []uint64{7, uint64(1000 + i)}})
	}
	if err := x.Put(t.Context(), files...); err != nil {
		t.Fatal(err)
	}
	got, err := x.Sharing(t.Context(), []uint64{7, 1042}, 50)
	if err != nil || len(got) == 0 || got[0].File != "file42" || len(got) > 50 {
		t.Errorf("%v, %v", got, err)
	}
}

func mark(t *testing.T, x identify.Index) {
	for _, want := range []int64{0, 7, 9} {
		if want > 0 {
			if err := x.SetMark(t.Context(), want); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := x.Mark(t.Context()); err != nil || got != want {
			t.Errorf("mark %d, %v; want %d", got, err, want)
		}
	}
}

func reopen(t *testing.T, open Open) {
	dir := t.TempDir()
	x := open(t, dir)
	put(t, x, "a", 1, 2)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, dir)
	defer x.Close()
	expect(t, x, []uint64{2}, 10, identify.Shared{File: "a", Keys: 1})
}
