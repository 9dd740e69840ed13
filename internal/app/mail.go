package app

import (
	"context"
	"errors"
	"io"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/knadh/koanf/v2"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/sending"
	"github.com/greyshelf/greyshelf/internal/web/digests"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// MailConfig says how the library sends mail.
type MailConfig struct {
	Server   mail.Server  // Host is empty where no mail is sent
	From     mail.Address // sender
	Rate     int          // messages a minute
	TwoPairs bool         // another person approves each issue of the digest
}

// sendEvery is how often serve looks for issues whose time has come, and how
// long it waits before it tries a mail server again that was down.
const sendEvery = 30 * time.Second

const standardRate = 600 // messages a minute

// loadMail reads the keys of the site's address and of mail.
func loadMail(k *koanf.Koanf) (address string, c MailConfig, err error) {
	bad := func(key, format string, args ...any) error {
		return greyshelf.Errorf(greyshelf.Invalid, "read the configuration", key, format, args...)
	}
	address = strings.TrimRight(k.String("address"), "/")
	if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(address, " <>\"")) {
		return address, c, bad("address", "%q is not an address such as https://library.example.org", address)
	}
	c = MailConfig{Rate: k.Int("mail-rate"), TwoPairs: k.Bool("digest-two-pairs")}
	if c.Rate <= 0 {
		c.Rate = standardRate
	}
	c.Server = mail.Server{
		Host: k.String("mail-server"), Security: mail.Security(k.String("mail-security")), User: k.String("mail-user"), Password: k.String("mail-password"), Authority: k.String("mail-authority"),
	}
	switch c.Server.Security {
	case "":
		c.Server.Security = mail.StartTLS
	case mail.StartTLS, mail.TLS, mail.Plain:
	default:
		return address, c, bad("mail-security", "it is starttls, tls or none")
	}
	if host, port, err := net.SplitHostPort(c.Server.Host); err == nil {
		c.Server.Host = host
		if c.Server.Port, err = strconv.Atoi(port); err != nil || c.Server.Port < 1 || c.Server.Port > 65535 {
			return address, c, bad("mail-server", "%q is not a port", port)
		}
	}
	if from := k.String("mail-from"); from != "" {
		parsed, err := netmail.ParseAddress(from)
		if err != nil {
			return address, c, bad("mail-from", "%q is not a sender such as Reports desk <desk@example.org>", from)
		}
		c.From = mail.Address{Name: parsed.Name, Email: parsed.Address}
		if c.From.Email, err = mail.ParseEmail(c.From.Email); err != nil {
			return address, c, err
		}
	}
	return address, c, nil
}

// Post gives what sends issues. Errors: Invalid, naming the key that is not
// set.
func (l *Library) Post() (*sending.Post, error) {
	for key, value := range map[string]string{"mail-server": l.Config.Mail.Server.Host, "mail-from": l.Config.Mail.From.Email, "address": l.Config.Address} {
		if value == "" {
			return nil, greyshelf.Errorf(greyshelf.Invalid, "send mail", "", "the key %s is not set; see docs/commands.md", key)
		}
	}
	locales, err := locale.Load()
	if err != nil {
		return nil, err
	}
	return &sending.Post{
		Alerts:  l.alerts(locales, nil, nil),
		Records: l.Catalog, Digest: l.Digest, Contacts: l.Contact, Server: l.Config.Mail.Server, From: l.Config.Mail.From, Site: l.Config.Address,
		Now: time.Now, Log: l.Log, PerMinute: l.Config.Mail.Rate,
		Words: func(language string) digest.Words { return digests.Words(locales.For(language)) },
	}, nil
}

// postOrNone gives what sends issues, or nil where mail is not set up.
func (l *Library) postOrNone() *sending.Post {
	post, err := l.Post()
	if err != nil {
		return nil
	}
	return post
}

// sendWhatIsDue is the stage that serve runs: without mail set up it does
// nothing.
func (l *Library) sendWhatIsDue(ctx context.Context, x *index) error {
	post := l.postOrNone()
	if post == nil {
		return nil
	}
	var failure error
	if service, ok := x.whole(); ok { // else alerts wait until the index is there
		_, failure = l.prepareAlerts(ctx, service)
	}
	return errors.Join(failure, post.Run(ctx))
}

// SendNow sends what is due and pending in this process, or wakes the server
// when the library is served: only one process sends. sent is false when it is
// the server's affair.
func (l *Library) SendNow(ctx context.Context) (sent bool, err error) {
	post, err := l.Post()
	if err != nil {
		return false, err
	}
	holder, err := l.hold("digest send", "")
	if greyshelf.KindOf(err) == greyshelf.Conflict {
		if other, ok := served(l.Config.Library); ok && other.Socket != "" {
			return false, l.wakeServer(ctx, other)
		}
	}
	if err != nil {
		return false, err
	}
	defer holder.unlock()
	return true, post.Run(ctx)
}

// wakeServer lets the serving process look; it looks by itself anyway.
func (l *Library) wakeServer(ctx context.Context, holder Holder) error {
	_ = post(ctx, holder, "/wake", nil, nil)
	return nil
}

// TestMail sends a message to the address and says what became of it.
func (l *Library) TestMail(ctx context.Context, to string) error {
	c := l.Config.Mail
	if c.Server.Host == "" || c.From.Email == "" {
		return greyshelf.Errorf(greyshelf.Invalid, "send mail", "", "the keys mail-server and mail-from are not set; see docs/commands.md")
	}
	email, err := mail.ParseEmail(to)
	if err != nil {
		return err
	}
	_, host, _ := strings.Cut(c.From.Email, "@")
	message, err := mail.Compose(mail.Message{
		ID: "test." + NewID() + "@" + host, Date: time.Now(), From: c.From, To: mail.Address{Email: email}, Subject: "Greyshelf: a test message",
		Text: "This message was sent by `greyshelf mail test`. The mail server works.\n",
	})
	if err != nil {
		return err
	}
	session, err := c.Server.Dial(ctx)
	if err != nil {
		return err
	}
	defer session.Close()
	return session.Send(ctx, c.From.Email, email, message, nil)
}

// Bounces counts what was read of delivery status notifications.
type Bounces struct {
	Messages int `json:"messages"`
	Noted    int `json:"noted"`
	Passed   int `json:"passed"` // recipients: no refusal for good, or nobody here
	Others   int `json:"others"` // messages that are no notices
}

// NoteBounces reads notices and notes refusals on the contacts; it adds to the
// counts. Errors: TooLarge, Invalid when no sender is set.
func (l *Library) NoteBounces(ctx context.Context, r io.Reader, all *Bounces) error {
	if l.Config.Mail.From.Email == "" {
		return greyshelf.Errorf(greyshelf.Invalid, "read the notices", "", "the key mail-from is not set; see docs/commands.md")
	}
	post := &sending.Post{Records: l.Catalog, Contacts: l.Contact, From: l.Config.Mail.From}
	messages, others, err := mail.ReadBounces(r, func(b mail.Bounce) error {
		noted, err := post.SentBack(ctx, b)
		if noted {
			all.Noted++
		} else {
			all.Passed++
		}
		return err
	})
	all.Messages, all.Others = all.Messages+messages, all.Others+others
	return err
}
