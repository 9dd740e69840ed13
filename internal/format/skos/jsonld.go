package skos

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/greyshelf/greyshelf"
	"github.com/piprate/json-gold/ld"
)

// noLoader refuses contexts that lie elsewhere: a file is read as it is, and
// nothing is fetched for it.
type noLoader struct{}

// LoadDocument refuses.
func (noLoader) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("its context lies at %.200s; put the context into the file", address)
}

// readJSONLD reads JSON-LD 1.1.
func readJSONLD(r io.Reader, base string, out sink) (err error) {
	defer func() {
		// The library is not ours: whatever it does on a hostile file, the
		// program goes on.
		if p := recover(); p != nil {
			err = greyshelf.Errorf(greyshelf.Invalid, op, "", "it is no JSON-LD that can be understood")
		}
	}()
	var document any
	if err := json.NewDecoder(r).Decode(&document); err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "it is no JSON: %w", err)
	}
	if tooDeep(document, mostDepth) {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "it is nested too deeply")
	}
	options := ld.NewJsonLdOptions(base)
	options.DocumentLoader = noLoader{}
	set, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "%w", err)
	}
	data, ok := set.(*ld.RDFDataset)
	if !ok {
		return greyshelf.Errorf(greyshelf.Invalid, op, "", "it is no JSON-LD that can be understood")
	}
	for _, quads := range data.Graphs {
		for _, quad := range quads {
			if err := out(ldTerm(quad.Subject), quad.Predicate.GetValue(), ldTerm(quad.Object)); err != nil {
				return err
			}
		}
	}
	return nil
}

func ldTerm(n ld.Node) term {
	switch n := n.(type) {
	case *ld.Literal:
		return term{value: n.Value, language: n.Language, kind: literal}
	case ld.Literal:
		return term{value: n.Value, language: n.Language, kind: literal}
	}
	if ld.IsBlankNode(n) {
		return term{value: n.GetValue(), kind: blank}
	}
	return term{value: n.GetValue()}
}

func tooDeep(v any, left int) bool {
	if left == 0 {
		return true
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if tooDeep(one, left-1) {
				return true
			}
		}
	case map[string]any:
		for _, one := range v {
			if tooDeep(one, left-1) {
				return true
			}
		}
	}
	return false
}
