package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/files"
	"github.com/greyshelf/greyshelf/internal/files/blobstore"
	"github.com/greyshelf/greyshelf/internal/preserve/backup"
	"github.com/greyshelf/greyshelf/internal/preserve/fixity"
)

// Backup writes the whole library to w, while it is in use.
func (l *Library) Backup(ctx context.Context, w io.Writer) error {
	return backup.Write(ctx, w, backup.Parts{Catalog: l.Catalog, Pages: l.Pages, Files: l.Files, Config: l.path(ConfigFile), Work: l.Config.Library, Now: l.Desk.Now(), Version: Version()})
}

// Restore makes a library from a backup in a folder that is absent or empty.
func Restore(ctx context.Context, c Config, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return greyshelf.E(greyshelf.NotFound, "restore", file, err)
	}
	defer f.Close()
	return backup.Restore(ctx, f, c.Library, func(dir string) (files.Store, error) {
		return blobstore.OpenDir(dir, blobstore.Options{})
	})
}

// Health is what [Library.Doctor] found.
type Health struct {
	Reports  int      `json:"reports"`
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	Problems []string `json:"problems"` // each says what is wrong and what to do
}

// Doctor checks that the library is whole: the catalogue, every file against
// its SHA-256, and that every file has its page texts.
func (l *Library) Doctor(ctx context.Context) (Health, error) {
	h := Health{Problems: []string{}}
	defects, err := l.Catalog.Check(ctx)
	if err != nil {
		return h, err
	}
	for _, defect := range defects {
		h.add("the catalogue is damaged: %s; restore it from a backup", defect)
	}
	for report, err := range l.Catalog.Reports(ctx, catalog.Filter{}) {
		if err != nil {
			return h, err
		}
		h.Reports++
		for _, file := range report.Files() {
			h.Files++
			h.Bytes += file.Bytes
			if err := ctx.Err(); err != nil {
				return h, greyshelf.E(greyshelf.Unavailable, "doctor", "", err)
			}
			l.checkFile(ctx, &h, report.ID, file)
		}
	}
	return h, nil
}

func (l *Library) checkFile(ctx context.Context, h *Health, report string, file greyshelf.File) {
	if err := fixity.Check(ctx, l.Files, file.SHA256); err != nil {
		h.add("report %s: file %s: %s; restore it from a backup", report, file.SHA256, greyshelf.ReasonOf(err))
		return
	}
	if _, err := l.Pages.Page(ctx, file.SHA256, file.Text, file.Pages); err != nil {
		h.add("report %s: the page texts of file %s are missing (%s); restore them from a backup", report, file.SHA256, greyshelf.ReasonOf(err))
	}
}

func (h *Health) add(format string, args ...any) {
	h.Problems = append(h.Problems, fmt.Sprintf(format, args...))
}

// Version gives the version of the program: that of the module when it was
// installed, else the revision it was built from.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return "devel-" + setting.Value[:12]
		}
	}
	return "devel"
}
