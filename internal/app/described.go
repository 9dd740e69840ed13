package app

import (
	"context"
	"io"
	"path/filepath"

	"github.com/greyshelf/greyshelf/internal/pages/cache"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/publish/embed/pdfcpu"
)

// copyCacheBytes bounds the cache of what is appended to PDFs: some kilobytes
// for each.
const copyCacheBytes = 256 << 20

func newCopies(l *Library) *embed.Keeper {
	return embed.NewKeeper(l.Files, cache.New(filepath.Join(l.path(cacheDir), "described"), copyCacheBytes), pdfcpu.New(l.Config.Program...))
}

// Described makes copies of PDFs with the catalogue record inside, see
// [embed.Keeper.Copy]; nil where the program cannot start itself. Rights are
// the caller's to ask.
func (l *Library) Described() func(context.Context, embed.Record) (*embed.Copy, error) {
	if len(l.Config.Program) == 0 {
		return nil
	}
	return l.copies.Copy
}

// EmbedChild is what the command in [Config.Program] does: it reads a record
// and a PDF from in, and writes to out what stands behind the PDF in a copy.
// The process is limited and must do nothing else.
func EmbedChild(in io.Reader, out io.Writer) error { return pdfcpu.Child(in, out) }
