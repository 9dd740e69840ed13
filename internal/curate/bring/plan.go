package bring

import (
	"context"
	"fmt"
	"iter"
	"strings"
)

// Status says what an item is to the library.
type Status string

// The statuses of a [Step].
const (
	New    Status = "new"    // nothing like it is there
	Known  Status = "known"  // it was brought before, or a report holds its file
	Alike  Status = "alike"  // a report looks like it; a person decides
	Broken Status = "broken" // it cannot be brought
)

// Verdict is what a [Judge] says of an item.
type Verdict struct {
	Status  Status
	Other   string // report of the library: the known one, or the one that looks like it
	Title   string // of that report
	Record  int    // of the same import (ordinal) instead, 0 for none
	Percent int    // how alike, 0..100
	Why     string // in words
	Again   bool   // New: an undo withdrew Other, which is made visible again
}

// Judge knows the library. It judges items in their order, and also finds an
// item that is like an earlier one of the same import.
type Judge interface {
	Judge(ctx context.Context, item Item) (Verdict, error)
}

// Step is an item with what would become of it.
type Step struct {
	Item
	Verdict
}

// Steps gives a step for every item. An error ends them.
func Steps(ctx context.Context, items iter.Seq2[Item, error], judge Judge) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		for item, err := range items {
			step := Step{Item: item}
			switch {
			case err != nil:
			case item.Broken != "":
				step.Verdict = Verdict{Status: Broken, Why: item.Broken}
			default:
				step.Verdict, err = judge.Judge(ctx, item)
			}
			if !yield(step, err) || err != nil {
				return
			}
		}
	}
}

// Take says what is done with an item that looks like a report.
type Take string

// The choices for a look-alike.
const (
	TakeDraft Take = "draft" // a draft, marked with what it looks like
	TakeSkip  Take = "skip"  // nothing
	TakeNew   Take = "new"   // it is a report of its own
)

// Choices say how a plan is carried out.
type Choices struct {
	Publish bool         // publish new reports at once; look-alikes never are
	Alike   Take         // of look-alikes without a choice of their own; "" = TakeDraft
	Each    map[int]Take // by ordinal, for items of any status
}

// Of gives the choice for a step: TakeSkip for what is known or broken.
func (c Choices) Of(s Step) Take {
	if s.Status == Broken || s.Status == Known {
		return TakeSkip
	}
	if take, ok := c.Each[s.Ordinal]; ok && (take == TakeDraft || take == TakeSkip || take == TakeNew) {
		return take
	}
	switch {
	case s.Status == New:
		return TakeNew
	case c.Alike == "":
		return TakeDraft
	}
	return c.Alike
}

// Mark says in words what a draft looks like, for the desk's note.
func (s Step) Mark() string {
	what := fmt.Sprintf("record %d of the same import", s.Record)
	if s.Other != "" {
		what = "report " + s.Other
		if s.Title != "" {
			what += " (" + clip(s.Title, 200) + ")"
		}
	}
	return fmt.Sprintf("Imported; looks like %s, %d %%: %s.", what, s.Percent, strings.TrimSuffix(s.Why, "."))
}

// Summary counts steps.
type Summary struct {
	New      int `json:"new"`
	Known    int `json:"known"`
	Alike    int `json:"alike"`
	Broken   int `json:"broken"`
	Problems int `json:"problems"` // records of which something was left out
	Files    int `json:"files"`
}

// Add counts a step.
func (s *Summary) Add(step Step) {
	switch step.Status {
	case New:
		s.New++
	case Known:
		s.Known++
	case Alike:
		s.Alike++
	case Broken:
		s.Broken++
	}
	if len(step.Problems) > 0 {
		s.Problems++
	}
	s.Files += len(step.Files)
}

// Total is the number of records.
func (s Summary) Total() int { return s.New + s.Known + s.Alike + s.Broken }
