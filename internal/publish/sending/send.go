package sending

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
)

// How often a message is tried, and how long is waited: a quarter of an hour,
// then twice as long each time; the last try is after some eight hours.
const (
	mostTries = 6
	firstWait = 15 * time.Minute
)

// round is one run over what is pending.
type round struct {
	*Post
	session *mail.Session
	issues  map[string]rendered
}

// rendered is an issue ready to be sent; the same for every reader but for the
// addresses in its foot.
type rendered struct {
	issue               digest.Issue
	subject, text, html string
	mark                string // stands in text and html for the reader's token
	err                 error  // why it cannot be sent
}

// send sends everything that is pending and whose time has come.
func (p *Post) send(ctx context.Context) error {
	pending, err := p.in(ctx, "state:"+string(Pending))
	if err != nil {
		return err
	}
	r := &round{Post: p, issues: map[string]rendered{}}
	defer r.close()
	now := p.now()
	for _, s := range pending {
		if s.Next.After(now) || r.unfit(ctx, s) {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sent, err := r.one(ctx, s)
		if err != nil {
			return err
		}
		if sent && p.PerMinute > 0 {
			p.wait(ctx, time.Minute/time.Duration(p.PerMinute))
		}
	}
	return r.failures()
}

// unfit reports whether an issue cannot be written: its reports were withdrawn
// since. Its messages wait, and those of other issues go out.
func (r *round) unfit(ctx context.Context, s Sending) bool {
	if s.Of == OfAlert {
		return r.Alerts == nil
	}
	issue := s.Issue
	if _, ok := r.issues[issue]; !ok {
		r.issues[issue] = r.render(ctx, issue)
	}
	return r.issues[issue].err != nil
}

// failures gives why issues could not be written.
func (r *round) failures() error {
	var all []error
	for _, issue := range r.issues {
		all = append(all, issue.err)
	}
	return errors.Join(all...)
}

func (p *Post) wait(ctx context.Context, d time.Duration) {
	if p.Wait != nil {
		p.Wait(ctx, d)
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// one sends one message and writes down what became of it. An error ends the
// round; the fate of the message is written even when ctx has ended.
func (r *round) one(ctx context.Context, s Sending) (sent bool, err error) {
	c, err := r.Contacts.Contact(ctx, s.Contact)
	if greyshelf.KindOf(err) == greyshelf.NotFound || err == nil && c.State != contact.Active {
		s.State, s.Reason = Skipped, ""
		_, err = r.put(ctx, s)
		return false, err
	}
	if err != nil {
		return false, err
	}
	message, err := r.compose(ctx, s, c)
	if s.Of == OfAlert && greyshelf.KindOf(err) == greyshelf.NotFound { // its reports were withdrawn since
		s.State, s.Reason = Skipped, greyshelf.ReasonOf(err)
		_, err = r.put(ctx, s)
		return false, err
	}
	if kind := greyshelf.KindOf(err); err != nil && kind != greyshelf.Invalid { // nothing is wrong with the message
		return false, err
	}
	if err != nil {
		s.State, s.Reason = Refused, greyshelf.ReasonOf(err)
		_, err = r.put(ctx, s)
		return false, err
	}
	if r.session == nil {
		if r.session, err = r.Server.Dial(ctx); err != nil {
			return false, err
		}
	}
	err = r.session.Send(ctx, r.From.Email, c.Email, message, func() error {
		s.State = Begun
		var err error
		s, err = r.put(ctx, s)
		return err
	})
	return true, r.note(context.WithoutCancel(ctx), s, err)
}

// note writes down what became of a message. An error ends the round.
func (r *round) note(ctx context.Context, s Sending, failure error) error {
	var why *mail.Failure
	if failure != nil && !errors.As(failure, &why) {
		return failure // it could not be written down as begun, so it was not sent
	}
	if failure == nil {
		s.State, s.Reason, s.Next = Sent, "", time.Time{}
		if _, err := r.put(ctx, s); err != nil {
			return err
		}
		return r.Contacts.Arrived(ctx, s.Contact)
	}
	begun := s.State == Begun
	s.Reason, s.Tries = why.Reason, s.Tries+1
	switch why.Outcome {
	case mail.Refused:
		s.State = Refused
		if err := r.Contacts.Bounce(ctx, s.Contact, why.Reason); err != nil {
			return err
		}
	case mail.InDoubt:
		s.State = InDoubt
		r.session = nil // of no more use
	case mail.Temporary, mail.Offline:
		s.State, s.Next = Pending, r.now().Add(firstWait<<min(s.Tries-1, mostTries))
		if s.Tries >= mostTries {
			s.State, s.Next = Refused, time.Time{}
		}
	}
	if why.Outcome == mail.Offline {
		r.session = nil
		if !begun { // no fault of this message: the server is down
			return failure
		}
	}
	if _, err := r.put(ctx, s); err != nil {
		return err
	}
	if why.Outcome == mail.Offline {
		return failure
	}
	return nil
}

func (r *round) close() {
	if r.session != nil {
		r.session.Close()
	}
}

// compose writes the message of the issue or the alert to the contact.
func (r *round) compose(ctx context.Context, s Sending, c contact.Contact) ([]byte, error) {
	letter, err := r.letter(ctx, s, c)
	if err != nil {
		return nil, err
	}
	return mail.Compose(mail.Message{
		ID: s.ID + "@" + r.host(), Date: letter.Date, From: r.From, To: mail.Address{Name: c.Name, Email: c.Email},
		Subject: letter.Subject, Unsubscribe: r.ways(c.Token).Leave, Text: letter.Text, HTML: letter.HTML,
	})
}

func (r *round) letter(ctx context.Context, s Sending, c contact.Contact) (Letter, error) {
	if s.Of == OfAlert {
		return r.Alerts.Letter(ctx, s.Issue, c, r.ways(c.Token))
	}
	issue := r.issues[s.Issue]
	return Letter{
		Date: issue.issue.SentAt, Subject: issue.subject,
		Text: strings.ReplaceAll(issue.text, issue.mark, c.Token), HTML: strings.ReplaceAll(issue.html, issue.mark, c.Token),
	}, nil
}

// ways gives the addresses by which the contact with the token changes what it
// gets and leaves.
func (p *Post) ways(token string) mail.Ways {
	return mail.Ways{Leave: p.Site + "/unsubscribe/" + token, Change: p.Site + "/subscription/" + token}
}

// render writes an issue once for all readers. What stands in for the reader's
// token follows from the text, so that no text can hold it.
func (r *round) render(ctx context.Context, id string) rendered {
	var out rendered
	if out.issue, out.err = r.Digest.Issue(ctx, id); out.err != nil {
		return out
	}
	words := r.Words(out.issue.Language)
	var doc digest.Document
	if doc, out.err = r.Digest.Document(ctx, out.issue, r.Site); out.err != nil {
		return out
	}
	sum := sha256.Sum256([]byte(digest.MailText(doc, words, mail.Ways{})))
	out.mark = hex.EncodeToString(sum[:])
	out.subject, out.text = words.Headline(doc), digest.MailText(doc, words, r.ways(out.mark))
	out.html, out.err = digest.MailHTML(doc, words, r.ways(out.mark))
	return out
}

// Ask sends the mail by which a new contact says yes. It goes out at once; the
// form can be sent again when it does not arrive.
func (p *Post) Ask(ctx context.Context, c contact.Contact, question Letter) error {
	message, err := mail.Compose(mail.Message{
		ID: fmt.Sprintf("confirm.%s.%d@%s", c.ID, c.Asked.Unix(), p.host()), Date: p.now(), From: p.From, To: mail.Address{Name: c.Name, Email: c.Email},
		Subject: question.Subject, Text: question.Text, HTML: question.HTML,
	})
	if err != nil {
		return err
	}
	session, err := p.Server.Dial(ctx)
	if err != nil {
		return err
	}
	defer session.Close()
	return session.Send(ctx, p.From.Email, c.Email, message, nil)
}
