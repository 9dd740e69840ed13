package bring_test

import (
	"io"
	"io/fs"
	"time"
)

// streamFS holds one file that is made while it is read.
type streamFS struct{ open func() io.Reader }

// Open opens the file, whatever its name.
func (s streamFS) Open(string) (fs.File, error) { return streamFile{s.open()}, nil }

type streamFile struct{ io.Reader }

func (streamFile) Close() error               { return nil }
func (streamFile) Stat() (fs.FileInfo, error) { return streamInfo{}, nil }

type streamInfo struct{}

func (streamInfo) Name() string       { return "list" }
func (streamInfo) Size() int64        { return 1 }
func (streamInfo) Mode() fs.FileMode  { return 0o644 }
func (streamInfo) ModTime() time.Time { return time.Time{} }
func (streamInfo) IsDir() bool        { return false }
func (streamInfo) Sys() any           { return nil }
