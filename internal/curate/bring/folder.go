package bring

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/calibre"
	"github.com/greyshelf/greyshelf/internal/format/paperless"
	"github.com/greyshelf/greyshelf/internal/format/table"
	"github.com/greyshelf/greyshelf/internal/format/zoterordf"
)

// The limits of a folder.
const (
	deepest   = 8
	mostLists = 100_000 // files that are looked at
)

// walk gives the files below a folder, in order of their paths; links to
// folders are not followed, so that no circle can be walked.
func (in Input) walk() ([]string, error) {
	var all []string
	err := fs.WalkDir(in.FS, in.Path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be opened is passed over
		}
		relative := strings.TrimPrefix(strings.TrimPrefix(name, in.Path), "/")
		switch hidden := name != in.Path && strings.HasPrefix(path.Base(name), "."); {
		case d.IsDir() && (hidden || strings.Count(relative, "/") >= deepest):
			return fs.SkipDir
		case d.Type().IsRegular() && !hidden:
			if all = append(all, relative); len(all) > mostLists {
				return greyshelf.Errorf(greyshelf.TooLarge, opRead, in.Name, "more than %d files; bring its folders one by one", mostLists)
			}
		}
		return nil
	})
	if err != nil && greyshelf.KindOf(err) != greyshelf.TooLarge {
		err = greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	return all, err
}

// sniffFolder tells what a folder is by what lies in it.
func sniffFolder(in Input) string {
	all, err := in.walk()
	if err != nil {
		return "folder"
	}
	for _, name := range all {
		switch {
		case path.Base(name) == "manifest.json" && strings.Count(name, "/") <= 1:
			if f, err := Sniff(in.at(name)); err == nil && f == "paperless" {
				return "paperless"
			}
		case path.Base(name) == "metadata.opf":
			return "calibre"
		case path.Ext(name) == ".rdf":
			if f, err := Sniff(in.at(name)); err == nil && f == "zotero" {
				return "zotero"
			}
		}
	}
	return "folder"
}

// sniffArchive tells a workbook from other archives.
func sniffArchive(in Input) (string, error) {
	inside, closer, err := in.unpacked()
	if err != nil {
		return "", err
	}
	defer closer.Close()
	if _, err := fs.Stat(inside.FS, "xl/workbook.xml"); err == nil {
		return "xlsx", nil
	}
	for _, other := range []string{"word/document.xml", "ppt/presentation.xml", "META-INF/container.xml"} {
		if _, err := fs.Stat(inside.FS, other); err == nil {
			return "", greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "it is a document, not a list of reports")
		}
	}
	return "archive", nil
}

// readArchive reads what an archive holds as a folder.
func readArchive(ctx context.Context, in Input, o Options, within int) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		inside, closer, err := in.unpacked()
		if err == nil && within > 0 {
			closer.Close()
			err = greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "an archive within an archive is not read")
		}
		if err != nil {
			yield(Item{}, err)
			return
		}
		defer closer.Close()
		o.As = ""
		for item, err := range read(ctx, inside, o, within+1) {
			for i := range item.Files {
				item.Files[i] = kept(item.Files[i], in, inside)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// kept makes a file of an archive that can be opened when the archive is
// closed again.
func kept(f File, in, inside Input) File {
	name := f.Path
	f.Open = func() (io.ReadCloser, error) {
		again, closer, err := in.unpacked()
		if err != nil {
			return nil, err
		}
		opened, err := again.FS.Open(name)
		if err != nil {
			closer.Close()
			return nil, greyshelf.E(greyshelf.Unavailable, "read the file", name, err)
		}
		return limited{io.LimitReader(opened, mostBeside), both{opened, closer}}, nil
	}
	_ = inside
	return f
}

type both struct{ first, second io.Closer }

// Close closes both.
func (b both) Close() error {
	err := b.first.Close()
	if second := b.second.Close(); err == nil {
		err = second
	}
	return err
}

// readFolder reads every list in a folder, one after another. A file that is
// no list is named; reports among the lists are passed over.
func readFolder(ctx context.Context, in Input, o Options, within int) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		all, err := in.walk()
		if err != nil {
			yield(Item{}, err)
			return
		}
		for _, name := range all {
			one := in.at(name)
			if !isList(one) {
				continue
			}
			one.Name = name
			o.As = ""
			for item, err := range read(ctx, one, o, within+1) {
				if err != nil && ctx.Err() == nil {
					item, err = broken("", 0, name, "the file cannot be read: "+greyshelf.ReasonOf(err)), nil
					item.File, item.Number = name, -1
				}
				if !yield(item, err) || err != nil {
					return
				}
			}
		}
	}
}

// isList passes over files that hold reports or pictures.
func isList(in Input) bool {
	f, err := in.file()
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 8)
	n, _ := io.ReadFull(f, head)
	for _, magic := range []string{"%PDF", "\x89PNG", "\xff\xd8\xff", "GIF8"} {
		if bytes.HasPrefix(head[:n], []byte(magic)) {
			return false
		}
	}
	return n > 0
}

// readPaperless reads the manifest of an export, and those of single documents
// beside it.
func readPaperless(in Input) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		lists, err := manifests(in)
		if err != nil {
			yield(Item{}, err)
			return
		}
		var m paperless.Manifest
		for _, list := range lists {
			for _, err := range each(list, objects, func(c chunk) []Item { m.Collect([]byte(c.text)); return nil }) {
				if err != nil {
					yield(Item{}, err)
					return
				}
			}
		}
		for _, list := range lists {
			for item, err := range each(list, objects, func(c chunk) []Item { return document(list, &m, c) }) {
				item.File = path.Base(list.Path)
				if !yield(item, err) || err != nil {
					return
				}
			}
		}
	}
}

func document(in Input, m *paperless.Manifest, c chunk) []Item {
	if c.wrong != "" {
		return []Item{c.item("paperless")}
	}
	d, ok, err := m.Document([]byte(c.text))
	switch {
	case err != nil:
		return []Item{broken("paperless", c.line, c.text, greyshelf.ReasonOf(err))}
	case !ok:
		return nil
	}
	item := c.item("paperless")
	item.Report = d.Report
	if d.File != "" {
		item.attach(in, d.File)
	}
	return []Item{item}
}

func manifests(in Input) ([]Input, error) {
	if info, err := fs.Stat(in.FS, in.Path); err == nil && !info.IsDir() {
		return []Input{in}, nil
	}
	all, err := in.walk()
	var found []Input
	for _, name := range all {
		if path.Base(name) == "manifest.json" || strings.HasSuffix(name, "-manifest.json") {
			found = append(found, in.at(name))
		}
	}
	return found, err
}

// readCalibre reads the record of each book of a library, with the files in
// the folder of the book.
func readCalibre(in Input) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		all := []string{""}
		if info, err := fs.Stat(in.FS, in.Path); err != nil || info.IsDir() {
			if all, err = in.walk(); err != nil {
				yield(Item{}, err)
				return
			}
			all = slices.DeleteFunc(all, func(name string) bool { return path.Base(name) != "metadata.opf" })
		}
		for _, name := range all {
			if !yield(book(in, name), nil) {
				return
			}
		}
	}
}

func book(in Input, name string) Item {
	one := in
	if name != "" {
		one = in.at(name)
	}
	data, err := one.whole()
	if err != nil {
		item := broken("calibre", 0, name, greyshelf.ReasonOf(err))
		item.File = name
		return item
	}
	report, err := calibre.Read(bytes.NewReader(data))
	if err != nil {
		item := brokenAt("calibre", chunk{line: 1, text: string(data)}, err)
		item.File = name
		return item
	}
	item := newItem("calibre", 1, string(data))
	item.Report, item.File = report, name
	siblings, _ := fs.ReadDir(in.FS, path.Dir(one.Path))
	for _, s := range siblings {
		if ext := strings.ToLower(path.Ext(s.Name())); s.Type().IsRegular() && (ext == ".pdf" || ext == ".epub" || ext == ".docx" || ext == ".html") {
			item.attach(one, s.Name())
		}
	}
	return item
}

// readZotero reads an RDF export. Attachments lie where the export says, or
// in the folder "storage" beside it, where Zotero keeps them under the key of
// the attachment: there they are found by the name that Zotero gives them.
func readZotero(in Input) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		lists := []Input{in}
		if info, err := fs.Stat(in.FS, in.Path); err == nil && info.IsDir() {
			all, err := in.walk()
			if err != nil {
				yield(Item{}, err)
				return
			}
			lists = nil
			for _, name := range all {
				if path.Ext(name) == ".rdf" {
					lists = append(lists, in.at(name))
				}
			}
		}
		for _, list := range lists {
			data, err := list.whole()
			var all []zoterordf.Item
			if err == nil {
				all, err = zoterordf.Read(bytes.NewReader(data))
			}
			if err != nil {
				item := broken("zotero", 1, list.Name, greyshelf.ReasonOf(err))
				if !yield(item, nil) {
					return
				}
				continue
			}
			stored := newStored(list)
			for _, z := range all {
				if !yield(zotero(list, z, stored), nil) {
					return
				}
			}
		}
	}
}

func zotero(in Input, z zoterordf.Item, names stored) Item {
	item := newItem("zotero", 0, z.Raw)
	item.Report = z.Report
	for _, written := range z.Files {
		item.attach(in, written)
	}
	if len(item.Files) == 0 {
		if name := names.of(z.Report); name != "" {
			item.attach(in, name)
		}
	}
	return item
}

var storageKey = regexp.MustCompile(`(^|/)storage/[A-Z0-9]{8}/[^/]+$`)

// stored are the files in the folder "storage" beside an export, by the
// beginning of the title that their names end with.
type stored map[string][]storedFile

type storedFile struct {
	path, title string // title folded
	year        string
}

// telling is how much of a title must stand in a file's name.
const telling = 12

func newStored(list Input) stored {
	beside := Input{Name: list.Name, FS: list.FS, Path: path.Dir(list.Path)}
	all, err := beside.walk()
	s := stored{}
	if err != nil {
		return s
	}
	for _, name := range all {
		parts := strings.SplitN(strings.TrimSuffix(path.Base(name), path.Ext(name)), " - ", 3)
		title := table.Fold(parts[len(parts)-1])
		if !storageKey.MatchString(name) || len(title) < telling {
			continue
		}
		f := storedFile{path: name, title: title}
		if len(parts) == 3 {
			f.year = strings.TrimSpace(parts[1])
		}
		s[title[:telling]] = append(s[title[:telling]], f)
	}
	return s
}

// of finds the stored file of an item by the name that Zotero gives it,
// "Creator - Year - Title": only one that cannot be another's.
func (s stored) of(r greyshelf.Report) string {
	title, year := table.Fold(r.Title), r.Date.EDTF[:min(4, len(r.Date.EDTF))]
	if len(title) < telling {
		return ""
	}
	found := ""
	for _, f := range s[title[:telling]] {
		if !strings.HasPrefix(title, f.title) || f.year != "" && year != "" && f.year != year {
			continue
		}
		if found != "" {
			return "" // two could be meant
		}
		found = f.path
	}
	return found
}

// String says what an item is, for messages.
func (i Item) String() string {
	where := i.File
	if i.Number > 0 {
		where += fmt.Sprintf(", record %d", i.Number)
	}
	if i.Line > 0 {
		where += fmt.Sprintf(", line %d", i.Line)
	}
	return where
}
