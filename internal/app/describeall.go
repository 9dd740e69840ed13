package app

import (
	"context"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
)

// DescribedInput is one input of [Reader.DescribeAll]: its record, or why
// there is none.
type DescribedInput struct {
	Input  acquire.Input
	Record Record
	Err    error
}

// DescribeAll describes the inputs, several at a time with one warm engine, and
// tells done about each in their order. However many inputs there are and
// however slow one of them is, only twice as many as there are workers are read
// or wait to be told. An input that cannot be described does not stop the rest;
// an error of done and the end of ctx do. The latter is Unavailable and names
// the first input that was not told.
func (r *Reader) DescribeAll(ctx context.Context, inputs []acquire.Input, done func(DescribedInput) error) error {
	work, cancel := context.WithCancel(ctx)
	pending := make(chan chan DescribedInput, r.workers) // in order; its length bounds what is under way
	defer func() {                                       // nothing reads any more when this returns: the engine may be closed
		cancel()
		for next := range pending {
			<-next
		}
	}()
	go r.start(work, inputs, pending)
	told := 0
	for next := range pending {
		described := <-next
		if ctx.Err() != nil {
			break
		}
		if err := done(described); err != nil {
			return err
		}
		told++
	}
	if ctx.Err() != nil && told < len(inputs) {
		return greyshelf.Errorf(greyshelf.Unavailable, "describe", "", "stopped before %s", inputs[told].Name)
	}
	return nil
}

// start starts the inputs in order, as many at a time as there are workers, and
// closes pending after the last one.
func (r *Reader) start(ctx context.Context, inputs []acquire.Input, pending chan<- chan DescribedInput) {
	defer close(pending)
	free := make(chan struct{}, r.workers)
	for _, in := range inputs {
		result := make(chan DescribedInput, 1)
		select {
		case pending <- result:
		case <-ctx.Done():
			return
		}
		free <- struct{}{} // freed soon after ctx ends too: reading watches ctx
		go func() {
			defer func() { <-free }()
			record, err := r.Describe(ctx, in)
			result <- DescribedInput{in, record, err}
		}()
	}
}
