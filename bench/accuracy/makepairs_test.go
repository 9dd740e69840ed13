package accuracy

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/identify/identifytest"
)

// class is a way to make a second file of a source, and what it is then. A
// class without accepted verdicts makes a file that is nothing to the library.
type class struct {
	name string
	make func(r *rand.Rand, s, other identifytest.Source) (text []string, title string)
	want []identify.Verdict
	as   func(*identify.Known) // what else is different in the record
}

func classes() []class {
	none := func(*identify.Known) {}
	later := func(k *identify.Known) { k.Report.Date.EDTF = "2026-04" }
	same := func(change func(r *rand.Rand, s identifytest.Source) []string) func(*rand.Rand, identifytest.Source, identifytest.Source) ([]string, string) {
		return func(r *rand.Rand, s, _ identifytest.Source) ([]string, string) { return change(r, s), s.Title }
	}
	copied := []identify.Verdict{identify.OtherCopy}
	part := []identify.Verdict{identify.PartOf}
	edition := []identify.Verdict{identify.NewEdition}
	revised := func(share float64) func(*rand.Rand, identifytest.Source, identifytest.Source) ([]string, string) {
		return func(r *rand.Rand, s, other identifytest.Source) ([]string, string) {
			return identifytest.Revise(r, s.Paragraphs, other.Paragraphs, share), s.Title + " (Updated)"
		}
	}
	return []class{
		{"re-saved", same(func(_ *rand.Rand, s identifytest.Source) []string {
			return identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, "")
		}), copied, none},
		{"re-paginated", same(func(_ *rand.Rand, s identifytest.Source) []string {
			return identifytest.Paginate(s.Paragraphs, 290, s.Title)
		}), copied, none},
		{"OCR, 2 % wrong", same(func(r *rand.Rand, s identifytest.Source) []string {
			return garble(r, identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, ""), 0.02)
		}), copied, none},
		{"OCR, 5 % wrong", same(func(r *rand.Rand, s identifytest.Source) []string {
			return garble(r, identifytest.Paginate(s.Paragraphs, identifytest.WordsPerPage, ""), 0.05)
		}), copied, none},
		{"first half", same(func(_ *rand.Rand, s identifytest.Source) []string {
			return identifytest.Paginate(s.Paragraphs[:len(s.Paragraphs)/2], identifytest.WordsPerPage, "")
		}), part, none},
		{"every third section", same(func(_ *rand.Rand, s identifytest.Source) []string {
			return identifytest.Paginate(everyThird(s.Paragraphs), identifytest.WordsPerPage, "")
		}), part, none},
		{"annex", func(_ *rand.Rand, s, _ identifytest.Source) ([]string, string) {
			n := len(s.Paragraphs)
			return identifytest.Paginate(s.Paragraphs[n-n/5:], identifytest.WordsPerPage, ""), "Annex: Tables and Sources"
		}, part, none},
		{"translated", func(r *rand.Rand, s, _ identifytest.Source) ([]string, string) {
			return identifytest.Paginate(translate(s.Paragraphs), identifytest.WordsPerPage, ""), strings.Join(translate([]string{s.Title}), "")
		}, []identify.Verdict{identify.Translation}, func(k *identify.Known) { k.Report.Languages = []string{"qx"} }},
		{"version, 10 % changed", revised(0.10), edition, later},
		{"version, 30 % changed", revised(0.30), edition, later},
		{"version, 50 % changed", revised(0.50), edition, later},
		{"version, other title", func(r *rand.Rand, s, other identifytest.Source) ([]string, string) {
			return identifytest.Revise(r, s.Paragraphs, other.Paragraphs, 0.2), "Second Look: What Has Changed Since"
		}, edition, later},
		{"summary", func(r *rand.Rand, s, _ identifytest.Source) ([]string, string) {
			return identifytest.Paginate(summarise(r, s.Paragraphs), identifytest.WordsPerPage, ""), s.Title + ": Summary"
		}, []identify.Verdict{identify.SummaryOf, identify.PartOf}, none},
		{"near-same title", func(_ *rand.Rand, s, other identifytest.Source) ([]string, string) {
			return identifytest.Paginate(other.Paragraphs, identifytest.WordsPerPage, ""), nearTitle(s.Title)
		}, nil, none},
		{"same disclaimers", func(r *rand.Rand, s, other identifytest.Source) ([]string, string) {
			return identifytest.Paginate(slices.Concat(identifytest.Disclaimer(), other.Paragraphs, identifytest.Disclaimer()), identifytest.WordsPerPage, ""), "On Something Else: " + other.ID
		}, nil, none},
	}
}

// garble changes a share of the letters and digits as a recognition does:
// another one, none, or two.
func garble(r *rand.Rand, pages []string, share float64) []string {
	var out []string
	for _, p := range pages {
		var b strings.Builder
		for _, c := range p {
			if c == '\n' || c == ' ' || r.Float64() >= share {
				b.WriteRune(c)
				continue
			}
			switch r.IntN(4) {
			case 0: // lost
			case 1:
				b.WriteString("rn")
			default:
				b.WriteByte("ecoIl1tf5S8B"[r.IntN(12)])
			}
		}
		out = append(out, b.String())
	}
	return out
}

// everyThird keeps one section of three; a section is seven paragraphs.
func everyThird(paragraphs []string) []string {
	var kept []string
	for i, p := range paragraphs {
		if i/7%3 == 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// translate puts another word in the place of every word; numbers stay.
func translate(paragraphs []string) []string {
	var out []string
	for _, p := range paragraphs {
		fields := strings.Fields(p)
		for i, w := range fields {
			if !strings.ContainsAny(w, "0123456789") {
				fields[i] = "q" + strings.Map(func(c rune) rune {
					if c >= 'a' && c <= 'z' {
						return 'a' + (c-'a'+11)%26
					}
					return c
				}, strings.ToLower(w)) + "ux"
			}
		}
		out = append(out, strings.Join(fields, " "))
	}
	return out
}

// summarise takes a sentence of every other paragraph, half of them in other
// words.
func summarise(r *rand.Rand, paragraphs []string) []string {
	var out []string
	for i, p := range paragraphs {
		if i%2 == 1 {
			continue
		}
		fields := strings.Fields(p)
		fields = fields[:min(len(fields), 26)]
		if r.IntN(2) == 0 {
			r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
		}
		out = append(out, strings.Join(fields, " "))
	}
	return out
}

func nearTitle(title string) string {
	words := strings.Fields(title)
	words[len(words)/2] = "Revisiting"
	return strings.Join(words, " ")
}

// realTexts gives the texts of the real reports without the head of the file.
func realTexts(t *testing.T) []identifytest.Source {
	paths, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "reports", "text", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []identifytest.Source
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		title, rest, _ := strings.Cut(string(data), "\n")
		_, rest, _ = strings.Cut(rest, "\n---\n")
		s := identifytest.Source{ID: strings.TrimSuffix(filepath.Base(path), ".md"), Title: strings.TrimPrefix(title, "# ")}
		for p := range strings.SplitSeq(rest, "\n\n") {
			if len(strings.Fields(p)) > 3 {
				s.Paragraphs = append(s.Paragraphs, p)
			}
		}
		if len(s.Paragraphs) >= 12 && len(strings.Fields(s.Title)) >= 2 {
			all = append(all, s)
		}
	}
	return all
}
