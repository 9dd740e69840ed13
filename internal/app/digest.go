package app

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// mostAsked is how many new reports the rules are asked for where only counts
// are shown.
const mostAsked = 1000

// DigestRules gives the rules of the digest and what they take of what is new
// since the last issue.
func (l *Library) DigestRules(ctx context.Context) (digest.Rules, digest.Picked, error) {
	rules, err := l.Digest.Rules(ctx)
	if err != nil || len(rules.All) == 0 {
		return rules, digest.Picked{}, err
	}
	last, err := l.Digest.Latest(ctx)
	if err != nil {
		return rules, digest.Picked{}, err
	}
	var picked digest.Picked
	err = l.finding(ctx, func(find digest.Find) error {
		picked, err = l.Digest.Pick(ctx, digest.Issue{Since: last.SentAt}, rules, mostAsked, find)
		return err
	})
	return rules, picked, err
}

// NewDigest makes a draft of what the rules take of what is new since the last
// issue, or of everything new. Errors: Invalid where that is nothing.
func (l *Library) NewDigest(ctx context.Context, who rights.Reader, title string, all bool) (digest.Issue, error) {
	last, err := l.Digest.Latest(ctx)
	if err != nil {
		return digest.Issue{}, err
	}
	i := digest.Issue{Title: title, Since: last.SentAt}
	if all {
		fresh, err := l.Digest.SinceLast(ctx, i.Since)
		if err != nil {
			return i, err
		}
		for _, r := range fresh {
			i.Add(r.ID)
		}
	} else if err := l.finding(ctx, func(find digest.Find) error {
		_, err := l.Digest.Fill(ctx, &i, find)
		return err
	}); err != nil {
		return i, err
	}
	if len(i.Reports()) == 0 {
		return i, greyshelf.Errorf(greyshelf.Invalid, "make an issue of the digest", "", "there is nothing for it: no report is new, or no rule takes one")
	}
	return l.Digest.New(ctx, who, i)
}

// finding lets a use ask the search as everybody may.
func (l *Library) finding(ctx context.Context, use func(digest.Find) error) error {
	find, done, err := l.searcher(ctx)
	if err != nil {
		return err
	}
	defer done()
	return use(func(ctx context.Context, query, report string) (bool, error) {
		answer, err := find.Search(ctx, search.Ask{Text: query, Only: report, Reader: rights.Reader{}, Grouped: true, Bare: true, PerReport: 1, Limit: 1})
		return len(answer.Hits) > 0, err
	})
}
