package describe

import (
	"github.com/greyshelf/greyshelf"
)

// citedAuthors reads the names with which the suggested citation begins.
func (s *scene) citedAuthors() []authors {
	if s.cite.sheet == nil {
		return nil
	}
	text := s.cite.sheet.text[s.cite.start:s.cite.end]
	names, _ := s.readNames(text)
	if !allSure(names) {
		return nil
	}
	return []authors{{method: "citation@1", sheet: s.cite.sheet, names: shifted(names, s.cite.start)}}
}

// metadataAuthors reads the authors of Info and XMP: verified where every name
// begins a row of the first or last pages or stands in a byline there, else as
// witnesses that are never chosen.
func (s *scene) metadataAuthors() ([]authors, []proposal) {
	values := append([]string{s.doc.Info.Meta["Author"]}, s.doc.Info.XMP["dc:creator"]...)
	var groups []authors
	var unverified []proposal
	for _, value := range values[:min(len(values), 20)] {
		value = tidy(value)
		if value == "" || len(value) > 1000 {
			continue
		}
		names, rest := s.readNames([]rune(value))
		if rest < len([]rune(value)) || len(names) == 0 {
			unverified = append(unverified, s.unverifiedAuthor(value))
			continue
		}
		if g, ok := s.verifyAuthors(names); ok {
			groups = append(groups, g)
		} else {
			unverified = append(unverified, s.unverifiedAuthor(value))
		}
	}
	return groups[:min(1, len(groups))], unverified
}

func (s *scene) unverifiedAuthor(value string) proposal {
	p := s.proposeBare(greyshelf.FieldCreator, value, "info-author@1")
	p.Confidence, p.never, p.Why = s.weights["info-unverified@1"].confidence, true, "not confirmed by the text"
	return p
}

// verifyAuthors looks for a page on which all names stand as authors do.
func (s *scene) verifyAuthors(names []personName) (authors, bool) {
	for _, sh := range s.sheets() {
		g := authors{method: "info-author@1", sheet: sh}
		for _, n := range names {
			start, end, ok := sh.fold.find(foldString(n.agent.Name))
			if !ok || !sh.beginsRow(s, start) {
				break
			}
			n.start, n.end = start, end
			g.names = append(g.names, n)
		}
		if len(g.names) == len(names) {
			return g, true
		}
	}
	return authors{}, false
}

// beginsRow reports whether the place is the beginning of a row, or stands in
// a byline or among names.
func (sh *sheet) beginsRow(s *scene, at int) bool {
	for _, r := range sh.rows {
		if at >= r.Start && at < r.End {
			return at <= r.Start+2 || s.isByline(r) || s.isNameRow(r)
		}
	}
	return false
}
