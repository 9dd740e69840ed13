package contact

import (
	"reflect"
	"slices"

	"github.com/greyshelf/greyshelf"
)

// Interests are what a contact wants to hear of; nothing named = everything.
type Interests struct {
	All        bool     `json:"all,omitempty"` // everything, and the rest only for the passages it finds
	Headings   []string `json:"headings,omitempty"`
	Publishers []string `json:"publishers,omitempty"`
	Searches   []string `json:"searches,omitempty"` // queries
}

// None reports whether nothing is named.
func (i Interests) None() bool {
	return !i.All && len(i.Headings)+len(i.Publishers)+len(i.Searches) == 0
}

// Everything reports whether no report is left out.
func (i Interests) Everything() bool { return i.All || i.None() }

// with gives both together, each name once.
func (i Interests) with(more Interests) Interests {
	return Interests{
		All: i.All || more.All, Headings: lines(slices.Concat(i.Headings, more.Headings)),
		Publishers: lines(slices.Concat(i.Publishers, more.Publishers)), Searches: lines(slices.Concat(i.Searches, more.Searches)),
	}
}

// tidy trims every list.
func (i Interests) tidy() Interests { return Interests{}.with(i) }

// Wish is what somebody asked for at an address that is known already.
type Wish struct {
	AlertsOnly bool      `json:"alerts_only,omitempty"`
	Language   string    `json:"language,omitempty"`
	Languages  []string  `json:"languages,omitempty"`
	Frequency  Frequency `json:"frequency,omitempty"`
	Interests  Interests `json:"interests"`
}

// wish gives what a contact asks for.
func (c Contact) wish() Wish {
	return Wish{c.AlertsOnly, line(c.Language, 35), lines(c.Languages), c.Frequency, c.Interests.tidy()}
}

// check refuses a wish that cannot be. A wish that the site has taken in
// before has no frequency that is none.
func (w Wish) check(email string) error {
	if w.Frequency != "" && !slices.Contains(Frequencies(), w.Frequency) {
		return greyshelf.Errorf(greyshelf.Invalid, op, email, "%q is not a frequency", w.Frequency)
	}
	return nil
}

// hears reports whether alerts are wanted: it is said how often, or of what.
func (w Wish) hears() bool { return w.Frequency != "" || !w.Interests.None() }

// Granted gives the contact as it is once it says yes. Who left before and
// comes back gets what it asks for now and nothing of what it left; everybody
// else gets it beside what they have. In neither case is a wish for less: that
// is changed where the contact sees all it has.
func (c Contact) Granted() Contact {
	if c.Wanted == nil {
		return c
	}
	has, asks := c.wish(), *c.Wanted
	c.Wanted = nil
	if c.Ended.IsZero() {
		asks = has.and(asks)
	}
	c.AlertsOnly, c.Languages, c.Frequency, c.Interests = asks.AlertsOnly, asks.Languages, asks.Frequency, asks.Interests
	if asks.Language != "" {
		c.Language = asks.Language
	}
	return c
}

// and gives what has and is asked for together. Names beside everything take
// nothing away from it, nor do languages.
func (w Wish) and(asks Wish) Wish {
	out := Wish{AlertsOnly: w.AlertsOnly && asks.AlertsOnly, Language: asks.Language, Languages: w.Languages, Frequency: w.Frequency, Interests: w.Interests.with(asks.Interests)}
	if asks.Frequency != "" {
		out.Frequency = asks.Frequency
	}
	if !asks.hears() {
		return out
	}
	if !w.hears() {
		out.Languages = asks.Languages
		return out
	}
	if w.Interests.Everything() != asks.Interests.Everything() {
		out.Interests.All = true
	}
	if len(w.Languages) > 0 && len(asks.Languages) > 0 {
		out.Languages = lines(slices.Concat(w.Languages, asks.Languages))
	} else {
		out.Languages = nil
	}
	return out
}

// adds reports whether what the contact wants gives it more than it has.
func (c Contact) adds() bool {
	has, then := c.wish(), c.Granted().wish()
	then.Language = has.Language
	return !reflect.DeepEqual(has, then)
}
