// Package jobs wakes stages. A stage keeps its own mark of what it has done
// (see catalog.Outbox), so a lost wake-up costs a delay and never a report.
//
// It stands beside the way of the data and stores nothing. The runner here
// works inside one process; one over a job queue comes with the first
// deployment of several.
package jobs

import (
	"context"
	"log/slog"
	"time"
)

// Stage is a piece of work that does whatever has come since its mark, then
// returns. It must be safe to run again after any interruption.
type Stage struct {
	Name  string
	Every time.Duration // how long at most between two runs
	Run   func(context.Context) error
}

// Runner runs one stage again and again: when woken, and every so often.
type Runner struct {
	stage Stage
	wake  chan struct{}
	log   *slog.Logger
}

// NewRunner makes a runner for the stage.
func NewRunner(stage Stage, log *slog.Logger) *Runner {
	return &Runner{stage: stage, wake: make(chan struct{}, 1), log: log}
}

// Wake asks for a run soon. It never blocks; several wake-ups during a run
// become one further run.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run runs the stage at once and then whenever it is time, until ctx ends. An
// error of the stage is logged and the stage is tried again next time.
func (r *Runner) Run(ctx context.Context) {
	ticker := time.NewTicker(r.stage.Every)
	defer ticker.Stop()
	for {
		if err := r.stage.Run(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("stage failed, will be tried again", "stage", r.stage.Name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		case <-ticker.C:
		}
	}
}
