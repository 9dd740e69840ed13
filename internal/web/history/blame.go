package history

import (
	"strconv"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
)

// blame says of a field who gave its present value, when, why and in place of
// which.
type blame struct {
	Field, Who, Method, Reason, Decision string
	At                                   time.Time
	Value                                string
	Before                               string // the value that it took the place of
	Restored                             string // the undo that brought it back
}

// mostBlamed bounds the characters of a value that stands for itself.
const mostBlamed = 200

func blames(r greyshelf.Report, decisions []greyshelf.Decision) []blame {
	origins := curate.Origins(r, decisions, nil)
	var all []blame
	for _, present := range catalog.Diff(greyshelf.Report{}, r) {
		o, ok := origins[present.Field]
		if !ok || present.Field == "entry" {
			continue
		}
		one := blame{
			Field: o.Field, Who: o.Who, Method: string(o.Method), Reason: o.Reason, Decision: o.Decision, At: o.At, Restored: o.Restored,
			Value: short(Readable(present.After)),
		}
		for _, d := range decisions {
			for _, c := range d.Changes {
				if d.ID == o.Decision && c.Field == o.Field && c.Report == r.ID {
					one.Before = short(Readable(c.Before))
				}
			}
		}
		all = append(all, one)
	}
	return all
}

func short(text string) string {
	if runes := []rune(text); len(runes) > mostBlamed {
		return string(runes[:mostBlamed]) + "…"
	}
	return text
}

// compared is what differs between two states of a report.
type compared struct {
	From, To *Decision // after which they were; nil for before the report was there
	Changes  []Change
}

// compare finds what differs between the states of a report after two of its
// decisions, named by their sequence numbers; 0 is before the first, none given
// the present one.
func compare(r greyshelf.Report, decisions []greyshelf.Decision, from, to string) (*compared, error) {
	out := &compared{}
	var states [2]greyshelf.Report
	for i, text := range []string{from, to} {
		seq, err := strconv.ParseInt(text, 10, 64)
		switch {
		case text == "" && len(decisions) > 0:
			seq = decisions[0].Seq
		case err != nil || seq < 0:
			return nil, greyshelf.Errorf(greyshelf.Invalid, "compare", r.ID, "“%s” is not the number of a decision", text)
		}
		if states[i], err = curate.Past(r, decisions, seq); err != nil {
			return nil, err
		}
		for _, d := range Shown(decisions) {
			if d.Seq > seq {
				continue
			}
			if i == 0 {
				out.From = &d
			} else {
				out.To = &d
			}
			break // the newest that the state is after
		}
	}
	states[0].ID, states[1].ID = r.ID, r.ID
	for _, c := range catalog.Diff(states[0], states[1]) {
		if c.Field != "entry" {
			out.Changes = append(out.Changes, NewChange(c))
		}
	}
	return out, nil
}
