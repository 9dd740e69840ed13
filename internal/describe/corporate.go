package describe

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// bodyAuthors reads bodies that the first two pages name as author: "By the
// Ministry of Works", "Report of the Committee on Harbours", "Submitted by
// Ukraine".
func (s *scene) bodyAuthors() []proposal {
	var found []proposal
	for _, sh := range s.front[:min(2, len(s.front))] {
		for i, r := range sh.rows {
			if len(found) == 4 || len(r.fold) > 200 || s.goesOn(sh, i) {
				continue
			}
			for _, kind := range []struct{ section, method string }{
				{"submitted by", "body-submitted@1"}, {"report of", "body-report@1"}, {"by", "body-byline@1"},
			} {
				if p, ok := s.bodyAuthor(sh, i, kind.section, kind.method); ok {
					found = append(found, p)
					break
				}
			}
		}
	}
	return found
}

// bodyAuthor reads the body behind a label of the section with which row i
// begins.
func (s *scene) bodyAuthor(sh *sheet, i int, section, method string) (proposal, bool) {
	r := sh.rows[i]
	label := s.leads(section, r.fold)
	if label == "" || section == "by" && (s.inProse(sh, i) || s.isByline(r) && len(r.fold) > len(label)+2) {
		return proposal{}, false
	}
	from, to := s.bodyBehind(sh, i, min(r.Start+len([]rune(label)), r.End))
	name := strings.Trim(joinLines(string(sh.text[from:max(from, to)])), " :.,")
	if utf8.RuneCountInString(name) < 3 || utf8.RuneCountInString(name) > longestBody {
		return proposal{}, false
	}
	switch section {
	case "submitted by":
		n, person := s.readName([]rune(name))
		if person && n.sure || !capitalised(name) || len(strings.Fields(name)) > 10 || onlyNumbers(foldString(name)) || len(greyshelf.FindDates(name)) > 0 {
			return proposal{}, false
		}
	default:
		if !s.looksLikeBody(name) || section == "report of" && s.isRole(foldString(name)) {
			return proposal{}, false
		}
	}
	p := s.proposeRole(greyshelf.FieldCreator, sh, from, to, method)
	p.Kind, p.group = string(greyshelf.Body), "body"
	return p, true
}
