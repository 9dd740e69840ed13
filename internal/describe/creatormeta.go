package describe

import (
	"strings"

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

// bodyBylines reads bodies named as authors: "By the Ministry of …", "Prepared
// by the …" standing alone on the cover.
func (s *scene) bodyBylines() []proposal {
	var found []proposal
	for _, sh := range s.front[:min(2, len(s.front))] {
		for i, r := range sh.rows {
			label := s.leads("by", r.fold)
			if label == "" || len(r.fold) > 160 || s.inProse(sh, i) || len(found) == 4 {
				continue
			}
			start, end := min(r.Start+len([]rune(label)), r.End), r.End
			if strings.Trim(string(sh.text[start:end]), " :") == "" && i+1 < len(sh.rows) {
				start, end = sh.rows[i+1].Start, sh.rows[i+1].End
			}
			name := strings.Trim(string(sh.text[start:end]), " :.,")
			name = strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")
			if !s.looksLikeBody(name) || len(name) > 150 {
				continue
			}
			if preferred := s.knowledge.body(name); preferred != "" {
				name = preferred
			}
			p := s.propose(greyshelf.FieldCreator, name, "body-byline@1", sh, start, end)
			p.Printed, p.group = joinLines(p.Quote), "body"
			found = append(found, p)
		}
	}
	return found
}
