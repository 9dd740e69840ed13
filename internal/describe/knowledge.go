package describe

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"sort"
	"strconv"
	"strings"
)

//go:embed words
var wordFiles embed.FS

// knowledge is what the finders know before they see a document: words of
// several languages, names of bodies, common given names, and the table of
// weights. It is read from the files in words/ and never changes.
type knowledge struct {
	phrases map[string]phraseList      // by section of the language files
	small   map[string]map[string]bool // by language: its small words, with which no title ends
	bodies  map[string]knownBody       // by bodyKey of every form of their names
	given   map[string]bool            // folded given names
	noName  map[string]bool            // folded words that names of persons do not have
	weights map[string]weight          // by method
	points  map[string]float64         // of a title block, by feature
}

// weight is a line of words/weights.txt.
type weight struct {
	confidence float64
	meaning    string
}

// phraseList holds the phrases of one kind, folded.
type phraseList struct {
	set     map[string]bool
	ordered []string // longest first
}

// loadKnowledge reads the embedded files. A line that cannot be read is left
// out; a test checks that there is none.
func loadKnowledge() *knowledge {
	k := &knowledge{
		phrases: map[string]phraseList{}, small: map[string]map[string]bool{}, bodies: map[string]knownBody{}, given: map[string]bool{}, noName: map[string]bool{},
		weights: map[string]weight{}, points: map[string]float64{},
	}
	names, err := fs.Glob(wordFiles, "words/??.txt")
	if err == nil {
		for _, name := range names {
			k.loadPhrases(strings.TrimSuffix(path.Base(name), ".txt"), readLines(name))
		}
	}
	for section, list := range k.phrases {
		sort.Slice(list.ordered, func(i, j int) bool {
			a, b := list.ordered[i], list.ordered[j]
			return len(a) > len(b) || len(a) == len(b) && a < b
		})
		k.phrases[section] = list
	}
	k.loadBodies(readLines("words/bodies.txt"))
	k.loadWords(k.given, readLines("words/givennames.txt"))
	k.loadWords(k.noName, readLines("words/notnames.txt"))
	_ = k.loadWeights(readLines("words/weights.txt")) // what could be read stays
	return k
}

// readLines gives the lines of an embedded file without comments and blank
// lines.
func readLines(name string) []string {
	file, err := wordFiles.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	lines, err := significantLines(file)
	if err != nil {
		return nil
	}
	return lines
}

// significantLines gives the lines of a text without comments and blank lines.
func significantLines(r io.Reader) ([]string, error) {
	var lines []string
	scan := bufio.NewScanner(r)
	for scan.Scan() {
		if line := strings.TrimSpace(scan.Text()); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines, scan.Err()
}

// loadPhrases reads the words of a language.
func (k *knowledge) loadPhrases(language string, lines []string) {
	section := ""
	for _, line := range lines {
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
			continue
		}
		list, phrase := k.phrases[section], foldString(line)
		if section == "unended" {
			if k.small[language] == nil {
				k.small[language] = map[string]bool{}
			}
			k.small[language][phrase] = true
		}
		if list.set == nil {
			list.set = map[string]bool{}
		}
		if !list.set[phrase] {
			list.set[phrase] = true
			list.ordered = append(list.ordered, phrase)
		}
		k.phrases[section] = list
	}
}

func (k *knowledge) loadWords(into map[string]bool, lines []string) {
	for _, line := range lines {
		for _, word := range strings.Fields(line) {
			into[foldString(word)] = true
		}
	}
}

// loadWeights reads the table of weights. It takes what can be read and gives
// an error for the first line that cannot.
func (k *knowledge) loadWeights(lines []string) error {
	inPoints := false
	var wrong error
	for _, line := range lines {
		if line == "[points]" {
			inPoints = true
			continue
		}
		name, value, meaning, ok := weightLine(line)
		switch {
		case !ok && wrong == nil:
			wrong = fmt.Errorf("the line %q is not a name, a number and what it means", line)
		case !ok:
		case inPoints:
			k.points[name] = value
		default:
			k.weights[name] = weight{value, meaning}
		}
	}
	return wrong
}

// weightLine reads "name  0.85  what it is"; a name may have spaces, but no
// word of it is a number.
func weightLine(line string) (name string, value float64, meaning string, ok bool) {
	words := strings.Fields(line)
	for i, word := range words {
		value, err := strconv.ParseFloat(word, 64)
		if err == nil && i > 0 && !math.IsNaN(value) && !math.IsInf(value, 0) {
			return strings.Join(words[:i], " "), value, strings.Join(words[i+1:], " "), true
		}
	}
	return "", 0, "", false
}

// is reports whether the folded text is exactly one of the section's phrases,
// a colon or stop at its end apart.
func (k *knowledge) is(section, folded string) bool {
	return k.phrases[section].set[strings.TrimRight(folded, " .:-")]
}

// leads gives the longest phrase of the section with which the folded text
// begins as whole words, or "".
func (k *knowledge) leads(section, folded string) string {
	for _, phrase := range k.phrases[section].ordered {
		if rest, found := strings.CutPrefix(folded, phrase); found && startsApart(rest) {
			return phrase
		}
	}
	return ""
}

// ends gives the longest phrase of the section with which the folded text ends
// as whole words, or "".
func (k *knowledge) ends(section, folded string) string {
	for _, phrase := range k.phrases[section].ordered {
		if rest, found := strings.CutSuffix(folded, phrase); found && endsApart(rest) {
			return phrase
		}
	}
	return ""
}

// holds gives the byte offset of the first phrase of the section in the folded
// text as whole words, and the phrase; -1 without one.
func (k *knowledge) holds(section, folded string) (int, string) {
	first, which := -1, ""
	for _, phrase := range k.phrases[section].ordered {
		at := findWhole(folded, phrase)
		if at >= 0 && (first < 0 || at < first) {
			first, which = at, phrase
		}
	}
	return first, which
}
