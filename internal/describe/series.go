package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// findSeries proposes a series line of the first page: words such as "Working
// Paper" or "Policy Brief" with what belongs to them ("Research Paper Series").
func findSeries(s *scene) []proposal {
	if len(s.front) == 0 {
		return nil
	}
	sh := s.front[0]
	var found []proposal
	for _, r := range sh.rows {
		words := strings.Fields(r.fold)
		if len(words) < 2 || len(words) > 8 || s.inProse(sh, r.n) || len(found) == 3 {
			continue
		}
		phrase := s.ends("series", r.fold)
		if !s.isSeries(r.fold) && (phrase != "series" && phrase != "série" && phrase != "reihe" && phrase != "серия") {
			continue
		}
		found = append(found, s.propose(greyshelf.FieldSeries, tidy(r.Text), "series-line@1", sh, r.Start, r.End))
	}
	return found
}

// findType proposes the kind of publication where the first page prints it in
// a line of its own: "Policy Brief", "Memorandum", "Working Paper 12".
func findType(s *scene) []proposal {
	if len(s.front) == 0 {
		return nil
	}
	sh := s.front[0]
	for _, r := range sh.rows {
		for _, kind := range []string{"brief", "memo", "testimony", "paper", "report"} {
			f := strings.TrimRight(r.fold, " 0123456789.:/-#")
			if s.is("type "+kind, f) && !s.inProse(sh, r.n) {
				p := s.propose(greyshelf.FieldType, kind, "type-line@1", sh, r.Start, r.End)
				p.Printed = tidy(r.Text)
				return []proposal{p}
			}
		}
	}
	return nil
}
