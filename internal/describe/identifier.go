package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

const mostIdentifiers = 6 // of one page; a page with more is a list of references

// findIdentifiers proposes the DOI, ISBNs and ISSNs of the first and last
// pages. Numbers with a check digit count by themselves; a DOI counts on the
// first two pages, or elsewhere where its line calls it the document's own,
// because references have DOIs too.
func findIdentifiers(s *scene) []proposal {
	var found []proposal
	for _, sh := range s.sheets() {
		matches := greyshelf.FindIdentifiers(string(sh.text))
		if len(matches) > mostIdentifiers {
			continue
		}
		for _, m := range matches {
			p := s.propose(greyshelf.FieldIdentifier, string(m.Scheme)+":"+m.Value, "identifier@1", sh, m.Start, m.End)
			p.Printed = p.Quote
			if m.Scheme == greyshelf.DOI {
				p.Method, p.Confidence = "identifier-doi@1", s.weights["identifier-doi@1"].confidence
				p.never = !s.ownDOI(sh, m)
			}
			found = append(found, p)
		}
	}
	return onePerScheme(found)
}

// ownDOI reports whether a DOI is the document's own: nothing but the DOI, its
// resolver and its name stand in the line, or the line is in the suggested
// citation.
func (s *scene) ownDOI(sh *sheet, m greyshelf.IdentifierMatch) bool {
	if s.cite.sheet == sh && m.Start >= s.cite.start && m.End <= s.cite.end {
		return true
	}
	r, ok := sh.rowAt(m.Start)
	if !ok || m.End > r.End {
		return false
	}
	before := foldString(string(sh.text[r.Start:m.Start]))
	for _, word := range []string{"dx.doi.org/", "doi.org/", "www.", "https://", "http://", "doi:", "doi"} {
		before = strings.TrimSuffix(strings.TrimRight(before, " "), word)
	}
	return strings.Trim(lastSegment(before), " :.") == "" && (sh.index <= 2 || sh.index > len(s.front) && s.inFootOrAlone(sh, r))
}

// inFootOrAlone reports whether a row on the last pages stands apart from
// running text.
func (s *scene) inFootOrAlone(sh *sheet, r row) bool {
	return !s.inProse(sh, r.n) && r.size <= s.body*1.5 && r.n > len(sh.rows)-12
}

// onePerScheme keeps the first DOI and the first ISSN as the document's own;
// it may have several ISBNs.
func onePerScheme(found []proposal) []proposal {
	seen := map[string]string{}
	for i, p := range found {
		scheme, _, _ := strings.Cut(p.Value, ":")
		if p.never || scheme == string(greyshelf.ISBN) {
			continue
		}
		if first, ok := seen[scheme]; ok && first != p.Value {
			found[i].never = true
			continue
		}
		seen[scheme] = p.Value
	}
	return found
}
