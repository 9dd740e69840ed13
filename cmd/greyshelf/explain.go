package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

// The columns of --explain: everything fits in a hundred.
const (
	explainWidth  = 100
	explainIndent = 4   // before a value
	explainLines  = 240 // characters of a value, a quotation or a reason at most
)

// explain prints every finding of a record by field: the chosen ones first,
// each with where it stands, how it was found and why it won or lost.
func (p *program) explain(record app.Record) error {
	out := bufio.NewWriter(p.out)
	fmt.Fprintln(out, printable(record.Input))
	var last greyshelf.Field
	for _, f := range record.Findings {
		if f.Field != last {
			fmt.Fprintf(out, "\n  %s\n", f.Field)
			last = f.Field
		}
		explainFinding(out, f)
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// explainFinding prints one finding; a star marks a chosen one.
func explainFinding(out *bufio.Writer, f greyshelf.Finding) {
	mark := "-"
	if f.Chosen {
		mark = "*"
	}
	value := f.Value
	if f.Kind != "" {
		value += " (" + f.Kind + ")"
	}
	wrapped(out, mark+" ", value)
	fmt.Fprintf(out, "%*s%-8s %.2f  %s\n", explainIndent+2, "", place(f), f.Confidence, printable(f.Method))
	if f.Quote != "" {
		wrapped(out, "  quote  ", "“"+f.Quote+"”")
	}
	if f.Why != "" {
		wrapped(out, "  why    ", f.Why)
	}
}

// place names where the evidence of a finding stands.
func place(f greyshelf.Finding) string {
	if f.Page > 0 {
		return fmt.Sprintf("p. %d", f.Page)
	}
	return "no page"
}

// wrapped prints text behind a label and breaks it between words, so that the
// lines below begin where the first one does.
func wrapped(out *bufio.Writer, label, text string) {
	margin := strings.Repeat(" ", explainIndent)
	room := explainWidth - explainIndent - len([]rune(label))
	line := []rune{}
	flush := func() {
		fmt.Fprintf(out, "%s%s%s\n", margin, label, string(line))
		label, line = strings.Repeat(" ", len([]rune(label))), line[:0]
	}
	for _, word := range strings.Fields(printable(short(strings.Join(strings.Fields(text), " "), explainLines))) {
		runes := []rune(word)
		if len(line) > 0 && len(line)+1+len(runes) > room {
			flush()
		}
		for len(runes) > room { // one word longer than a line
			line, runes = append(line, runes[:room]...), runes[room:]
			flush()
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		line = append(line, runes...)
	}
	flush()
}
