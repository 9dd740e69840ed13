package app

import (
	"context"
	"io"
	"os"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

// ImportAuthorities plans the import of a file of authorities ("-" = r) and,
// unless it is a dry run, does it. Errors: those of reading; NotFound without
// the file.
func (l *Library) ImportAuthorities(ctx context.Context, name string, r io.Reader, dryRun bool) (authority.Plan, greyshelf.Decision, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return authority.Plan{}, greyshelf.Decision{}, greyshelf.E(greyshelf.NotFound, "import authorities", name, err)
		}
		defer f.Close()
		r = f
	}
	read, err := authority.Read(r)
	if err != nil {
		return authority.Plan{}, greyshelf.Decision{}, err
	}
	return l.planAuthorities(ctx, name, read, dryRun)
}

// ImportStarter imports the vocabulary that ships with the program.
func (l *Library) ImportStarter(ctx context.Context, dryRun bool) (authority.Plan, greyshelf.Decision, error) {
	read, err := authority.Starter()
	if err != nil {
		return authority.Plan{}, greyshelf.Decision{}, err
	}
	return l.planAuthorities(ctx, "starter vocabulary", read, dryRun)
}

func (l *Library) planAuthorities(ctx context.Context, name string, read authority.File, dryRun bool) (authority.Plan, greyshelf.Decision, error) {
	plan, err := authority.NewPlan(ctx, l.Catalog, read.Records, l.Desk.NewID)
	plan.Skipped = append(read.Skipped, plan.Skipped...)
	if err != nil || dryRun || len(plan.Records()) == 0 {
		return plan, greyshelf.Decision{}, err
	}
	made, err := l.Desk.ImportAuthorities(ctx, "local", name, plan)
	return plan, made, err
}

// headings finds terms of the library's vocabulary. The zero value is ready.
type headings struct {
	mu      sync.Mutex
	matcher *authority.Matcher
	read    time.Time
}

func (h *headings) now(ctx context.Context, l *Library) (*authority.Matcher, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := l.Desk.Now()
	if h.matcher != nil && at.Sub(h.read) < knownFor {
		return h.matcher, nil
	}
	concepts, err := authority.List(ctx, l.Catalog, greyshelf.AuthorityConcept, 0, 0)
	if err != nil {
		return nil, err
	}
	h.matcher, h.read = authority.NewMatcher(concepts), at
	return h.matcher, nil
}
