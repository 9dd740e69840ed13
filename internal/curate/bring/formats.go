package bring

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/greyshelf/greyshelf"
)

// Format is a form of lists that can be read.
type Format struct {
	Name  string // "bibtex"
	Title string // as it calls itself
	Table bool   // its columns are mapped to fields
	read  func(ctx context.Context, in Input, o Options, within int) iter.Seq2[Item, error]
}

// Formats gives every format.
func Formats() []Format {
	return []Format{
		{"list", "annotated list", false, whole(readList)},
		{"bibtex", "BibTeX or BibLaTeX", false, whole(readBibTeX)},
		{"ris", "RIS", false, whole(readRIS)},
		{"csl", "CSL-JSON", false, whole(readCSL)},
		{"csv", "table (CSV)", true, readCSV},
		{"xlsx", "table (XLSX)", true, readXLSX},
		{"marc", "MARC 21", false, whole(readMARC)},
		{"marcxml", "MARCXML", false, whole(readMARCXML)},
		{"mods", "MODS", false, whole(readMODS)},
		{"dc", "Dublin Core", false, whole(readDC)},
		{"endnote", "EndNote, tagged", false, whole(readEndNote)},
		{"endnotexml", "EndNote XML", false, whole(readEndNoteXML)},
		{"zotero", "Zotero RDF", false, whole(readZotero)},
		{"paperless", "paperless-ngx export", false, whole(readPaperless)},
		{"calibre", "Calibre library", false, whole(readCalibre)},
		{"folder", "folder of lists", false, readFolder},
		{"archive", "archive (ZIP)", false, readArchive},
	}
}

// whole adapts readers that have no options.
func whole(read func(Input) iter.Seq2[Item, error]) func(context.Context, Input, Options, int) iter.Seq2[Item, error] {
	return func(_ context.Context, in Input, _ Options, _ int) iter.Seq2[Item, error] { return read(in) }
}

func find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

func names() []string {
	var all []string
	for _, f := range Formats() {
		all = append(all, f.Name)
	}
	return all
}

// sniffed is how much of a file is looked at to tell its format.
const sniffed = 64 << 10

// Sniff tells the format of a file by what it holds, never by its name; of a
// folder by what lies in it. Errors: Invalid when it is no list at all.
func Sniff(in Input) (string, error) {
	info, err := fs.Stat(in.FS, in.Path)
	if err != nil {
		return "", greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	if info.IsDir() {
		return sniffFolder(in), nil
	}
	f, err := in.file()
	if err != nil {
		return "", err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, sniffed))
	if err != nil {
		return "", greyshelf.Errorf(greyshelf.Unavailable, opRead, in.Name, "%s", reason(err))
	}
	return sniff(in, head)
}

func sniff(in Input, head []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return "", greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "it is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffArchive(in)
	case isMARC(head):
		return "marc", nil
	}
	if text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), head); err == nil || len(text) > 0 {
		head = text
	}
	if bytes.HasPrefix(head, []byte("%PDF")) {
		return "", greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "it is a report, not a list of reports; use greyshelf add")
	}
	if bytes.IndexByte(head[:min(len(head), 4096)], 0) >= 0 {
		return "", greyshelf.Errorf(greyshelf.Invalid, opRead, in.Name, "it is no list that can be read: neither text nor a format that is known")
	}
	return sniffText(strings.TrimSpace(string(head))), nil
}

// What tells the formats of text apart.
var (
	marcLeader     = regexp.MustCompile(`^\s*\d{5}[a-z ][a-z][a-z].{12}4500`)
	paperlessModel = regexp.MustCompile(`"model"\s*:\s*"documents\.`)
	cslMember      = regexp.MustCompile(`"(type|title|issued|DOI)"\s*:`)
	risType        = regexp.MustCompile(`(?m)^TY  -`)
	bibtexEntry    = regexp.MustCompile(`(?m)^\s*@[A-Za-z]+\s*[{(]\s*("?[^\s,{}]*\s*,|[A-Za-z]+\s*=)`)
	endnoteType    = regexp.MustCompile(`(?m)^%0 \S`)
)

// isMARC looks for the leader of ISO 2709.
func isMARC(head []byte) bool {
	return len(head) > 24 && marcLeader.Match(head[:min(len(head), 64)]) && bytes.IndexByte(head, 0x1e) > 0
}

// sniffText tells the formats of text; what is none of them is an annotated
// list, as any text may be.
func sniffText(head string) string {
	switch head[0] {
	case '<':
		return sniffXML(head)
	case '{', '[':
		if paperlessModel.MatchString(head) {
			return "paperless"
		}
		if cslMember.MatchString(head) {
			return "csl"
		}
	}
	switch {
	case risType.MatchString(head):
		return "ris"
	case bibtexEntry.MatchString(head):
		return "bibtex"
	case endnoteType.MatchString(head):
		return "endnote"
	case looksLikeTable(head):
		return "csv"
	}
	return "list"
}

func sniffXML(head string) string {
	has := func(text string) bool { return strings.Contains(head, text) }
	switch {
	case has("http://www.loc.gov/MARC21/slim"):
		return "marcxml"
	case has("http://www.loc.gov/mods/v3"):
		return "mods"
	case has("http://www.zotero.org/namespaces/export#"), has("http://purl.org/net/biblio#"):
		return "zotero"
	case has("http://www.idpf.org/2007/opf"):
		return "calibre"
	case has("<records>") && has("<record>"):
		return "endnotexml"
	case has("http://purl.org/dc/elements/1.1/"), has("http://purl.org/dc/terms/"):
		return "dc"
	}
	return "list"
}

// plain makes text of bytes that may be anything.
func plain(text string) string {
	if utf8.ValidString(text) {
		return strings.ReplaceAll(text, "\x00", "")
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
