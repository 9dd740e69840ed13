package site

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// moved is the error of an address whose report or file belongs to another
// report by now: the reader is sent there.
type moved struct{ report string }

// Error names where it went, for the log.
func (m *moved) Error() string { return "moved to " + m.report }

// merged leads to the report that this one was merged into, if the reader may
// see that one's record; else it is nil.
func (v *Visit) merged(r greyshelf.Report) error {
	if r.MergedInto == "" || !v.mayFollow(r.MergedInto) {
		return nil
	}
	return &moved{r.MergedInto}
}

// mayFollow reports whether the reader may be sent to a report. What changes
// the library is never sent on.
func (v *Visit) mayFollow(id string) bool {
	if v.R.Method != http.MethodGet && v.R.Method != http.MethodHead {
		return false
	}
	target, err := v.Catalog.Report(v.R.Context(), id)
	return err == nil && (v.May(target, rights.Record) || target.MergedInto != "")
}

// movedFile leads to the report that holds a file which this one held once.
func (v *Visit) movedFile(r greyshelf.Report, beginning string) error {
	if len(beginning) < 8 {
		return nil
	}
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		for _, c := range d.Changes {
			var was greyshelf.Report
			if c.Field != "editions" || json.Unmarshal(c.Before, &was.Editions) != nil {
				continue
			}
			f, ok := was.File(beginning)
			if !ok {
				continue
			}
			holder, err := v.Catalog.Holder(v.R.Context(), f.SHA256)
			if err == nil && holder != r.ID && v.mayFollow(holder) {
				return &moved{holder}
			}
		}
	}
	return nil
}

// follow sends the reader to the same address of another report.
func (v *Visit) follow(m *moved) {
	to := *v.R.URL
	to.Path = v.BasePath + strings.Replace(to.Path, "/r/"+v.R.PathValue("id"), "/r/"+m.report, 1)
	to.RawPath, to.Host, to.Scheme = "", "", ""
	_ = v.Redirect(http.StatusMovedPermanently, to.String())
}
