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
// tells done about each in their order. An input that cannot be described does
// not stop the rest; an error of done and the end of ctx do. The latter is
// Unavailable and names the first input that was not told.
func (r *Reader) DescribeAll(ctx context.Context, inputs []acquire.Input, done func(DescribedInput) error) error {
	describe := func(ctx context.Context, in acquire.Input) DescribedInput {
		record, err := r.Describe(ctx, in)
		return DescribedInput{in, record, err}
	}
	told, err := ordered(ctx, r.workers, inputs, describe, done)
	if err == nil && ctx.Err() != nil && told < len(inputs) {
		return greyshelf.Errorf(greyshelf.Unavailable, "describe", "", "stopped before %s", inputs[told].Name)
	}
	return err
}
