package authorities

import (
	"net/http"

	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Bring answers POST /subjects: takes in the vocabulary that comes with the
// program. A thesaurus of one's own is larger than a form; it comes by the
// command.
func (p *Page) Bring(v *site.Visit) error {
	starter, err := authority.Starter()
	if err != nil {
		return err
	}
	desk := v.Library.Desk
	plan, err := authority.NewPlan(v.R.Context(), v.Catalog, starter.Records, desk.NewID)
	if err != nil {
		return err
	}
	if len(plan.Records()) > 0 {
		if _, err := desk.ImportAuthorities(v.R.Context(), v.Editor().Name, "starter vocabulary", plan); err != nil {
			return err
		}
		v.WasChanged()
	}
	return v.Redirect(http.StatusSeeOther, v.Link("/subjects"))
}
