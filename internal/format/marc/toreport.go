package marc

import (
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Report gives what the record says of a report: everything that [FromReport]
// writes but the link to the library, and what other libraries' records say in
// the same fields. The state is empty. A report that was never written here may
// lack a date or a title: what the record does not say stays absent.
func (r Record) Report() greyshelf.Report {
	report := greyshelf.Report{
		ID:      r.Control("001"),
		Title:   r.text("245", 'a'),
		Type:    r.text("655", 'a'),
		Version: r.text("250", 'a'),
		Series:  r.text("490", 'a'),
		Format:  r.text("347", 'b'),
		Agents:  r.agents(),
		Date:    r.date(),
		Rights:  r.rights(),
	}
	for _, f := range r.All("245") {
		report.Subtitle = r.trim(strings.Join(f.Subs('b'), " "))
	}
	for _, f := range r.All("246") {
		if f.Ind2 == '1' {
			report.ParallelTitles = append(report.ParallelTitles, r.trim(f.Sub('a')))
		}
	}
	var paragraphs []string
	for _, f := range r.All("520") {
		if text := f.Sub('a'); text != "" && (f.Ind1 == '3' || f.Ind1 == ' ') {
			paragraphs = append(paragraphs, text)
		}
	}
	report.Abstract = strings.Join(paragraphs, "\n")
	report.Headings = r.headings()
	report.Identifiers = r.identifiers()
	report.Languages = r.languageTags()
	report.Extent, report.Size = r.extent()
	for _, f := range r.All("856") {
		if f.Ind2 != '2' && report.URL == "" {
			report.URL = f.Sub('u')
		}
	}
	report.Updated, _ = time.Parse("20060102150405.0", r.Control("005"))
	return report
}

func (r Record) text(tag string, code byte) string { return r.trim(r.First(tag, code)) }

// trim takes the punctuation of ISBD off the end of a value, where the leader
// says that there is some (leader/18).
func (r Record) trim(text string) string {
	if len(r.Leader) < 19 || r.Leader[18] != 'a' && r.Leader[18] != 'i' {
		return text
	}
	text = strings.TrimRight(text, " /:;,=")
	if words := strings.Fields(text); strings.HasSuffix(text, ".") && len(words) > 0 && len([]rune(words[len(words)-1])) > 3 {
		text = strings.TrimSuffix(text, ".") // not that of an initial or "Jr."
	}
	return text
}

func (r Record) agents() []greyshelf.Contribution {
	var all []greyshelf.Contribution
	for _, tag := range []string{"100", "110", "700", "710"} {
		for _, f := range r.All(tag) {
			c := r.agent(f, tag)
			if c.Name != "" {
				all = append(all, c)
			}
		}
	}
	for _, f := range r.Fields {
		if f.Tag != "264" && f.Tag != "260" || f.Tag == "264" && f.Ind2 != '1' {
			continue
		}
		for _, name := range f.Subs('b') {
			all = withPublisher(all, r.trim(name))
		}
	}
	if strings.HasSuffix(r.First("245", 'c'), strings.TrimSpace(etAl)) {
		for i := len(all) - 1; i >= 0; i-- {
			if responsible(all[i]) {
				all[i].EtAl = true
				break
			}
		}
	}
	return all
}

func (r Record) agent(f Field, tag string) greyshelf.Contribution {
	name := r.trim(f.Sub('a'))
	for _, part := range f.Subs('b') {
		if tag[1:] == "10" { // a part of the body
			name += ". " + r.trim(part)
		}
	}
	c := greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: name}, Role: role(f), Stated: r.trim(f.Sub('c')), Affiliation: r.trim(f.Sub('u'))}
	switch {
	case tag[1:] == "10":
		c.Kind = greyshelf.Body
	case f.Ind1 == '1' && strings.Contains(name, ","):
		c.Agent = greyshelf.PersonFromInverted(name)
	case f.Ind1 == '1':
		c.Family = name
	}
	return c
}

// role reads the relator: its code before its term; an agent without any is
// taken for an author, as catalogues that give none do.
func role(f Field) greyshelf.Role {
	for role, relator := range relators {
		for _, code := range f.Subs('4') {
			if code == relator.code || strings.HasSuffix(code, "/relators/"+relator.code) {
				return role
			}
		}
	}
	for role, relator := range relators {
		for _, term := range f.Subs('e') {
			if strings.Trim(strings.ToLower(term), " .,") == relator.term {
				return role
			}
		}
	}
	return greyshelf.Author
}

// withPublisher adds a publisher of the imprint unless an added entry names it.
func withPublisher(all []greyshelf.Contribution, name string) []greyshelf.Contribution {
	for _, c := range all {
		if c.Role == greyshelf.Publisher && c.Name == name {
			return all
		}
	}
	if name == "" {
		return all
	}
	return append(all, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: name}, Role: greyshelf.Publisher})
}

func (r Record) headings() []greyshelf.Heading {
	var all []greyshelf.Heading
	seen := map[string]bool{}
	for _, tag := range []string{"650", "651", "653"} {
		for _, f := range r.All(tag) {
			var parts []string
			for _, s := range f.Subfields {
				if strings.IndexByte("axyz", s.Code) >= 0 {
					parts = append(parts, r.trim(s.Text))
				}
			}
			if label := strings.Join(parts, " -- "); label != "" && !seen[label] {
				seen[label] = true
				all = append(all, greyshelf.Heading{Label: label})
			}
		}
	}
	return all
}

func (r Record) identifiers() []greyshelf.Identifier {
	var all []greyshelf.Identifier
	add := func(scheme greyshelf.Scheme, raw string) {
		if id, ok := greyshelf.ParseIdentifier(scheme, raw); ok {
			all = append(all, id)
		}
	}
	for _, f := range r.Fields {
		number := f.Sub('a')
		switch f.Tag {
		case "020":
			number, _, _ = strings.Cut(number, "(")
			add(greyshelf.ISBN, number)
		case "022":
			add(greyshelf.ISSN, number)
		case "024":
			add(greyshelf.Scheme(f.Sub('2')), number)
		case "027", "088":
			add(greyshelf.ReportNumber, number)
		case "037":
			add(greyshelf.ItemCode, number)
		}
	}
	return all
}

func (r Record) languageTags() []string {
	var codes []string
	for _, f := range r.All("041") {
		if f.Ind2 == '7' && f.Sub('2') == "rfc5646" {
			return f.Subs('a')
		}
		codes = append(codes, f.Subs('a')...)
	}
	if fixed := r.Control("008"); len(codes) == 0 && len(fixed) >= 38 {
		codes = []string{fixed[35:38]}
	}
	var tags []string
	for _, code := range codes {
		if tag := LanguageTag(code); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}
