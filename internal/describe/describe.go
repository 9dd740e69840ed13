package describe

import (
	"io"

	"github.com/greyshelf/greyshelf"
)

// Version names this describer and its version. It changes whenever the same
// document may be described differently.
const Version = "describe@2"

// Description is what a document says of itself: every value that a finder
// proposed, the chosen ones marked.
type Description struct {
	Findings []greyshelf.Finding // by field, chosen ones first, then by confidence
	Contents []greyshelf.Outline // table of contents: the file's outline, else the printed one; nil without either
}

// Describer describes documents. It holds what it knows before it sees one:
// words of several languages, names of bodies, the table of weights. It is
// read once, never changes, and is safe for concurrent use.
type Describer struct{ knowledge *knowledge }

// New makes a describer with the words and weights that come with the program.
func New() *Describer { return &Describer{loadKnowledge()} }

// NewWith makes a describer with another table of weights, in the form of
// words/weights.txt: to fit the weights on some documents and to measure them
// on others. A method or feature that the table does not name weighs nothing.
// The error is Invalid and names the first line that cannot be read.
func NewWith(weights io.Reader) (*Describer, error) {
	k := loadKnowledge()
	k.weights, k.points = map[string]weight{}, map[string]float64{}
	lines, err := significantLines(weights)
	if err == nil {
		err = k.loadWeights(lines)
	}
	if err != nil {
		return nil, greyshelf.E(greyshelf.Invalid, "read the table of weights", "", err)
	}
	return &Describer{k}, nil
}

// Describe lets every finder look at the document and settles what they
// propose. It does no I/O, the same document always gives the same
// description, and a value that the document does not state is absent. It
// reads the first four and the last two pages, and the edges of the others.
func (d *Describer) Describe(doc *Document) Description {
	s := newScene(doc, d.knowledge)
	var found []proposal
	for _, finder := range finders() {
		found = append(found, finder(s)...)
	}
	found = append(found, s.findBeside(found)...)
	weighRecognized(doc, found)
	return Description{Findings: s.settle(found), Contents: s.contents()}
}

// finder proposes values of one field.
type finder func(*scene) []proposal

// finders gives the finders in the order of the fields in a record.
func finders() []finder {
	return []finder{
		findTitle, findCreators, findAffiliations, findPublisher, findCommissioning, findHosting, findDate, findAbstract, findRights, findLanguage,
		findNumber, findIdentifiers, findSeries, findVersion, findType, findCited, findExtent,
	}
}

// Chosen gives the chosen findings of a field, in order.
func (d Description) Chosen(field greyshelf.Field) []greyshelf.Finding {
	var chosen []greyshelf.Finding
	for _, f := range d.Findings {
		if f.Field == field && f.Chosen {
			chosen = append(chosen, f)
		}
	}
	return chosen
}

// chosen gives the first chosen finding of a field; the zero value without one.
func (d Description) chosen(field greyshelf.Field) greyshelf.Finding {
	for _, f := range d.Chosen(field) {
		return f
	}
	return greyshelf.Finding{}
}
