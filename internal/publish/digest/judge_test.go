package digest_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/judgetest"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// printed is an issue as a desk would send it: the seed's entries and two in
// other scripts, under two headings.
func printed(t *testing.T, style string) (*shelf, digest.Document) {
	t.Helper()
	s := newShelf(t)
	page, err := os.ReadFile("../../sample/seed.txt")
	must(t, err)
	var ids []string
	put := func(r greyshelf.Report) {
		if len(ids) != 1 { // one without a picture
			r.Rights, r.Editions = greyshelf.Rights{Code: greyshelf.PublicDomain}, []greyshelf.Edition{{ID: "1", Files: []greyshelf.File{{SHA256: strings.Repeat(string('a'+rune(len(ids))), 64), Pages: 3}}}}
		}
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
	i := digest.Issue{Title: "New on the shelf", Style: style, Number: 12, Intro: "Five reports came in this week. The first three are on security, the others on water.\n\nReplies reach the desk."}
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
	s, doc := printed(t, "")
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
	s, doc := printed(t, "")
	var out bytes.Buffer
	must(t, digest.PDF(&out, doc, words, s.now))
	path := filepath.Join(folder(t), "issue-own.pdf")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	seen(t, judgetest.Run(t, "", text, "-raw", path, "-"))
	followed(t, judgetest.Run(t, "", info, "-url", path))
}

// page draws a picture of a page.
func page(_ context.Context, f greyshelf.File, _, width int) ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, width, width*14/10))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.RGBA{R: 250, G: 250, B: 200 + f.SHA256[0]%50, A: 255}), image.Point{}, draw.Src)
	for y := 30; y < width; y += 12 {
		draw.Draw(m, image.Rect(20, y, width-20-y%30, y+5), image.NewUniform(color.RGBA{R: 40, G: 60, B: 120, A: 255}), image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	err := png.Encode(&out, m)
	return out.Bytes(), err
}

// TestPictures prints an issue in the house style with thumbnails: the pages of
// reports whose pages everybody may see, and of no others.
func TestPictures(t *testing.T) {
	s, doc := printed(t, "thumbnails")
	plain := doc
	doc = doc.WithPictures(t.Context(), page)
	dir := folder(t)
	var docx, own, none bytes.Buffer
	must(t, digest.DOCX(&docx, doc, words, s.now))
	must(t, digest.PDF(&own, doc, words, s.now))
	must(t, digest.DOCX(&none, plain, words, s.now))
	all := parts(t, docx.Bytes())
	if n := strings.Count(all["word/document.xml"], "<w:drawing>"); n != 4 || all["word/media/p4.png"] == "" || all["word/media/p5.png"] != "" {
		t.Errorf("%d pictures in the document", n)
	}
	if n := bytes.Count(own.Bytes(), []byte("/ColorSpace /DeviceRGB")); n != 4 {
		t.Errorf("%d pictures in the PDF", n)
	}
	if strings.Contains(parts(t, none.Bytes())["word/document.xml"], "<w:drawing>") {
		t.Error("pictures in a document that was not given any")
	}
	letter, err := digest.MailHTML(doc, words, mail.Ways{})
	must(t, err)
	if n := strings.Count(letter, `<img src="https://library.example.org/r/`); n != 4 {
		t.Errorf("%d pictures in the mail", n)
	}
	must(t, os.WriteFile(filepath.Join(dir, "pictures-own.pdf"), own.Bytes(), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "pictures.html"), []byte(letter), 0o600))
	path := filepath.Join(dir, "pictures.docx")
	must(t, os.WriteFile(path, docx.Bytes(), 0o600))
	judgetest.Run(t, "", judgetest.Need(t, "soffice", "libreoffice-writer-nogui"), "--headless", "-env:UserInstallation=file://"+t.TempDir(), "--convert-to", "pdf", "--outdir", dir, path)
	if said := judgetest.Run(t, "", judgetest.Need(t, "pdfimages", "poppler-utils"), "-list", filepath.Join(dir, "pictures.pdf")); strings.Count(said, "image ") < 4 {
		t.Errorf("LibreOffice prints other pictures:\n%s", said)
	}
}

// TestPicturesFail: a picture that cannot be drawn, or is none, is left out.
func TestPicturesFail(t *testing.T) {
	s, doc := printed(t, "thumbnails")
	for name, data := range map[string][]byte{"none": nil, "no PNG": []byte("GIF89a"), "cut off": []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")} {
		with := doc.WithPictures(t.Context(), func(context.Context, greyshelf.File, int, int) ([]byte, error) {
			if data == nil {
				return nil, errors.New("no picture")
			}
			return data, nil
		})
		var out bytes.Buffer
		must(t, digest.PDF(&out, with, words, s.now))
		if bytes.Contains(out.Bytes(), []byte("DeviceRGB")) {
			t.Errorf("%s: a picture in the PDF", name)
		}
		out.Reset()
		must(t, digest.DOCX(&out, with, words, s.now))
		if strings.Contains(parts(t, out.Bytes())["word/document.xml"], "<w:drawing>") {
			t.Errorf("%s: a picture in the document", name)
		}
	}
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
