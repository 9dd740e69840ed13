package authority

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Limits of one record.
const (
	longestForm = 400    // characters of a form of a name
	mostForms   = 2000   // variants
	longestNote = 10_000 // characters
	longestURI  = 2000   // bytes
	mostLinks   = 200
	mostPoints  = 2000 // records that it points to
)

// Tidy gives the authority as it is kept: forms on one line without control
// characters and marks that turn the direction of text, each once, none equal
// to the preferred one. Errors: Invalid with what is wrong.
func Tidy(a greyshelf.Authority) (greyshelf.Authority, error) {
	const op = "keep the authority"
	a.Label, a.Place, a.Note, a.Scheme = line(a.Label), line(a.Place), strings.TrimSpace(lines(a.Note)), line(a.Scheme)
	a.Variants = forms(a.Variants, a.Label)
	a.Notations = forms(a.Notations, "")
	for tag, label := range a.Labels {
		if label = line(label); label == "" || tag == a.Language || long(label) {
			delete(a.Labels, tag)
			continue
		}
		a.Labels[tag] = label
	}
	for tag, variants := range a.VariantsIn {
		if a.VariantsIn[tag] = forms(variants, a.LabelIn(tag)); len(a.VariantsIn[tag]) == 0 {
			delete(a.VariantsIn, tag)
		}
	}
	switch {
	case Fold(a.Label) == "":
		return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "it needs a name with a letter or digit in it")
	case long(a.Label):
		return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "its name is longer than %d characters", longestForm)
	case !slices.Contains(greyshelf.AuthorityTypes(), a.Type):
		return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "“%s” is no type of authority", a.Type)
	case len(a.Forms()) > mostForms || len(a.Notations) > mostForms || len(a.Links) > mostLinks || len([]rune(a.Note)) > longestNote:
		return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "it has too many forms or links, or its note is too long")
	case len(a.Earlier)+len(a.Broader)+len(a.Related) > mostPoints || len(a.URI) > longestURI || long(a.Place) || long(a.Scheme):
		return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "it points to too many records, or its address, place or vocabulary is too long")
	}
	for _, tag := range slices.Concat([]string{a.Language}, slices.Collect(maps.Keys(a.Labels)), slices.Collect(maps.Keys(a.VariantsIn))) {
		if !isTag(tag) {
			return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "“%.40s” is no language; write for example fr or zh-Hant", tag)
		}
	}
	for i, link := range a.Links {
		checked, ok := greyshelf.ParseIdentifier(link.Scheme, link.Value)
		if !ok {
			return a, greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "“%.100s” is no identifier of the scheme %s", link.Value, link.Scheme)
		}
		a.Links[i] = checked
	}
	a.Links = unique(a.Links)
	for _, ids := range []*[]string{&a.Earlier, &a.Broader, &a.Related} {
		*ids = unique(*ids)
	}
	return a, nil
}

func long(form string) bool { return len(form) > longestForm && len([]rune(form)) > longestForm }

// forms tidies forms of a name; those that are too long for a name are left out.
func forms(all []string, but string) []string {
	var tidy []string
	for _, form := range all {
		if form = line(form); form != "" && form != but && !long(form) {
			tidy = append(tidy, form)
		}
	}
	return unique(tidy)
}

func unique[T comparable](all []T) []T {
	seen := map[T]bool{}
	var once []T
	for _, one := range all {
		if !seen[one] {
			seen[one] = true
			once = append(once, one)
		}
	}
	return once
}

func line(text string) string { return strings.Join(strings.Fields(lines(text)), " ") }

// lines gives a text without control characters and marks that nobody sees; the
// joiners (U+200C, U+200D), by which words of some scripts are spelled, stay.
func lines(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u200c' || r == '\u200d':
			return r
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}

// isTag reports whether a text has the form of a language tag (BCP 47), or is
// empty.
func isTag(tag string) bool {
	return len(tag) <= 35 && !strings.HasPrefix(tag, "-") &&
		strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// CheckRelations looks whether what the record points to is there, is not the
// record itself, and goes round in no circle. Errors: Invalid with the record
// named.
func CheckRelations(ctx context.Context, records catalog.Records, a greyshelf.Authority) error {
	const op = "keep the authority"
	for _, ids := range [][]string{{a.Parent}, a.Earlier, a.Broader, a.Related} {
		for _, id := range ids {
			if id == "" {
				continue
			}
			if id == a.ID {
				return greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "it cannot point to itself")
			}
			other, _, err := Get(ctx, records, id)
			if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && other.MergedInto != "" {
				return greyshelf.Errorf(greyshelf.Invalid, op, a.ID, "there is no authority %s that it could point to", id)
			}
			if err != nil {
				return err
			}
		}
	}
	for _, up := range []func(greyshelf.Authority) []string{
		func(a greyshelf.Authority) []string { return a.Broader },
		func(a greyshelf.Authority) []string { return a.Earlier },
		func(a greyshelf.Authority) []string { return []string{a.Parent} },
	} {
		if err := circle(ctx, records, a, up); err != nil {
			return err
		}
	}
	return nil
}

// circle follows a relation upwards from the record; coming back to it is an
// error that names the way.
func circle(ctx context.Context, records catalog.Records, a greyshelf.Authority, up func(greyshelf.Authority) []string) error {
	seen := map[string]bool{}
	next := slices.Clone(up(a))
	for len(next) > 0 {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		above, _, err := Get(ctx, records, id)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if slices.Contains(up(above), a.ID) {
			return greyshelf.Errorf(greyshelf.Invalid, "keep the authority", a.ID, "“%s” would stand above and below “%s”", a.Label, above.Label)
		}
		next = append(next, up(above)...)
	}
	return nil
}
