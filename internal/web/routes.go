package web

import (
	"errors"
	"slices"

	"github.com/greyshelf/greyshelf/internal/web/account"
	"github.com/greyshelf/greyshelf/internal/web/audit"
	"github.com/greyshelf/greyshelf/internal/web/authorities"
	"github.com/greyshelf/greyshelf/internal/web/cite"
	"github.com/greyshelf/greyshelf/internal/web/collections"
	"github.com/greyshelf/greyshelf/internal/web/desk"
	"github.com/greyshelf/greyshelf/internal/web/digests"
	"github.com/greyshelf/greyshelf/internal/web/discovery"
	"github.com/greyshelf/greyshelf/internal/web/edit"
	"github.com/greyshelf/greyshelf/internal/web/exchange"
	"github.com/greyshelf/greyshelf/internal/web/find"
	"github.com/greyshelf/greyshelf/internal/web/findings"
	"github.com/greyshelf/greyshelf/internal/web/help"
	"github.com/greyshelf/greyshelf/internal/web/history"
	"github.com/greyshelf/greyshelf/internal/web/home"
	"github.com/greyshelf/greyshelf/internal/web/imports"
	"github.com/greyshelf/greyshelf/internal/web/lists"
	"github.com/greyshelf/greyshelf/internal/web/matches"
	"github.com/greyshelf/greyshelf/internal/web/notices"
	"github.com/greyshelf/greyshelf/internal/web/page"
	"github.com/greyshelf/greyshelf/internal/web/queue"
	"github.com/greyshelf/greyshelf/internal/web/report"
	"github.com/greyshelf/greyshelf/internal/web/rules"
	"github.com/greyshelf/greyshelf/internal/web/site"
	"github.com/greyshelf/greyshelf/internal/web/statistics"
	"github.com/greyshelf/greyshelf/internal/web/subject"
	"github.com/greyshelf/greyshelf/internal/web/upload"
	"github.com/greyshelf/greyshelf/internal/web/webhooks"
)

// route is an address of the site.
type route struct {
	pattern string // as of http.ServeMux
	handler site.Handler
	access  site.Access
}

// routes lists every address of the site, but the API's.
func routes(s *site.Site) ([]route, error) {
	home, err1 := home.New(s)
	find, err2 := find.New(s)
	report, err3 := report.New(s)
	edit, err4 := edit.New(s)
	history, err5 := history.New(s)
	page, err6 := page.New(s)
	lists, err7 := lists.New(s)
	upload, err8 := upload.New(s)
	help, err9 := help.New(s)
	account, err10 := account.New(s)
	matches, errMatches := matches.New(s)
	findings, errFindings := findings.New(s)
	digests, errDigests := digests.New(s)
	authorities, errAuthorities := authorities.New(s)
	cite, errCite := cite.New(s)
	notices, errNotices := notices.New(s)
	collections, errCollections := collections.New(s)
	queue, errQueue := queue.New(s)
	rules, errRules := rules.New(s)
	statistics, errStatistics := statistics.New(s)
	webhooks, errWebhooks := webhooks.New(s)
	desk, errDesk := desk.New(s)
	imports, errImports := imports.New(s)
	subjects, errSubjects := subject.New(s)
	const all, read, change = site.ForAll, site.ForReaders, site.ForDesk
	pages := []route{
		{"GET /{$}", home.Show, read},
		{"GET /search", find.Show, read},
		{"GET /list", lists.Show, read},
		{"GET /cite", cite.Selection, read},
		{"GET /help", help.Show, all},
		{"GET /static/{name}", site.Static, all},

		{"GET /r/{id}", report.Show, read},
		{"GET /r/{id}/cite", cite.Show, read},
		{"GET /r/{id}/cite/{format}", cite.Download, read},
		{"GET /r/{id}/thumb", page.Thumb, read},
		{"GET /r/{id}/f/{file}", page.Download, read},
		{"GET /r/{id}/f/{file}/described", page.Described, read},
		{"GET /r/{id}/f/{file}/p", page.Jump, read},
		{"GET /r/{id}/f/{file}/p/{page}", page.Show, read},
		{"GET /r/{id}/f/{file}/p/{page}/image", page.Image, read},
		{"GET /r/{id}/f/{file}/p/{page}/{span}", page.Passage, read},

		{"GET /r/{id}/edit", edit.Show, change},
		{"POST /r/{id}/edit", edit.Save, change},
		{"POST /r/{id}/state", edit.State, change},
		{"GET /r/{id}/findings", findings.Show, read},
		{"GET /r/{id}/matches", matches.Show, change},
		{"POST /r/{id}/matches", matches.Decide, change},
		{"GET /add", upload.Show, change},
		{"POST /add", upload.Take, change},
		{"POST /add/link", upload.Record, change},
		{"POST /r/{id}/files", upload.Attach, change},
		{"POST /reader", desk.Choose, all},
		{"GET /desk", desk.Show, change},

		{"/", site.NotFound, all},
	}
	return slices.Concat(pages, forPeople(account, webhooks), forImports(imports), forAuthorities(authorities), forPrograms(), forDigests(digests), forHistory(history, edit), forSubjects(subjects), forReaders(notices, collections), forQueue(queue, rules, statistics)), errors.Join(errDesk, errWebhooks, errStatistics, errRules, errSubjects, errQueue, errImports, errNotices, errCollections, errCite, errAuthorities, errDigests, errMatches, errFindings, err1, err2, err3, err4, err5, err6, err7, err8, err9, err10)
}

// forAuthorities lists the addresses of authorities and subjects.
func forAuthorities(authorities *authorities.Page) []route {
	const read, change = site.ForReaders, site.ForDesk
	return []route{
		{"GET /authorities", authorities.Show, read},
		{"GET /authorities/new", authorities.New, change},
		{"GET /authorities/export/{format}", authorities.ExportAll, read},
		{"POST /authorities", authorities.Add, change},
		{"GET /subjects", authorities.Subjects, read},
		{"POST /subjects", authorities.Bring, change},
		{"GET /a/{id}", authorities.One, read},
		{"GET /a/{id}/export/{format}", authorities.ExportOne, read},
		{"GET /a/{id}/edit", authorities.Change, change},
		{"POST /a/{id}/edit", authorities.Save, change},
		{"GET /a/{id}/merge", authorities.Merge, change},
		{"POST /a/{id}/merge", authorities.Decide, change},
		{"POST /a/{id}/undo", authorities.Undo, change},
		{"GET /suggest/{class}", authorities.Suggest, change},
		{"GET /r/{id}/headings", authorities.Headings, change},
	}
}

// forSubjects lists the pages of what reports have in common.
func forSubjects(subjects *subject.Pages) []route {
	const read = site.ForReaders
	return []route{
		{"GET /browse", subjects.Browse, read},
		{"GET /browse/{kind}", subjects.BrowseOne, read},
		{"GET /publisher", subjects.Publisher, read},
		{"GET /person", subjects.Person, read},
		{"GET /heading", subjects.Heading, read},
		{"GET /year/{year}", subjects.Year, read},
	}
}

// forPrograms lists the addresses at which other programs read the library.
func forPrograms() []route {
	const all, read = site.ForAll, site.ForReaders
	return []route{
		{"GET /feed/{format}", discovery.Feed, read},
		{"GET /opensearch.xml", discovery.OpenSearch, all},
		{"GET /robots.txt", discovery.Robots, all},
		{"GET /sitemap.xml", discovery.SitemapIndex, read},
		{"GET /sitemap/{n}", discovery.Sitemap, read},

		{"GET /oai", exchange.OAI, read},
		{"POST /oai", exchange.OAI, read},
		{"GET /sru", exchange.SRU, read},
		{"GET /r/{id}/export/{format}", exchange.Export, read},
		{"GET /r/{id}/linkset", exchange.Linkset, read},
		{"GET /r/{id}/linkset.json", exchange.Linkset, read},
		{"GET /unapi", exchange.UnAPI, read},
		{"GET /opds", discovery.OPDS, read},
		{"GET /opds/{shelf}", discovery.OPDS, read},
		{"GET /opds2", discovery.OPDS2, read},
		{"GET /opds2/{shelf}", discovery.OPDS2, read},
	}
}

// forDigests lists the addresses of the digest: the desk's, the archive's, and
// those of readers who subscribe and leave.
func forDigests(digests *digests.Pages) []route {
	const all, read, change = site.ForAll, site.ForReaders, site.ForDesk
	return []route{
		{"GET /digests", digests.List, change},
		{"POST /digests", digests.Create, change},
		{"GET /digests/new", digests.Begin, change},
		{"GET /digests/rules", digests.Rules, change},
		{"POST /digests/rules", digests.ChangeRules, change},
		{"GET /digests/styles", digests.Styles, change},
		{"POST /digests/styles", digests.ChangeStyle, change},
		{"GET /digests/{issue}", digests.Compose, change},
		{"POST /digests/{issue}", digests.Change, change},
		{"GET /digests/{issue}/{format}", digests.Preview, change},
		{"GET /contacts", digests.ShowContacts, change},
		{"POST /contacts", digests.ChangeContacts, change},
		{"GET /contacts/{contact}", digests.Contact, change},
		{"POST /contacts/{contact}", digests.ChangeContact, change},
		{"GET /contacts/{contact}/data", digests.ContactData, change},
		{"GET /d", digests.Archive, read},
		{"GET /d/{number}", digests.Show, read},
		{"GET /d/{number}/{format}", digests.Form, read},
		{"GET /d/feed/{format}", digests.Feed, read},
		{"GET /subscribe", digests.Subscribe, all},
		{"POST /subscribe", digests.TakeSubscription, all},
		{"GET /subscription/{token}", digests.Subscription, all},
		{"POST /subscription/{token}", digests.ChangeSubscription, all},
		{"GET /subscription/{token}/data", digests.SubscriptionData, all},
		{"GET /confirm/{token}", digests.ShowConfirm, all},
		{"POST /confirm/{token}", digests.Confirm, all},
		{"GET /unsubscribe/{token}", digests.ShowLeave, all},
		{"POST /unsubscribe/{token}", digests.Leave, all},
	}
}

// forReaders lists the addresses at which readers gather reports and tell the
// desk of them.
func forReaders(notices *notices.Pages, collections *collections.Pages) []route {
	const read, member, change = site.ForReaders, site.ForMembers, site.ForDesk
	return []route{
		{"GET /r/{id}/notice", notices.Form, read},
		{"POST /r/{id}/notice", notices.Take, read},
		{"GET /notices", notices.List, change},
		{"POST /notices", notices.Change, change},
		{"GET /basket", collections.Basket, read},
		{"POST /basket", collections.ChangeBasket, read},
		{"GET /collections", collections.List, member},
		{"POST /collections", collections.Create, member},
		{"GET /collections/{collection}", collections.One, member},
		{"POST /collections/{collection}", collections.Change, member},
	}
}

// forHistory lists the addresses at which the desk sees what was decided and
// takes it back.
func forHistory(history *history.Page, edit *edit.Page) []route {
	const read, change = site.ForReaders, site.ForDesk
	return []route{
		{"GET /r/{id}/history", history.Show, read},
		{"POST /r/{id}/undo", history.Undo, change},
		{"POST /r/{id}/restore", history.Restore, change},
		{"POST /r/{id}/takedown", edit.TakeDown, change},
		{"GET /decisions", history.Log, change},
		{"GET /decisions/{decision}", history.Decision, change},
		{"POST /decisions/{decision}/undo", history.UndoDecision, change},
		{"GET /audit", audit.Export, site.ForAdministrators},
	}
}

// forImports lists the addresses at which the desk brings lists.
func forImports(imports *imports.Pages) []route {
	const change = site.ForDesk
	return []route{
		{"GET /import", imports.Show, change},
		{"POST /import", imports.Take, change},
		{"GET /import/{upload}", imports.Preview, change},
		{"POST /import/{upload}", imports.Carry, change},
		{"POST /imports/{import}/undo", imports.Undo, change},
	}
}

// forQueue lists the addresses at which the desk looks through what came in,
// says what it does with it each time, and sees how all is used.
func forQueue(queue *queue.Pages, rules *rules.Pages, statistics *statistics.Page) []route {
	const change = site.ForDesk
	return []route{
		{"GET /queue", queue.List, change},
		{"POST /queue", queue.Bulk, change},
		{"POST /queue/undo", queue.Undo, change},
		{"GET /queue/{id}", queue.Review, change},
		{"POST /queue/{id}", queue.Decide, change},
		{"GET /statistics", statistics.Show, change},
		{"GET /rules", rules.List, change},
		{"POST /rules/undo", rules.Undo, change},
		{"GET /rules/{rule}", rules.One, change},
		{"POST /rules/{rule}", rules.Change, change},
	}
}

// forPeople lists the addresses at which people sign in, and those at which
// administrators say who may what and who is told.
func forPeople(account *account.Pages, webhooks *webhooks.Page) []route {
	const all, member, administer = site.ForAll, site.ForMembers, site.ForAdministrators
	return []route{
		{"GET /sign-in", account.ShowSignIn, all},
		{"POST /sign-in", account.SignIn, all},
		{"GET /sign-in/openid", account.OpenID, all},
		{"GET /sign-in/openid/back", account.OpenIDBack, all},
		{"POST /sign-out", account.SignOut, all},
		{"GET /invitation/{secret}", account.ShowInvitation, all},
		{"POST /invitation/{secret}", account.Accept, all},
		{"GET /account", account.Show, member},
		{"POST /account", account.Change, member},
		{"POST /account/passkey/begin", account.BeginPasskey, member},
		{"POST /account/passkey", account.AddPasskey, member},
		{"POST /sign-in/passkey/begin", account.BeginPasskeySignIn, all},
		{"POST /sign-in/passkey", account.PasskeySignIn, all},
		{"GET /people", account.ShowPeople, administer},
		{"POST /people", account.ChangePeople, administer},
		{"GET /webhooks", webhooks.Show, administer},
		{"POST /webhooks", webhooks.Change, administer},
	}
}
