// Package curate turns findings and imported entries into reports, and every
// change of a report into a decision that can be shown and undone.
//
// It stands between identify and search in the way of the data. It stores
// through the catalogue only. It does not read files, does not index and does
// not decide who may act: the caller asks package rights first.
package curate

import (
	"time"

	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Desk is where decisions are made. Its fields must be set.
type Desk struct {
	Catalog catalog.Catalog
	Now     func() time.Time
	NewID   func() string // a new identifier for reports and decisions: 10 characters of [0-9a-z]
}
