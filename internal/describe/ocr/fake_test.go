//go:build unix

package ocr_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/describe/ocr"
)

// fake writes a program that stands for tesseract: a shell script that answers
// what it is and then does as told. The real one cannot be made to misbehave
// at will.
func fake(t *testing.T, does string) ocr.Options {
	t.Helper()
	script := `#!/bin/sh
case "$1" in
--version) echo 'tesseract 9.9-fake'; exit ;;
--list-langs) printf 'List of available languages (1):\neng\n'; exit ;;
esac
` + does + "\n"
	path := filepath.Join(t.TempDir(), "fake-tesseract")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return ocr.Options{Program: path, Deadline: time.Minute}
}

// blank gives a picture of 100 by 200 pixels.
func blank(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 100, 200))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// answer gives a script that reads its input and answers with hOCR.
func answer(body string) string {
	return "cat >/dev/null\ncat <<'END'\n<html><body><div class='ocr_page' title='bbox 0 0 100 200'>" + body + "</div></body></html>\nEND"
}

// TestFakeFailures reads with a fake that hangs, crashes, says too much, or
// answers nonsense: an error with a kind and a reason, in time, and nothing
// left running.
func TestFakeFailures(t *testing.T) {
	for name, c := range map[string]struct {
		does     string
		deadline time.Duration
		kind     greyshelf.Kind
		reason   string
	}{
		"hangs":              {"exec sleep 1000", 200 * time.Millisecond, greyshelf.TooLarge, "took longer than 200ms"},
		"crashes":            {"cat >/dev/null; kill -SEGV $$", 0, greyshelf.Invalid, "signal: segmentation fault"},
		"fails with words":   {"cat >/dev/null; echo 'Error opening data file' >&2; exit 1", 0, greyshelf.Invalid, "exit status 1: Error opening data file"},
		"does not read":      {"exit 3", 0, greyshelf.Invalid, "exit status 3"},
		"a gigabyte":         {"cat >/dev/null; exec head -c 1073741824 /dev/zero", 0, greyshelf.TooLarge, "more than 16 MB"},
		"a gigabyte of woes": {"cat >/dev/null; head -c 1073741824 /dev/zero >&2; exit 1", 0, greyshelf.Invalid, "exit status 1"},
		"says nothing":       {"cat >/dev/null", 0, greyshelf.Invalid, "did not answer in hOCR"},
		"noise":              {"cat >/dev/null; head -c 100000 /dev/urandom", 0, greyshelf.Invalid, "did not answer in hOCR"},
		"cut off":            {"cat >/dev/null; printf \"<html><div class='ocr_page'><span class='ocrx_wo\"", 0, greyshelf.Invalid, "did not answer in hOCR"},
		"too deep":           {answer(strings.Repeat("<p>", 100)), 0, greyshelf.Invalid, "did not answer in hOCR"},
		"writes a file":      {"cat >/dev/null; echo full >" + filepath.Join(t.TempDir(), "file") + " || exit 7", 0, greyshelf.Invalid, "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			o := fake(t, c.does)
			e := ocr.New(o)
			if _, err := e.Ready(t.Context()); err != nil {
				t.Fatal(err)
			}
			if c.deadline > 0 {
				o.Deadline = c.deadline
				e = ocr.New(o)
			}
			_, err := e.Recognize(t.Context(), blank(t), 300, nil)
			if greyshelf.KindOf(err) != c.kind || !strings.Contains(greyshelf.ReasonOf(err), c.reason) {
				t.Errorf("got %v (%v), want %v with %q", err, greyshelf.KindOf(err), c.kind, c.reason)
			}
		})
	}
}

// TestFakeChildren stops a fake that has started another process, which does
// not listen to polite signals: both are gone.
func TestFakeChildren(t *testing.T) {
	pipe := fifo(t)
	e := ocr.New(fake(t, `sh -c 'trap "" TERM INT HUP; exec 3>`+pipe+`; echo started >&3; while :; do sleep 1000; done' & wait`))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	gone := make(chan error, 1)
	go func() {
		f, err := os.Open(pipe)
		if err == nil {
			_, err = f.Read(make([]byte, 100))
			cancel()
			_, _ = io.Copy(io.Discard, f) // ends when nobody has the pipe open any more
		}
		gone <- err
	}()
	if _, err := e.Recognize(ctx, blank(t), 300, nil); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
	select {
	case err := <-gone:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the child of the fake still runs")
	}
}

// fifo makes a pipe with a name: the one way out of a process that must not
// write files.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFakeAnswers reads answers that are hOCR but not to be trusted: what
// stands outside the picture is dropped, what is sound is kept.
func TestFakeAnswers(t *testing.T) {
	word := func(title, text string) string {
		return "<span class='ocrx_word' title='" + title + "'>" + text + "</span>"
	}
	in := func(line string, words ...string) string {
		return "<span class='ocr_line' title='" + line + "'>" + strings.Join(words, " ") + "</span>"
	}
	for name, c := range map[string]struct{ body, want string }{
		"sound":                  {in("bbox 10 10 90 30; baseline 0 -4; x_size 20; x_descenders 4", word("bbox 10 10 40 30; x_wconf 90", "two"), word("bbox 50 10 90 30; x_wconf 80", "<b>wo</b>rds &amp;c")), "two words&c"},
		"outside the picture":    {in("bbox 0 0 9 9", word("bbox -5 0 20 10", "left"), word("bbox 0 0 101 10", "right"), word("bbox 5 5 20 999", "below"), word("bbox 1 1 9 9", "in")), "in"},
		"boxes of no size":       {in("bbox 0 0 9 9", word("bbox 5 5 5 9", "flat"), word("bbox 9 9 5 5", "turned"), word("bbox 1 1 9 9", "in")), "in"},
		"no numbers":             {in("bbox a b c d; baseline NaN Inf; x_size 1e300", word("bbox NaN 0 Inf 9", "nan"), word("bbox 1 1 9 9; x_wconf 1e999", "in")), "in"},
		"a line far from itself": {in("bbox 0 190 9 199; baseline 0.3 0; x_size 5; x_descenders 1", word("bbox 1 1 9 9", "in")), "in"},
		"a word without a line":  {word("bbox 1 1 9 9", "alone"), "alone"},
		"words within words":     {in("bbox 0 0 9 9", "<span class='ocrx_word' title='bbox 1 1 9 9'>out"+word("bbox 1 1 9 9", "in")+"</span>"), "out in"},
		"a very long word":       {in("bbox 0 0 9 9", word("bbox 1 1 9 9", strings.Repeat("<i>xxxxxxxxxx</i>", 100_000))), strings.Repeat("x", 990)},
		"no words":               {in("bbox 0 0 9 9"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := ocr.New(fake(t, answer(c.body))).Recognize(t.Context(), blank(t), 300, nil)
			if err != nil {
				t.Fatal(err)
			}
			var words []string
			for _, l := range found.Lines {
				if !(l.Size > 0 && l.Size <= 1) {
					t.Errorf("size %v", l.Size)
				}
				for _, w := range l.Words {
					words = append(words, w.Text)
					if b := w.Box; !(b[0] >= 0 && b[1] >= 0 && b[2] <= 1 && b[3] <= 1 && b[0] < b[2] && b[1] < b[3]) || !(w.Confidence >= 0 && w.Confidence <= 1) {
						t.Errorf("word %+v", w)
					}
				}
			}
			if got := strings.Join(words, " "); got != c.want {
				t.Errorf("got %.100q, want %.100q", got, c.want)
			}
		})
	}
}

// TestFakeTooMuch reads an answer with more words than a page can have.
func TestFakeTooMuch(t *testing.T) {
	words := strings.Repeat("<span class='ocrx_word' title='bbox 1 1 9 9'>a</span>", 60_000)
	_, err := ocr.New(fake(t, answer(words))).Recognize(t.Context(), blank(t), 300, nil)
	if greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("got %v", err)
	}
}

// TestFakeSurroundings holds what tesseract gets of ours: fixed arguments,
// three variables, no shell, memory within the limit.
func TestFakeSurroundings(t *testing.T) {
	t.Setenv("GREYSHELF_SECRET", "do not tell")
	out := fifo(t)
	told := make(chan string, 1)
	go func() {
		said, _ := os.ReadFile(out)
		told <- string(said)
	}()
	o := fake(t, "cat >/dev/null; { echo \"args $*\"; env; } >"+out+"\n"+strings.TrimPrefix(answer(""), "cat >/dev/null\n"))
	if _, err := ocr.New(o).Recognize(t.Context(), blank(t), 300, nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(<-told), "\n") {
		key, _, _ := strings.Cut(line, "=")
		switch key {
		case "args stdin stdout -l eng --psm 3 --dpi 300 -c tessedit_create_hocr", "PATH", "OMP_THREAD_LIMIT", "TESSDATA_PREFIX", "PWD", "SHLVL", "_", "OLDPWD": // the shell of the fake sets the last four
		default:
			t.Errorf("it is told %q", line)
		}
	}
}

// TestFakeReport reads a whole scan with a fake that fails: the report is
// there, its pages stay unread, and the reason is told. After five failures in
// a row it is not asked again.
func TestFakeReport(t *testing.T) {
	pdfs := reader(t)
	s, data := scan(t)
	for name, c := range map[string]struct {
		does, reason string
		reader       describe.Reader
		left         int
	}{
		"crash":    {"kill -SEGV $$", "segmentation fault", describe.Reader{}, 2},
		"doubtful": {answer("<span class='ocrx_word' title='bbox 10 10 90 30; x_wconf 20'>smudge</span>"), "could not be told for certain", describe.Reader{}, 2},
		"one page": {answer(""), "more than 1 pages", describe.Reader{RecognizePages: 1}, 1},
		"no time":  {"exec sleep 1000", "took longer than", describe.Reader{RecognizeTime: time.Nanosecond}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.reader
			r.Engine, r.Recognizer = pdfs, ocr.New(fake(t, c.does))
			doc, err := r.Read(t.Context(), data, s.Name)
			if err != nil {
				t.Fatal(err)
			}
			if f := doc.Info.Facts; !f.Scan || f.OCR || f.Unread != c.left || doc.TextVersion != pdfs.Version() {
				t.Errorf("facts %+v, text version %q", f, doc.TextVersion)
			}
			if got := doc.Recognition; got == nil || len(got.Left) != c.left || !strings.Contains(got.Left[0].Reason, c.reason) {
				t.Errorf("recognition %+v, want %q", got, c.reason)
			}
			if len(describe.New().Describe(doc).Chosen(greyshelf.FieldTitle)) > 0 {
				t.Error("a title out of nothing")
			}
		})
	}
}

// TestFakeDoubt reads a cover whose letters are told with little certainty: the
// words are kept and found, but make no title; told surely, they do.
func TestFakeDoubt(t *testing.T) {
	pdfs := reader(t)
	s, data := scan(t)
	cover := func(sure string) string {
		line := func(y, small int, text string) string {
			at := strconv.Itoa
			b := "<span class='ocr_line' title='bbox 10 " + at(y) + " 90 " + at(y+2*small) + "; x_size " + at(2*small) + "; x_descenders " + at(small/2) + "; x_ascenders " + at(small/2) + "'>"
			for k, word := range strings.Fields(text) {
				b += "<span class='ocrx_word' title='bbox " + at(10+k*6) + " " + at(y) + " " + at(15+k*6) + " " + at(y+2*small) + "; x_wconf " + sure + "'>" + word + "</span> "
			}
			return b + "</span>"
		}
		return answer(line(30, 8, "Harbour Lights and Winter Shipping") + line(100, 2, "this small text tells what stands in the body of the page") + line(106, 2, "and goes on for another line or so to be the commonest"))
	}
	for sure, want := range map[string]int{"50": 0, "90": 1} {
		doc, err := describe.Reader{Engine: pdfs, Recognizer: ocr.New(fake(t, cover(sure))), RecognizePages: 1}.Read(t.Context(), data, s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(doc.Pages[0].Text, "Harbour Lights and Winter Shipping") || !doc.Info.Facts.OCR {
			t.Errorf("sure %s: page %q, facts %+v", sure, doc.Pages[0].Text, doc.Info.Facts)
		}
		d := describe.New().Describe(doc)
		if titles := d.Chosen(greyshelf.FieldTitle); len(titles) != want || want > 0 && (titles[0].Value != "Harbour Lights and Winter Shipping" || titles[0].Confidence > 0.9) {
			t.Errorf("sure %s: %+v", sure, d.Findings)
		}
	}
}

// TestFakeStopped ends the work while the fake hangs: the whole reading stops,
// which is no page's fault.
func TestFakeStopped(t *testing.T) {
	pdfs := reader(t)
	s, data := scan(t)
	ctx, cancel := context.WithCancel(t.Context())
	r := describe.Reader{Engine: pdfs, Recognizer: ocr.New(fake(t, "exec sleep 1000")), Progress: func(page, of int) {
		if page == of {
			time.AfterFunc(50*time.Millisecond, cancel)
		}
	}}
	defer cancel()
	if _, err := r.Read(ctx, data, s.Name); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
}

// TestAbsent asks for a tesseract that is not there, and for languages that it
// has not: the reason says what to install, and the scan stays one.
func TestAbsent(t *testing.T) {
	pdfs := reader(t)
	s, data := scan(t)
	fakeWith := func(languages ...string) ocr.Options {
		o := fake(t, answer(""))
		o.Languages = languages
		return o
	}
	for name, c := range map[string]struct {
		options ocr.Options
		reason  string
	}{
		"program":  {ocr.Options{Program: filepath.Join(t.TempDir(), "tesseract")}, "tesseract-ocr"},
		"language": {fakeWith("en", "fr"), "tesseract-ocr-fra"},
		"option":   {fakeWith("en", "-c tessedit_write_images=1"), "no language"},
		"path":     {fakeWith("../../etc"), "no language"},
	} {
		doc, err := describe.Reader{Engine: pdfs, Recognizer: ocr.New(c.options)}.Read(t.Context(), data, s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f := doc.Info.Facts; !f.Scan || f.OCR || doc.TextVersion != pdfs.Version() {
			t.Errorf("%s: facts %+v, text version %q", name, f, doc.TextVersion)
		}
		if r := doc.Recognition; r == nil || len(r.Left) != 2 || !strings.Contains(r.Left[0].Reason, c.reason) {
			t.Errorf("%s: recognition %+v, want %q", name, r, c.reason)
		}
	}
}
