package pdfcpu_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/pdfwrite"
	"github.com/greyshelf/greyshelf/internal/publish/embed/pdfcpu"
)

func small(t testing.TB, info pdfwrite.Info) []byte {
	t.Helper()
	doc := pdfwrite.New(info)
	doc.Language = "en"
	doc.Page()
	data, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestMisbehaviour: whatever a child does, this process gets an error with a
// kind and a reason, in time.
func TestMisbehaviour(t *testing.T) {
	data := small(t, pdfwrite.Info{})
	for name, c := range map[string]struct {
		deadline time.Duration
		kind     greyshelf.Kind
		reason   string
	}{
		"panics":   {0, greyshelf.Invalid, "made the writing program fail"},
		"eats":     {0, greyshelf.Invalid, "run out of memory"},
		"hangs":    {300 * time.Millisecond, greyshelf.TooLarge, "took longer than 300ms"},
		"chatters": {0, greyshelf.TooLarge, "more than 8 MB"},
		"lies":     {0, greyshelf.Invalid, "made the writing program fail"},
		"invents":  {0, greyshelf.Invalid, "could not be understood"},
		"nothing":  {0, greyshelf.Invalid, "made the writing program fail"},
		"tells":    {0, greyshelf.Invalid, "GOMAXPROCS=2 GOTRACEBACK=none"}, // its whole environment
	} {
		t.Run(name, func(t *testing.T) {
			w := writer(t, name)
			w.Deadline = c.deadline
			_, err := w.Tail(t.Context(), bytes.NewReader(data), record(data))
			if greyshelf.KindOf(err) != c.kind || !strings.Contains(greyshelf.ReasonOf(err), c.reason) {
				t.Errorf("got %v (%v), want %v with %q", err, greyshelf.KindOf(err), c.kind, c.reason)
			}
		})
	}
}

// TestCancel: a reader who leaves ends the child.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	leaves := readerFunc(func([]byte) (int, error) { cancel(); return 0, io.EOF })
	if _, err := writer(t, "hangs").Tail(ctx, leaves, record(nil)); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestNoProgram(t *testing.T) {
	if _, err := pdfcpu.New().Tail(t.Context(), strings.NewReader(""), record(nil)); greyshelf.KindOf(err) != greyshelf.Unavailable {
		t.Errorf("got %v", err)
	}
}

// TestRefused: what gets no copy, and why.
func TestRefused(t *testing.T) {
	sound := string(small(t, pdfwrite.Info{}))
	for name, c := range map[string]struct{ data, reason string }{
		"nothing":         {"", "does not begin as one"},
		"no PDF":          {"<html>", "does not begin as one"},
		"head only":       {"%PDF-1.7\n", "cannot be read as a PDF"},
		"cut off":         {sound[:len(sound)*2/3], "damaged"},
		"table elsewhere": {strings.Replace(sound, "startxref\n", "startxref\n1", 1), "not where it says"},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := copyOf(t, []byte(c.data))
			if greyshelf.KindOf(err) != greyshelf.Invalid || !strings.Contains(greyshelf.ReasonOf(err), c.reason) {
				t.Errorf("got %d bytes and %v, want %q", len(made), err, c.reason)
			}
		})
	}
}

// TestSame: the same file and record give the same bytes.
func TestSame(t *testing.T) {
	data := small(t, pdfwrite.Info{Title: "Old", Author: "Somebody Else", Creator: "A typewriter", Created: "D:20160102030405Z"})
	one, err := copyOf(t, data)
	if err != nil {
		t.Fatal(err)
	}
	two, err := copyOf(t, data)
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("two copies differ, or %v", err)
	}
}

// TestInside: what is inside is the record; what the file says of how it was
// made stays.
func TestInside(t *testing.T) {
	data := small(t, pdfwrite.Info{Title: "Old", Author: "Somebody Else", Creator: "A typewriter", Producer: "A (press)", Created: "D:20160102030405Z"})
	made, err := copyOf(t, data)
	if err != nil {
		t.Fatal(err)
	}
	c, err := textOf(t.Context(), engine(t), made)
	if err != nil {
		t.Fatal(err)
	}
	want := record(data)
	for key, value := range map[string]string{
		"Title": want.Title, "Author": "Ann Example; Юрий Пример; أحمد مثال", "Subject": want.Abstract, "Keywords": "Water; Électricité",
		"Creator": "A typewriter", "Producer": "A (press)", "CreationDate": "D:20160102030405Z", "ModDate": "D:20261123050000Z", "Lang": "en",
	} {
		if got := c.info.Meta[key]; got != value {
			t.Errorf("%s is %q, want %q", key, got, value)
		}
	}
	for key, value := range map[string]string{
		"dc:publisher": "Example Institute", "dc:date": "2016-10-19", "dc:description": "About water.", "dc:source": want.Source, "dc:rights": want.Rights,
		"prism:doi": want.DOI, "xmp:CreatorTool": "A typewriter", "pdf:Producer": "A (press)", "xmp:CreateDate": "2016-01-02T03:04:05Z",
		"pdfx:OriginalSHA256": want.SHA256, "dc:identifier": want.Identifiers[0], "xmpRights:Marked": "True",
	} {
		if got := strings.Join(c.info.XMP[key][:min(1, len(c.info.XMP[key]))], "; "); got != value {
			t.Errorf("%s is %q, want %q", key, got, value)
		}
	}
}
