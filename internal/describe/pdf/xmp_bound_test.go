package pdf

import (
	"bytes"
	"strings"
	"testing"
)

// TestXMPIsBounded: a file full of beginnings costs no more than a few
// searches. Without the bound this takes days.
func TestXMPIsBounded(t *testing.T) {
	hostile := bytes.Repeat([]byte("7 0 obj <</Type/Metadata>> <x:xmpmeta /Catalog "), 1<<19)
	if got := readXMP(hostile); got != nil {
		t.Errorf("got %v", got)
	}
	nested := strings.Repeat("<a>", 300_000)
	if got := readXMP([]byte("7 0 obj <</Type/Metadata>> <x:xmpmeta>" + nested + "</x:xmpmeta>")); got != nil {
		t.Errorf("got %v", got)
	}
}
