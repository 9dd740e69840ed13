package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/greyshelf/greyshelf"
)

// Security says how the way to the server is kept secret.
type Security string

// The ways. Without a word of it STARTTLS is asked for: a server that has none
// is refused.
const (
	StartTLS Security = "starttls" // RFC 3207, port 587 or 25
	TLS      Security = "tls"      // RFC 8314 §3.3, port 465
	Plain    Security = "none"     // for a server on this computer
)

// Server is the mail server that takes messages for delivery.
type Server struct {
	Host           string
	Port           int // 0 = 465 with TLS, else 587
	Security       Security
	User, Password string        // "" = without signing in
	Hello          string        // name of this computer in EHLO; "" = as the system says
	Authority      string        // file of certificates (PEM) to trust besides the system's; "" = none
	Timeout        time.Duration // for each answer; 0 = half a minute
}

// Outcome says what became of a message that was not taken.
type Outcome int

// The outcomes of [Failure].
const (
	Refused   Outcome = iota // for good: the address, or the message itself
	Temporary                // the server says: later
	Offline                  // the server could not be reached or refuses this sender: no message would go
	InDoubt                  // everything was handed over and no answer came: it may have been taken
)

// String names the outcome.
func (o Outcome) String() string {
	return [...]string{"refused", "temporary", "offline", "in doubt"}[o]
}

// Failure is why a message was not taken. It is the reason within a
// [greyshelf.Error] of the kind Unavailable (Invalid when refused).
type Failure struct {
	Outcome Outcome
	Reason  string // in the server's words, where it gave any
}

// Error gives the reason.
func (f *Failure) Error() string { return f.Outcome.String() + ": " + f.Reason }

// OutcomeOf gives the outcome of an error of [Session.Send]; Offline for any
// other.
func OutcomeOf(err error) Outcome {
	var f *Failure
	if errors.As(err, &f) {
		return f.Outcome
	}
	return Offline
}

// failed makes the error.
func failed(outcome Outcome, subject string, err error) error {
	kind := greyshelf.Unavailable
	if outcome == Refused {
		kind = greyshelf.Invalid
	}
	return greyshelf.E(kind, "send mail", subject, &Failure{outcome, err.Error()})
}

// Session is a connection to the server over which messages go one after
// another. It is not safe for concurrent use.
type Session struct {
	client  *smtp.Client
	conn    *tapped
	timeout time.Duration
}

// tapped keeps the connection, so that its deadline can be set while an answer
// is waited for.
type tapped struct {
	mu   sync.Mutex
	conn net.Conn
}

func (t *tapped) deadline(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conn != nil {
		_ = t.conn.SetDeadline(at)
	}
}

const standardTimeout = 30 * time.Second

// Dial connects, with STARTTLS and signing in as the server is set. Errors: a
// [Failure], always Offline.
func (s Server) Dial(ctx context.Context) (*Session, error) {
	timeout := s.Timeout
	if timeout <= 0 {
		timeout = standardTimeout
	}
	config, err := s.tls()
	if err != nil {
		return nil, failed(Offline, s.Host, err)
	}
	session := &Session{conn: &tapped{}, timeout: timeout}
	client, err := gomail.NewClient(s.Host, s.options(session.conn, config, timeout)...)
	if err != nil {
		return nil, failed(Offline, s.Host, err)
	}
	if session.client, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		if session.conn.conn != nil {
			_ = session.conn.conn.Close()
		}
		return nil, failed(Offline, s.Host, err)
	}
	return session, nil
}

// tls gives the certificates to trust.
func (s Server) tls() (*tls.Config, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.Authority == "" {
		return config, nil
	}
	pem, err := os.ReadFile(s.Authority)
	if err != nil {
		return nil, err
	}
	if config.RootCAs, err = x509.SystemCertPool(); err != nil {
		config.RootCAs = x509.NewCertPool()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New(s.Authority + " holds no certificate")
	}
	return config, nil
}

// options sets the client up.
func (s Server) options(tap *tapped, config *tls.Config, timeout time.Duration) []gomail.Option {
	policy, port := gomail.TLSMandatory, 587
	switch s.Security {
	case Plain:
		policy = gomail.NoTLS
	case TLS:
		policy, port = gomail.NoTLS, 465
	}
	if s.Port > 0 {
		port = s.Port
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		tap.mu.Lock()
		tap.conn = conn
		tap.mu.Unlock()
		if s.Security != TLS {
			return conn, nil
		}
		secure := tls.Client(conn, config)
		return secure, secure.HandshakeContext(ctx)
	}
	all := []gomail.Option{
		gomail.WithPort(port), gomail.WithTLSPolicy(policy), gomail.WithTLSConfig(config), gomail.WithTimeout(timeout),
		gomail.WithDialContextFunc(dial), gomail.WithoutSMTPUTF8(),
	}
	if s.Hello != "" {
		all = append(all, gomail.WithHELO(s.Hello))
	}
	if s.User != "" {
		auth := gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover) // never in the clear: go-mail leaves PLAIN and LOGIN out then
		if s.Security == TLS {                                   // it cannot see the encryption of a connection made here
			auth = gomail.WithSMTPAuthCustom(smtp.PlainAuth("", s.User, s.Password, s.Host, true))
		}
		all = append(all, auth, gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return all
}

// Send hands a composed message over. begin is called when the server has
// accepted the address and before anything of the message goes out; when it
// fails nothing is sent, and its error is given. When ctx ends before that,
// nothing is sent either; after it the server's answer is waited for as long
// as always, because only the answer says what became of the message. Errors:
// a [Failure]; after Offline and InDoubt the session is of no more use.
func (s *Session) Send(ctx context.Context, from, to string, message []byte, begin func() error) error {
	fail := func(outcome Outcome, err error) error { return failed(outcome, to, err) }
	if err := ctx.Err(); err != nil {
		return fail(Offline, err)
	}
	stop := context.AfterFunc(ctx, func() { s.conn.deadline(time.Now()) })
	defer stop()
	s.patient(ctx)
	if err := s.client.Mail("<" + from + ">"); err != nil {
		if s.reset(ctx, err) {
			return fail(byCode(err, Offline), err)
		}
		return fail(Offline, err)
	}
	s.patient(ctx)
	if err := s.client.Rcpt("<" + to + ">"); err != nil {
		if s.reset(ctx, err) {
			return fail(byCode(err, Refused), err)
		}
		return fail(Offline, err)
	}
	if begin != nil {
		if err := begin(); err != nil {
			s.reset(ctx, nil)
			return err
		}
	}
	if !stop() { // ctx ended: nothing has gone out yet
		return fail(Offline, ctx.Err())
	}
	return s.data(message, fail)
}

// data sends the message itself.
func (s *Session) data(message []byte, fail func(Outcome, error) error) error {
	s.conn.deadline(time.Now().Add(s.timeout))
	w, err := s.client.Data()
	if err != nil {
		return fail(byCode(err, Refused), err) // without an answer: the message has not gone out
	}
	if _, err := w.Write(message); err != nil {
		return fail(Offline, err) // the end of the message was not sent, so the server drops it (RFC 5321 §4.1.1.4)
	}
	s.conn.deadline(time.Now().Add(s.timeout))
	if err := w.Close(); err != nil {
		if code(err) == 0 {
			return fail(InDoubt, err)
		}
		return fail(byCode(err, Refused), err)
	}
	return nil
}

// patient gives the server its time for the next answer.
func (s *Session) patient(ctx context.Context) {
	if ctx.Err() == nil {
		s.conn.deadline(time.Now().Add(s.timeout))
	}
}

// reset makes the session ready for the next message after a refusal; false
// when the connection is gone.
func (s *Session) reset(ctx context.Context, err error) bool {
	if err != nil && code(err) == 0 {
		return false
	}
	s.patient(ctx)
	return s.client.Reset() == nil
}

// code gives the reply code of the server; 0 when it did not answer.
func code(err error) int {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return reply.Code
	}
	return 0
}

// byCode tells for good from for now (RFC 5321 §4.2.1). 421 ends the session.
func byCode(err error, permanent Outcome) Outcome {
	switch c := code(err); {
	case c == 0 || c == 421:
		return Offline
	case c < 500:
		return Temporary
	}
	return permanent
}

// Close ends the session.
func (s *Session) Close() {
	s.conn.deadline(time.Now().Add(s.timeout / 10))
	if s.client.Quit() != nil {
		s.conn.mu.Lock()
		defer s.conn.mu.Unlock()
		_ = s.conn.conn.Close()
	}
}

// Address gives host and port, for people.
func (s Server) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }
