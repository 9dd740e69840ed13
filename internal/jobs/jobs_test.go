package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/jobs"
)

// TestRunner checks that a stage runs at once, again when woken, also after
// an error, and not after the end.
func TestRunner(t *testing.T) {
	ran := make(chan int)
	n := 0
	runner := jobs.NewRunner(jobs.Stage{Name: "count", Every: time.Hour, Run: func(ctx context.Context) error {
		n++
		select {
		case ran <- n:
		case <-ctx.Done():
		}
		return errors.New("this stage always fails")
	}}, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { runner.Run(ctx); close(done) }()
	for want := 1; want <= 3; want++ {
		if got := <-ran; got != want {
			t.Fatalf("run %d, want %d", got, want)
		}
		runner.Wake()
		runner.Wake()
	}
	cancel()
	<-done
}
