package accuracy

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"testing"
)

var (
	write   = flag.Bool("write", false, "write docs/accuracy.md and testdata/golden.json")
	because = flag.String("because", "", "with -write: why a score is lower than the golden file's; kept in it")
)

// golden is the file that keeps the scores. A change that lowers one fails
// until it is explained.
type golden struct {
	Scores    map[string]kept `json:"scores"`    // by set and field
	Explained []string        `json:"explained"` // why scores were lowered, oldest first
}

// kept is what must not become worse.
type kept struct {
	Right    int `json:"right"`    // more is better
	Invented int `json:"invented"` // less is better
	SureLost int `json:"unsure"`   // given with a confidence of at least 0.9 and not right; less is better
	Of       int `json:"of"`
}

func (g golden) keep(set string, tallies []tally) {
	for _, f := range tallies {
		g.Scores[set+": "+f.field] = kept{f.right, f.added, f.sure - f.sureRight, f.n}
	}
}

// compare names every score of now that is worse than before.
func (g golden) compare(now golden) []string {
	var worse []string
	for name, was := range g.Scores {
		is, ok := now.Scores[name]
		switch {
		case !ok:
			worse = append(worse, name+" is no longer scored")
		case is.Right < was.Right || is.Invented > was.Invented || is.SureLost > was.SureLost || is.Of < was.Of:
			worse = append(worse, fmt.Sprintf("%s: right %d of %d, invented %d, confident but wrong %d; it was %d of %d, %d, %d",
				name, is.Right, is.Of, is.Invented, is.SureLost, was.Right, was.Of, was.Invented, was.SureLost))
		}
	}
	sort.Strings(worse)
	return worse
}

var goldenPath = filepath.Join("testdata", "golden.json")

func readGolden(t *testing.T) golden {
	g := golden{Scores: map[string]kept{}}
	data, err := os.ReadFile(goldenPath)
	if errors.Is(err, fs.ErrNotExist) {
		return g
	}
	if err == nil {
		err = json.Unmarshal(data, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// checkGolden fails for every lowered score, unless they are written down with
// a reason. It gives what is to be kept now.
func checkGolden(t *testing.T, now golden) golden {
	before := readGolden(t)
	now.Explained = before.Explained
	worse := before.compare(now)
	if len(worse) == 0 {
		return now
	}
	if *write && *because != "" {
		for _, line := range worse {
			now.Explained = append(now.Explained, *because+": "+line)
		}
		return now
	}
	for _, line := range worse {
		t.Error(line)
	}
	t.Error("a score was lowered; mend it, or explain it: make accuracy BECAUSE=\"…\"")
	return now
}

func (g golden) write(t *testing.T) {
	var buffer bytes.Buffer
	e := json.NewEncoder(&buffer)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(g); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenPath, buffer.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
