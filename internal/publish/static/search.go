package static

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Document is one report as the search of the static library knows it: only
// what an anonymous reader may.
type Document struct {
	Address string // "/r/ID"
	Title   string // as shown
	Byline  string // authors, publisher, date
	Record  string // further words of the record: abstract, headings
	Pages   []Page // that anybody may read; none for a record alone
}

// Page is a page of a document.
type Page struct {
	Address string // "/r/ID/f/FILE/p/12"
	Label   string // as readers call it
	Text    string
}

// The files of the search.
const (
	searchPage   = "search/index.html"
	searchScript = "search/search.js"
)

//go:embed search.js
var script []byte

// word is a term of the index with the pages on which it stands: document,
// page (0 = the record), how often.
type postings map[string][][3]int

// writeSearch writes the page of the search, its script, and the index in
// pieces that are loaded as they are needed: by script elements, since a page
// opened from a stick may fetch nothing.
func (w *walk) writeSearch(ctx context.Context, out *folder) error {
	index := postings{}
	var docs []any
	for d, err := range w.Search {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		link, ok := w.relative(searchPage, d.Address)
		if !ok {
			continue // it is not in the library that was written
		}
		entry, err := w.document(out, index, len(docs), d, link)
		if err != nil {
			return err
		}
		docs = append(docs, entry)
	}
	if err := out.put("search/docs.js", call("greyshelfDocs", docs)); err != nil {
		return err
	}
	shards := map[string]postings{}
	for term, places := range index {
		name := shard(term)
		if shards[name] == nil {
			shards[name] = postings{}
		}
		shards[name][term] = places
	}
	for _, name := range slices.Sorted(maps.Keys(shards)) {
		if err := out.put("search/i/"+name+".js", call("greyshelfTerms", name, shards[name])); err != nil {
			return err
		}
	}
	if err := out.put("search/shards.js", call("greyshelfShards", slices.Sorted(maps.Keys(shards)))); err != nil {
		return err
	}
	if err := out.put(searchScript, script); err != nil {
		return err
	}
	page, err := w.framed(searchPage, w.Words.Title, w.searchHTML())
	if err != nil {
		return err
	}
	return out.put(searchPage, page)
}

// document puts the words of a document into the index and gives its line:
// title, byline, address, pages as [label, address].
func (w *walk) document(out *folder, index postings, n int, d Document, link string) (any, error) {
	count(index, n, 0, d.Title+" "+d.Byline+" "+d.Record)
	pages := []any{}
	var texts []string
	for i, p := range d.Pages {
		count(index, n, i+1, p.Text)
		at, _ := w.relative(searchPage, p.Address)
		texts = append(texts, strings.Join(strings.Fields(p.Text), " "))
		pages = append(pages, []string{p.Label, at})
	}
	if len(texts) > 0 {
		if err := out.put(fmt.Sprintf("search/t/%d.js", n), call("greyshelfTexts", n, texts)); err != nil {
			return nil, err
		}
	}
	return []any{d.Title, d.Byline, link, pages}, nil
}

// call writes a call of a function of the search script.
func call(name string, arguments ...any) []byte {
	var b bytes.Buffer
	b.WriteString(name + "(")
	for i, a := range arguments {
		if i > 0 {
			b.WriteByte(',')
		}
		data, _ := json.Marshal(a) // texts, numbers and lists of them always have a JSON form
		b.Write(data)
	}
	b.WriteString(");\n")
	return b.Bytes()
}

// count counts the words of a text.
func count(index postings, doc, page int, text string) {
	words := map[string]int{}
	for _, word := range Fold(text) {
		words[word]++
	}
	for word, n := range words {
		index[word] = append(index[word], [3]int{doc, page, n})
	}
}

// longestWord is how many characters of a word count.
const longestWord = 40

// Fold gives the words of a text as the search compares them: in lower case,
// without accents, at least two characters or a digit. search.js does the same
// with what is asked.
func Fold(text string) []string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(text))
	if err != nil {
		plain = strings.ToLower(text)
	}
	var words []string
	for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if letters := []rune(word); len(letters) > 1 || unicode.IsDigit(letters[0]) {
			words = append(words, string(letters[:min(len(letters), longestWord)]))
		}
	}
	return words
}

// shard gives the piece of the index that holds a term: by its first two
// characters, as their numbers.
func shard(term string) string {
	name := ""
	for i, r := range []rune(term) {
		if i == 2 {
			break
		}
		name += fmt.Sprintf("%x_", r)
	}
	return strings.TrimSuffix(name, "_")
}

// searchHTML makes the middle of the page of the search.
func (w *walk) searchHTML() string {
	text := html.EscapeString
	return `<h1>` + text(w.Words.Title) + `</h1>
<form class="bigsearch" id="static-search" role="search"><label class="unseen" for="static-q">` + text(w.Words.Label) + `</label><input id="static-q" name="q" type="search" dir="auto" autocomplete="off" maxlength="300"><button>` + text(w.Words.Button) + `</button></form>
<noscript><p>` + text(w.Words.NoScript) + `</p></noscript>
<p role="status" id="static-said" data-none="` + text(w.Words.None) + `" data-found="` + text(w.Words.Found) + `" data-page="` + text(w.Words.Page) + `"></p>
<ol class="results" id="static-hits"></ol></main>
<script src="search.js"></script><script src="shards.js"></script><script src="docs.js"></script>`
}
