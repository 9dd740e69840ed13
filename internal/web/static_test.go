package web

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/static"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// exported writes the public part of a library into a folder.
func exported(t *testing.T, l *library, dir string) static.Summary {
	t.Helper()
	locales, err := locale.Load()
	must(t, err)
	e := static.Export{Site: l.handler, Words: StaticWords(locales.For("en")), Search: func(yield func(static.Document, error) bool) {
		yield(static.Document{Address: "/r/open", Title: "Open", Pages: []static.Page{{Address: StaticPage("open", l.shas["open"], 1), Label: "1", Text: "harbour words"}}}, nil)
	}}
	for _, r := range shelf {
		e.Start = append(e.Start, "/r/"+r.ID) // also what nobody may see
	}
	summary, err := e.Run(t.Context(), dir)
	must(t, err)
	return summary
}

// TestStaticHidesReports looks into every file of a static library for words
// that nobody from elsewhere may see, whatever it was begun at.
func TestStaticHidesReports(t *testing.T) {
	l := newLibrary(t, func(o *Options) { o.ReadOnly, o.Hosts = true, nil })
	dir := t.TempDir()
	exported(t, l, dir)
	files := 0
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		must(t, err)
		for _, id := range []string{"draft", "embargo", "withdrawn", "extract", "link"} {
			if strings.Contains(string(data), hidden(id)) || strings.Contains(string(data), "bytes of "+id) {
				t.Errorf("%s holds what is hidden of %s", path, id)
			}
		}
		if strings.Contains(string(data), deskNote) || strings.Contains(path, "draft") || strings.Contains(path, "embargo") || strings.Contains(path, "withdrawn") {
			t.Errorf("%s should not be there", path)
		}
		return nil
	}))
	if files < 20 {
		t.Errorf("only %d files", files)
	}
}

// TestStaticAddresses: every whole address of the site that stands in a page or
// a feed is one under which a plain web server finds a file.
func TestStaticAddresses(t *testing.T) {
	const at = "https://example.org/our/library"
	l := newLibrary(t, func(o *Options) { o.ReadOnly, o.Hosts, o.BasePath = true, nil, "/our/library" })
	locales, err := locale.Load()
	must(t, err)
	dir := t.TempDir()
	e := static.Export{Site: l.handler, Address: at + "/", Words: StaticWords(locales.For("fr")), Search: func(func(static.Document, error) bool) {}, Start: []string{"/r/open", "/r/extract", "/r/link"}, Together: 3}
	_, err = e.Run(t.Context(), dir)
	must(t, err)
	found := 0
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" && !strings.Contains(path, "/feed/") && filepath.Base(path) != "sitemap.xml" {
			return err
		}
		data, err := os.ReadFile(path)
		must(t, err)
		for _, m := range regexp.MustCompile(regexp.QuoteMeta(at)+`(/[^"'<>\\\s&?#]*)`).FindAllStringSubmatch(string(data), -1) {
			found++
			file := filepath.Join(dir, filepath.FromSlash(m[1]))
			if info, err := os.Stat(file); err == nil && info.IsDir() {
				file = filepath.Join(file, "index.html")
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s names %s, which is not there", path, m[0])
			}
		}
		return nil
	}))
	if found < 20 {
		t.Errorf("only %d addresses", found)
	}
	for file, want := range map[string]string{
		static.FileName(&url.URL{Path: "/r/open/cite", RawQuery: "style=apa"}, ".html"): "Writer, A. B.",
		"feed/atom/index.xml": `href="` + at + l.file("open") + `/index.pdf"`, "r/open/index.html": `content="` + at + l.file("open") + `/index.pdf"`, "404.html": `href="/our/library/index.html"`,
		"not-here/index.html": "copie de la bibliothèque", "r/extract/index.html": `class="notinstatic"`,
	} {
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file))); err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s: no %s: %v", file, want, err)
		}
	}
	for _, wrong := range []string{"example.org", "ftp://example.org", "https://example.org/?q=1"} {
		if _, err := (static.Export{Site: l.handler, Address: wrong}).Run(t.Context(), t.TempDir()); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

// TestStaticAgain writes nothing a second time, removes what is gone, leaves
// others' files alone and refuses a folder that is not its own.
func TestStaticAgain(t *testing.T) {
	l := newLibrary(t, func(o *Options) { o.ReadOnly, o.Hosts = true, nil })
	dir := filepath.Join(t.TempDir(), "site")
	first := exported(t, l, dir)
	if again := exported(t, l, dir); again.Written != 0 || again.Removed != 0 || again.Files != first.Files {
		t.Errorf("again: %+v, first %+v", again, first)
	}
	must(t, os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "greyshelf-export.part"), []byte("r/gone/index.html\n../outside\n"), 0o600)) // a run that was broken off
	must(t, os.MkdirAll(filepath.Join(dir, "r/gone"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "r/gone/index.html"), []byte("gone"), 0o600))
	must(t, os.Remove(filepath.Join(dir, "index.html")))
	if after := exported(t, l, dir); after.Written != 1 || after.Removed != 1 {
		t.Errorf("after it was broken off: %+v", after)
	}
	if _, err := os.Stat(filepath.Join(dir, "mine.txt")); err != nil {
		t.Error("it removed a file that is not its own")
	}
	if _, err := os.Stat(filepath.Join(dir, "r/gone")); err == nil {
		t.Error("a report that is gone is still there")
	}
	foreign := t.TempDir()
	must(t, os.WriteFile(filepath.Join(foreign, "letters.txt"), []byte("dear"), 0o600))
	if _, err := (static.Export{Site: l.handler}).Run(t.Context(), foreign); err == nil {
		t.Error("it writes into somebody else's folder")
	}
}
