package main

import (
	"bytes"
	"log/slog"
	"sync"
	"testing"

	"github.com/greyshelf/greyshelf/internal/app"
)

// TestTokenKey: the secret of resumption tokens is drawn once for a library,
// whoever asks first, outlives the process, and is another one elsewhere.
func TestTokenKey(t *testing.T) {
	keyOf := func(dir string, create bool) []byte {
		l, err := app.Open(t.Context(), app.Config{Library: dir}, create, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Error(err)
			return nil
		}
		defer l.Close()
		key, err := l.TokenKey(t.Context())
		if err != nil || len(key) != 32 {
			t.Errorf("%d bytes, %v", len(key), err)
		}
		return key
	}
	dir, elsewhere := t.TempDir(), t.TempDir()
	other := keyOf(elsewhere, true)
	l, err := app.Open(t.Context(), app.Config{Library: dir}, true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	keys := make([][]byte, 4)
	var all sync.WaitGroup
	for n := range keys {
		all.Go(func() { keys[n] = keyOf(dir, false) })
	}
	all.Wait()
	for _, key := range append(keys, keyOf(dir, false)) {
		if !bytes.Equal(key, keys[0]) {
			t.Error("the library has two secrets")
		}
	}
	if bytes.Equal(keys[0], other) {
		t.Error("two libraries have one secret")
	}
}
