package edit

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/web/history"
)

// collision is a field that two people changed, as the form shows it.
type collision struct {
	Field        string
	Base         string
	Mine, Theirs []history.Piece // with the words that are new against Base
}

func newCollision(c curate.Collision) collision {
	base := history.Readable(c.Base)
	out := collision{Field: c.Field, Base: base}
	_, out.Mine = history.Compare(base, history.Readable(c.Mine))
	_, out.Theirs = history.Compare(base, history.Readable(c.Theirs))
	return out
}

// choice is what a person said of a field that two changed.
type choice struct{ Field, Take string }

// The values of a choice, under names that begin with takePrefix.
const (
	takePrefix = "take-"
	takeMine   = "mine"
	takeTheirs = "theirs"
)

// choices reads what a person said of fields that two changed: whether the
// person's own value stays.
func choices(sent url.Values) map[string]bool {
	mine := map[string]bool{}
	for name := range sent {
		field, is := strings.CutPrefix(name, takePrefix)
		if take := sent.Get(name); is && (take == takeMine || take == takeTheirs) {
			mine[field] = take == takeMine
		}
	}
	return mine
}

// decided gives the choices that need not be made again.
func decided(mine map[string]bool, open []curate.Collision) []choice {
	var all []choice
	for _, field := range slices.Sorted(maps.Keys(mine)) {
		if slices.ContainsFunc(open, func(c curate.Collision) bool { return c.Field == field }) {
			continue
		}
		take := takeTheirs
		if mine[field] {
			take = takeMine
		}
		all = append(all, choice{field, take})
	}
	return all
}
