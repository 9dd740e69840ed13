// Package webhook tells other programs what has happened to the public library:
// a report was published, changed or withdrawn.
//
// It belongs to the publish stage: it follows the catalogue's outbox, writes a
// delivery for each hook before it moves its mark, and sends deliveries, signed
// as Standard Webhooks are (specification 1.0: webhook-id, webhook-timestamp,
// webhook-signature), until the other side has them or too often has not. The
// identifier of a delivery stays the same however often it is sent, so that
// the other side can tell: at least once, never a loss.
//
// It stores records of the kinds "webhook", "webhook-delivery" and
// "webhook-state", without history. It tells of reports only what everybody may
// know (package rights).
package webhook

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/fetch"
)

// The kinds of records.
const (
	KindHook     = "webhook"
	KindDelivery = "webhook-delivery"
	kindState    = "webhook-state" // by report: what was last told of it
)

// Event is what has happened.
type Event string

// The events.
const (
	Published Event = "report.published"
	Changed   Event = "report.changed"
	Withdrawn Event = "report.withdrawn"
	Test      Event = "test" // sent on wish, to every hook
)

// Events gives the events that a hook can ask for.
func Events() []Event { return []Event{Published, Changed, Withdrawn} }

// Hook is an address that is told.
type Hook struct {
	ID       string    `json:"id"`
	Address  string    `json:"address"`
	Events   []Event   `json:"events,omitempty"` // none = all
	Secret   string    `json:"secret"`           // "whsec_" and base64
	Off      bool      `json:"off,omitempty"`
	Created  time.Time `json:"created"`
	Revision int       `json:"-"`
}

// wants reports whether the hook is told of an event.
func (h Hook) wants(e Event) bool {
	return !h.Off && (e == Test || len(h.Events) == 0 || slices.Contains(h.Events, e))
}

// State is how far a delivery has come.
type State string

// The states.
const (
	Pending   State = "pending"
	Delivered State = "delivered"
	GivenUp   State = "given up"
)

// Delivery is one event for one hook.
type Delivery struct {
	ID       string    `json:"id"` // webhook-id
	Hook     string    `json:"hook"`
	Event    Event     `json:"event"`
	Report   string    `json:"report,omitempty"`
	Body     string    `json:"body"` // as it is sent
	State    State     `json:"state"`
	Tries    int       `json:"tries"`
	Next     time.Time `json:"next,omitzero"`
	At       time.Time `json:"at"`
	Answer   string    `json:"answer,omitempty"` // the status, or why there was none
	Revision int       `json:"-"`
}

// Sender sends data and gives the answer; [fetch.Client] is one.
type Sender interface {
	Post(ctx context.Context, address string, header http.Header, data []byte) (fetch.Answer, error)
}

// Post is where hooks are kept and told. It is safe for concurrent use.
type Post struct {
	Catalog catalog.Catalog
	Send    Sender
	Site    string // address of the site: links to reports; may be empty
	Now     func() time.Time
	NewID   func() string
}

const (
	op           = "keep the webhook"
	mostHooks    = 50
	secretPrefix = "whsec_"
)

// Hooks gives every hook, oldest first.
func (p *Post) Hooks(ctx context.Context) ([]Hook, error) {
	var all []Hook
	for record, err := range p.Catalog.Records(ctx, catalog.RecordFilter{Kind: KindHook}) {
		if err != nil {
			return nil, err
		}
		h, err := hookOf(record)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b Hook) int { return a.Created.Compare(b.Created) })
	return all, nil
}

// Hook gives one. Errors: NotFound.
func (p *Post) Hook(ctx context.Context, id string) (Hook, error) {
	record, err := p.Catalog.Record(ctx, KindHook, id)
	if err != nil {
		return Hook{}, err
	}
	return hookOf(record)
}

func hookOf(record catalog.Record) (Hook, error) {
	var h Hook
	if err := json.Unmarshal(record.Data, &h); err != nil {
		return h, greyshelf.E(greyshelf.Internal, "read the webhook", record.ID, err)
	}
	h.Revision = record.Revision
	return h, nil
}

// Put keeps a new hook (no identifier; it gets a secret where it has none) or a
// changed one. Errors: Invalid with what is wrong, TooLarge, Conflict.
func (p *Post) Put(ctx context.Context, h Hook) (Hook, error) {
	h.Address = strings.TrimSpace(h.Address)
	u, err := url.Parse(h.Address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || len(h.Address) > 2000:
		return h, greyshelf.Errorf(greyshelf.Invalid, op, h.Address, "write an address that begins with https:// or http://, without a password in it")
	case slices.ContainsFunc(h.Events, func(e Event) bool { return !slices.Contains(Events(), e) }):
		return h, greyshelf.Errorf(greyshelf.Invalid, op, h.Address, "there are the events %v", Events())
	}
	if h.Secret == "" {
		key := make([]byte, 32)
		_, _ = rand.Read(key) // never fails (crypto/rand)
		h.Secret = secretPrefix + base64.StdEncoding.EncodeToString(key)
	}
	if key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(h.Secret, secretPrefix)); err != nil || len(key) < 24 || len(key) > 64 {
		return h, greyshelf.Errorf(greyshelf.Invalid, op, h.Address, "a secret is whsec_ and 24 to 64 bytes in base64; leave it empty to get one")
	}
	if h.ID == "" {
		all, err := p.Hooks(ctx)
		if err != nil {
			return h, err
		}
		if len(all) >= mostHooks {
			return h, greyshelf.Errorf(greyshelf.TooLarge, op, h.Address, "there are %d webhooks already", mostHooks)
		}
		h.ID, h.Revision, h.Created = p.NewID(), 0, p.Now().UTC().Truncate(time.Second)
	}
	data, _ := json.Marshal(h) // texts, a flag and a time always have a JSON form
	err = p.Catalog.PutRecords(ctx, catalog.Record{Kind: KindHook, ID: h.ID, Data: data, Revision: h.Revision})
	h.Revision++
	return h, err
}

// Remove removes a hook and its deliveries. Errors: NotFound.
func (p *Post) Remove(ctx context.Context, id string) error {
	h, err := p.Hook(ctx, id)
	if err != nil {
		return err
	}
	drops := []catalog.Record{{Kind: KindHook, ID: h.ID, Revision: h.Revision}}
	all, err := p.Deliveries(ctx, id)
	if err != nil {
		return err
	}
	for _, d := range all {
		drops = append(drops, catalog.Record{Kind: KindDelivery, ID: d.ID, Revision: d.Revision})
	}
	return p.Catalog.PutRecords(ctx, drops...)
}

// Deliveries gives the deliveries of a hook, newest first.
func (p *Post) Deliveries(ctx context.Context, hook string) ([]Delivery, error) {
	return p.in(ctx, "hook:"+hook)
}

// GivenUp gives the deliveries that were tried as often as they are, in vain.
func (p *Post) GivenUp(ctx context.Context) ([]Delivery, error) {
	return p.in(ctx, "state:"+string(GivenUp))
}

func (p *Post) in(ctx context.Context, key string) ([]Delivery, error) {
	var all []Delivery
	for record, err := range p.Catalog.Records(ctx, catalog.RecordFilter{Kind: KindDelivery, Key: key}) {
		if err != nil {
			return nil, err
		}
		var d Delivery
		if err := json.Unmarshal(record.Data, &d); err != nil {
			return nil, greyshelf.E(greyshelf.Internal, "read the delivery", record.ID, err)
		}
		d.Revision = record.Revision
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b Delivery) int {
		if x := b.At.Compare(a.At); x != 0 {
			return x
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// Again makes a delivery be sent once more, with its identifier. Errors:
// NotFound.
func (p *Post) Again(ctx context.Context, id string) error {
	record, err := p.Catalog.Record(ctx, KindDelivery, id)
	if err != nil {
		return err
	}
	var d Delivery
	if err := json.Unmarshal(record.Data, &d); err != nil {
		return greyshelf.E(greyshelf.Internal, "read the delivery", id, err)
	}
	d.Revision, d.State, d.Tries, d.Next = record.Revision, Pending, 0, p.Now().UTC()
	return p.Catalog.PutRecords(ctx, deliveryRecord(d))
}

// Try makes a delivery of the event test for one hook; it is sent at the next
// run. Errors: NotFound.
func (p *Post) Try(ctx context.Context, hook string) error {
	h, err := p.Hook(ctx, hook)
	if err != nil {
		return err
	}
	return p.Catalog.PutRecords(ctx, deliveryRecord(p.delivery(h, "msg_"+p.NewID(), Test, "", nil)))
}

// delivery makes a delivery that has not been sent.
func (p *Post) delivery(h Hook, id string, event Event, report string, data any) Delivery {
	now := p.Now().UTC().Truncate(time.Microsecond)
	body, _ := json.Marshal(map[string]any{"type": event, "timestamp": now, "data": data}) // a report always has a JSON form
	return Delivery{ID: id, Hook: h.ID, Event: event, Report: report, Body: string(body), State: Pending, Next: now, At: now}
}

func deliveryRecord(d Delivery) catalog.Record {
	data, _ := json.Marshal(d) // texts, a number and times always have a JSON form
	return catalog.Record{Kind: KindDelivery, ID: d.ID, Keys: []string{"hook:" + d.Hook, "state:" + string(d.State)}, Data: data, Revision: d.Revision}
}
