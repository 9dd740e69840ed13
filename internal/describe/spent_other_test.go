//go:build !unix

package describe

import (
	"testing"
	"time"
)

// spent gives the time of day where processor time cannot be had.
func spent(t *testing.T) time.Duration {
	t.Helper()
	return time.Duration(time.Now().UnixNano())
}
