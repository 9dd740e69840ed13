// Package sending brings issues of the digest and alerts to their readers: each
// one once.
//
// It belongs to the publish stage and is run as a job. When an issue's time
// has come every reader gets a sending, which is pending at first; package
// alert writes that of an alert together with the alert. Before the
// first byte of a message goes out its sending is written down as begun, and
// the server's answer after it: sent or refused. Whoever is killed in between
// leaves a sending that is begun; the next run finds it and marks it in doubt,
// because nobody can say whether the message arrived. It is shown to the desk
// and never sent again by itself. So a kill at any moment loses nobody and
// repeats nobody.
//
// It stores records of the kind "sending", without an address or a name.
package sending

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// Kind is the kind of the records.
const Kind = "sending"

// State is what became of one message.
type State string

// The states.
const (
	Pending State = "pending" // to be sent, perhaps again after a temporary refusal
	Begun   State = "begun"   // the server accepted the address; the message is going out
	Sent    State = "sent"    // the server took the message
	Refused State = "refused" // for good, or given up
	Skipped State = "skipped" // the contact left before its turn
	InDoubt State = "doubt"   // it may have been taken; nobody can say
)

// States gives all of them, in the order in which they are shown.
func States() []State { return []State{Pending, Begun, Sent, Refused, Skipped, InDoubt} }

// Of says what a message brings.
type Of string

// What messages bring.
const (
	OfIssue Of = ""      // an issue of the digest
	OfAlert Of = "alert" // an alert, which is of one contact only
)

// Sending is the message of one issue, or one alert, to one contact.
type Sending struct {
	ID       string    `json:"id"`
	Of       Of        `json:"of,omitempty"`
	Issue    string    `json:"issue"` // identifier of the issue or of the alert
	Contact  string    `json:"contact"`
	State    State     `json:"state"`
	Tries    int       `json:"tries,omitempty"`
	Next     time.Time `json:"next,omitzero"` // not before, after a temporary refusal
	At       time.Time `json:"at,omitzero"`   // when it came into this state
	Reason   string    `json:"reason,omitempty"`
	Revision int       `json:"-"`
}

// Letter is a message that is ready but for its headers.
type Letter struct {
	Date                time.Time
	Subject, Text, HTML string
}

// Letters writes alerts, the same words each time, with the contact's own
// addresses. Errors: NotFound when nothing is left to be said.
type Letters interface {
	Letter(ctx context.Context, alert string, c contact.Contact, own mail.Ways) (Letter, error)
}

// Post sends issues and alerts. Its fields must be set, but Alerts, Log and
// Wait may be nil; without Alerts they stay pending.
type Post struct {
	Records  catalog.Records
	Digest   *digest.Desk
	Contacts *contact.Register
	Server   mail.Server
	From     mail.Address
	Site     string // address of the site, without a slash at its end
	Alerts   Letters
	Words    func(language string) digest.Words
	Now      func() time.Time
	Log      *slog.Logger
	// PerMinute bounds how many messages go out in a minute; 0 = no bound.
	PerMinute int
	// Wait waits; nil = by the clock. It returns early when ctx ends.
	Wait func(ctx context.Context, d time.Duration)
}

// id names the sending of an issue to a contact; also before the @ of its
// Message-ID, so that both copies of a message that was repeated by hand are
// recognised as one.
func id(issue, contact string) string { return issue + "." + contact }

// ForAlert gives a new pending sending of an alert, to be written in one
// transaction with the alert.
func ForAlert(alert, contact string, at time.Time) catalog.Record {
	return Sending{ID: id(alert, contact), Of: OfAlert, Issue: alert, Contact: contact, State: Pending, At: at}.record()
}

// Run prepares the issues that are due and sends what is pending. Only one
// process may run it at a time. Errors: Unavailable when the mail server
// cannot be reached; everything not sent stays pending.
func (p *Post) Run(ctx context.Context) error {
	if err := p.settle(ctx); err != nil {
		return err
	}
	due, err := p.Digest.Due(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for _, issue := range due { // one that cannot go out holds up no other
		failures = append(failures, p.prepare(ctx, issue))
	}
	return errors.Join(append(failures, p.send(ctx))...)
}

// settle marks what a killed run left behind: begun, and no answer.
func (p *Post) settle(ctx context.Context) error {
	left, err := p.in(ctx, "state:"+string(Begun))
	if err != nil {
		return err
	}
	for _, s := range left {
		s.State, s.Reason = InDoubt, "the program was stopped before the server's answer"
		if _, err := p.put(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// batch is how many new sendings are written in one transaction.
const batch = 200

// prepare gives every contact of the issue a sending, then releases the issue.
// Killed in between, it is done again and finds those that are there.
func (p *Post) prepare(ctx context.Context, issue digest.Issue) error {
	if _, err := p.Digest.Ready(ctx, issue); err != nil {
		return err
	}
	var records []catalog.Record
	flush := func() error {
		if len(records) == 0 {
			return nil
		}
		err := p.Records.PutRecords(ctx, records...)
		records = nil
		return err
	}
	for c, err := range p.Contacts.Contacts(ctx) {
		if err != nil {
			return err
		}
		if !c.In(issue.Groups) {
			continue
		}
		_, err := p.Records.Record(ctx, Kind, id(issue.ID, c.ID))
		if err == nil {
			continue
		}
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			return err
		}
		s := Sending{ID: id(issue.ID, c.ID), Issue: issue.ID, Contact: c.ID, State: Pending, At: p.now()}
		if records = append(records, s.record()); len(records) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	_, err := p.Digest.Release(ctx, issue.ID)
	return err
}

func (p *Post) now() time.Time { return p.Now().UTC().Truncate(time.Second) }

// in gives the sendings with the key.
func (p *Post) in(ctx context.Context, key string) ([]Sending, error) {
	var all []Sending
	for r, err := range p.Records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: key}) {
		if err != nil {
			return nil, err
		}
		s, err := sendingOf(r)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// put writes a sending with the time.
func (p *Post) put(ctx context.Context, s Sending) (Sending, error) {
	s.At = p.now()
	err := p.Records.PutRecords(ctx, s.record())
	if err == nil {
		s.Revision++
	}
	return s, err
}

func (s Sending) record() catalog.Record {
	data, _ := json.Marshal(s) // texts, a number and times always have a JSON form
	subject := "issue:" + s.Issue
	if s.Of == OfAlert {
		subject = allAlerts
	}
	return catalog.Record{Kind: Kind, ID: s.ID, Data: data, Revision: s.Revision,
		Keys: []string{"state:" + string(s.State), subject + ":" + string(s.State), "contact:" + s.Contact}}
}

func sendingOf(r catalog.Record) (Sending, error) {
	var s Sending
	if err := json.Unmarshal(r.Data, &s); err != nil {
		return s, greyshelf.E(greyshelf.Internal, "read the sending", r.ID, err)
	}
	s.Revision = r.Revision
	return s, nil
}

// allAlerts begins the keys of the sendings of all alerts.
const allAlerts = "alerts"

// Count says how many sendings of the issue are in each state.
func Count(ctx context.Context, records catalog.Records, issue string) (map[State]int, error) {
	return count(ctx, records, "issue:"+issue)
}

// CountAlerts says how many alerts are in each state.
func CountAlerts(ctx context.Context, records catalog.Records) (map[State]int, error) {
	return count(ctx, records, allAlerts)
}

func count(ctx context.Context, records catalog.Records, subject string) (map[State]int, error) {
	counts := map[State]int{}
	for _, state := range States() {
		for _, err := range records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: subject + ":" + string(state)}) {
			if err != nil {
				return nil, err
			}
			counts[state]++
		}
	}
	return counts, nil
}

// Troubled gives the sendings of the issue that the desk should look at: in
// doubt, refused, and to be tried again.
func (p *Post) Troubled(ctx context.Context, issue string) ([]Sending, error) {
	return p.troubled(ctx, "issue:"+issue)
}

// TroubledAlerts gives the same of all alerts.
func (p *Post) TroubledAlerts(ctx context.Context) ([]Sending, error) {
	return p.troubled(ctx, allAlerts)
}

func (p *Post) troubled(ctx context.Context, subject string) ([]Sending, error) {
	var all []Sending
	for _, state := range []State{InDoubt, Refused, Pending} {
		some, err := p.in(ctx, subject+":"+string(state))
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if s.State != Pending || s.Tries > 0 {
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// Resolve says what a person found out about a message in doubt: it arrived,
// or it shall be sent again, under the same Message-ID. Errors: NotFound,
// Conflict when it is in doubt no longer.
func (p *Post) Resolve(ctx context.Context, sending string, again bool) error {
	r, err := p.Records.Record(ctx, Kind, sending)
	if err != nil {
		return err
	}
	s, err := sendingOf(r)
	if err != nil {
		return err
	}
	if s.State != InDoubt {
		return greyshelf.Errorf(greyshelf.Conflict, "resolve the message", sending, "it is not in doubt any more")
	}
	s.State, s.Reason, s.Tries, s.Next = Sent, "", 0, time.Time{}
	if again {
		s.State = Pending
	}
	_, err = p.put(ctx, s)
	return err
}

// To gives everything that was sent to a contact.
func To(ctx context.Context, records catalog.Records, contact string) ([]Sending, error) {
	return (&Post{Records: records}).in(ctx, "contact:"+contact)
}

// SentBack notes on the contact what a notice of another mail server says.
// noted is false for what is no refusal for good, or of no message of ours.
// The contact is found by the Message-ID, which nobody else knows: by the
// address anybody could have a contact paused with a forged notice.
func (p *Post) SentBack(ctx context.Context, b mail.Bounce) (noted bool, err error) {
	name, host, _ := strings.Cut(b.Message, "@")
	if !b.Hard() || host != p.host() {
		return false, nil
	}
	r, err := p.Records.Record(ctx, Kind, name)
	var s Sending
	if err == nil {
		s, err = sendingOf(r)
	}
	if err == nil {
		err = p.Contacts.SentBack(ctx, s.Contact, b.Message, strings.TrimSpace(b.Status+" "+b.Reason))
	}
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return false, nil
	}
	return err == nil, err
}

// host gives the name for the right side of a Message-ID: that of the sender's
// address, which is the desk's own.
func (p *Post) host() string {
	_, host, _ := strings.Cut(p.From.Email, "@")
	return host
}
