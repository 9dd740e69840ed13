package bibtex

import "strings"

// babel gives the name by which the babel package knows a language (BCP 47),
// "" for others.
func babel(tag string) string {
	for _, pair := range babelNames() {
		if pair[0] == tag {
			return pair[1]
		}
	}
	base, _, regional := strings.Cut(tag, "-")
	if regional {
		return babel(base)
	}
	return ""
}

// language reads the language of an entry: the tag, else the name of babel.
func (e entry) language() string {
	text := e.text("language", "langid", "hyphenation")
	for _, pair := range babelNames() {
		if strings.EqualFold(pair[1], text) {
			return pair[0]
		}
	}
	return text
}

// babelNames gives the languages that the library reads and their neighbours.
func babelNames() [][2]string {
	return [][2]string{{"en", "english"}, {"en-GB", "british"}, {"en-US", "american"}, {"fr", "french"}, {"es", "spanish"}, {"de", "ngerman"}, {"de", "german"},
		{"ru", "russian"}, {"ar", "arabic"}, {"it", "italian"}, {"pt", "portuguese"}, {"nl", "dutch"}, {"pl", "polish"}, {"uk", "ukrainian"}, {"sv", "swedish"},
		{"tr", "turkish"}, {"fa", "persian"}, {"he", "hebrew"}, {"el", "greek"}, {"fi", "finnish"}, {"da", "danish"}, {"nb", "norwegian"}, {"cs", "czech"}, {"ja", "japanese"}, {"ko", "korean"}}
}
