package skos

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// literal reads a text in quotation marks with its language or datatype.
func (t *turtle) literal() (term, error) {
	value, err := t.quoted()
	if err != nil {
		return term{}, err
	}
	lit := term{value: value, kind: literal}
	switch {
	case t.peek() == '@':
		t.at++
		start := t.at
		for t.at < len(t.text) && (t.text[t.at] == '-' || isAlphanumeric(t.text[t.at])) {
			t.at++
		}
		lit.language = t.text[start:t.at]
	case strings.HasPrefix(t.text[t.at:], "^^"):
		t.at += 2
		if _, err := t.node(false); err != nil {
			return term{}, err
		}
	}
	return lit, nil
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// quoted reads what stands between one or three quotation marks.
func (t *turtle) quoted() (string, error) {
	mark := t.text[t.at : t.at+1]
	long := strings.HasPrefix(t.text[t.at:], strings.Repeat(mark, 3))
	if long {
		mark = strings.Repeat(mark, 3)
	}
	start, first := t.at+len(mark), t.line
	for i := start; i < len(t.text) && i-start <= longestTerm; i++ {
		switch {
		case t.text[i] == '\\':
			i++
		case t.text[i] == '\n' && !long:
			return "", invalid(first, "a text in quotation marks does not end")
		case t.text[i] == '\n':
			t.line++
		case strings.HasPrefix(t.text[i:], mark):
			for long && i+3 < len(t.text) && t.text[i+3] == mark[0] {
				i++ // quotation marks before the last three belong to the text
			}
			t.at = i + len(mark)
			return t.unescape(t.text[start:i])
		}
	}
	return "", invalid(first, "a text in quotation marks does not end, or is longer than %d bytes", longestTerm)
}

// escaped gives what an escape of one letter stands for (Turtle §6.4).
func escaped(letter byte) (string, bool) {
	at := strings.IndexByte(`tbnrf"'\`, letter)
	if at < 0 {
		return "", false
	}
	return "\t\b\n\r\f\"'\\"[at : at+1], true
}

func (t *turtle) unescape(raw string) (string, error) {
	if !strings.Contains(raw, `\`) {
		return raw, nil
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			continue
		}
		if i++; i == len(raw) {
			return "", invalid(t.line, "a lone backslash")
		}
		digits := map[byte]int{'u': 4, 'U': 8}[raw[i]]
		if digits == 0 {
			text, ok := escaped(raw[i])
			if !ok {
				return "", invalid(t.line, "an unknown escape")
			}
			b.WriteString(text)
			continue
		}
		if i+digits >= len(raw) {
			return "", invalid(t.line, "an escape that does not end")
		}
		code, err := strconv.ParseUint(raw[i+1:i+1+digits], 16, 32)
		if err != nil || code > utf8.MaxRune {
			return "", invalid(t.line, "an escape that is no character")
		}
		b.WriteRune(rune(code))
		i += digits
	}
	return b.String(), nil
}
