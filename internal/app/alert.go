package app

import (
	"context"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/digests"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// passagesEach is how many passages of a report an alert may show for a query.
const passagesEach = 3

// alerts gives what makes and writes alerts. find and indexed may be nil where
// none are made.
func (l *Library) alerts(locales *locale.Set, find alert.Search, indexed func(context.Context) (int64, error)) *alert.Office {
	return &alert.Office{
		Catalog: l.Catalog, Contacts: l.Contact, Search: find, Indexed: indexed, Site: l.Config.Address, FileName: site.FileName, Now: time.Now, NewID: NewID,
		Words: func(language string) alert.Words { return digests.AlertWords(locales.For(language)) },
		Authority: func(ctx context.Context, id string) (greyshelf.Authority, error) {
			a, _, err := authority.Get(ctx, l.Catalog, id)
			return a, err
		},
	}
}

// alertsWith gives what makes alerts with the searches answered by a service.
func (l *Library) alertsWith(service *search.Service) (*alert.Office, error) {
	locales, err := locale.Load()
	if err != nil {
		return nil, err
	}
	return l.alerts(locales, passagesBy(service.Search), service.Index.Mark), nil
}

// prepareAlerts makes the alerts whose time has come; the post sends them.
func (l *Library) prepareAlerts(ctx context.Context, service *search.Service) (int, error) {
	office, err := l.alertsWith(service)
	if err != nil {
		return 0, err
	}
	return office.Run(ctx)
}

// passagesBy searches a report as everybody may.
func passagesBy(find func(context.Context, search.Ask) (search.Answer, error)) alert.Search {
	return func(ctx context.Context, query, report string) (bool, []alert.Passage, error) {
		answer, err := find(ctx, search.Ask{Text: query, Only: report, Limit: passagesEach, Reader: rights.Reader{}})
		if err != nil {
			return false, nil, err
		}
		var all []alert.Passage
		for _, h := range answer.Hits {
			if h.Snippet != "" {
				all = append(all, alert.Passage{File: h.File, Page: h.Page, Label: h.Label, Text: h.Snippet, Marks: h.Marks, Open: h.Open})
			}
		}
		return len(answer.Hits) > 0, all, nil
	}
}

// AlertsNow makes and sends alerts in this process, or wakes the server when
// the library is served. here is false when it is the server's affair.
func (l *Library) AlertsNow(ctx context.Context) (made int, here bool, err error) {
	post, err := l.Post()
	if err != nil {
		return 0, false, err
	}
	holder, err := l.hold("alert run", "")
	if greyshelf.KindOf(err) == greyshelf.Conflict {
		if other, ok := served(l.Config.Library); ok && other.Socket != "" {
			return 0, false, l.wakeServer(ctx, other)
		}
	}
	if err != nil {
		return 0, false, err
	}
	defer holder.unlock()
	err = l.withIndex(ctx, nil, func(s *search.Service) error {
		made, err = l.prepareAlerts(ctx, s)
		return err
	})
	if err != nil {
		return made, true, err
	}
	return made, true, post.Run(ctx)
}

// PreviewAlert gives what the contact, by identifier or address, would be told
// now, and its letter; an empty letter when there is nothing.
func (l *Library) PreviewAlert(ctx context.Context, name string) (a alert.Alert, letter sending.Letter, err error) {
	c, err := l.Contact.Contact(ctx, name)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		c, err = l.Contact.ByEmail(ctx, name)
	}
	if err != nil {
		return a, letter, err
	}
	locales, err := locale.Load()
	if err != nil {
		return a, letter, err
	}
	office := l.alerts(locales, passagesBy(l.searchAnonymous), nil)
	if a, err = office.Preview(ctx, c.ID); err != nil || len(a.Entries) == 0 {
		return a, letter, err
	}
	letter, err = office.Write(ctx, a, c, mail.Ways{Leave: l.Config.Address + "/unsubscribe/TOKEN", Change: l.Config.Address + "/subscription/TOKEN"})
	return a, letter, err
}

// AlertTroubles gives the alerts that the desk should look at: in doubt,
// refused, and to be tried again.
func (l *Library) AlertTroubles(ctx context.Context) ([]sending.Sending, error) {
	return (&sending.Post{Records: l.Catalog, Now: time.Now}).TroubledAlerts(ctx)
}

// ResolveAlert says what a person found out about a message in doubt. Errors:
// NotFound, Conflict.
func (l *Library) ResolveAlert(ctx context.Context, message string, again bool) error {
	return (&sending.Post{Records: l.Catalog, Now: time.Now}).Resolve(ctx, message, again)
}
