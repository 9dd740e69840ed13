package landing

import (
	"encoding/json"
	"strings"
)

const (
	mostNodes  = 400 // of all scripts
	deepestRef = 6
	mostOfName = 100 // values of one property
)

// node is an object of JSON-LD.
type node map[string]any

// readJSON takes the best work that the JSON-LD describes. Scripts that are no
// JSON are left out.
func (r *reader) readJSON() {
	g := graph{byID: map[string]node{}}
	for _, script := range r.scripts {
		var value any
		script = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(script), "<!--"), "-->")
		if json.Unmarshal([]byte(script), &value) == nil {
			g.gather(value, 0)
		}
	}
	var best node
	for _, n := range g.nodes {
		if rankOf(n) > rankOf(best) {
			best = n
		}
	}
	if best != nil {
		r.work(best, g)
	}
}

// graph is the top level of all scripts.
type graph struct {
	nodes []node
	byID  map[string]node
}

// gather takes the objects of the top level, of @graph and what a page is
// mainly about; not what is listed or related.
func (g *graph) gather(value any, depth int) {
	if depth > deepestRef || len(g.nodes) >= mostNodes {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, each := range v {
			g.gather(each, depth+1)
		}
	case map[string]any:
		g.nodes = append(g.nodes, v)
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			g.byID[id] = v
		}
		g.gather(v["@graph"], depth+1)
		g.gather(v["mainEntity"], depth+1)
	}
}

// workRank says how surely a type of schema.org is that of a report; 0 for
// what is none.
func workRank(name string) int {
	for _, prefix := range []string{"https://schema.org/", "http://schema.org/", "schema:"} {
		name = strings.TrimPrefix(name, prefix)
	}
	switch name {
	case "Report":
		return 4
	case "ScholarlyArticle", "TechArticle", "Thesis", "PublicationIssue", "DigitalDocument", "Legislation":
		return 3
	case "Article", "Book", "PublicationVolume":
		return 2
	case "CreativeWork", "NewsArticle", "BlogPosting":
		return 1
	}
	return 0
}

func rankOf(n node) int {
	best := 0
	for _, t := range texts(n["@type"]) {
		best = max(best, workRank(t))
	}
	return best
}

func bodyType(types string) bool {
	for _, t := range strings.Fields(types) {
		if strings.HasSuffix(t, "Organization") || strings.HasSuffix(t, "NGO") || strings.HasSuffix(t, "Corporation") {
			return true
		}
	}
	return false
}

// work takes the properties of a work.
func (r *reader) work(n node, g graph) {
	for _, name := range []string{
		"headline", "name", "alternativeHeadline", "author", "creator", "publisher", "sourceOrganization", "datePublished", "dateModified",
		"abstract", "description", "license", "inLanguage", "reportNumber", "isbn", "issn", "doi", "identifier", "sameAs", "isPartOf", "version",
	} {
		for _, value := range list(n[name]) {
			text, body := g.name(value, name == "license" || name == "sameAs")
			r.add(SchemaOrg, strings.ToLower(name), text, body)
		}
	}
	for _, name := range []string{"encoding", "associatedMedia", "distribution", "contentUrl"} {
		for _, value := range list(n[name]) {
			r.media(value)
		}
	}
}

// media takes the address of the work's PDF.
func (r *reader) media(value any) {
	switch v := value.(type) {
	case string:
		if isPDFPath(v) {
			r.link(Link{URL: v, points: 80})
		}
	case map[string]any:
		format := strings.Join(append(texts(v["encodingFormat"]), texts(v["fileFormat"])...), " ")
		for _, address := range append(texts(v["contentUrl"]), texts(v["url"])...) {
			if isPDFType(format) || isPDFPath(address) {
				r.link(Link{URL: address, Text: tidy(strings.Join(texts(v["name"]), " ")), Language: language(strings.Join(texts(v["inLanguage"]), " ")), points: 80})
				return
			}
		}
	}
}

// name gives the text of a value: of an object its name, of a reference that
// of the object it means. Of addresses, the address.
func (g graph) name(value any, address bool) (text string, body bool) {
	n, ok := value.(map[string]any)
	if !ok {
		return strings.Join(texts(value), " "), false
	}
	if id, ok := n["@id"].(string); ok && n["name"] == nil && g.byID[id] != nil {
		n = g.byID[id]
	}
	body = bodyType(strings.Join(texts(n["@type"]), " "))
	names := []string{"name", "value", "@value", "alternateName", "@id"}
	if address {
		names = []string{"@id", "url", "name"}
	} else if n["name"] == nil && n["familyName"] != nil {
		return strings.Join(texts(n["familyName"]), " ") + ", " + strings.Join(texts(n["givenName"]), " "), body
	}
	for _, name := range names {
		if found := texts(n[name]); len(found) > 0 {
			return found[0], body
		}
	}
	return "", body
}

// list gives the values of a property, at most a hundred.
func list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v[:min(len(v), mostOfName)]
	}
	return []any{value}
}

// texts gives the strings of a value that is one or a list of them.
func texts(value any) []string {
	var all []string
	for _, each := range list(value) {
		if text, ok := each.(string); ok && text != "" {
			all = append(all, text)
		}
	}
	return all
}
