package architecture_test

import (
	"path"
	"strings"
	"testing"
)

// layer is what a package is; it decides what it may import.
type layer string

const (
	words   layer = "words"   // the root package
	port    layer = "port"    // what a stage needs of the outside
	leaf    layer = "leaf"    // a format, a rule, a client
	stage   layer = "stage"   // a step in the way of the data
	backend layer = "backend" // makes a port real
	suite   layer = "suite"   // the shared tests of a port's backends
	door    layer = "door"    // web and API
	wiring  layer = "wiring"  // app
	command layer = "command" // cmd
	tests   layer = "tests"   // test-only packages
)

// rooms says what each package is: the longest prefix wins.
var rooms = map[string]layer{
	"":                               words,
	"internal/catalog":               port,
	"internal/catalog/sqlite":        backend,
	"internal/catalog/catalogtest":   suite,
	"internal/files":                 port,
	"internal/files/blobstore":       backend,
	"internal/files/filestest":       suite,
	"internal/pages":                 port,
	"internal/pages/sqlite":          backend,
	"internal/pages/cache":           backend,
	"internal/pages/pagestest":       suite,
	"internal/jobs":                  port,
	"internal/format":                leaf,
	"internal/format/formattest":     suite,
	"internal/query":                 leaf,
	"internal/rights":                leaf,
	"internal/fetch":                 leaf,
	"internal/mail":                  leaf,
	"internal/mail/mailtest":         suite,
	"internal/sqlitefile":            leaf, // how both SQLite backends open their file
	"internal/sample":                leaf,
	"internal/pdfwrite":              leaf,
	"internal/script":                leaf,
	"internal/acquire":               stage,
	"internal/describe":              stage, // with its engine port
	"internal/describe/pdf":          backend,
	"internal/describe/ocr":          backend,
	"internal/describe/flow":         backend,
	"internal/describe/describetest": suite,
	"internal/identify":              stage, // with its index port
	"internal/identify/sqlite":       backend,
	"internal/identify/identifytest": suite,
	"internal/people":                stage, // beside curate
	"internal/curate":                stage,
	"internal/search":                stage, // with its index port
	"internal/search/bleve":          backend,
	"internal/search/searchtest":     suite,
	"internal/search/ranktest":       suite,
	"internal/publish":               stage,
	"internal/publish/embed/pdfcpu":  backend,
	"internal/preserve":              stage,
	"internal/web":                   door,
	"internal/api":                   door,
	"internal/mcp":                   door,
	"internal/app":                   wiring,
	"cmd":                            command,
	"internal/architecture":          tests,
	"internal/corpustest":            tests,
	"internal/judgetest":             tests,
	"e2e":                            tests,
	"bench":                          tests,
}

// may says which layers a layer may import, beyond its own sub-packages.
var may = map[layer][]layer{
	words:   {},
	port:    {words},
	leaf:    {words, leaf},
	stage:   {words, port, leaf},
	backend: {words, leaf},
	suite:   {words, port, leaf, tests},
	door:    {words, port, leaf, stage},
	wiring:  {words, port, leaf, stage, backend, door},
	command: {words, leaf, stage, wiring}, // stages for their plain types only
	tests:   {words, port, leaf, stage, backend, suite, door, wiring, command, tests},
}

// room gives a package's layer and the folder that rules it.
func room(dir string) (layer, string) {
	for at := dir; ; at = path.Dir(at) {
		if l, ok := rooms[at]; ok && (at != "" || dir == "") {
			return l, at
		}
		if at == "." || at == "/" || at == "" {
			return "", ""
		}
	}
}

// TestImports holds the import table.
func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		own, folder := room(p.Dir)
		if own == "" {
			t.Errorf("%s is in no layer: name it in rooms", p.Dir)
			continue
		}
		for _, imported := range p.Imports {
			other, otherFolder := room(imported)
			if allowed(own, other) {
				continue
			}
			switch {
			case folder == otherFolder: // within one room
			case own == backend && strings.HasPrefix(folder, otherFolder+"/"): // its own port
			case own == suite && strings.HasPrefix(folder, otherFolder+"/"):
			default:
				t.Errorf("%s (%s) imports %s (%s)", p.Dir, own, imported, other)
			}
		}
	}
}

func allowed(own, other layer) bool {
	for _, l := range may[own] {
		if l == other {
			return true
		}
	}
	return false
}

// modules says which packages may use a module that stands for one job, so
// that a backend's library does not spread.
var modules = map[string][]string{
	"github.com/klippa-app/go-pdfium": {"internal/describe/pdf"},
	"github.com/tetratelabs/wazero":   {"internal/describe/pdf"},
	"github.com/blevesearch/":         {"internal/search/bleve"},
	"modernc.org/sqlite":              {"internal/sqlitefile", "bench"},
	"github.com/pressly/goose":        {"internal/sqlitefile"},
	"gocloud.dev/":                    {"internal/files"},
	"github.com/danielgtaylor/huma":   {"internal/api"},
	"github.com/spf13/cobra":          {"cmd/greyshelf"},
	"github.com/knadh/koanf":          {"internal/app"},
	"github.com/gofrs/flock":          {"internal/app"},
	"github.com/schollz/progressbar":  {"cmd/greyshelf"},
	"code.dny.dev/ssrf":               {"internal/fetch"},
	"github.com/abadojack/whatlanggo": {"internal/describe"},
	"github.com/go-text/typesetting":  {"internal/pdfwrite"},
	"github.com/go-fonts/dejavu":      {"internal/sample", "internal/publish/digest"},
	"github.com/pdfcpu/":              {"internal/publish/embed/pdfcpu"}, // in a child process only
	"golang.org/x/crypto":             {"internal/people"},
	"github.com/alexedwards/scs":      {"internal/web/site"},
	"github.com/go-webauthn/webauthn": {"internal/web/account"},
	"github.com/modelcontextprotocol": {"internal/mcp"},
	"github.com/coreos/go-oidc":       {"internal/web/account"},
	"golang.org/x/oauth2":             {"internal/web/account"},
	"github.com/mmcdole/gofeed":       {"internal/publish/feed"},
	"github.com/wneessen/go-mail":     {"internal/mail"},
	"github.com/piprate/json-gold":    {"internal/format/skos"},
	"github.com/emersion/":            {"internal/mail/mailtest"},
}

// TestModules holds the table of modules; the root imports the standard
// library only.
func TestModules(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Outside {
			if p.Dir == "" {
				t.Errorf("the root package imports %s", imported)
			}
			for module, folders := range modules {
				if strings.HasPrefix(imported, module) && !within(p.Dir, folders) {
					t.Errorf("%s imports %s; only %v may", p.Dir, imported, folders)
				}
			}
		}
	}
}

func within(dir string, folders []string) bool {
	for _, f := range folders {
		if dir == f || strings.HasPrefix(dir, f+"/") {
			return true
		}
	}
	return false
}
