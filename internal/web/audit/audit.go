// Package audit gives administrators what was decided in the library, as a
// file.
//
// It stands in the web beside the other pages, has no page of its own (the log
// of decisions links to it), and stores nothing.
package audit

import (
	"net/http"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/audit"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Export answers GET /audit: every decision, oldest first, as JSON Lines or
// (as=csv) as a table, from a day on (since).
func Export(v *site.Visit) error {
	asked := v.R.URL.Query()
	as, err := audit.ParseFormat(asked.Get("as"))
	if err != nil {
		return err
	}
	var since time.Time
	if text := asked.Get("since"); text != "" {
		if since, err = time.Parse(time.DateOnly, text); err != nil {
			return greyshelf.Errorf(greyshelf.Invalid, "export the decisions", text, "that is not a day; write 2026-01-31")
		}
	}
	h := v.W.Header()
	h.Set("Content-Type", map[audit.Format]string{audit.JSONLines: "application/x-ndjson", audit.CSV: "text/csv; charset=utf-8"}[as])
	h.Set("Content-Disposition", `attachment; filename="decisions.`+string(as)+`"`)
	h.Set("Cache-Control", "private, no-store")
	if v.R.Method == http.MethodHead {
		return nil
	}
	if _, err := audit.Export(v.R.Context(), v.Catalog, v.W, as, since, nil); err != nil {
		// The answer has begun: what came is incomplete, and lacks its last line.
		v.Log.Error("the export of decisions broke off", "err", err)
	}
	return nil
}
