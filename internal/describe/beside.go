package describe

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

const (
	mostBeside    = 600 // findings beside a file that are looked at
	longestBeside = 20_000
)

// findBeside weighs the evidence beside the file: what the landing page states
// from which the file came. What the first and last pages of the text say too
// stands there, with page and box, and is as good as what stands there; the
// rest is trusted less and loses against a certain word of the document.
// Authors that the page names too support those that were found.
func (s *scene) findBeside(found []proposal) []proposal {
	var all []proposal
	for _, f := range s.doc.Beside[:min(mostBeside, len(s.doc.Beside))] {
		f.Value, f.Printed, f.Quote = tidy(f.Value), tidy(f.Printed), tidy(f.Quote)
		if f.Value == "" || utf8.RuneCountInString(f.Value) > longestBeside || s.weights[f.Method].confidence == 0 {
			continue
		}
		f.Page, f.Box, f.Chosen, f.Why, f.Confidence = 0, greyshelf.Box{}, false, "", s.weights[f.Method].confidence
		switch f.Field {
		case greyshelf.FieldCreator, greyshelf.FieldAffiliation:
		case greyshelf.FieldDate:
			all = append(all, s.besideDate(f, found))
		case greyshelf.FieldURL:
			all = append(all, proposal{Finding: f})
		case greyshelf.FieldLanguage:
			all = append(all, s.unread(proposal{Finding: f}))
		case greyshelf.FieldRights:
			all = append(all, s.besideRights(f))
		case greyshelf.FieldIdentifier:
			all = append(all, s.besideIdentifier(f, found))
		case greyshelf.FieldPublisher:
			if preferred := s.knowledge.body(f.Value); preferred != "" && preferred != f.Value {
				f.Printed, f.Value = firstOf(f.Printed, f.Value), preferred
			}
			all = append(all, s.besideText(f, firstOf(f.Printed, f.Value)))
		case greyshelf.FieldTitle, greyshelf.FieldSubtitle, greyshelf.FieldAbstract, greyshelf.FieldReportNumber, greyshelf.FieldSeries, greyshelf.FieldVersion:
			all = append(all, s.besideText(f, f.Value))
		}
	}
	return append(all, s.besideCreators(found)...)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// unread marks a value that the text of the document does not confirm.
func (s *scene) unread(p proposal) proposal {
	p.Confidence *= s.weights["landing-unread-"+string(p.Field)+"@1"].confidence
	p.Why = "the document's text does not say so"
	return p
}

// read moves the evidence to where the text says the same.
func (s *scene) read(p proposal, sh *sheet, start, end int) proposal {
	at := s.propose(p.Field, p.Value, p.Method, sh, start, end)
	p.Page, p.Quote, p.Box = at.Page, at.Quote, at.Box
	p.Why = "the document's text says so too"
	return p
}

// besideText looks for a value in the text. A title must stand on the first
// pages. A text that only advertises the report is no abstract.
func (s *scene) besideText(f greyshelf.Finding, text string) proposal {
	p := proposal{Finding: f}
	sheets := s.sheets()
	if f.Field == greyshelf.FieldTitle || f.Field == greyshelf.FieldSubtitle {
		sheets = s.front
	}
	teaser := f.Field == greyshelf.FieldAbstract && f.Kind == ""
	for _, sh := range sheets {
		start, end, ok := sh.fold.find(foldString(text))
		if !ok || f.Field == greyshelf.FieldTitle && len(sh.rows) > 60 && start > sh.rows[60].End {
			continue
		}
		p = s.read(p, sh, start, end)
		if f.Field == greyshelf.FieldTitle || f.Field == greyshelf.FieldAbstract {
			p.Value = joinLines(p.Quote)
		}
		if noTitle := len(strings.Fields(text)) < 2 || s.knowledge.body(text) != "" || s.isSeries(foldString(text)); noTitle && f.Field == greyshelf.FieldTitle || teaser {
			p.Confidence, p.never = min(p.Confidence, enough), true
		}
		return p
	}
	if head, _, parted := strings.Cut(text, ": "); parted && f.Field == greyshelf.FieldTitle && len(strings.Fields(head)) > 1 {
		f.Printed, f.Value = text, head
		if p = s.besideText(f, head); p.Page > 0 { // the subtitle is set apart on the cover
			return p
		}
		p.Printed, p.Value = "", text
		return p
	}
	p = s.unread(p)
	p.never = teaser
	return p
}

// besideDate: the date of a landing page is often that of the upload. It
// counts where the document gives the same day, or a part of it; one that
// differs from a date that the document prints comes after all of those.
func (s *scene) besideDate(f greyshelf.Finding, found []proposal) proposal {
	p := proposal{Finding: f}
	if f.Kind == greyshelf.DateUpdated { // of the page more often than of the report
		p = s.unread(p)
		p.never = true
		return p
	}
	differs := false
	for _, other := range found {
		if other.Field != greyshelf.FieldDate || other.never || other.Page == 0 {
			continue
		}
		if strings.HasPrefix(p.Value, other.Value) || strings.HasPrefix(other.Value, p.Value) {
			p.Why = "the document's text gives the same date or a part of it"
			return p
		}
		differs = differs || other.Confidence >= enough
	}
	p = s.unread(p)
	if differs {
		p.rank, p.Why = -2, "the document's text gives another date"
	}
	return p
}

// besideRights: what the document says of its rights goes before; a licence
// that only stands in a link of the page may be that of the site.
func (s *scene) besideRights(f greyshelf.Finding) proposal {
	p := s.unread(proposal{Finding: f, rank: -1})
	p.Printed = firstOf(p.Printed, p.Quote)
	p.never = f.Method == "landing-link@1" || f.Method == "landing-microdata@1"
	return p
}

// besideIdentifier confirms an identifier that was found; another one of the
// same scheme is only a witness, but an ISBN, of which a report has several.
func (s *scene) besideIdentifier(f greyshelf.Finding, found []proposal) proposal {
	p := proposal{Finding: f}
	scheme, _, _ := strings.Cut(f.Value, ":")
	for _, other := range found {
		if other.Field != greyshelf.FieldIdentifier || other.never || !strings.HasPrefix(other.Value, scheme+":") {
			continue
		}
		if other.Value == f.Value {
			p.Why = "the document's text says so too"
			return p
		}
		p.never = p.never || scheme != string(greyshelf.ISBN)
	}
	return s.unread(p)
}

// besideCreators makes a group of the authors of each form of the page, and
// lets it support the groups that the document gave.
func (s *scene) besideCreators(found []proposal) []proposal {
	var all []proposal
	for _, method := range s.besideMethods() {
		group := s.besideGroup(method)
		if len(group) == 0 {
			continue
		}
		supportFrom(group, found)
		all = append(all, group...)
	}
	return all
}

// besideMethods gives the forms that name authors, in order.
func (s *scene) besideMethods() []string {
	var methods []string
	for _, f := range s.doc.Beside[:min(mostBeside, len(s.doc.Beside))] {
		if f.Field == greyshelf.FieldCreator && s.weights[f.Method].confidence > 0 && !slices.Contains(methods, f.Method) {
			methods = append(methods, f.Method)
		}
	}
	return methods
}

// besideGroup gives the authors of one form. Where every family name stands on
// the first or last pages, the document confirms them.
func (s *scene) besideGroup(method string) []proposal {
	var group []proposal
	confirmed := true
	for _, f := range s.doc.Beside[:min(mostBeside, len(s.doc.Beside))] {
		if f.Field != greyshelf.FieldCreator || f.Method != method || len(group) >= 60 {
			continue
		}
		for _, agent := range s.besideAgents(f) {
			p := proposal{Finding: greyshelf.Finding{
				Field: f.Field, Value: agent.Inverted(), Printed: tidy(firstOf(f.Printed, f.Value)), Quote: tidy(f.Quote), Method: method,
				Confidence: s.weights[method].confidence,
			}, group: method}
			if agent.Kind == greyshelf.Body {
				p.Kind = string(greyshelf.Body)
				p.never = s.besidePublisher(agent.Name)
			}
			var read bool
			if p, read = s.besideName(p, agent); !read {
				confirmed = false
			}
			group = append(group, p)
		}
	}
	for i := range group {
		if !confirmed {
			group[i] = s.unread(group[i])
		}
	}
	return group
}

// besidePublisher reports whether the page names the body as publisher too: then
// the page has no author to name and its system names the owner.
func (s *scene) besidePublisher(name string) bool {
	return slices.ContainsFunc(s.doc.Beside[:min(mostBeside, len(s.doc.Beside))], func(f greyshelf.Finding) bool {
		return f.Field == greyshelf.FieldPublisher && foldString(tidy(f.Value)) == foldString(name)
	})
}

// besideAgents reads a creator: a byline holds several names, or none.
func (s *scene) besideAgents(f greyshelf.Finding) []greyshelf.Agent {
	if f.Kind != "byline" {
		f.Value = tidy(f.Value)
		return []greyshelf.Agent{f.Agent()}
	}
	text := tidy(f.Value)
	if label := s.leads("by", foldString(text)); label != "" {
		text = strings.TrimLeft(string([]rune(text)[min(len([]rune(label)), len([]rune(text))):]), " :")
	}
	names, rest := s.readNames([]rune(text))
	if rest < len([]rune(text)) || !anySure(names) {
		return nil
	}
	var agents []greyshelf.Agent
	for _, n := range unique(names) {
		agents = append(agents, n.agent)
	}
	return agents
}

// besideName looks for a name, else for the family name, in the text.
func (s *scene) besideName(p proposal, agent greyshelf.Agent) (proposal, bool) {
	for _, text := range []string{agent.Name, agent.Family} {
		for _, sh := range s.sheets() {
			start, end, ok := sh.fold.find(foldString(text))
			if !ok || utf8.RuneCountInString(text) < 3 {
				continue
			}
			return s.read(p, sh, start, end), true
		}
	}
	return p, false
}

// supportFrom lets a group beside the file speak for the groups of the
// document as they speak for each other.
func supportFrom(group, found []proposal) {
	keys := func(of []proposal, name string) []string {
		var all []string
		for _, p := range of {
			if p.Field == greyshelf.FieldCreator && p.group == name && !p.never {
				all = append(all, personKey(p.Agent()))
			}
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	ours := keys(group, group[0].group)
	for i, p := range found {
		if p.Field != greyshelf.FieldCreator || p.group == "" || p.never {
			continue
		}
		if theirs := keys(found, p.group); slices.Equal(ours, theirs) {
			found[i].rank++
			found[i].Why = strings.TrimPrefix(fmt.Sprintf("%s, the landing page names the same", p.Why), ", ")
		}
	}
}
