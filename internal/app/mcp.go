package app

import (
	"context"
	"strings"

	"github.com/greyshelf/greyshelf/internal/mcp"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// MCP serves the library to a language model on standard input and output
// until they end. public: it sees what anonymous readers see; otherwise, as the
// rest of the command line, everything.
func (l *Library) MCP(ctx context.Context, public bool) error {
	reader := rights.Reader{Role: rights.Administrator}
	if public {
		reader = rights.Reader{}
	}
	library := mcp.Library{Catalog: l.Catalog, Pages: l.Pages, Search: l.Search}
	if public {
		library.Search = l.searchAnonymous
	}
	if holder, ok := served(l.Config.Library); ok {
		library.Base = strings.TrimSuffix(holder.Address, "/")
	}
	return mcp.Run(ctx, library, reader, Version())
}
