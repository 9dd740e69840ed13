package bleve

import (
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of the engine's documents.
const (
	textField   = "t_"     // + language: all words of a page or record, stemmed, with positions
	wordsField  = "w"      // the same words folded only, without positions: prefixes, fuzzy words, spelling
	reportField = "report" // the report's identifier
	kindField   = "kind"   // recordKind in records
	rowField    = "row"    // stored: the report's row
	recordKind  = "record"
)

const (
	withPositions = index.IndexField | index.IncludeTermVectors
	withoutFreq   = index.IndexField | index.SkipFreqNorm
)

// field is a field whose words are analysed already. Offsets in the text are
// not kept: what is marked is found again in the text itself.
type field struct {
	name    string
	options index.FieldIndexingOptions
	length  int
	terms   index.TokenFrequencies
	value   []byte // stored fields only
}

// The methods of the engine's interface for fields.

func (f *field) Name() string                                     { return f.name }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) Analyze()                                         {}
func (f *field) Value() []byte                                    { return f.value }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }
func (f *field) Size() int                                        { return len(f.value) + 64*len(f.terms) }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// stemmedField makes the field with terms and positions; its length is the
// number of words that are not stop words.
func stemmedField(name string, tokens []token) *field {
	f := &field{name: name, options: withPositions, terms: make(index.TokenFrequencies, len(tokens)/2)}
	places := make([]index.TokenLocation, len(tokens))
	for i, t := range tokens {
		if t.term == "" {
			continue
		}
		if !t.joined {
			f.length++
		}
		places[i].Position = t.pos
		freq := f.terms[t.term]
		if freq == nil {
			freq = &index.TokenFreq{Term: []byte(t.term)}
			f.terms[t.term] = freq
		}
		freq.Locations = append(freq.Locations, &places[i])
		freq.SetFrequency(freq.Frequency() + 1)
	}
	return f
}

// foldedField makes the field with the words as they stand, stop words left
// out.
func foldedField(name string, tokens []token) *field {
	f := &field{name: name, options: withoutFreq, terms: make(index.TokenFrequencies, len(tokens)/2)}
	for _, t := range tokens {
		if t.term != "" && f.terms[t.word] == nil {
			f.terms[t.word] = &index.TokenFreq{Term: []byte(t.word)}
			f.length++
		}
	}
	return f
}

// keyword makes a field with one term.
func keyword(name, value string) *field {
	return &field{name: name, options: withoutFreq, length: 1,
		terms: index.TokenFrequencies{value: {Term: []byte(value)}}}
}

// stored makes a field that is kept and not indexed.
func stored(name string, value []byte) *field {
	return &field{name: name, options: index.StoreField, value: value}
}

func newDocument(name, report string, fields ...*field) *document.Document {
	d := document.NewDocument(name)
	d.AddField(keyword(reportField, report))
	for _, f := range fields {
		d.AddField(f)
	}
	return d
}
