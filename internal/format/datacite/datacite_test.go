package datacite_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf/internal/format/datacite"
	"github.com/greyshelf/greyshelf/internal/format/formattest"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

var update = flag.Bool("update", false, "write the golden files")

const address = "https://library.example/r/k3v7q2"

func TestGolden(t *testing.T) {
	r := datacite.FromReport(formattest.Full(), address)
	for path, got := range map[string]string{"testdata/full.xml": r.XML().String(), "testdata/full.json": string(r.JSON())} {
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Error(diff)
		}
		if strings.Contains(got, "secret") {
			t.Error("what belongs to the desk is exported")
		}
	}
}

// TestRequired checks that what the schema requires is there, whatever a
// report lacks (DataCite 4.6, §2.3: mandatory properties).
func TestRequired(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, r datacite.Resource) {
		root, err := xmltree.Parse(strings.NewReader(r.XML().String()))
		if err != nil || root.Space != datacite.Namespace {
			t.Fatalf("%v", err)
		}
		for _, path := range [][]string{{"identifier"}, {"creators", "creator", "creatorName"}, {"titles", "title"}, {"publisher"}, {"publicationYear"}, {"resourceType"}} {
			if root.First(path...).Text == "" {
				t.Fatalf("%v is missing: %s", path, r.XML())
			}
		}
		if !json.Valid(r.JSON()) || strings.ContainsAny(string(r.JSON()), "<>") {
			t.Fatalf("%s", r.JSON())
		}
	}
	for _, r := range formattest.Awkward() {
		check(t, datacite.FromReport(r, ""))
	}
	rapid.Check(t, func(t *rapid.T) { check(t, datacite.FromReport(formattest.Draw(t), address)) })
}
