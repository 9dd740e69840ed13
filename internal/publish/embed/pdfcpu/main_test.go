package pdfcpu_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/describe/pdf"
	"github.com/greyshelf/greyshelf/internal/publish/embed"
	"github.com/greyshelf/greyshelf/internal/publish/embed/pdfcpu"
)

// TestMain makes this program the child too, as cmd/greyshelf does: the tests
// start it as users do.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "child" {
		os.Exit(child(os.Args[2]))
	}
	os.Exit(m.Run())
}

// child is the honest child, or one that misbehaves as its name says.
func child(name string) int {
	switch name {
	case "embed":
		if err := pdfcpu.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	case "panics":
		panic("as told")
	case "hangs":
		r, _, err := os.Pipe()
		if err != nil {
			return 1
		}
		_, err = r.Read(make([]byte, 1)) // nobody writes
		fmt.Fprintln(os.Stderr, err)
		return 1
	case "eats":
		if err := pdfcpu.LimitSelf(); err != nil {
			return 1
		}
		var all [][]byte
		for len(all) < 64 { // 8 GB
			all = append(all, bytes.Repeat([]byte("x"), 128<<20))
		}
		fmt.Fprintln(os.Stderr, len(all))
		return 0
	case "chatters":
		for {
			if _, err := os.Stdout.Write(make([]byte, 1<<20)); err != nil {
				return 1
			}
		}
	case "lies":
		fmt.Println(`{}`)
		fmt.Print("this is no update")
		return 0
	case "invents":
		fmt.Println(`{"kind":"internal","reason":"boo"}`)
		return 0
	case "tells":
		fmt.Printf("{\"kind\":\"invalid\",\"reason\":%q}\n", strings.Join(os.Environ(), " "))
		return 0
	}
	return 3
}

// writer makes a writer whose children are this program.
func writer(t testing.TB, name string) *pdfcpu.Writer {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return pdfcpu.New(program, "child", name)
}

// engine reads copies again, as the library reads what comes in.
func engine(t testing.TB) *pdf.Engine {
	t.Helper()
	dir := t.TempDir()
	if user, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(user, "greyshelf-test", "pdfium") // compiled once for every test run
	}
	e := pdf.New(pdf.Options{CacheDir: dir, Instances: 1})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// record is what a catalogue might say of the file.
func record(data []byte) embed.Record {
	sum := sha256.Sum256(data)
	return embed.Record{
		Title: "Water & power: a <test> (with \\ and ) )", Authors: []string{"Ann Example", "Юрий Пример", "أحمد مثال"},
		Publishers: []string{"Example Institute"}, Date: "2016-10-19", DatePrinted: "October 19, 2016", Abstract: "About water.",
		Headings: []string{"Water", "Électricité"}, Languages: []string{"en"}, Rights: "© 2016 Example Institute", Marked: "True",
		Source: "https://example.org/water.pdf", Address: "https://library.example/r/abc", Identifiers: []string{"https://doi.org/10.1234/x", "https://library.example/r/abc"},
		DOI: "10.1234/x", Writer: "Greyshelf test", Written: time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC),
		SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data)),
	}
}

func copyOf(t testing.TB, data []byte) ([]byte, error) {
	tail, err := writer(t, "embed").Tail(t.Context(), bytes.NewReader(data), record(data))
	if err != nil {
		return nil, err
	}
	return append(data[:len(data):len(data)], tail...), nil
}

// table writes a cross-reference table of the objects in a file.
func table(body []byte) string {
	places := map[int]int{}
	most := 0
	for _, m := range regexp.MustCompile(`(?m)^(\d+) 0 obj`).FindAllSubmatchIndex(body, -1) {
		n, _ := strconv.Atoi(string(body[m[2]:m[3]]))
		places[n], most = m[0], max(most, n)
	}
	out := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", most+1)
	for n := 1; n <= most; n++ {
		out += fmt.Sprintf("%010d 00000 n \n", places[n])
	}
	return out
}
