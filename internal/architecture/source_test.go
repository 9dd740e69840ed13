package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of this module.
const module = "github.com/greyshelf/greyshelf"

// pkg is a package without its tests.
type pkg struct {
	Dir     string   // from the module's root; "" for the root
	Imports []string // folders of this module
	Outside []string // import paths of other modules
	Files   map[string]*ast.File
	Set     *token.FileSet
}

// root gives the folder of the module.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal("the module's root is not where this test looks: ", err)
	}
	return dir
}

// packages parses every package of the module.
func packages(t *testing.T) []*pkg {
	t.Helper()
	top := root(t)
	byDir := map[string]*pkg{}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != top && (strings.HasPrefix(name, ".") || name == "testdata" || name == "build" || strings.HasPrefix(name, "greyshelf-demo")) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		dir, err := filepath.Rel(top, filepath.Dir(path))
		if err != nil {
			return err
		}
		if dir == "." {
			dir = ""
		}
		return add(byDir, filepath.ToSlash(dir), path)
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []*pkg
	for _, p := range byDir {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *pkg) int { return strings.Compare(a.Dir, b.Dir) })
	if len(all) < 10 {
		t.Fatalf("found only %d packages", len(all))
	}
	return all
}

func add(byDir map[string]*pkg, dir, path string) error {
	p := byDir[dir]
	if p == nil {
		p = &pkg{Dir: dir, Files: map[string]*ast.File{}, Set: token.NewFileSet()}
		byDir[dir] = p
	}
	file, err := parser.ParseFile(p.Set, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	p.Files[filepath.Base(path)] = file
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		switch {
		case imported == module:
			p.Imports = append(p.Imports, "")
		case strings.HasPrefix(imported, module+"/"):
			p.Imports = append(p.Imports, strings.TrimPrefix(imported, module+"/"))
		case strings.Contains(strings.Split(imported, "/")[0], "."):
			p.Outside = append(p.Outside, imported)
		}
	}
	return nil
}

// TestPackageComments checks that every package says what it is.
func TestPackageComments(t *testing.T) {
	for _, p := range packages(t) {
		documented := false
		for _, file := range p.Files {
			documented = documented || file.Doc != nil && len(file.Doc.Text()) > 80
		}
		if !documented {
			t.Errorf("%s: the package has no comment that says what it is, where it stands and what it does not do", p.Dir)
		}
	}
}

// TestForbiddenNames refuses names that say nothing.
func TestForbiddenNames(t *testing.T) {
	forbidden := []string{"util", "utils", "common", "helper", "helpers", "model", "models", "types", "misc", "shared", "lib"}
	for _, p := range packages(t) {
		for _, part := range strings.Split(p.Dir, "/") {
			if slices.Contains(forbidden, part) {
				t.Errorf("%s: %q says nothing about what is inside", p.Dir, part)
			}
		}
		for name, file := range p.Files {
			if slices.Contains(forbidden, strings.TrimSuffix(name, ".go")) {
				t.Errorf("%s/%s: the name says nothing about what is inside", p.Dir, name)
			}
			for _, decl := range file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
					t.Errorf("%s/%s: init() registers behind the reader's back", p.Dir, name)
				}
			}
		}
	}
}

// The sizes that no file or function may pass. They are fences, far above the
// median.
const (
	maxFileLines     = 500
	maxFunctionLines = 75
)

// TestSizes holds the fences of size.
func TestSizes(t *testing.T) {
	for _, p := range packages(t) {
		for name, file := range p.Files {
			if lines := p.Set.Position(file.End()).Line; lines > maxFileLines {
				t.Errorf("%s/%s has %d lines, more than %d", p.Dir, name, lines, maxFileLines)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || f.Body == nil {
					continue
				}
				lines := p.Set.Position(f.End()).Line - p.Set.Position(f.Pos()).Line + 1
				if lines > maxFunctionLines {
					t.Errorf("%s/%s: %s has %d lines, more than %d", p.Dir, name, f.Name.Name, lines, maxFunctionLines)
				}
			}
		}
	}
}

// TestDocComments checks that every exported name is documented.
func TestDocComments(t *testing.T) {
	for _, p := range packages(t) {
		for name, file := range p.Files {
			for _, decl := range file.Decls {
				undocumented(decl, func(what string) { t.Errorf("%s/%s: %s has no comment", p.Dir, name, what) })
			}
		}
	}
}

// undocumented reports the exported names of a declaration without a comment.
func undocumented(decl ast.Decl, report func(string)) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || exportedReceiver(d.Recv)) {
			report(d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					report(s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						report(n.Name)
					}
				}
			}
		}
	}
}

func exportedReceiver(list *ast.FieldList) bool {
	expr := list.List[0].Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if index, ok := expr.(*ast.IndexExpr); ok {
		expr = index.X
	}
	name, ok := expr.(*ast.Ident)
	return ok && name.IsExported()
}
