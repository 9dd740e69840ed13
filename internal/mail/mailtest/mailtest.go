// Package mailtest is a real mail server for tests, made of
// github.com/emersion/go-smtp: it listens on this computer, counts what it
// takes, and can be told to refuse, to be slow and to hang up.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Server is a running mail server. Its functions are set before the first
// message comes.
type Server struct {
	Host string
	Port int
	// Authority is the file with the certificate that the server made itself.
	Authority string
	// Rcpt answers to an address; nil error = accepted. May be nil.
	Rcpt func(to string) error
	// Data is told of each message before it is answered; its error is the
	// answer. [ErrHangUp] drops the connection after the message was taken. May be
	// nil.
	Data func(to string, message []byte) error

	mu       sync.Mutex
	messages map[string][]string // address → messages taken
}

// ErrHangUp makes the server take the message and drop the connection without an
// answer.
var ErrHangUp = errors.New("hang up")

// Options say how the server listens.
type Options struct {
	StartTLS bool // offer STARTTLS
	TLS      bool // speak TLS from the first byte
	User     string
	Password string // of User; must be given when User is
}

// Start starts a server that ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s := &Server{messages: map[string][]string{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Host, s.Port = "127.0.0.1", listener.Addr().(*net.TCPAddr).Port
	server := smtp.NewServer(backend{s, o})
	server.Domain, server.AllowInsecureAuth = "mail.example.org", true
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	server.ErrorLog = quiet{}
	if o.StartTLS || o.TLS {
		config := s.certificate(t)
		if o.TLS {
			listener = tls.NewListener(listener, config)
		} else {
			server.TLSConfig = config
		}
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// Messages gives what was taken for the address.
func (s *Server) Messages(to string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.messages[to]...)
}

// Counts gives how many messages were taken for each address.
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[string]int{}
	for to, all := range s.messages {
		counts[to] = len(all)
	}
	return counts
}

// certificate makes one that signs itself and writes it to a file.
func (s *Server) certificate(t testing.TB) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	s.Authority = filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(s.Authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}

type backend struct {
	server  *Server
	options Options
}

func (b backend) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s := session{server: b.server, conn: c}
	if b.options.User != "" {
		return &signedIn{session: s, options: b.options}, nil
	}
	return &s, nil
}

type session struct {
	server *Server
	conn   *smtp.Conn
	to     string
}

func (s *session) Reset()                               { s.to = "" }
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.server.Rcpt != nil {
		if err := s.server.Rcpt(to); err != nil {
			return err
		}
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	message, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.server.Data != nil {
		err = s.server.Data(s.to, message)
	}
	if err == nil || errors.Is(err, ErrHangUp) {
		s.server.mu.Lock()
		s.server.messages[s.to] = append(s.server.messages[s.to], string(message))
		s.server.mu.Unlock()
	}
	if errors.Is(err, ErrHangUp) {
		_ = s.conn.Close()
	}
	return err
}

// signedIn is a session of a server that asks for a password.
type signedIn struct {
	session
	options Options
	in      bool
}

func (s *signedIn) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *signedIn) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.options.User || password != s.options.Password {
			return &smtp.SMTPError{Code: 535, Message: "wrong password"}
		}
		s.in = true
		return nil
	}), nil
}

func (s *signedIn) Mail(from string, o *smtp.MailOptions) error {
	if !s.in {
		return &smtp.SMTPError{Code: 530, Message: "sign in first"}
	}
	return s.session.Mail(from, o)
}

// quiet drops what the server says of connections that were dropped.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Refuse gives an answer with the code, 550 or 450.
func Refuse(code int, text string) error {
	return &smtp.SMTPError{Code: code, Message: strings.TrimSpace(text)}
}
