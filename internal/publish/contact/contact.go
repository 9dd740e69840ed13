// Package contact keeps those who asked to be sent something: their address,
// what they want and how often.
//
// It belongs to the publish stage: who subscribes on the site and who manages
// contacts at the desk comes here; package sending asks it whom to send to. A
// contact counts only once it has said yes by a link in a mail to its address,
// and leaves by one click. Contacts are kept without history, since a decision
// can never be taken out of the catalogue and a person's data must be: all that
// is known of a contact can be given to it, and is gone when it is erased.
//
// It stores records of the kind "contact". It sends no mail.
package contact

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/mail"
)

// Kind is the kind of the records.
const Kind = "contact"

// State says whether a contact is sent anything.
type State string

// The states.
const (
	Waiting State = "waiting" // has not said yes yet
	Active  State = "active"
	Left    State = "left"    // unsubscribed
	Bounced State = "bounced" // its mailbox refused too often
)

// Frequency is how often a contact wants to hear of what is new.
type Frequency string

// The frequencies of alerts; issues of the digest come when they come.
const (
	AtOnce  Frequency = "at-once"
	Daily   Frequency = "daily"
	Weekly  Frequency = "weekly"
	Monthly Frequency = "monthly"
)

// Frequencies gives all of them.
func Frequencies() []Frequency { return []Frequency{AtOnce, Daily, Weekly, Monthly} }

// Contact is somebody who is sent mail. Its JSON is also what the contact is
// given as everything that is known of it.
type Contact struct {
	ID        string   `json:"id"`
	Email     string   `json:"email"` // unique
	Name      string   `json:"name,omitempty"`
	Groups    []string `json:"groups,omitempty"`
	Language  string   `json:"language,omitempty"`  // of its mails, BCP 47
	Languages []string `json:"languages,omitempty"` // of the reports of which it wants to hear, BCP 47; none = all
	// AlertsOnly keeps the issues of the digest from who asked only to be told
	// what is new. Contacts kept before it was there were sent them, and still are.
	AlertsOnly bool      `json:"alerts_only,omitempty"`
	Frequency  Frequency `json:"frequency,omitempty"` // "" = weekly where interests are named, else issues of the digest only
	Interests  Interests `json:"interests,omitzero"`
	State      State     `json:"state"`
	Token      string    `json:"token"` // by which it confirms and unsubscribes; in its mails only
	Created    time.Time `json:"created"`
	Confirmed  time.Time `json:"confirmed,omitzero"` // when it said yes
	Ended      time.Time `json:"ended,omitzero"`     // when it left
	Asked      time.Time `json:"asked,omitzero"`     // when it was last sent a mail to say yes
	Bounces    []Bounce  `json:"bounces,omitempty"`  // the latest ones
	Wanted     *Wish     `json:"wanted,omitempty"`   // what was asked for in its name; counts when it says yes
	Revision   int       `json:"-"`                  // guards against lost updates
}

// WantsAlerts reports whether a contact is to be told what is new: it is active
// and has said how often, or of what.
func (c Contact) WantsAlerts() bool {
	return c.State == Active && (c.Frequency != "" || !c.Interests.None())
}

// MailLanguage gives the language in which the contact is written to.
func (c Contact) MailLanguage() string {
	switch {
	case c.Language != "":
		return c.Language
	case len(c.Languages) > 0:
		return c.Languages[0]
	}
	return "en"
}

// Bounce is a message that the contact's mailbox refused.
type Bounce struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"` // in the server's words
	// Message is the Message-ID of a message that our mail server took and
	// another's sent back later; "" when it was refused at once.
	Message string `json:"message,omitempty"`
}

// Register is the register of contacts. It is safe for concurrent use.
type Register struct {
	Records catalog.Records
	Now     func() time.Time
	NewID   func() string
}

const op = "change the contact"

// Contact gives a contact. Errors: NotFound.
func (r *Register) Contact(ctx context.Context, id string) (Contact, error) {
	record, err := r.Records.Record(ctx, Kind, id)
	if err != nil {
		return Contact{}, err
	}
	return contactOf(record)
}

// ByEmail gives the contact with the address. Errors: NotFound.
func (r *Register) ByEmail(ctx context.Context, email string) (Contact, error) {
	return r.byKey(ctx, "email:"+strings.ToLower(strings.TrimSpace(email)), email)
}

// ByToken gives the contact whose mails hold the token. Errors: NotFound.
func (r *Register) ByToken(ctx context.Context, token string) (Contact, error) {
	c, err := r.byKey(ctx, "token:"+digest(token), "")
	if err == nil && subtle.ConstantTimeCompare([]byte(c.Token), []byte(token)) != 1 {
		return Contact{}, unknown("")
	}
	return c, err
}

func (r *Register) byKey(ctx context.Context, key, subject string) (Contact, error) {
	for record, err := range r.Records.Records(ctx, catalog.RecordFilter{Kind: Kind, Key: key, Limit: 1}) {
		if err != nil {
			return Contact{}, err
		}
		return contactOf(record)
	}
	return Contact{}, unknown(subject)
}

func unknown(subject string) error {
	return greyshelf.Errorf(greyshelf.NotFound, "find the contact", subject, "there is no such contact")
}

// Contacts gives all contacts, by identifier, one at a time.
func (r *Register) Contacts(ctx context.Context) func(func(Contact, error) bool) {
	return func(yield func(Contact, error) bool) {
		for record, err := range r.Records.Records(ctx, catalog.RecordFilter{Kind: Kind}) {
			var c Contact
			if err == nil {
				c, err = contactOf(record)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// In reports whether a contact is sent an issue of the digest to the groups: it
// is active, wants issues and is in one of them; without groups everybody is.
func (c Contact) In(groups []string) bool {
	return c.State == Active && !c.AlertsOnly && (len(groups) == 0 || slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(c.Groups, g) }))
}

// patience is how long a contact is not asked again to say yes, so that the
// form cannot be used to fill another's mailbox.
const patience = time.Hour

// Subscribe takes in who asks to be sent mail. ask is false when no mail must
// go: the address is active already, or was asked within the hour. The answer
// to the person must be the same in every case, so that nobody learns who is
// subscribed. Errors: Invalid.
func (r *Register) Subscribe(ctx context.Context, c Contact) (_ Contact, ask bool, err error) {
	if c.Email, err = mail.ParseEmail(c.Email); err != nil {
		return c, false, err
	}
	now := r.Now().UTC().Truncate(time.Second)
	known, err := r.ByEmail(ctx, c.Email)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		c.ID, c.State, c.Asked, c.Groups = "", Waiting, now, nil
		c, err = r.Put(ctx, c)
		return c, err == nil, err
	case err != nil:
		return c, false, err
	case now.Sub(known.Asked) < patience:
		return known, false, nil
	}
	asks := c.wish()
	known.Asked, known.Wanted = now, &asks
	if known.State == Active && !known.adds() {
		return known, false, nil
	}
	if known.State != Active {
		known.State = Waiting
	}
	known, err = r.Put(ctx, known)
	return known, err == nil, err
}

// Confirm notes that the contact with the token says yes. Errors: NotFound.
func (r *Register) Confirm(ctx context.Context, token string) (Contact, error) {
	c, err := r.ByToken(ctx, token)
	if err != nil || c.State == Active && c.Wanted == nil {
		return c, err
	}
	c = c.Granted()
	if c.State == Active {
		return r.Put(ctx, c)
	}
	return r.Put(ctx, c.admitted(r.Now()))
}

// admitted gives the contact as one that says yes now.
func (c Contact) admitted(now time.Time) Contact {
	c.State, c.Confirmed, c.Ended, c.Bounces = Active, now.UTC().Truncate(time.Second), time.Time{}, nil
	return c
}

// Set puts the contact into a state, as the desk may: active says that the
// person said yes to somebody.
func (r *Register) Set(c Contact, to State) (Contact, error) {
	switch {
	case !slices.Contains([]State{Waiting, Active, Left, Bounced}, to):
		return c, greyshelf.Errorf(greyshelf.Invalid, op, c.Email, "%q is not a state", to)
	case c.State == to:
	case to == Active:
		c = c.admitted(r.Now())
	case to == Left:
		c.State, c.Ended = to, r.Now().UTC().Truncate(time.Second)
	default:
		c.State = to
	}
	return c, nil
}

// Leave unsubscribes the contact with the token; again and again it is the
// same. Errors: NotFound.
func (r *Register) Leave(ctx context.Context, token string) (Contact, error) {
	c, err := r.ByToken(ctx, token)
	if err != nil || c.State == Left {
		return c, err
	}
	c.State, c.Ended = Left, r.Now().UTC().Truncate(time.Second)
	return r.Put(ctx, c)
}

// mostBounces is after how many refusals in a row a contact is no longer sent
// anything.
const mostBounces = 3

// Bounce notes that the contact's mailbox refused a message.
func (r *Register) Bounce(ctx context.Context, id, reason string) error {
	return r.update(ctx, id, func(c *Contact) bool {
		return c.bounce(Bounce{r.Now().UTC().Truncate(time.Second), line(reason, 300), ""})
	})
}

// SentBack notes that a message to the contact, taken before, came back. The
// same message counts once. Errors: NotFound.
func (r *Register) SentBack(ctx context.Context, id, message, reason string) error {
	if _, err := r.Contact(ctx, id); err != nil {
		return err
	}
	return r.update(ctx, id, func(c *Contact) bool {
		return c.bounce(Bounce{r.Now().UTC().Truncate(time.Second), line(reason, 300), line(message, 300)})
	})
}

// bounce notes a refusal; false when it is noted already.
func (c *Contact) bounce(b Bounce) bool {
	if b.Message != "" && slices.ContainsFunc(c.Bounces, func(known Bounce) bool { return known.Message == b.Message }) {
		return false
	}
	c.Bounces = append(c.Bounces, b)
	if len(c.Bounces) >= mostBounces && c.State == Active {
		c.State = Bounced
	}
	c.Bounces = c.Bounces[max(0, len(c.Bounces)-mostBounces):]
	return true
}

// forgotten is after how long a message that came back no longer counts.
const forgotten = 90 * 24 * time.Hour

// Arrived notes that the mail server took a message to the contact: refusals
// before it no longer count, but for messages that came back after they had
// been taken, which this says nothing of.
func (r *Register) Arrived(ctx context.Context, id string) error {
	return r.update(ctx, id, func(c *Contact) bool {
		before := len(c.Bounces)
		c.Bounces = slices.DeleteFunc(c.Bounces, func(b Bounce) bool { return b.Message == "" || r.Now().Sub(b.At) > forgotten })
		return len(c.Bounces) < before
	})
}

// update changes a contact that may be changed by others at the same time; one
// that is gone needs no change.
func (r *Register) update(ctx context.Context, id string, change func(*Contact) bool) error {
	for {
		c, err := r.Contact(ctx, id)
		if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && !change(&c) {
			return nil
		}
		if err == nil {
			_, err = r.Put(ctx, c)
		}
		if greyshelf.KindOf(err) != greyshelf.Conflict {
			return err
		}
	}
}

// Put adds a contact (no identifier) or changes one. Errors: Invalid, Exists
// when another contact has the address, Conflict.
func (r *Register) Put(ctx context.Context, c Contact) (Contact, error) {
	var err error
	if c.Email, err = mail.ParseEmail(c.Email); err != nil {
		return c, err
	}
	if err = c.wish().check(c.Email); err != nil {
		return c, err
	}
	if known, err := r.ByEmail(ctx, c.Email); err == nil && known.ID != c.ID {
		return c, greyshelf.Errorf(greyshelf.Exists, op, c.Email, "another contact has this address")
	}
	c.Name, c.Language = line(c.Name, 200), line(c.Language, 35)
	if w := c.Wanted; w != nil {
		if err = w.check(c.Email); err != nil {
			return c, err
		}
		w.Interests, w.Languages = w.Interests.tidy(), lines(w.Languages)
	}
	c.Groups, c.Languages, c.Interests = lines(c.Groups), lines(c.Languages), c.Interests.tidy()
	if c.State == "" {
		c.State = Waiting
	}
	if c.ID == "" {
		c.ID, c.Revision, c.Token, c.Created = r.NewID(), 0, rand.Text(), r.Now().UTC().Truncate(time.Second)
	}
	data, _ := json.Marshal(c) // texts, a number and times always have a JSON form
	err = r.Records.PutRecords(ctx, catalog.Record{
		Kind: Kind, ID: c.ID, Keys: []string{"email:" + strings.ToLower(c.Email), "token:" + digest(c.Token)}, Data: data, Revision: c.Revision,
	})
	c.Revision++
	return c, err
}

// Erase removes everything that is known of a contact. What was sent to it
// stays counted, without its address. Errors: NotFound.
func (r *Register) Erase(ctx context.Context, id string) error {
	record, err := r.Records.Record(ctx, Kind, id)
	if err != nil {
		return err
	}
	return r.Records.PutRecords(ctx, record.Drop())
}

func contactOf(record catalog.Record) (Contact, error) {
	var c Contact
	if err := json.Unmarshal(record.Data, &c); err != nil {
		return c, greyshelf.E(greyshelf.Internal, "read the contact", record.ID, err)
	}
	c.Revision = record.Revision
	return c, nil
}

// digest is under what a token is found, so that keys show none.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// mostLines bounds each list of a contact.
const mostLines = 50

// lines trims a list and drops what is empty or there twice.
func lines(list []string) []string {
	var all []string
	for _, text := range list {
		if text = line(text, 300); text != "" && !slices.Contains(all, text) && len(all) < mostLines {
			all = append(all, text)
		}
	}
	return all
}

// line makes a text fit for one line of at most so many characters.
func line(text string, most int) string {
	runes := []rune(greyshelf.OneLine(text))
	return string(runes[:min(len(runes), most)])
}
