package edit

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// relation is what the report is to another, as the form shows it.
type relation struct {
	N                        int
	Kind, Report, Title, URL string
}

// mostRelations bounds the relations of a form.
const mostRelations = 200

func relations(r greyshelf.Report) []relation {
	var all []relation
	for i, other := range r.Relations {
		all = append(all, relation{i, string(other.Kind), other.Report, other.Title, other.URL})
	}
	return all
}

// sentRelations gives how many rows of relations were sent.
func sentRelations(sent url.Values) int {
	for i := range mostRelations {
		if !sent.Has(fmt.Sprintf("relation-%d-kind", i)) {
			return i
		}
	}
	return mostRelations
}

func sentRelation(sent url.Values, i int) relation {
	get := func(name string) string { return line(sent.Get(fmt.Sprintf("relation-%d-%s", i, name))) }
	return relation{Kind: get("kind"), Report: get("report"), Title: get("title"), URL: get("url")}
}

// applyRelations reads the rows: one without the other report is none. The
// other may be named by its address in this library.
func applyRelations(sent url.Values, r *greyshelf.Report) {
	n := sentRelations(sent)
	if n == 0 {
		return
	}
	r.Relations = nil
	for i := range n {
		one := sentRelation(sent, i)
		if one.Report+one.Title+one.URL == "" {
			continue
		}
		r.Relations = append(r.Relations, greyshelf.Relation{Kind: greyshelf.RelationKind(one.Kind), Report: identifierOf(one.Report), Title: one.Title, URL: one.URL})
	}
}

// identifierOf reads the identifier of a report out of its address.
func identifierOf(text string) string {
	if _, behind, found := strings.Cut(text, "/r/"); found {
		text = behind
	}
	text, _, _ = strings.Cut(text, "/")
	text, _, _ = strings.Cut(text, "?")
	text, _, _ = strings.Cut(text, "#")
	return text
}
