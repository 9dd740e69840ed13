package app

import (
	"net/netip"
	"time"

	"github.com/greyshelf/greyshelf/internal/fetch"
	"github.com/greyshelf/greyshelf/internal/publish/webhook"
)

// How often it is looked whether somebody is to be told something, and how long
// the other side may take to answer.
const (
	webhookEvery   = 30 * time.Second
	webhookTimeout = 10 * time.Second
)

// Webhooks gives what tells other programs of what happens. It reaches private
// networks only as far as the key allow says.
func (l *Library) Webhooks() *webhook.Post {
	var allow []netip.Prefix
	for _, text := range l.Config.Allow {
		if p, err := netip.ParsePrefix(text); err == nil { // checked when the configuration was read
			allow = append(allow, p)
		}
	}
	return &webhook.Post{Catalog: l.Catalog, Send: fetch.New(fetch.Options{Allow: allow, Timeout: webhookTimeout}), Site: l.Config.Address, Now: l.Desk.Now, NewID: NewID}
}
