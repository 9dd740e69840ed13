package app

import "context"

// ordered does something with every input, at most workers at a time, and tells
// done about each in their order. However many inputs there are and however
// slow one of them is, only twice as many as there are workers are under way or
// wait to be told. It stops with the first error of done, or silently with ctx,
// and gives how many were told; nothing is under way any more when it returns.
func ordered[In, Out any](ctx context.Context, workers int, inputs []In, do func(context.Context, In) Out, done func(Out) error) (told int, err error) {
	work, cancel := context.WithCancel(ctx)
	pending := make(chan chan Out, workers) // in order; its length bounds what is under way
	defer func() {
		cancel()
		for next := range pending {
			<-next
		}
	}()
	go start(work, workers, inputs, do, pending)
	for next := range pending {
		result := <-next
		if ctx.Err() != nil {
			break
		}
		if err := done(result); err != nil {
			return told, err
		}
		told++
	}
	return told, nil
}

// start starts the inputs in order, as many at a time as there are workers, and
// closes pending after the last one.
func start[In, Out any](ctx context.Context, workers int, inputs []In, do func(context.Context, In) Out, pending chan<- chan Out) {
	defer close(pending)
	free := make(chan struct{}, workers)
	for _, in := range inputs {
		result := make(chan Out, 1)
		select {
		case pending <- result:
		case <-ctx.Done():
			return
		}
		free <- struct{}{} // freed soon after ctx ends too: what is done watches ctx
		go func() {
			defer func() { <-free }()
			result <- do(ctx, in)
		}()
	}
}
