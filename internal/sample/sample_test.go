package sample_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/format/entry"
	"github.com/greyshelf/greyshelf/internal/sample"
)

var (
	update = flag.Bool("update", false, "write testdata/sha256.txt anew")
	out    = flag.String("out", "", "write the samples into this folder")
)

// TestBytes makes every sample twice and holds the hashes. A new version of
// Go's compress/flate or of the fonts may change them: look at the pages, then
// run the test with -update.
func TestBytes(t *testing.T) {
	var list strings.Builder
	for _, s := range sample.Reports() {
		first, err := s.Make()
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		second, err := s.Make()
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: made twice, the bytes differ", s.Name)
		}
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(first), s.Name)
		if *out != "" {
			if err := os.WriteFile(filepath.Join(*out, s.Name), first, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden := filepath.Join("testdata", "sha256.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(list.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), list.String()); diff != "" {
		t.Errorf("the samples are not those of %s (-want +got):\n%s", golden, diff)
	}
}

// TestTruth checks each sample's truth against what can be seen from outside.
func TestTruth(t *testing.T) {
	names := map[string]bool{}
	for _, s := range sample.Reports() {
		data, err := s.Make()
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		if !bytes.HasPrefix(data, []byte("%PDF-1.7\n")) || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
			t.Errorf("%s: not a whole PDF", s.Name)
		}
		if pages := bytes.Count(data, []byte("/Type /Page ")); pages != s.Truth.Pages {
			t.Errorf("%s: %d pages, the truth says %d", s.Name, pages, s.Truth.Pages)
		}
		if len(data) < 10_000 || len(data) > 2_000_000 {
			t.Errorf("%s: %d bytes", s.Name, len(data))
		}
		if names[s.Name] || !strings.HasSuffix(s.Name, ".pdf") {
			t.Errorf("%s: the name is taken or no PDF's", s.Name)
		}
		names[s.Name] = true
		if !strings.HasPrefix(s.Source, "https://") || !strings.Contains(s.Source, ".example.org/") {
			t.Errorf("%s: the source %s is not under example.org", s.Name, s.Source)
		}
		checkDate(t, s)
	}
}

// checkDate holds the truth's date to the library's own reading of what is
// printed.
func checkDate(t *testing.T, s sample.Sample) {
	t.Helper()
	want := s.Truth.Date
	if want.Printed == "" && want.EDTF == "" {
		return
	}
	got, ok := greyshelf.ParseDate(want.Printed)
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("%s: the date (-truth +read):\n%s", s.Name, diff)
	}
}

// TestSeed checks that the seed is the three-entry list.
func TestSeed(t *testing.T) {
	if n := strings.Count(sample.Seed(), "[PDF format, "); n != 3 {
		t.Errorf("the seed has %d entries, want 3", n)
	}
}

// TestSeedHeadings: each entry of the seed page has subjects.
func TestSeedHeadings(t *testing.T) {
	entries, headings := entry.ParseText(sample.Seed()), sample.SeedHeadings()
	if len(entries) != len(headings) {
		t.Errorf("%d entries, subjects for %d", len(entries), len(headings))
	}
	starter, err := authority.Starter()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, in := range starter.Records {
		known[in.Authority.Label] = true
	}
	for _, label := range slices.Concat(headings...) {
		if !known[label] {
			t.Errorf("%s is not in the vocabulary", label)
		}
	}
}
