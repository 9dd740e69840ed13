package identifytest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// WordsPerPage is how many words [Paginate] sets on a page of a usual report.
const WordsPerPage = 380

// Source is a text that files are made of.
type Source struct {
	ID, Title  string
	Paragraphs []string
}

// Shelf is a library in memory: the files by SHA-256.
type Shelf map[string]identify.Known

// Known gives a file of the shelf. Errors: NotFound.
func (s Shelf) Known(_ context.Context, file string) (identify.Known, error) {
	k, ok := s[file]
	if !ok {
		return k, greyshelf.Errorf(greyshelf.NotFound, "test", file, "not there")
	}
	return k, nil
}

// Fill puts the files on a shelf and into the index, and gives what identifies
// others among them.
func Fill(ctx context.Context, x identify.Index, files ...identify.Known) (identify.Service, Shelf, error) {
	s := Shelf{}
	var keyed []identify.Keyed
	for _, k := range files {
		s[k.File.SHA256] = k
		keyed = append(keyed, identify.Keyed{File: k.File.SHA256, Keys: identify.Keys(k)})
	}
	return identify.Service{Index: x, Library: s}, s, x.Put(ctx, keyed...)
}

// Known makes a file of a report of a text.
func Known(id, title string, pages []string) identify.Known {
	return identify.Known{
		Report: greyshelf.Report{
			ID: id, Title: title, Languages: []string{"en"}, Date: greyshelf.Date{EDTF: "2025-11"},
			Agents: []greyshelf.Contribution{{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Harbour House"}, Role: greyshelf.Publisher}},
		},
		File: greyshelf.File{SHA256: id, Pages: len(pages)}, Pages: pages,
	}
}

// Invented gives n texts of 8 to 90 paragraphs; another seed gives others.
func Invented(n int, seed uint64) []Source {
	var all []Source
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), seed))
		s := Invent(fmt.Sprintf("invented%d", i), 8+r.IntN(83), r)
		if i%2 == 0 {
			s.Paragraphs = slices.Concat(Disclaimer()[:2], s.Paragraphs, Disclaimer()[2:])
		}
		all = append(all, s)
	}
	return all
}

// Invent makes a text of paragraphs with words and numbers as they are
// distributed in a report.
func Invent(id string, paragraphs int, r *rand.Rand) Source {
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
	s := Source{ID: id}
	title := []string{}
	for range 5 + r.IntN(5) {
		title = append(title, word()+"e")
	}
	s.Title = strings.Join(title, " ")
	for range paragraphs {
		var b strings.Builder
		for range 40 + r.IntN(90) {
			b.WriteString(word() + " ")
		}
		s.Paragraphs = append(s.Paragraphs, b.String())
	}
	return s
}

// Disclaimer is the same page of small print in many reports of a publisher.
func Disclaimer() []string {
	s := Invent("disclaimer", 5, rand.New(rand.NewPCG(77, 77)))
	return s.Paragraphs[:5]
}

// Paginate sets paragraphs on pages of so many words, with a running head when
// one is given.
func Paginate(paragraphs []string, size int, head string) []string {
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

// Revise sets paragraphs on pages after a share of them was replaced by others.
func Revise(r *rand.Rand, paragraphs, others []string, share float64) []string {
	out := slices.Clone(paragraphs)
	for i := range out {
		if r.Float64() < share {
			out[i] = others[r.IntN(len(others))]
		}
	}
	return Paginate(out, WordsPerPage, "")
}
