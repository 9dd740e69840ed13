package audit_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/catalog/sqlite"
	"github.com/greyshelf/greyshelf/internal/curate/audit"
)

var day = time.Date(2026, 4, 22, 12, 0, 0, 0, time.UTC)

// decided gives a catalogue with seven decisions, a day apart, on values that
// are hard to write down.
func decided(t testing.TB) catalog.Catalog {
	t.Helper()
	c, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "catalog.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	titles := []string{"Plain", "<b> & \u2028 \u202e", "=cmd()", "-1", "caf\xe9 in Latin 1", "\"quotes\"\r\nand lines", strings.Repeat("long ", 20_000)}
	r := greyshelf.Report{ID: "r", State: greyshelf.Draft}
	for i, title := range titles {
		r.Title, r.Revision = title, i
		r.Entry = &greyshelf.EntryLayout{Raw: title}
		commit := catalog.Commit{
			Decision: greyshelf.Decision{ID: fmt.Sprint("d", i+1), At: day.AddDate(0, 0, i), Who: "=ada", Method: greyshelf.ByImport, Reason: title, Source: &greyshelf.Source{File: "list\xff.txt", Line: i, Raw: title}},
			Reports:  []greyshelf.Report{r},
			Records:  []catalog.Record{{Kind: "setting", ID: fmt.Sprint(i), Data: json.RawMessage(`{ "spaced" : "<` + fmt.Sprint(i) + `>" }`)}},
		}
		if _, err := c.Commit(t.Context(), commit); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func export(t testing.TB, c catalog.Catalog, as audit.Format, since time.Time) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := audit.Export(t.Context(), c, &b, as, since, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestVerify(t *testing.T) {
	c := decided(t)
	whole := export(t, c, audit.JSONLines, time.Time{})
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	if len(lines) != 8 {
		t.Fatalf("%d lines", len(lines))
	}
	without := func(n int) string {
		return strings.Join(append(append([]string(nil), lines[:n-1]...), lines[n:]...), "")
	}
	changed := func(n int, from, to string) string {
		next := append([]string(nil), lines...)
		next[n-1] = strings.Replace(next[n-1], from, to, 1)
		if next[n-1] == lines[n-1] {
			t.Fatalf("line %d has no %s", n, from)
		}
		return strings.Join(next, "")
	}
	swapped := append([]string(nil), lines...)
	swapped[1], swapped[2] = swapped[2], swapped[1]
	for name, test := range map[string]struct {
		file string
		want string // "line: what it begins with", separated by semicolons
	}{
		"whole":             {whole, ""},
		"from a day":        {export(t, c, audit.JSONLines, day.AddDate(0, 0, 3)), ""},
		"empty lines":       {strings.ReplaceAll(whole, "\n", "\n\n"), ""},
		"a value":           {changed(1, "Plain", "Plane"), "1: decision 1 (d1, =ada) is not what was sealed"},
		"who":               {changed(4, "=ada", "=eve"), "4: decision 4 (d4, =eve) is not"},
		"a sealed value":    {changed(5, `"title","before":`, `"title" ,"before":`), ""},
		"a shown value":     {changed(5, `"reason":"caf`, `"reason":"Caf`), "5: decision 5"},
		"when":              {changed(3, "2026-04-24", "2026-04-25"), "3: decision 3"},
		"no JSON":           {changed(3, "{", "["), "3: it cannot be read; 4: decision 3 is missing"},
		"one missing":       {without(3), "3: decision 3 is missing before it"},
		"the first missing": {without(1), "7: decision 1 is missing before the first line"},
		"the last missing":  {without(7), "7: decision 7 is missing"},
		"the end missing":   {without(8), "8: the file ends before its last line"},
		"two missing":       {strings.Join(append(append([]string(nil), lines[:2]...), lines[4:]...), ""), "3: the decisions 3 to 4 are missing"},
		"in another order":  {strings.Join(swapped, ""), "2: decision 2 is missing; 3: decision 2 stands in the wrong place"},
		"twice":             {lines[0] + whole, "2: decision 1 stands in the wrong place"},
		"something behind":  {whole + lines[6], "9: there is a line behind the last"},
	} {
		got, err := audit.Verify(strings.NewReader(test.file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var wants []string
		if test.want != "" {
			wants = strings.Split(test.want, "; ")
		}
		for i, want := range wants {
			if i >= len(got.Defects) || !strings.HasPrefix(fmt.Sprintf("%d: %s", got.Defects[i].Line, got.Defects[i].What), want) {
				t.Errorf("%s: %+v, want %q", name, got.Defects, want)
			}
		}
		if len(wants) == 0 && len(got.Defects) > 0 {
			t.Errorf("%s: %+v", name, got.Defects)
		}
	}
}

// TestSealedAnew: a decision that was changed and sealed again does not go
// with the next.
func TestSealedAnew(t *testing.T) {
	lines := strings.SplitAfter(export(t, decided(t), audit.JSONLines, time.Time{}), "\n")
	var l audit.Line
	if err := json.Unmarshal([]byte(lines[1]), &l); err != nil {
		t.Fatal(err)
	}
	l.Who, l.Sealed = "eve", nil
	l.Seal = catalog.Seal(l.Previous, l.Decision)
	data, _ := json.Marshal(l)
	lines[1] = string(data) + "\n"
	got, err := audit.Verify(strings.NewReader(strings.Join(lines, "")))
	if err != nil || len(got.Defects) != 1 || !strings.Contains(got.Defects[0].What, "does not follow") {
		t.Errorf("%v %+v", err, got.Defects)
	}
}

func TestVerifyOfOtherFiles(t *testing.T) {
	for name, file := range map[string]string{"empty": "", "prose": "Dear all,\nnothing here.\n", "table": "seq,id\n1,d1\n", "long": strings.Repeat("x", 65<<20)} {
		_, err := audit.Verify(strings.NewReader(file))
		if kind := greyshelf.KindOf(err); kind != greyshelf.Invalid && kind != greyshelf.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCSV(t *testing.T) {
	read := csv.NewReader(strings.NewReader(export(t, decided(t), audit.CSV, time.Time{})))
	rows, err := read.ReadAll()
	if err != nil || len(rows) < 15 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("column %d is a formula: %.40q", i, cell)
			}
		}
	}
	if _, err := audit.ParseFormat("xlsx"); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error(err)
	}
}

// FuzzVerify: no file makes the check fail to end.
func FuzzVerify(f *testing.F) {
	for _, line := range strings.SplitAfter(export(f, decided(f), audit.JSONLines, time.Time{}), "\n")[:3] {
		f.Add([]byte(line))
	}
	f.Add([]byte(`{"decisions":1,"last":1,"end":"x"}`))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = audit.Verify(bytes.NewReader(data)) })
}
