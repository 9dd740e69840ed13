package app

import (
	"context"
	"fmt"
	"io"

	"github.com/greyshelf/greyshelf"
)

// Image renders a page of a file as a PNG of the given width in pixels, from
// the cache where it has been rendered before. Rights are the caller's to ask.
type Image = func(ctx context.Context, file greyshelf.File, page, width int) ([]byte, error)

// drawing gives what renders pages, so many at a time.
func (l *Library) drawing(together int) Image {
	turn := make(chan struct{}, together)
	return func(ctx context.Context, file greyshelf.File, page, width int) ([]byte, error) {
		key := fmt.Sprintf("%s/%d-%d.png", file.SHA256, page, width)
		if data, ok := l.images.Get(ctx, key); ok {
			return data, nil
		}
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return nil, greyshelf.E(greyshelf.Unavailable, "render the page", file.SHA256, ctx.Err())
		}
		if data, ok := l.images.Get(ctx, key); ok {
			return data, nil // rendered while this reader waited
		}
		data, err := l.render(ctx, file, page, width)
		if err == nil {
			l.images.Put(ctx, key, data)
		}
		return data, err
	}
}

func (l *Library) render(ctx context.Context, file greyshelf.File, page, width int) ([]byte, error) {
	r, err := l.Files.Open(ctx, file.SHA256)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "read the file", file.SHA256, err)
	}
	opened, err := l.engine.Open(ctx, data)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return opened.Image(ctx, page, width)
}
