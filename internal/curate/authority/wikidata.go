package authority

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// An extract of Wikidata is a table of the query service (as JSON or CSV) or a
// file of entities (as the data dumps have them). The columns of a table:
// item, itemLabel, itemAltLabel (divided by ", " or "|"), itemDescription,
// type, ror, viaf, orcid, place or placeLabel, parent; itemLabel_fr gives the
// name in French.

// row is a line of a table by the names of its columns, in lower case.
type row map[string]string

// readBindings reads SPARQL 1.1 Query Results JSON.
func readBindings(bindings []json.RawMessage) File {
	f := File{Format: "wikidata"}
	for i, raw := range bindings {
		var cells map[string]struct {
			Value string `json:"value"`
			Lang  string `json:"xml:lang"`
		}
		r := row{}
		if json.Unmarshal(raw, &cells) == nil {
			for name, cell := range cells {
				r[strings.ToLower(name)] = cell.Value
			}
		}
		f.takeRow(i+1, r)
	}
	return f
}

// rowOf reads a plain object of texts, as the query service downloads them.
func rowOf(raw json.RawMessage) row {
	var cells map[string]any
	r := row{}
	if json.Unmarshal(raw, &cells) == nil {
		for name, cell := range cells {
			if text, ok := cell.(string); ok {
				r[strings.ToLower(name)] = text
			}
		}
	}
	return r
}

// readCSV reads a table with a line of names above it.
func readCSV(data []byte) (File, error) {
	f := File{Format: "wikidata"}
	c := csv.NewReader(bytes.NewReader(data))
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(first, []byte("\t")) > bytes.Count(first, []byte(",")) {
		c.Comma = '\t'
	}
	head, err := c.Read()
	names := make([]string, len(head))
	for i, name := range head {
		names[i] = strings.ToLower(strings.TrimSpace(name))
	}
	if err != nil || !slices.Contains(names, "item") && !slices.Contains(names, "itemlabel") && !slices.Contains(names, "label") {
		return f, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "it is no file of authorities that is known: JSON of ROR or Wikidata, SKOS, or CSV with the columns item and itemLabel")
	}
	for n := 1; ; n++ {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err != nil {
			f.Skipped = append(f.Skipped, Skip{Item: n, Reason: err.Error()})
			if len(f.Skipped) > 1000 {
				return f, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "too many of its lines cannot be read; the first: %s", f.Skipped[0].Reason)
			}
			continue
		}
		if n > mostItems {
			return f, greyshelf.Errorf(greyshelf.TooLarge, opImport, "", "it has more than %d lines", mostItems)
		}
		r := row{}
		for i, cell := range cells[:min(len(cells), len(names))] {
			r[names[i]] = strings.Clone(cell)
		}
		f.takeRow(n, r)
	}
}

// takeRow makes a record of a line. A line without a name, or with its number
// in place of a name, is left out; lines of one item are joined by the plan.
func (f *File) takeRow(item int, r row) {
	get := func(names ...string) string {
		for _, name := range names {
			if value := strings.TrimSpace(r[name]); value != "" {
				return value
			}
		}
		return ""
	}
	a := greyshelf.Authority{Label: get("itemlabel", "label", "name"), Note: get("itemdescription", "description", "note"), Place: get("placelabel", "place", "headquarters", "countrylabel")}
	a.Type = typeOf(get("type", "typelabel", "classlabel"))
	in := Incoming{Item: item}
	id, ok := greyshelf.ParseIdentifier(greyshelf.Wikidata, get("item", "wikidata", "qid"))
	switch {
	case ok && a.Label == id.Value || a.Label == "":
		f.Skipped = append(f.Skipped, Skip{Item: item, Name: id.Value, Reason: "it has no name"})
		return
	case ok:
		a.Links, in.Keys = []greyshelf.Identifier{id}, []string{"wikidata:" + id.Value}
	}
	for _, scheme := range []greyshelf.Scheme{greyshelf.ROR, greyshelf.VIAF, greyshelf.ORCID} {
		if link, ok := greyshelf.ParseIdentifier(scheme, get(string(scheme))); ok {
			a.Links = append(a.Links, link)
		}
	}
	a.Variants = append(list(get("itemaltlabel", "altlabel", "variants")), list(get("shortname", "acronym"))...)
	for name, value := range r {
		if tag, found := strings.CutPrefix(name, "itemlabel_"); found && value != "" && len(tag) <= 12 {
			if a.Labels == nil {
				a.Labels = map[string]string{}
			}
			a.Labels[tag] = value
		}
	}
	for column, into := range map[string]*[]string{"parent": &in.points.parent, "predecessor": &in.points.earlier} {
		if other, ok := greyshelf.ParseIdentifier(greyshelf.Wikidata, get(column)); ok {
			*into = []string{"wikidata:" + other.Value}
		}
	}
	in.Authority = a
	f.Records = append(f.Records, in)
}

// list divides forms of a name: by "|" where there is one, else by ", ".
func list(text string) []string {
	if strings.Contains(text, "|") {
		return strings.Split(text, "|")
	}
	return strings.Split(text, ", ")
}

// typeOf gives the type of authority by its own name or that of a class of
// Wikidata; a body where nothing is stated.
func typeOf(stated string) greyshelf.AuthorityType {
	stated = strings.ToLower(stated)
	for _, known := range greyshelf.AuthorityTypes() {
		if stated == string(known) {
			return known
		}
	}
	switch {
	case stated == "human" || strings.HasSuffix(stated, "/q5") || stated == "q5":
		return greyshelf.AuthorityPerson
	case strings.Contains(stated, "sovereign state") || strings.HasSuffix(stated, "q3624078") || stated == "country":
		return greyshelf.AuthorityState
	case strings.Contains(stated, "intergovernmental") || strings.Contains(stated, "international organization") || strings.HasSuffix(stated, "q245065"):
		return greyshelf.AuthorityIGO
	case strings.Contains(stated, "treaty") || strings.Contains(stated, "resolution"):
		return greyshelf.AuthorityInstrument
	}
	return greyshelf.AuthorityBody
}

func readEntities(entities map[string]json.RawMessage) File {
	f := File{Format: "wikidata"}
	for i, id := range slices.Sorted(maps.Keys(entities)) {
		f.takeEntity(i+1, entities[id])
	}
	return f
}

// entity is an item of Wikidata's JSON data model.
type entity struct {
	ID     string `json:"id"`
	Labels map[string]struct {
		Value string `json:"value"`
	} `json:"labels"`
	Aliases map[string][]struct {
		Value string `json:"value"`
	} `json:"aliases"`
	Claims map[string][]struct {
		Mainsnak struct {
			Datavalue struct {
				Value json.RawMessage `json:"value"`
			} `json:"datavalue"`
		} `json:"mainsnak"`
	} `json:"claims"`
}

// statement gives the first value of a property: a text, or the identifier of
// an item.
func (e entity) statement(property string) string {
	for _, claim := range e.Claims[property] {
		var text string
		var item struct {
			ID string `json:"id"`
		}
		raw := claim.Mainsnak.Datavalue.Value
		if json.Unmarshal(raw, &text) == nil && text != "" {
			return text
		}
		if json.Unmarshal(raw, &item) == nil && item.ID != "" {
			return item.ID
		}
	}
	return ""
}

// takeEntity makes a record of an item. The properties: P31 instance of, P6782
// ROR, P214 VIAF, P496 ORCID, P749 parent organisation, P1365 replaces.
func (f *File) takeEntity(item int, raw json.RawMessage) {
	var e entity
	id, ok := greyshelf.Identifier{}, false
	if err := json.Unmarshal(raw, &e); err == nil {
		id, ok = greyshelf.ParseIdentifier(greyshelf.Wikidata, e.ID)
	}
	labels := map[string]string{}
	for tag, label := range e.Labels {
		if label.Value != "" && len(tag) <= 12 {
			labels[tag] = label.Value
		}
	}
	if !ok || len(labels) == 0 {
		f.Skipped = append(f.Skipped, Skip{Item: item, Name: id.Value, Reason: "it is no item of Wikidata with a name"})
		return
	}
	main := mainLanguage(labels)
	a := greyshelf.Authority{Type: typeOf(e.statement("P31")), Label: labels[main], Language: main, Labels: labels, Links: []greyshelf.Identifier{id}, VariantsIn: map[string][]string{}}
	delete(labels, main)
	for tag, aliases := range e.Aliases {
		for _, alias := range aliases {
			if len(tag) <= 12 {
				a.VariantsIn[tag] = append(a.VariantsIn[tag], alias.Value)
			}
		}
	}
	for property, scheme := range map[string]greyshelf.Scheme{"P6782": greyshelf.ROR, "P214": greyshelf.VIAF, "P496": greyshelf.ORCID} {
		if link, ok := greyshelf.ParseIdentifier(scheme, e.statement(property)); ok {
			a.Links = append(a.Links, link)
		}
	}
	slices.SortFunc(a.Links, func(x, y greyshelf.Identifier) int { return strings.Compare(string(x.Scheme), string(y.Scheme)) })
	in := Incoming{Authority: a, Item: item, Keys: []string{"wikidata:" + id.Value}}
	if above := e.statement("P749"); above != "" {
		in.points.parent = []string{"wikidata:" + above}
	}
	if before := e.statement("P1365"); before != "" {
		in.points.earlier = []string{"wikidata:" + before}
	}
	f.Records = append(f.Records, in)
}
