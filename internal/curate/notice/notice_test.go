package notice

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
)

func register(t *testing.T) *Register {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	n := 0
	return &Register{Records: c, Now: func() time.Time { return time.Unix(1_800_000_000+int64(n), 0) }, NewID: func() string { n++; return strconv.Itoa(n) }}
}

func TestNotices(t *testing.T) {
	r, ctx := register(t), context.Background()
	for name, bad := range map[string]Notice{
		"nothing":          {},
		"no text":          {About: Error, Report: "a"},
		"only blanks":      {About: TakeDown, Report: "a", Text: " \u202e\r\n "},
		"a copy to nobody": {About: Copy, Report: "a"},
		"too long":         {About: Error, Report: "a", Text: strings.Repeat("ä", longestText+1)},
	} {
		if _, err := r.Leave(ctx, bad); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	first, err := r.Leave(ctx, Notice{About: Error, Report: "a", Page: 3, Text: "The year\r\nis\x00 wrong\u202e", Email: "me@example.org", Who: "forged", Answer: "forged"})
	if err != nil || first.Text != "The year\nis wrong" || first.Who != "" || first.Answer != "" {
		t.Fatalf("%+v, %v", first, err)
	}
	second, err := r.Leave(ctx, Notice{About: Copy, Report: "b", Email: "you@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	open, err := r.Open(ctx, 0)
	if err != nil || len(open) != 2 || open[0].ID != first.ID || open[1].ID != second.ID {
		t.Fatalf("%+v, %v", open, err)
	}
	if err := r.Close(ctx, first.ID, "Anna", "mended"); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(ctx, first.ID, "Ben", "me too"); greyshelf.KindOf(err) != greyshelf.Conflict {
		t.Errorf("closed twice: %v", err)
	}
	done, err := r.Done(ctx, 0)
	if err != nil || len(done) != 1 || done[0].Email != "" || done[0].Answer != "mended" || done[0].Who != "Anna" {
		t.Errorf("%+v, %v", done, err)
	}
	if err := r.Reopen(ctx, first.ID); err != nil {
		t.Error(err)
	}
	if err := r.Erase(ctx, second.ID); err != nil {
		t.Error(err)
	}
	if open, _ = r.Open(ctx, 0); len(open) != 1 || open[0].ID != first.ID || open[0].Email != "" {
		t.Errorf("%+v", open)
	}
	for _, err := range []error{r.Close(ctx, "none", "", ""), r.Erase(ctx, "none"), r.Reopen(ctx, "none")} {
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			t.Error(err)
		}
	}
}
