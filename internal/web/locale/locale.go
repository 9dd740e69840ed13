// Package locale holds every string that a reader of the site sees, one file
// per language: a flat table of keys. Adding a language is adding a file.
//
// It stands beside the pages of the web, which ask it by key. Text of reports
// is never here, and nothing is stored.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/greyshelf/greyshelf/internal/script"
)

//go:embed *.json
var files embed.FS

// Fallback is the language of a reader for whom there is no table.
const Fallback = "en"

// Text is the strings of the site in one language.
type Text struct {
	Tag     string // BCP 47
	Dir     string // "ltr" or "rtl"
	strings map[string]string
	tag     language.Tag
	printer *message.Printer
}

// Set is all languages of the site.
type Set struct {
	texts   []*Text // Fallback first
	matcher language.Matcher
}

// Load reads every table. It fails only when a table of the program itself is
// damaged.
func Load() (*Set, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fmt.Errorf("find the tables of strings: %w", err)
	}
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	s := &Set{}
	var tags []language.Tag
	for _, name := range names {
		t, err := load(name)
		if err != nil {
			return nil, err
		}
		s.texts = append(s.texts, t)
		tags = append(tags, t.tag)
	}
	s.matcher = language.NewMatcher(tags)
	return s, nil
}

func rank(file string) int {
	if file == Fallback+".json" {
		return 0
	}
	return 1
}

func load(file string) (*Text, error) {
	data, err := files.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the strings of %s: %w", file, err)
	}
	t := &Text{Tag: strings.TrimSuffix(file, ".json"), Dir: script.Direction(strings.TrimSuffix(file, ".json"))}
	if err := json.Unmarshal(data, &t.strings); err != nil {
		return nil, fmt.Errorf("read the strings of %s: %w", file, err)
	}
	if t.tag, err = language.Parse(t.Tag); err != nil {
		return nil, fmt.Errorf("read the strings of %s: %w", file, err)
	}
	t.printer = message.NewPrinter(t.tag)
	return t, nil
}

// All gives every language, the fallback first.
func (s *Set) All() []*Text { return s.texts }

// For gives the language that suits an Accept-Language header (RFC 9110
// §12.5.4) best.
func (s *Set) For(acceptLanguage string) *Text {
	if len(acceptLanguage) > 500 {
		return s.texts[0]
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return s.texts[0]
	}
	_, i, confidence := s.matcher.Match(wanted...)
	if confidence == language.No {
		return s.texts[0]
	}
	return s.texts[i]
}

// Keys gives every key in order.
func (t *Text) Keys() []string {
	keys := make([]string, 0, len(t.strings))
	for key := range t.strings {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Has reports whether there is a string for the key.
func (t *Text) Has(key string) bool { return t.strings[key] != "" }

// Get gives the string of a key with {0}, {1} … replaced by the arguments. A
// key without a string gives itself in brackets, so that the gap is seen.
func (t *Text) Get(key string, args ...any) string {
	text, ok := t.strings[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", t.show(arg))
	}
	return text
}

// Or gives the string of the key, or otherwise the text itself: for values
// that may or may not be known, such as languages and types.
func (t *Text) Or(prefix, value string) string {
	if text := t.strings[prefix+value]; text != "" {
		return text
	}
	return value
}

// Count gives the string of the key for a number of things: key.one, key.few,
// key.many or key.other as the language counts (CLDR plural rules). {0} is the
// number.
func (t *Text) Count(key string, n int, args ...any) string {
	form := map[plural.Form]string{plural.Zero: ".zero", plural.One: ".one", plural.Two: ".two", plural.Few: ".few", plural.Many: ".many"}[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)]
	if form == "" || t.strings[key+form] == "" {
		form = ".other"
	}
	return t.Get(key+form, append([]any{n}, args...)...)
}

// Number writes a number as the language does: 1,234.
func (t *Text) Number(n int) string { return t.printer.Sprint(number.Decimal(n)) }

func (t *Text) show(arg any) string {
	if n, ok := arg.(int); ok {
		return t.Number(n)
	}
	return fmt.Sprint(arg)
}
