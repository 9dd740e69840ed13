package bleve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// ref says what a document of the engine is: page page of file file of the
// report with the number; the record when page is 0.
type ref struct {
	report int32
	page   int32
	file   int16
	lang   int16 // number of the language it is analysed in
}

// The name of a document: report/language/file/page.
func documentName(report, language string, file, page int) string {
	return report + "/" + language + "/" + strconv.Itoa(file) + "/" + strconv.Itoa(page)
}

// view says what the documents of one state of the index are.
type view struct {
	refs      []ref // by document number
	languages []string
}

// viewCache makes views, reading the names in each segment once.
type viewCache struct {
	mu        sync.Mutex
	segments  map[uint64][]ref
	ids       []uint64 // segments of the last view
	last      view
	languages []string
}

// view gives the view of the snapshot.
func (c *viewCache) view(reader *scorch.IndexSnapshot, t *table) (view, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []uint64
	for _, s := range reader.Segments() {
		ids = append(ids, s.Id())
	}
	if c.segments != nil && slices.Equal(ids, c.ids) {
		return c.last, nil
	}
	segments := make(map[uint64][]ref, len(ids))
	var all []ref
	for _, s := range reader.Segments() {
		refs, ok := c.segments[s.Id()]
		if !ok || len(refs) != int(s.FullSize()) {
			var err error
			if refs, err = c.read(s, t); err != nil {
				return view{}, err
			}
		}
		segments[s.Id()] = refs
		all = append(all, refs...)
	}
	c.segments, c.ids = segments, ids
	c.last = view{refs: all, languages: slices.Clone(c.languages)}
	return c.last, nil
}

// read reads the names of all documents in a segment.
func (c *viewCache) read(s *scorch.SegmentSnapshot, t *table) ([]ref, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	refs := make([]ref, s.FullSize())
	for i := range refs {
		name, err := s.DocID(uint64(i))
		if err != nil {
			return nil, err
		}
		if refs[i], err = c.parse(string(name), t); err != nil {
			return nil, err
		}
	}
	return refs, nil
}

func (c *viewCache) parse(name string, t *table) (ref, error) {
	rest, page, ok1 := cutLast(name)
	rest, file, ok2 := cutLast(rest)
	report, language, ok3 := cutLast(rest)
	p, err1 := strconv.Atoi(page)
	f, err2 := strconv.Atoi(file)
	if !ok1 || !ok2 || !ok3 || err1 != nil || err2 != nil || f > maxFiles {
		return ref{}, fmt.Errorf("damaged: document %q", name)
	}
	lang := slices.Index(c.languages, language)
	if lang < 0 {
		lang = len(c.languages)
		c.languages = append(c.languages, language)
	}
	return ref{report: t.number(report), page: int32(p), file: int16(f), lang: int16(lang)}, nil
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
