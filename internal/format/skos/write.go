package skos

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Write writes a vocabulary as Turtle. Errors: those of w.
func Write(w io.Writer, v Vocabulary, scheme string) error {
	b := bufio.NewWriter(w)
	b.WriteString("@prefix skos: <" + skosNS + "> .\n@prefix dct: <" + dctNS + "> .\n")
	if scheme != "" {
		fmt.Fprintf(b, "\n%s a skos:ConceptScheme", angled(scheme))
		if v.Title != "" {
			fmt.Fprintf(b, " ;\n  dct:title %s", quoted(v.Title))
		}
		b.WriteString(" .\n")
	}
	for _, c := range v.Concepts {
		fmt.Fprintf(b, "\n%s a skos:Concept", angled(c.URI))
		if scheme != "" {
			fmt.Fprintf(b, " ;\n  skos:inScheme %s", angled(scheme))
		}
		for _, tag := range slices.Sorted(maps.Keys(c.Preferred)) {
			fmt.Fprintf(b, " ;\n  skos:prefLabel %s", tagged(c.Preferred[tag], tag))
		}
		for _, tag := range slices.Sorted(maps.Keys(c.Alternate)) {
			for _, label := range c.Alternate[tag] {
				fmt.Fprintf(b, " ;\n  skos:altLabel %s", tagged(label, tag))
			}
		}
		for _, notation := range c.Notations {
			fmt.Fprintf(b, " ;\n  skos:notation %s", quoted(notation))
		}
		for _, tag := range slices.Sorted(maps.Keys(c.Note)) {
			fmt.Fprintf(b, " ;\n  skos:scopeNote %s", tagged(c.Note[tag], tag))
		}
		pointTo(b, "broader", c.Broader)
		pointTo(b, "related", c.Related)
		pointTo(b, "exactMatch", c.Matches)
		b.WriteString(" .\n")
	}
	return b.Flush()
}

func pointTo(b *bufio.Writer, property string, uris []string) {
	for _, uri := range uris {
		fmt.Fprintf(b, " ;\n  skos:%s %s", property, angled(uri))
	}
}

// angled writes an IRI; characters that none may have (RFC 3987 §2.2) are
// written as escapes.
func angled(uri string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range uri {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, `\u%04X`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String() + ">"
}

func tagged(text, tag string) string {
	if tag == "" || strings.ContainsFunc(tag, func(r rune) bool { return r != '-' && (r > 'z' || !isAlphanumeric(byte(r))) }) {
		return quoted(text)
	}
	return quoted(text) + "@" + tag
}

func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text) + `"`
}
