package digest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// printed is an issue as a desk would send it: the seed's entries and two in
// other scripts, under two headings.
func printed(t *testing.T) (*shelf, digest.Document) {
	t.Helper()
	s := newShelf(t)
	page, err := os.ReadFile("../../sample/seed.txt")
	must(t, err)
	var ids []string
	put := func(r greyshelf.Report) {
		r.State = greyshelf.Published
		s.put(r)
		ids = append(ids, r.ID)
	}
	for n, e := range entry.ParseText(string(page)) {
		r := entry.ToReport(e)
		r.ID, r.Entry, r.URL = []string{"cyber", "order", "arms"}[n], nil, "https://publisher.example.org/reports/2017/07/"+strings.Repeat("a-long-address-", 6)+"full.pdf"
		put(r)
	}
	russian, arabic := report("ru"), report("ar")
	russian.Title, russian.Subtitle, russian.Languages = "Трансграничные воды Центральной Азии", "доклад рабочей группы", []string{"ru"}
	russian.Abstract = strings.Repeat("Доклад описывает, как пять государств бассейна Аральского моря делят воду, и предлагает порядок обмена данными о стоке рек. ", 4)
	russian.Agents = []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Институт водных проблем"}, Role: greyshelf.Publisher}, {Agent: greyshelf.PersonFromName("Анна Примерова"), Role: greyshelf.Author}}
	arabic.Title, arabic.Languages = "إدارة المياه المشتركة (2016)", []string{"ar"}
	arabic.Abstract = strings.Repeat("يصف هذا التقرير كيف تتقاسم الدول مياه الأنهار، ويقترح قواعد لتبادل البيانات منذ عام 2016 وفق UNECE وغيرها من المنظمات. ", 4)
	arabic.Agents = []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "مركز دراسات المياه"}, Role: greyshelf.Publisher}, {Agent: greyshelf.PersonFromName("أحمد مثال"), Role: greyshelf.Author}}
	put(russian)
	put(arabic)
	i := digest.Issue{Title: "New on the shelf", Number: 12, Intro: "Five reports came in this week. The first three are on security, the others on water.\n\nReplies reach the desk."}
	i.Add(ids...)
	i, err = s.New(t.Context(), ada, i)
	must(t, err)
	i.Sections = []digest.Section{{Heading: "International security", Items: i.Sections[0].Items[:3]}, {Heading: "Water", Items: i.Sections[0].Items[3:]}}
	doc, err := s.Document(t.Context(), i, "https://library.example.org")
	must(t, err)
	return s, doc
}

// folder gives where the documents lie: a folder to look into, named by
// GREYSHELF_DOCUMENTS, or one that goes with the test.
func folder(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("GREYSHELF_DOCUMENTS"); dir != "" {
		must(t, os.MkdirAll(dir, 0o755))
		return dir
	}
	return t.TempDir()
}

// TestOffice lets LibreOffice open an issue and print it: on A4, with every
// script, headings as an outline and links that can be followed.
func TestOffice(t *testing.T) {
	office, text, info := judgetest.Need(t, "soffice", "libreoffice-writer-nogui"), judgetest.Need(t, "pdftotext", "poppler-utils"), judgetest.Need(t, "pdfinfo", "poppler-utils")
	s, doc := printed(t)
	var out bytes.Buffer
	must(t, digest.DOCX(&out, doc, words, s.now))
	dir := folder(t)
	path := filepath.Join(dir, "issue.docx")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	profile := "-env:UserInstallation=file://" + t.TempDir()
	judgetest.Run(t, "", office, "--headless", profile, "--convert-to", `pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}`, "--outdir", dir, path)
	made := filepath.Join(dir, "issue.pdf")
	must(t, os.Rename(made, filepath.Join(dir, "issue-office.pdf")))
	made = filepath.Join(dir, "issue-office.pdf")
	said := judgetest.Run(t, "", info, made)
	for _, want := range []string{`Title: +New on the shelf, No\. 12`, `Page size: +595\.\d* x 84\d\.?\d* pts \(A4\)`} {
		if !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("pdfinfo does not say %s:\n%s", want, said)
		}
	}
	seen(t, judgetest.Run(t, "", text, "-raw", made, "-"))
	followed(t, judgetest.Run(t, "", info, "-url", made))
}

// TestPoppler reads the PDF that is written here with another reader.
func TestPoppler(t *testing.T) {
	text, info := judgetest.Need(t, "pdftotext", "poppler-utils"), judgetest.Need(t, "pdfinfo", "poppler-utils")
	s, doc := printed(t)
	var out bytes.Buffer
	must(t, digest.PDF(&out, doc, words, s.now))
	path := filepath.Join(folder(t), "issue-own.pdf")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	seen(t, judgetest.Run(t, "", text, "-raw", path, "-"))
	followed(t, judgetest.Run(t, "", info, "-url", path))
}

// seen looks for words of each script.
func seen(t *testing.T, text string) {
	t.Helper()
	for _, want := range []string{"New on the shelf", "International security", "Michael J. Mazarr", "Трансграничные воды", "Институт водных проблем", "المياه", "2016"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

// followed looks for addresses among the links.
func followed(t *testing.T, links string) {
	t.Helper()
	for _, want := range []string{"https://library.example.org/r/ar", "https://publisher.example.org/reports/2017/07/a-long-address-"} {
		if !strings.Contains(links, want) {
			t.Errorf("no link to %s in\n%s", want, links)
		}
	}
}
