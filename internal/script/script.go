// Package script knows which way the script of a language is written, for
// everything that sets text: pages, mails, documents.
//
// It is a leaf: it knows language tags only and stores nothing.
package script

import "golang.org/x/text/language"

// The directions, as HTML names them.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// Direction gives the direction in which a language (BCP 47) is written: by the
// script that its tag names, else by the one that is most likely for it
// (Unicode CLDR). What is no tag is taken to run from left to right.
func Direction(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return LeftToRight
	}
	switch script, _ := parsed.Script(); script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return RightToLeft
	}
	return LeftToRight
}
