package identify

import (
	"cmp"
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
)

const (
	mostCompared  = 12  // files whose texts are compared with a new one
	mostSharing   = 100 // files asked of the index
	fewestNumbers = 3   // number keys that a translation shares
)

// Library is what Identify needs of the catalogue and the page texts.
type Library interface {
	// Known gives a file of the library with its report and its texts. Errors:
	// NotFound.
	Known(ctx context.Context, file string) (Known, error)
}

// Service finds what new files are to the library.
type Service struct {
	Index   Index
	Library Library
}

// Identify gives the files of the library that the new file has something to
// do with, the closest first, each with a verdict. Files without anything in
// common but a common title word are left out, and so are the new file itself
// and the other files of its report. Errors: Unavailable.
func (s Service) Identify(ctx context.Context, now Known) ([]Match, error) {
	mine := newProfile(now)
	candidates, err := s.candidates(ctx, mine)
	if err != nil {
		return nil, err
	}
	var met []meeting
	for _, file := range candidates {
		if len(met) == mostCompared {
			break
		}
		if file == now.File.SHA256 && now.Report.ID != "" {
			continue
		}
		old, err := s.Library.Known(ctx, file)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue // dropped since
		}
		if err != nil {
			return nil, err
		}
		if now.Report.ID == "" || old.Report.ID != now.Report.ID {
			met = append(met, meet(mine, newProfile(old)))
		}
	}
	common := commonText(now, len(mine.set), met)
	var matches []Match
	for _, m := range met {
		if match := judge(now, m, m.likeness(common, len(mine.set))); match.Verdict != Unrelated {
			matches = append(matches, match)
		}
	}
	slices.SortStableFunc(matches, closer)
	return matches, nil
}

// candidates gives the files that are worth a comparison, those that share
// most keys first: one key of the text, an identifier or a title is enough; of
// the numbers there must be several.
func (s Service) candidates(ctx context.Context, p profile) ([]string, error) {
	shared, err := s.Index.Sharing(ctx, p.textKeys(), mostSharing)
	if err != nil {
		return nil, err
	}
	byNumbers, err := s.Index.Sharing(ctx, p.numberKeys(), mostSharing)
	if err != nil {
		return nil, err
	}
	for _, n := range byNumbers {
		at := slices.IndexFunc(shared, func(s Shared) bool { return s.File == n.File })
		switch {
		case at >= 0:
			shared[at].Keys += n.Keys
		case n.Keys >= fewestNumbers:
			shared = append(shared, n)
		}
	}
	slices.SortStableFunc(shared, func(a, b Shared) int { return cmp.Compare(b.Keys, a.Keys) })
	var files []string
	for _, s := range shared {
		files = append(files, s.File)
	}
	return files, nil
}

// Compare gives the verdict on two files, whatever the index says.
func Compare(now, old Known) Match {
	m := meet(newProfile(now), newProfile(old))
	return judge(now, m, m.likeness(nil, 0))
}

// closer orders matches: by verdict, then by percent.
func closer(a, b Match) int {
	if c := cmp.Compare(rank(a.Verdict), rank(b.Verdict)); c != 0 {
		return c
	}
	return cmp.Compare(b.Percent, a.Percent)
}

func rank(v Verdict) int {
	return slices.Index([]Verdict{SameFile, OtherCopy, NewEdition, Translation, Whole, PartOf, SummaryOf, Different, Unrelated}, v)
}
