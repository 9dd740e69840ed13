//go:build !unix

package pdf

// reserve gives nothing: the memory lies on Go's heap.
func reserve(int) []byte { return nil }

func release([]byte) {}
