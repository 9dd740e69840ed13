package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// stage is the name of the mark.
const stage = "webhook"

// How often a delivery is tried, and how long is waited: a minute, then twice
// as long each time; the last try is after some two hours. What is finished is
// kept for a month.
const (
	mostTries = 8
	firstWait = time.Minute
	keptFor   = 30 * 24 * time.Hour
	atOnce    = 200 // reports looked at between two marks
)

// Run writes deliveries of what has changed since it last looked, and sends
// those whose time has come. It can be called again and again.
func (p *Post) Run(ctx context.Context) error {
	hooks, err := p.Hooks(ctx)
	if err != nil {
		return err
	}
	if err := p.follow(ctx, hooks); err != nil {
		return err
	}
	if len(hooks) == 0 {
		return nil
	}
	return p.deliver(ctx, hooks)
}

// follow goes on in the outbox.
func (p *Post) follow(ctx context.Context, hooks []Hook) error {
	mark, err := p.Catalog.Mark(ctx, stage)
	if err != nil {
		return err
	}
	for {
		changed, err := p.Catalog.Changed(ctx, mark, atOnce)
		if err != nil || len(changed) == 0 {
			return err
		}
		for _, c := range changed {
			if len(hooks) > 0 { // else nobody is told, and nothing is kept of it
				if err := p.note(ctx, hooks, c); err != nil {
					return err
				}
			}
			mark = c.Mark
		}
		if err := p.Catalog.SetMark(ctx, stage, mark); err != nil {
			return err
		}
	}
}

// told is what was last told of a report.
type told struct {
	Public bool  `json:"public"`
	Mark   int64 `json:"mark"` // of the change
}

// note writes the deliveries of one change, with what is then told of the
// report, in one transaction: looked at again after a kill, it is known.
func (p *Post) note(ctx context.Context, hooks []Hook, c catalog.Changed) error {
	r, err := p.Catalog.Report(ctx, c.Report)
	if err != nil {
		return err
	}
	record, err := p.Catalog.Record(ctx, kindState, r.ID)
	before := told{}
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		record = catalog.Record{Kind: kindState, ID: r.ID}
		if before.Public, err = p.wasPublic(ctx, r); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(record.Data, &before); err != nil {
			return greyshelf.E(greyshelf.Internal, "tell of the report", r.ID, err)
		}
	}
	if before.Mark >= c.Mark {
		return nil // it was written, and the mark was not
	}
	public := rights.May(rights.Reader{}, r, rights.Record)
	record.Data, _ = json.Marshal(told{public, c.Mark}) // a flag and a number always have a JSON form
	writes := []catalog.Record{record}
	if event := eventOf(before.Public, public); event != "" {
		for _, h := range hooks {
			if h.wants(event) {
				id := fmt.Sprintf("msg_%s_%s_%d", h.ID, r.ID, c.Mark)
				writes = append(writes, deliveryRecord(p.delivery(h, id, event, r.ID, p.data(r, public))))
			}
		}
	}
	err = p.Catalog.PutRecords(ctx, writes...)
	if kind := greyshelf.KindOf(err); kind == greyshelf.Conflict || kind == greyshelf.Exists {
		return nil // another process was quicker
	}
	return err
}

// wasPublic reports whether a report of which nothing was told yet was public
// before its last change.
func (p *Post) wasPublic(ctx context.Context, r greyshelf.Report) (bool, error) {
	last, err := p.Catalog.Decisions(ctx, r.ID, 1)
	if err != nil || len(last) == 0 {
		return false, err
	}
	for _, c := range last[0].Changes {
		if c.Field == "state" {
			return string(c.Before) == `"published"`, nil
		}
	}
	return rights.May(rights.Reader{}, r, rights.Record), nil
}

func eventOf(before, now bool) Event {
	switch {
	case now && !before:
		return Published
	case now:
		return Changed
	case before:
		return Withdrawn
	}
	return ""
}

// data is what is told of a report: what everybody may know, of one that is no
// longer public its identifier and address.
func (p *Post) data(r greyshelf.Report, public bool) any {
	address := ""
	if p.Site != "" {
		address = strings.TrimSuffix(p.Site, "/") + "/r/" + r.ID
	}
	if !public {
		return map[string]any{"id": r.ID, "address": address}
	}
	return map[string]any{"id": r.ID, "address": address, "report": rights.Shown(rights.Reader{}, r)}
}

// deliver sends what is due, and forgets what is old.
func (p *Post) deliver(ctx context.Context, hooks []Hook) error {
	byID := map[string]Hook{}
	for _, h := range hooks {
		byID[h.ID] = h
	}
	pending, err := p.in(ctx, "state:"+string(Pending))
	if err != nil {
		return err
	}
	now := p.Now().UTC()
	for i := range pending {
		d := pending[len(pending)-1-i] // oldest first
		h, known := byID[d.Hook]
		if !known || h.Off && d.Event != Test || d.Next.After(now) {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := p.one(ctx, h, d); err != nil {
			return err
		}
	}
	return p.forget(ctx, now)
}

// one sends a delivery and notes how it went.
func (p *Post) one(ctx context.Context, h Hook, d Delivery) error {
	now := p.Now().UTC()
	answer, err := p.Send.Post(ctx, h.Address, Headers(h.Secret, d.ID, now, d.Body), []byte(d.Body))
	if ctx.Err() != nil {
		return ctx.Err() // it goes on after the next start
	}
	d.Tries++
	switch {
	case err != nil:
		d.Answer = greyshelf.ReasonOf(err)
	default:
		d.Answer = strconv.Itoa(answer.Status) + " " + http.StatusText(answer.Status)
	}
	switch {
	case err == nil && answer.Status >= 200 && answer.Status < 300:
		d.State, d.Next = Delivered, time.Time{}
	case err == nil && answer.Status == http.StatusGone || d.Tries >= mostTries:
		d.State, d.Next = GivenUp, time.Time{}
	default:
		d.Next = now.Add(firstWait << (d.Tries - 1))
	}
	writes := []catalog.Record{deliveryRecord(d)}
	if err == nil && answer.Status == http.StatusGone && !h.Off {
		h.Off = true
		data, _ := json.Marshal(h) // texts, a flag and a time always have a JSON form
		writes = append(writes, catalog.Record{Kind: KindHook, ID: h.ID, Data: data, Revision: h.Revision})
	}
	err = p.Catalog.PutRecords(ctx, writes...)
	if kind := greyshelf.KindOf(err); kind == greyshelf.Conflict || kind == greyshelf.NotFound {
		return nil // it was sent again on wish, or removed, meanwhile
	}
	return err
}

// forget removes finished deliveries that are old.
func (p *Post) forget(ctx context.Context, now time.Time) error {
	for _, state := range []State{Delivered, GivenUp} {
		all, err := p.in(ctx, "state:"+string(state))
		if err != nil {
			return err
		}
		for _, d := range all {
			if now.Sub(d.At) < keptFor {
				continue
			}
			err := p.Catalog.PutRecords(ctx, catalog.Record{Kind: KindDelivery, ID: d.ID, Revision: d.Revision})
			if kind := greyshelf.KindOf(err); err != nil && kind != greyshelf.Conflict && kind != greyshelf.NotFound {
				return err
			}
		}
	}
	return nil
}

// Headers gives the headers by which the other side knows who sends and that
// nothing was changed (Standard Webhooks 1.0, "Signature scheme").
func Headers(secret, id string, at time.Time, body string) http.Header {
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix)) // checked when it was kept
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "." + body))
	return http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {id}, "Webhook-Timestamp": {stamp},
		"Webhook-Signature": {"v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))},
	}
}
