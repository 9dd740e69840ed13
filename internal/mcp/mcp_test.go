package mcp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/mcp"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// library has an open, a closed and a draft report of one page each.
func library(t *testing.T) mcp.Library {
	t.Helper()
	dir := t.TempDir()
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(dir, "catalog.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := pagessqlite.Open(t.Context(), filepath.Join(dir, "pages.sqlite"), pagessqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := bleve.Open(filepath.Join(dir, "index"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close(); store.Close(); c.Close() })
	for i, r := range []greyshelf.Report{
		{ID: "open", Title: "Open waters", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}, Note: "for the desk only", Date: greyshelf.Date{EDTF: "2016"}},
		{ID: "closed", Title: "Closed waters", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved}},
		{ID: "draft", Title: "Drafted waters", State: greyshelf.Draft, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}},
	} {
		sha := strings.Repeat(string(rune('a'+i)), 64)
		r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: sha, Pages: 1, Text: "v1"}}}}
		if err := store.Put(t.Context(), sha, "v1", []greyshelf.Page{{Index: 1, Label: "i", Text: "The harbour is deep. " + strings.Repeat("It is quiet there. ", 40) + "secret of " + r.ID}}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d" + r.ID, At: time.Unix(int64(i), 0)}, Reports: []greyshelf.Report{r}}); err != nil {
			t.Fatal(err)
		}
	}
	indexer := search.Indexer{Index: index, Catalog: c, Pages: store}
	if err := indexer.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	service := &search.Service{Index: index, Catalog: c, Pages: store}
	return mcp.Library{Catalog: c, Pages: store, Search: service.Search, Base: "https://l.example"}
}

// session connects the protocol's own client over HTTP as the role.
func session(t *testing.T, l mcp.Library, role rights.Role) *sdk.ClientSession {
	t.Helper()
	server := httptest.NewServer(mcp.Handler(func(*http.Request) mcp.Library { return l }, func(*http.Request) rights.Reader { return rights.Reader{Role: role} }, "test"))
	t.Cleanup(server.Close)
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: server.URL}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTools(t *testing.T) {
	l := library(t)
	readers := map[rights.Role]*sdk.ClientSession{rights.Anonymous: session(t, l, rights.Anonymous), rights.Librarian: session(t, l, rights.Librarian)}
	for _, test := range []struct {
		role       rights.Role
		tool       string
		arguments  map[string]any
		has, lacks string
		failed     bool
	}{
		{rights.Anonymous, "search_pages", map[string]any{"query": "harbour"}, `"address":"https://l.example/r/open/f/aaaaaaaaaaaaaaaa/p/1"`, "Drafted", false},
		{rights.Librarian, "search_pages", map[string]any{"query": "harbour", "limit": 1000}, "Drafted", "", false},
		{rights.Anonymous, "search_pages", map[string]any{"query": `"unclosed`}, `"hits":[]`, "secret", false},
		{rights.Anonymous, "read_page", map[string]any{"report": "open", "page": 1}, "secret of open", "", false},
		{rights.Anonymous, "read_page", map[string]any{"report": "open", "page": 2}, "the pages 1 to 1", "", true},
		{rights.Anonymous, "read_page", map[string]any{"report": "open", "page": 1, "file": "ffffffff"}, "no such file", "", true},
		{rights.Anonymous, "read_page", map[string]any{"report": "closed", "page": 1}, "record and extracts only", "secret of", true},
		{rights.Librarian, "read_page", map[string]any{"report": "closed", "page": 1}, "secret of closed", "", false},
		{rights.Anonymous, "read_page", map[string]any{"report": "draft", "page": 1}, "no report", "secret of", true},
		{rights.Anonymous, "get_report", map[string]any{"report": "open"}, "Open waters", "for the desk only", false},
		{rights.Anonymous, "get_report", map[string]any{"report": "draft"}, "no report", "Drafted", true},
		{rights.Anonymous, "cite", map[string]any{"report": "open", "page": "34"}, "34", "", false},
		{rights.Anonymous, "cite", map[string]any{"report": "open", "style": "klingon"}, "not known", "", true},
	} {
		result, err := readers[test.role].CallTool(t.Context(), &sdk.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil {
			t.Errorf("%s %v: %v", test.tool, test.arguments, err)
			continue
		}
		body, err := json.Marshal(result)
		if err != nil {
			t.Fatal(err)
		}
		if result.IsError != test.failed || !strings.Contains(string(body), test.has) && !strings.Contains(string(body), strings.ReplaceAll(test.has, `"`, `\"`)) || test.lacks != "" && strings.Contains(string(body), test.lacks) {
			t.Errorf("%s %v as %s: %.600s\nwant %q, without %q", test.tool, test.arguments, test.role, body, test.has, test.lacks)
		}
	}
}

// TestReadOnly: no tool changes anything, and each says so.
func TestReadOnly(t *testing.T) {
	tools, err := session(t, library(t), rights.Anonymous).ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 4 {
		t.Fatal(tools, err)
	}
	for _, tool := range tools.Tools {
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint || tool.Description == "" {
			t.Errorf("%s does not say that it only reads", tool.Name)
		}
	}
}
