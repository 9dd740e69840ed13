package invented

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// draft is everything that a report may state, and what it does state.
type draft struct {
	*rand.Rand
	w        *words
	house    house
	title    string
	subtitle string
	parallel string
	persons  []person
	corpus   string // corporate author
	client   string // commissioning body
	date     day
	updated  day // zero: not updated
	number   string
	series   string
	abstract string
	labelled bool
	rights   rightsWords
	isbn     string
	doi      string
	topic    string
	place    string
	info     string // title that a typist left in the file

	drawn [2]uint64 // seed of what is drawn by chance while writing
}

type person struct{ given, family string }

func (p person) name() string     { return p.given + " " + p.family }
func (p person) inverted() string { return p.family + ", " + p.given }

// day is a date as stated: to the day, to the month or a year alone.
type day struct{ y, m, d int }

func (d day) edtf() string {
	switch {
	case d.y == 0:
		return ""
	case d.m == 0:
		return fmt.Sprintf("%04d", d.y)
	case d.d == 0:
		return fmt.Sprintf("%04d-%02d", d.y, d.m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

func (d *draft) pick(n int) int { return d.IntN(n) }

func (d *draft) one(of []string) string { return of[d.IntN(len(of))] }

// stated reports true for two thirds of the draws: a fact is stated.
func (d *draft) stated() bool { return d.IntN(3) != 0 }

// mostTries is how often a title is drawn that no other report has.
const mostTries = 200

// newDraft draws every fact of a report; each but the title is absent in a
// third of them.
func newDraft(r *rand.Rand, used map[string]bool) *draft {
	d := &draft{Rand: r}
	d.w = languages()[d.pick(len(languages()))]
	d.house = d.w.houses[d.pick(len(d.w.houses))]
	for try := 0; d.title == "" || used[d.title] && try < mostTries; try++ {
		d.topic, d.place = d.one(d.w.topics), d.one(d.w.places)
		d.title = d.fill(d.one(d.w.titles))
	}
	used[d.title] = true
	d.subtitle = d.fill(d.one(d.w.subtitles))
	for range 1 + d.pick(3) {
		p := person{d.one(d.w.given), d.one(d.w.family)}
		if !slices.Contains(d.persons, p) {
			d.persons = append(d.persons, p)
		}
	}
	d.corpus, d.client = d.one(d.w.states), d.one(d.w.clients)
	d.date = day{2009 + d.pick(16), 1 + d.pick(12), 1 + d.pick(28)}
	if d.pick(3) == 0 {
		d.date.d = 0
	}
	d.updated = day{d.date.y + 1, 1 + d.pick(12), 1 + d.pick(28)}
	n := 1 + d.pick(90)
	d.number = d.one([]string{fmt.Sprintf("%d/%d", d.date.y, n), fmt.Sprintf("RP-%03d", n), fmt.Sprintf("%s-%02d-%03d", d.house.acronym, d.date.y%100, n), fmt.Sprint(n)})
	d.series = d.one(d.w.series)
	d.abstract = d.paragraph(3)
	d.labelled = true
	d.rights = d.w.rights[d.pick(len(d.w.rights))]
	d.isbn, d.doi = isbn(d.Rand), fmt.Sprintf("10.5%03d/%s.%d", 100+d.pick(800), strings.ToLower(d.house.acronym), 1000+d.pick(9000))
	return d
}

// fill puts topic and place into a pattern.
func (d *draft) fill(pattern string) string {
	return strings.NewReplacer("{T}", upperFirst(d.topic), "{t}", d.topic, "{p}", d.place, "{y}", fmt.Sprint(2030+d.pick(20))).Replace(pattern)
}

func upperFirst(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// paragraph gives n sentences on the topic, in an order of its own.
func (d *draft) paragraph(n int) string {
	var all []string
	for _, i := range d.Perm(len(d.w.sentences))[:min(n, len(d.w.sentences))] {
		all = append(all, d.fill(d.w.sentences[i]))
	}
	return strings.Join(all, " ")
}

// fit drops what the layout has no room for, and of the rest a third.
func (d *draft) fit(l layout) {
	keep := func(fact string) bool { return strings.Contains(l.has, fact) && d.stated() }
	if !keep(hasSubtitle) {
		d.subtitle = ""
	}
	if !keep(hasAuthors) {
		d.persons = nil
	}
	if !keep(hasDate) {
		d.date = day{}
	}
	if !keep(hasUpdated) || d.date.y == 0 {
		d.updated = day{}
	}
	for _, f := range []struct {
		fact  string
		value *string
	}{
		{hasNumber, &d.number}, {hasSeries, &d.series}, {hasAbstract, &d.abstract}, {hasISBN, &d.isbn}, {hasDOI, &d.doi}, {hasClient, &d.client}, {hasCorpus, &d.corpus},
	} {
		if !keep(f.fact) {
			*f.value = ""
		}
	}
	if l.name == "assembly" && d.number != "" {
		d.number = fmt.Sprintf("A/%d/%d", 40+d.pick(40), 1+d.pick(600))
	}
	if d.house.stated = keep(hasHouse); !d.house.stated {
		d.number = strings.ReplaceAll(d.number, d.house.acronym, "No") // an acronym would name the house
		d.doi = strings.ReplaceAll(d.doi, strings.ToLower(d.house.acronym), "pub")
	}
	if !keep(hasRights) || !d.house.stated && strings.Contains(d.rights.text, "{h}") {
		d.rights = rightsWords{}
	}
	if strings.Contains(l.has, hasParallel) {
		other := languages()[(d.w.n+1+d.pick(len(languages())-1))%len(languages())]
		if d.stated() && !other.rtl && !d.w.rtl {
			d.parallel = strings.NewReplacer("{T}", upperFirst(d.one(other.topics)), "{t}", d.one(other.topics), "{p}", d.one(other.places), "{y}", "2031").Replace(d.one(other.titles))
		}
	}
	if d.pick(3) == 0 {
		d.info = d.one([]string{"Microsoft Word - final_v3.doc", "Untitled", "layout_04.indd", d.title})
	}
}

// truth gives what the report states.
func (d *draft) truth() Truth {
	t := Truth{Title: d.title, Subtitle: d.subtitle, Commissioning: d.client, Date: d.date.edtf(), ReportNumber: d.number, Series: d.series, Language: d.w.tag, Abstract: d.abstract, Labelled: d.abstract != "", Rights: d.rights.code}
	for _, p := range d.persons {
		t.Creators = append(t.Creators, p.inverted())
	}
	if d.corpus != "" {
		t.Creators, t.Corporate = []string{d.corpus}, []string{d.corpus}
	}
	if d.house.stated {
		t.Publisher = d.house.name
	}
	if d.parallel != "" {
		t.Parallel = []string{d.parallel}
	}
	if d.date.y > 0 {
		t.Dates = map[string]string{"published": d.date.edtf()}
	}
	if d.updated.y > 0 {
		t.Date = d.updated.edtf()
		t.Dates["updated"] = t.Date
	}
	t.Identifiers = map[string]string{}
	if d.isbn != "" {
		t.Identifiers["isbn"] = strings.ReplaceAll(d.isbn, "-", "")
	}
	if d.doi != "" {
		t.Identifiers["doi"] = d.doi
	}
	return t
}

// isbn gives an ISBN with its check digit (ISO 2108), under a prefix of the
// block 979-8.
func isbn(r *rand.Rand) string {
	digits := fmt.Sprintf("9798%08d", r.IntN(100_000_000))
	sum := 0
	for i, c := range digits {
		weight := 1
		if i%2 == 1 {
			weight = 3
		}
		sum += weight * int(c-'0')
	}
	digits += fmt.Sprint((10 - sum%10) % 10)
	return digits[:3] + "-" + digits[3:4] + "-" + digits[4:8] + "-" + digits[8:12] + "-" + digits[12:]
}

// printed gives a date as the language prints it.
func (d *draft) printed(at day) string { return d.w.date(at) }

// names gives the authors as a byline prints them.
func (d *draft) names(join string) string {
	var all []string
	for _, p := range d.persons {
		all = append(all, p.name())
	}
	if n := len(all); n > 1 {
		return strings.Join(all[:n-1], ", ") + join + all[n-1]
	}
	return strings.Join(all, "")
}

// citation says how the report is to be cited.
func (d *draft) citation() string {
	var names []string
	for _, p := range d.persons {
		names = append(names, p.inverted())
	}
	text := strings.Join(names, "; ") + " (" + fmt.Sprint(d.date.y) + "). " + d.title + ". "
	if d.series != "" {
		text += d.series
		if d.number != "" {
			text += " " + d.number
		}
		text += ". "
	}
	return text + d.house.name + "."
}

// rightsText gives the rights statement with holder and, where the report is
// dated, the year.
func (d *draft) rightsText() string {
	year := ""
	if d.date.y > 0 {
		year = fmt.Sprint(d.date.y)
	}
	text := strings.NewReplacer("{h}", d.house.name, "{y}", year).Replace(d.rights.text)
	return strings.Join(strings.Fields(text), " ")
}
