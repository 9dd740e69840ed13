package identify

import (
	"cmp"
	"context"
	"slices"

	"github.com/greyshelf/greyshelf"
)

const (
	mostCompared = 24  // files whose texts are compared with a new one
	mostSharing  = 200 // files asked of the index
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
// common but a common title word are left out. The new file itself may be in
// the index. Errors: Unavailable.
func (s Service) Identify(ctx context.Context, now Known) ([]Match, error) {
	shared, err := s.Index.Sharing(ctx, Keys(now), mostSharing)
	if err != nil {
		return nil, err
	}
	mine := newProfile(now)
	var matches []Match
	compared := 0
	for _, candidate := range shared {
		if candidate.File == now.File.SHA256 && now.Report.ID != "" {
			continue
		}
		if compared == mostCompared {
			break
		}
		old, err := s.Library.Known(ctx, candidate.File)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue // dropped since
		}
		if err != nil {
			return nil, err
		}
		compared++
		if m := judge(mine, newProfile(old)); m.Verdict != Unrelated {
			matches = append(matches, m)
		}
	}
	slices.SortStableFunc(matches, closer)
	return matches, nil
}

// Compare gives the verdict on two files, whatever the index says.
func Compare(now, old Known) Match { return judge(newProfile(now), newProfile(old)) }

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
