package identify_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/corpustest"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// source is a text that pairs are made of.
type source struct {
	id, title  string
	paragraphs []string
}

// class is a way to make a second file of a source, and what it is then. A
// class without accepted verdicts makes a file that is nothing to the library.
type class struct {
	name string
	make func(r *rand.Rand, s, other source) (text []string, title string)
	want []identify.Verdict
	as   func(*identify.Known) // what else is different in the record
}

const perPage = 380 // words

func classes() []class {
	none := func(*identify.Known) {}
	later := func(k *identify.Known) { k.Report.Date.EDTF = "2026-04" }
	same := func(change func(r *rand.Rand, s source) []string) func(*rand.Rand, source, source) ([]string, string) {
		return func(r *rand.Rand, s, _ source) ([]string, string) { return change(r, s), s.title }
	}
	copied := []identify.Verdict{identify.OtherCopy}
	part := []identify.Verdict{identify.PartOf}
	edition := []identify.Verdict{identify.NewEdition}
	revised := func(share float64) func(*rand.Rand, source, source) ([]string, string) {
		return func(r *rand.Rand, s, other source) ([]string, string) {
			return revise(r, s.paragraphs, other.paragraphs, share), s.title + " (Updated)"
		}
	}
	return []class{
		{"re-saved", same(func(_ *rand.Rand, s source) []string { return paginate(s.paragraphs, perPage, "") }), copied, none},
		{"re-paginated", same(func(_ *rand.Rand, s source) []string { return paginate(s.paragraphs, 290, s.title) }), copied, none},
		{"OCR, 2 % wrong", same(func(r *rand.Rand, s source) []string { return garble(r, paginate(s.paragraphs, perPage, ""), 0.02) }), copied, none},
		{"OCR, 5 % wrong", same(func(r *rand.Rand, s source) []string { return garble(r, paginate(s.paragraphs, perPage, ""), 0.05) }), copied, none},
		{"first half", same(func(_ *rand.Rand, s source) []string {
			return paginate(s.paragraphs[:len(s.paragraphs)/2], perPage, "")
		}), part, none},
		{"every third section", same(func(_ *rand.Rand, s source) []string { return paginate(everyThird(s.paragraphs), perPage, "") }), part, none},
		{"annex", func(_ *rand.Rand, s, _ source) ([]string, string) {
			n := len(s.paragraphs)
			return paginate(s.paragraphs[n-n/5:], perPage, ""), "Annex: Tables and Sources"
		}, part, none},
		{"translated", func(r *rand.Rand, s, _ source) ([]string, string) {
			return paginate(translate(s.paragraphs), perPage, ""), strings.Join(translate([]string{s.title}), "")
		}, []identify.Verdict{identify.Translation}, func(k *identify.Known) { k.Report.Languages = []string{"qx"} }},
		{"version, 10 % changed", revised(0.10), edition, later},
		{"version, 30 % changed", revised(0.30), edition, later},
		{"version, 50 % changed", revised(0.50), edition, later},
		{"version, other title", func(r *rand.Rand, s, other source) ([]string, string) {
			return revise(r, s.paragraphs, other.paragraphs, 0.2), "Second Look: What Has Changed Since"
		}, edition, later},
		{"summary", func(r *rand.Rand, s, _ source) ([]string, string) {
			return paginate(summarise(r, s.paragraphs), perPage, ""), s.title + ": Summary"
		}, []identify.Verdict{identify.SummaryOf, identify.PartOf}, none},
		{"near-same title", func(_ *rand.Rand, s, other source) ([]string, string) {
			return paginate(other.paragraphs, perPage, ""), nearTitle(s.title)
		}, nil, none},
		{"same disclaimers", func(r *rand.Rand, s, other source) ([]string, string) {
			return paginate(slices.Concat(disclaimer(), other.paragraphs, disclaimer()), perPage, ""), "On Something Else: " + other.id
		}, nil, none},
	}
}

// paginate sets paragraphs on pages of so many words, with a running head when
// one is given.
func paginate(paragraphs []string, size int, head string) []string {
	var pages []string
	var page strings.Builder
	n := 0
	flush := func() {
		if n == 0 {
			return
		}
		text := page.String()
		if head != "" {
			text = fmt.Sprintf("%s | %d\n%s", head, len(pages)+1, text)
		}
		pages = append(pages, text)
		page.Reset()
		n = 0
	}
	for _, p := range paragraphs {
		for _, w := range strings.Fields(p) {
			page.WriteString(w)
			if n++; n%11 == 0 {
				page.WriteByte('\n')
			} else {
				page.WriteByte(' ')
			}
			if n == size {
				flush()
			}
		}
		page.WriteByte('\n')
	}
	flush()
	return pages
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

// revise replaces a share of the paragraphs by others.
func revise(r *rand.Rand, paragraphs, others []string, share float64) []string {
	out := slices.Clone(paragraphs)
	for i := range out {
		if r.Float64() < share {
			out[i] = others[r.IntN(len(others))]
		}
	}
	return paginate(out, perPage, "")
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

// disclaimer is the same page of small print in many reports of a publisher.
func disclaimer() []string {
	s := invent("disclaimer", 5, rand.New(rand.NewPCG(77, 77)))
	return s.paragraphs[:5]
}

// invent makes a text of paragraphs with words and numbers as they are
// distributed in a report.
func invent(id string, paragraphs int, r *rand.Rand) source {
	zipf := rand.NewZipf(r, 1.15, 3, 7000)
	word := func() string {
		n := zipf.Uint64()
		if r.IntN(30) == 0 {
			return fmt.Sprint(10 + r.IntN(2990))
		}
		syllables := [...]string{"ba", "re", "ti", "con", "mu", "nal", "por", "der", "si", "tro", "ka", "lem", "vo", "ist", "han", "eur"}
		w := ""
		for x := n*2654435761 + 17; len(w) < 3 || x > 0; x /= 16 {
			w += syllables[x%16]
			if len(w) > 8 {
				break
			}
		}
		return fmt.Sprint(w, n%10 == 3)[:len(w)]
	}
	s := source{id: id}
	title := []string{}
	for range 5 + r.IntN(5) {
		title = append(title, word()+"e")
	}
	s.title = strings.Join(title, " ")
	for range paragraphs {
		var b strings.Builder
		for range 40 + r.IntN(90) {
			b.WriteString(word() + " ")
		}
		s.paragraphs = append(s.paragraphs, b.String())
	}
	return s
}

// invented gives texts of 8 to 90 paragraphs.
func invented(n int) []source {
	var all []source
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 4))
		s := invent(fmt.Sprintf("invented%d", i), 8+r.IntN(83), r)
		if i%2 == 0 {
			s.paragraphs = slices.Concat(disclaimer()[:2], s.paragraphs, disclaimer()[2:])
		}
		all = append(all, s)
	}
	return all
}

// realTexts gives the texts of the real reports without the head of the file.
func realTexts(t *testing.T) []source {
	paths, err := filepath.Glob(filepath.Join(corpustest.Dir(t), "corpus", "reports", "text", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []source
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		title, rest, _ := strings.Cut(string(data), "\n")
		_, rest, _ = strings.Cut(rest, "\n---\n")
		s := source{id: strings.TrimSuffix(filepath.Base(path), ".md"), title: strings.TrimPrefix(title, "# ")}
		for p := range strings.SplitSeq(rest, "\n\n") {
			if len(strings.Fields(p)) > 3 {
				s.paragraphs = append(s.paragraphs, p)
			}
		}
		if len(s.paragraphs) >= 12 && len(strings.Fields(s.title)) >= 2 {
			all = append(all, s)
		}
	}
	return all
}

// known makes a file of a report of a text.
func known(id, title string, pages []string) identify.Known {
	return identify.Known{
		Report: greyshelf.Report{
			ID: id, Title: title, Languages: []string{"en"}, Date: greyshelf.Date{EDTF: "2025-11"},
			Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour House"}, Role: greyshelf.Publisher}},
		},
		File: greyshelf.File{SHA256: id, Pages: len(pages)}, Pages: pages,
	}
}
