package describe

import "strings"

// citation is the passage that tells how to cite the report.
type citation struct {
	sheet      *sheet
	start, end int
	fold       string
}

const longestCitation = 600 // code points

// findCitation finds the suggested citation behind its label; its fold is empty
// where the document has none.
func (s *scene) findCitation() citation {
	for _, sh := range s.sheets() {
		for i, r := range sh.rows {
			phrase := s.leads("cite", r.fold)
			if phrase == "" || len(r.fold) > len(phrase)+2 && !strings.HasPrefix(r.fold[len(phrase):], ":") {
				continue
			}
			end := min(len(sh.text), r.Start+longestCitation)
			for _, next := range sh.rows[i+1:] {
				if next.Start >= end {
					break
				}
				if gap := next.Box[1] - sh.rows[next.n-1].Box[3]; next.n > i+1 && gap > next.Box[3]-next.Box[1] {
					end = next.Start
				}
			}
			start := min(r.Start+len([]rune(phrase)), end)
			return citation{sh, start, end, foldString(joinLines(string(sh.text[start:end])))}
		}
	}
	return citation{}
}
