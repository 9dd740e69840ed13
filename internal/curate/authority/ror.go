package authority

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// rorRecord is an organisation of the Research Organization Registry (schema
// version 2; the fields of version 1 beside).
type rorRecord struct {
	ID    string `json:"id"`
	Names []struct {
		Value string   `json:"value"`
		Lang  string   `json:"lang"`
		Types []string `json:"types"` // ror_display, label, alias, acronym
	} `json:"names"`
	Locations []struct {
		Details struct {
			Name    string `json:"name"`
			Country string `json:"country_name"`
		} `json:"geonames_details"`
	} `json:"locations"`
	ExternalIDs   json.RawMessage `json:"external_ids"`
	Relationships []struct {
		Type string `json:"type"`
		ID   string `json:"id"`
	} `json:"relationships"`
	Status string `json:"status"`

	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Acronyms []string `json:"acronyms"`
}

// readJSON reads an array or a stream of objects: organisations of ROR, or what
// Wikidata gives.
func readJSON(data []byte) (File, error) {
	var answer struct {
		Results struct {
			Bindings []json.RawMessage `json:"bindings"`
		} `json:"results"`
		Entities map[string]json.RawMessage `json:"entities"`
		Items    []json.RawMessage          `json:"items"` // an answer of ROR's API
	}
	if bytes.TrimLeft(data, " \t\r\n")[0] == '{' && json.Unmarshal(data, &answer) == nil {
		switch {
		case answer.Results.Bindings != nil:
			return readBindings(answer.Results.Bindings), nil
		case answer.Entities != nil:
			return readEntities(answer.Entities), nil
		case answer.Items != nil:
			return readItems(answer.Items)
		}
	}
	items, err := objects(data)
	if err != nil {
		return File{}, err
	}
	return readItems(items)
}

// objects gives the objects of an array, or of a file with one a line.
func objects(data []byte) ([]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if bytes.TrimLeft(data, " \t\r\n")[0] == '[' {
		if _, err := d.Token(); err != nil {
			return nil, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "it is no JSON: %w", err)
		}
	}
	var all []json.RawMessage
	for d.More() {
		var one json.RawMessage
		if err := d.Decode(&one); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return nil, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "item %d is no JSON: %w", len(all)+1, err)
		}
		if all = append(all, one); len(all) > mostItems {
			return nil, greyshelf.Errorf(greyshelf.TooLarge, opImport, "", "it has more than %d items", mostItems)
		}
	}
	return all, nil
}

// readItems reads a list of which every item is of ROR or of Wikidata.
func readItems(items []json.RawMessage) (File, error) {
	f := File{Format: "ror"}
	for i, raw := range items {
		var probe struct {
			ID   string          `json:"id"`
			Type string          `json:"type"`
			Item json.RawMessage `json:"item"`
		}
		err := json.Unmarshal(raw, &probe)
		switch {
		case err == nil && probe.Item != nil:
			f.Format = "wikidata"
			f.takeRow(i+1, rowOf(raw))
		case err == nil && probe.Type == "item":
			f.Format = "wikidata"
			f.takeEntity(i+1, raw)
		case err == nil && greyshelf.NormaliseROR(probe.ID) != "":
			f.takeROR(i+1, raw)
		default:
			f.Skipped = append(f.Skipped, Skip{Item: i + 1, Reason: "it is neither an organisation of ROR nor an item of Wikidata"})
		}
	}
	if len(f.Records) == 0 && len(items) > 0 {
		return f, greyshelf.Errorf(greyshelf.Invalid, opImport, "", "none of its %d items is an organisation of ROR or an item of Wikidata", len(items))
	}
	return f, nil
}

func (f *File) takeROR(item int, raw json.RawMessage) {
	var r rorRecord
	if err := json.Unmarshal(raw, &r); err != nil {
		f.Skipped = append(f.Skipped, Skip{Item: item, Reason: "it is no organisation of ROR: " + err.Error()})
		return
	}
	if r.Status == "withdrawn" {
		f.Skipped = append(f.Skipped, Skip{item, line(r.Name), "the registry has withdrawn it"})
		return
	}
	id := greyshelf.NormaliseROR(r.ID)
	a := greyshelf.Authority{Type: greyshelf.AuthorityBody, Label: r.Name, Variants: append(slices.Clone(r.Aliases), r.Acronyms...),
		Links: append([]greyshelf.Identifier{{Scheme: greyshelf.ROR, Value: id}}, externalIDs(r.ExternalIDs)...)}
	for _, name := range r.Names {
		if slices.Contains(name.Types, "ror_display") {
			a.Label = name.Value
		}
	}
	for _, name := range r.Names {
		switch {
		case name.Value == a.Label:
		case slices.Contains(name.Types, "label") && name.Lang != "":
			if a.Labels == nil {
				a.Labels = map[string]string{}
			}
			a.Labels[name.Lang] = name.Value
		default:
			a.Variants = append(a.Variants, name.Value)
		}
	}
	if len(r.Locations) > 0 {
		d := r.Locations[0].Details
		a.Place = strings.Trim(d.Name+", "+d.Country, ", ")
	}
	in := Incoming{Authority: a, Item: item, Keys: []string{"ror:" + id}}
	for _, relation := range r.Relationships {
		key := "ror:" + greyshelf.NormaliseROR(relation.ID)
		switch strings.ToLower(relation.Type) {
		case "parent":
			in.points.parent = append(in.points.parent, key)
		case "predecessor":
			in.points.earlier = append(in.points.earlier, key)
		case "related":
			in.points.related = append(in.points.related, key)
		}
	}
	f.Records = append(f.Records, in)
}

// externalIDs reads the identifiers of other registries: a list in version 2,
// an object in version 1.
func externalIDs(raw json.RawMessage) []greyshelf.Identifier {
	type external struct {
		Type      string          `json:"type"`
		Preferred string          `json:"preferred"`
		All       json.RawMessage `json:"all"`
	}
	var list []external
	if json.Unmarshal(raw, &list) != nil {
		var named map[string]external
		if json.Unmarshal(raw, &named) != nil {
			return nil
		}
		for name, one := range named {
			one.Type = name
			list = append(list, one)
		}
	}
	for _, one := range list {
		if strings.EqualFold(one.Type, "wikidata") {
			var all []string
			_ = json.Unmarshal(one.All, &all) // may be absent, or of another form
			all = append([]string{one.Preferred}, all...)
			for _, value := range all {
				if id, ok := greyshelf.ParseIdentifier(greyshelf.Wikidata, value); ok {
					return []greyshelf.Identifier{id}
				}
			}
		}
	}
	return nil
}
