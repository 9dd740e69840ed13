package authority

import (
	_ "embed" // the starter vocabulary
	"strings"

	"github.com/greyshelf/greyshelf/internal/format/skos"
)

//go:embed starter.ttl
var starter string

// Starter gives the vocabulary of international affairs that ships with the
// program: about 180 concepts in English, French, Spanish, German, Russian and
// Arabic, made by the project.
func Starter() (File, error) {
	v, err := skos.Read(strings.NewReader(starter))
	if err != nil {
		return File{}, err
	}
	return FromVocabulary(v), nil
}
