package bibtex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// decode reads a value of TeX as text: accents and named signs become
// characters, braces and unknown commands go, their arguments stay.
func decode(value string) string {
	value = strings.ReplaceAll(value, `$\backslash$`, `\backslash `)
	var b strings.Builder
	accent := rune(0) // waits for its letter
	for i := 0; i < len(value); {
		r, size := utf8.DecodeRuneInString(value[i:])
		i += size
		switch {
		case r == '\\':
			name := command(value[i:])
			i += len(name)
			if len(name) > 0 && isLetter(name[0]) && i < len(value) && value[i] == ' ' {
				i++
			}
			if a := accentOf(name); a != 0 {
				accent = a
				continue
			}
			b.WriteString(sign(name))
		case r == '{', r == '}', accent != 0 && r == ' ':
		case r == '~':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
			if accent != 0 {
				b.WriteRune(accent)
				accent = 0
			}
		}
	}
	return norm.NFC.String(strings.Join(strings.Fields(b.String()), " "))
}

func isLetter(c byte) bool { return c < 128 && unicode.IsLetter(rune(c)) }

// command gives the name of the command behind a backslash: letters, or one
// other sign.
func command(text string) string {
	n := 0
	for n < len(text) && isLetter(text[n]) {
		n++
	}
	if n == 0 && text != "" {
		_, n = utf8.DecodeRuneInString(text)
	}
	return text[:n]
}

// accentOf gives the combining character of an accent command, else 0.
func accentOf(name string) rune {
	switch name {
	case "`":
		return '\u0300'
	case "'":
		return '\u0301'
	case "^":
		return '\u0302'
	case "~":
		return '\u0303'
	case "=":
		return '\u0304'
	case "u":
		return '\u0306'
	case ".":
		return '\u0307'
	case "\"":
		return '\u0308'
	case "r":
		return '\u030A'
	case "H":
		return '\u030B'
	case "v":
		return '\u030C'
	case "c":
		return '\u0327'
	case "k":
		return '\u0328'
	}
	return 0
}

// sign gives the characters of a named sign; "" for other commands.
func sign(name string) string {
	switch name {
	case "textbackslash", "backslash":
		return `\`
	case "textbraceleft", "{":
		return "{"
	case "textbraceright", "}":
		return "}"
	case "textasciitilde":
		return "~"
	case "textasciicircum":
		return "^"
	case "textquotedbl":
		return `"`
	case "#", "$", "%", "&", "_", " ":
		return name
	case "ss":
		return "ß"
	case "o":
		return "ø"
	case "O":
		return "Ø"
	case "l":
		return "ł"
	case "L":
		return "Ł"
	case "ae":
		return "æ"
	case "AE":
		return "Æ"
	case "oe":
		return "œ"
	case "aa":
		return "å"
	case "AA":
		return "Å"
	case "i":
		return "i"
	}
	return ""
}
