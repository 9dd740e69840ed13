package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/api"
	"github.com/greyshelf/greyshelf/internal/catalog"
	catalogsqlite "github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	pagessqlite "github.com/greyshelf/greyshelf/internal/pages/sqlite"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/search/bleve"
)

// site serves the API over real parts, with an open, a reserved and a draft
// report of one page each; the reader is the role in the header Role.
func site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	c, err := catalogsqlite.Open(t.Context(), filepath.Join(dir, "catalog.sqlite"), catalogsqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pageStore, err := pagessqlite.Open(t.Context(), filepath.Join(dir, "pages.sqlite"), pagessqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := bleve.Open(filepath.Join(dir, "index"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close(); pageStore.Close(); c.Close() })
	for i, r := range []greyshelf.Report{
		{ID: "open", Title: "Open waters", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}, Note: "for the desk only"},
		{ID: "closed", Title: "Closed waters", State: greyshelf.Published, Rights: greyshelf.Rights{Code: greyshelf.AllRightsReserved}},
		{ID: "draft", Title: "Drafted waters", State: greyshelf.Draft, Rights: greyshelf.Rights{Code: greyshelf.PublicDomain}},
	} {
		sha := strings.Repeat(string(rune('a'+i)), 64)
		r.Editions = []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: sha, Pages: 1, Text: "v1", Added: time.Unix(0, 0).UTC()}}}}
		if err := pageStore.Put(t.Context(), sha, "v1", []greyshelf.Page{{Index: 1, Label: "i", Text: "The harbour is deep."}}); err != nil {
			t.Fatal(err)
		}
		_, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "d" + r.ID, At: time.Unix(int64(i), 0)}, Reports: []greyshelf.Report{r}})
		if err != nil {
			t.Fatal(err)
		}
	}
	taken := greyshelf.Report{ID: "taken", Title: "Taken waters", State: greyshelf.Withdrawn, Tombstone: "on request"}
	if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "take"}, Reports: []greyshelf.Report{taken}}); err != nil {
		t.Fatal(err)
	}
	merged := greyshelf.Report{ID: "merged", State: greyshelf.Withdrawn, MergedInto: "open"}
	if _, err := c.Commit(t.Context(), catalog.Commit{Decision: greyshelf.Decision{ID: "merge"}, Reports: []greyshelf.Report{merged}}); err != nil {
		t.Fatal(err)
	}
	indexer := search.Indexer{Index: index, Catalog: c, Pages: pageStore}
	if err := indexer.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	service := &search.Service{Index: index, Catalog: c, Pages: pageStore}
	roles := map[string]rights.Role{"": rights.Anonymous, "librarian": rights.Librarian}
	server := httptest.NewServer(api.New(api.Library{Catalog: c, Pages: pageStore, Search: service},
		func(r *http.Request) rights.Reader { return rights.Reader{Role: roles[r.Header.Get("Role")]} }, "/base", "test"))
	t.Cleanup(server.Close)
	return server.URL + api.Prefix
}

func get(t *testing.T, address, role string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Role", role)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// TestDoors walks every operation for both readers: what status, what stands
// in the answer, what must not.
func TestDoors(t *testing.T) {
	base := site(t)
	for _, test := range []struct {
		path, role string
		status     int
		has, lacks string
	}{
		{"/reports", "", 200, `"total":2`, "Drafted"},
		{"/reports", "librarian", 200, `"total":5`, ""},
		{"/reports", "", 200, "Open waters", "for the desk only"},
		{"/reports?limit=1&offset=1", "", 200, "Open waters", "Closed"},
		{"/reports?limit=0", "", 422, "", ""},
		{"/reports/open", "", 200, `"id":"open"`, "for the desk only"},
		{"/reports/open", "librarian", 200, "for the desk only", ""},
		{"/reports/draft", "", 404, "", "Drafted"},
		{"/reports/draft", "librarian", 200, "Drafted", ""},
		{"/reports/nothing", "", 404, "", ""},
		{"/reports/taken", "", 410, "on request", "Taken waters"},
		{"/reports/taken/files/aaaaaaaa/pages/1", "", 410, "on request", "Taken waters"},
		{"/reports/taken", "librarian", 200, "Taken waters", ""},
		{"/reports/merged", "", 200, `"id":"open"`, "for the desk only"},
		{"/reports/merged/files/aaaaaaaa/pages/1", "", 200, "harbour", ""},
		{"/reports/open/files/aaaaaaaa/pages/1", "", 200, "harbour", ""},
		{"/reports/open/files/aaaaaaaa/pages/2", "", 404, "", ""},
		{"/reports/open/files/aaaaaaaa/pages/x", "", 400, "", ""},
		{"/reports/open/files/bbbbbbbb/pages/1", "", 404, "", "harbour"},
		{"/reports/closed/files/bbbbbbbb/pages/1", "", 403, "", "harbour"},
		{"/reports/closed/files/bbbbbbbb/pages/1", "librarian", 200, "harbour", ""},
		{"/reports/draft/files/cccccccc/pages/1", "", 404, "", "harbour"},
		{"/search?q=harbour", "", 200, `"total_reports":2`, "Drafted"},
		{"/search?q=harbour", "librarian", 200, `"total_reports":3`, ""},
		{"/search?q=title:open", "", 200, `"total_reports":1`, "Closed"},
		{"/list?format=seed", "", 200, "Open waters", "Drafted"},
		{"/list?format=seed&id=draft&id=open", "", 200, "Open waters", "Drafted"},
		{"/list?format=markdown&q=harbour", "", 200, "Closed waters", "Drafted"},
		{"/list?format=html", "", 200, "<html", ""},
		{"/list?format=pdf", "", 422, "", ""},
		{"/openapi.json", "", 200, `"openapi":"3.1`, ""},
		{"/nothing", "", 404, "", ""},
	} {
		status, body := get(t, base+test.path, test.role)
		if status != test.status || !strings.Contains(body, test.has) || test.lacks != "" && strings.Contains(body, test.lacks) {
			t.Errorf("%s as %q: %d %.300s\nwant %d with %q, without %q", test.path, test.role, status, body, test.status, test.has, test.lacks)
		}
	}
}

// TestOpenAPI checks that the description names every operation and the base
// path.
func TestOpenAPI(t *testing.T) {
	_, body := get(t, site(t)+"/openapi.json", "")
	var description struct {
		Paths   map[string]any
		Servers []struct{ URL string }
	}
	if err := json.Unmarshal([]byte(body), &description); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/reports", "/reports/{id}", "/reports/{id}/files/{file}/pages/{page}", "/search", "/list"} {
		if description.Paths[api.Prefix+path] == nil {
			t.Errorf("%s is not described", path)
		}
	}
	if len(description.Servers) != 1 || description.Servers[0].URL != "/base/" {
		t.Errorf("servers: %+v", description.Servers)
	}
}
