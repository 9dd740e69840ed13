package embed

import (
	"bytes"
	"errors"
	"io"
)

// Copy is the bytes of a file with a tail behind them.
type Copy struct {
	Tag string // names the content, for an ETag (RFC 9110 §8.8.3)

	file io.ReadSeekCloser
	tail *bytes.Reader
	size int64 // of the file
	at   int64 // where the next Read begins
}

var _ io.ReadSeekCloser = (*Copy)(nil)

func newCopy(file io.ReadSeekCloser, size int64, tail []byte, tag string) *Copy {
	return &Copy{Tag: tag, file: file, tail: bytes.NewReader(tail), size: size}
}

// Read reads on: first the file, then the tail.
func (c *Copy) Read(p []byte) (int, error) {
	part, at := io.ReadSeeker(c.file), c.at
	if c.at >= c.size {
		part, at = c.tail, c.at-c.size
	} else {
		p = p[:min(int64(len(p)), c.size-c.at)]
	}
	if _, err := part.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := part.Read(p)
	c.at += int64(n)
	if errors.Is(err, io.EOF) && c.at < c.Size() && at+int64(n) == c.size {
		err = nil // the tail follows
	}
	return n, err
}

// Size gives the length in bytes.
func (c *Copy) Size() int64 { return c.size + c.tail.Size() }

// Seek moves as io.Seeker says.
func (c *Copy) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.Size()
	}
	if offset < 0 || whence < io.SeekStart || whence > io.SeekEnd {
		return 0, errors.New("seek outside the copy")
	}
	c.at = offset
	return offset, nil
}

// Close closes the file.
func (c *Copy) Close() error { return c.file.Close() }
