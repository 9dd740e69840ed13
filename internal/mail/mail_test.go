package mail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mime/quotedprintable"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/mail/mailtest"
)

func message() mail.Message {
	return mail.Message{
		ID: "abc.def@library.example.org", Date: time.Date(2026, 4, 22, 8, 0, 0, 0, time.UTC),
		From: mail.Address{Name: "Greyshelf", Email: "desk@example.org"}, To: mail.Address{Name: "Åda 𝒳 بئر", Email: "ada@example.org"},
		Subject: "Wells — آبار 𝒳, and a long line of words that has to be folded somewhere because it is long", Text: "One.\n.\nتحية 𝒳\n", HTML: "<!DOCTYPE html><p>One = &lt;two&gt; 𝒳",
		Unsubscribe: "https://library.example.org/unsubscribe/token",
	}
}

// parts reads a composed message back, header and bodies by media type.
func parts(t interface{ Fatal(...any) }, data []byte) (*netmail.Message, map[string]string) {
	m, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	r := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(p.Header.Get("Content-Type"), ";")
		bodies[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func TestCompose(t *testing.T) {
	want := message()
	data, err := mail.Compose(want)
	if err != nil {
		t.Fatal(err)
	}
	m, bodies := parts(t, data)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{subject, to[0].Name, to[0].Address, m.Header.Get("Message-ID"), m.Header.Get("List-Unsubscribe"), m.Header.Get("List-Unsubscribe-Post"), m.Header.Get("Date"), bodies["text/plain"], bodies["text/html"]}
	if diff := cmp.Diff([]string{want.Subject, want.To.Name, want.To.Email, "<" + want.ID + ">", "<" + want.Unsubscribe + ">", "List-Unsubscribe=One-Click", "Wed, 22 Apr 2026 08:00:00 +0000", want.Text, want.HTML}, got); diff != "" {
		t.Error(diff)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if strings.ContainsAny(line, "\r\n") || len(line) > 200 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
			t.Errorf("line %d: %q", i+1, line)
		}
	}
	again, _ := mail.Compose(want)
	if !bytes.Equal(data, again) {
		t.Error("the same message is not the same bytes")
	}
}

func TestNoHeaderIsInjected(t *testing.T) {
	for name, change := range map[string]func(*mail.Message){
		"subject":     func(m *mail.Message) { m.Subject = "a\r\nBcc: eve@example.org" },
		"line feed":   func(m *mail.Message) { m.Subject = "a\nb" },
		"separator":   func(m *mail.Message) { m.Subject = "a\u2028b" },
		"name":        func(m *mail.Message) { m.To.Name = "a\nb" },
		"address":     func(m *mail.Message) { m.To.Email = "a@b.org>\r\nRCPT TO:<c@d.org" },
		"list":        func(m *mail.Message) { m.To.Email = "a@b.org,c@d.org" },
		"id":          func(m *mail.Message) { m.ID = "a@b>\r\nX: y" },
		"unsubscribe": func(m *mail.Message) { m.Unsubscribe = "https://x> <mailto:eve@example.org" },
		"from":        func(m *mail.Message) { m.From.Email = "" },
	} {
		m := message()
		change(&m)
		if data, err := mail.Compose(m); greyshelf.KindOf(err) != greyshelf.Invalid {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
}

func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := message()
		m.Subject, m.Text, m.HTML = rapid.String().Draw(t, "subject"), rapid.String().Draw(t, "text"), "x"+rapid.String().Draw(t, "html")
		data, err := mail.Compose(m)
		if err != nil {
			return
		}
		read, bodies := parts(t, data)
		subject, _ := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
		plain := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(m.Text)
		if strings.TrimSpace(subject) != strings.TrimSpace(m.Subject) || bodies["text/plain"] != plain || len(read.Header) != 11 {
			t.Fatalf("%q %q %v", subject, bodies["text/plain"], read.Header)
		}
	})
}

func TestParseEmail(t *testing.T) {
	for text, want := range map[string]string{
		" Ada.L@Example.org ": "Ada.L@example.org", "a+b@münchen.example": "a+b@xn--mnchen-3ya.example", "ada": "", "": "", "@b.org": "", "a@": "", "a b@c.org": "", "<a@b.org>": "",
		"a@b.org\n": "a@b.org", "a\n@b.org": "", "ädä@b.org": "", "a@b..org": "", strings.Repeat("a", 300) + "@b.org": "", `"a b"@c.org`: "",
	} {
		got, err := mail.ParseEmail(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
}

func server(s *mailtest.Server, security mail.Security) mail.Server {
	return mail.Server{Host: s.Host, Port: s.Port, Security: security, Authority: s.Authority, Timeout: 5 * time.Second, Hello: "library.example.org"}
}

// send sends one message over a connection of its own.
func send(t *testing.T, s mail.Server, to string, begin func() error) error {
	t.Helper()
	session, err := s.Dial(t.Context())
	if err != nil {
		return err
	}
	defer session.Close()
	m := message()
	m.To.Email = to
	data, err := mail.Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	return session.Send(t.Context(), m.From.Email, to, data, begin)
}

func TestSend(t *testing.T) {
	for name, o := range map[string]struct {
		mailtest.Options
		mail.Security
	}{
		"plain": {mailtest.Options{}, mail.Plain}, "starttls": {mailtest.Options{StartTLS: true, User: "desk", Password: "secret"}, mail.StartTLS}, "tls": {mailtest.Options{TLS: true, User: "desk", Password: "secret"}, mail.TLS},
	} {
		s := mailtest.Start(t, o.Options)
		to := server(s, o.Security)
		to.User, to.Password = o.User, o.Password
		if err := send(t, to, "ada@example.org", nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := s.Messages("ada@example.org"); len(got) != 1 || !strings.Contains(got[0], "Message-ID: <abc.def@library.example.org>") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestUnsafeWaysAreRefused(t *testing.T) {
	plain, secure := mailtest.Start(t, mailtest.Options{}), mailtest.Start(t, mailtest.Options{StartTLS: true, User: "desk", Password: "secret"})
	unknown, wrong := server(secure, mail.StartTLS), server(secure, mail.StartTLS)
	unknown.Authority = ""
	wrong.User, wrong.Password = "desk", "guess"
	down := server(plain, mail.Plain)
	down.Port = 1
	for name, s := range map[string]mail.Server{"no STARTTLS": server(plain, mail.StartTLS), "unknown certificate": unknown, "wrong password": wrong, "nobody listens": down, "password in the clear": {Host: secure.Host, Port: secure.Port, Security: mail.Plain, User: "desk", Password: "secret"}} {
		if err := send(t, s, "ada@example.org", nil); err == nil || mail.OutcomeOf(err) != mail.Offline || greyshelf.KindOf(err) != greyshelf.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOutcomes(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	s.Rcpt = func(to string) error {
		switch {
		case strings.HasPrefix(to, "gone"):
			return mailtest.Refuse(550, "no such user")
		case strings.HasPrefix(to, "full"):
			return mailtest.Refuse(452, "mailbox full")
		}
		return nil
	}
	s.Data = func(to string, _ []byte) error {
		switch {
		case strings.HasPrefix(to, "spam"):
			return mailtest.Refuse(554, "no")
		case strings.HasPrefix(to, "grey"):
			return mailtest.Refuse(451, "later")
		case strings.HasPrefix(to, "cut"):
			return mailtest.ErrHangUp
		}
		return nil
	}
	for to, want := range map[string]mail.Outcome{"gone": mail.Refused, "full": mail.Temporary, "spam": mail.Refused, "grey": mail.Temporary, "cut": mail.InDoubt} {
		begun := 0
		err := send(t, server(s, mail.Plain), to+"@example.org", func() error { begun++; return nil })
		if got := mail.OutcomeOf(err); err == nil || got != want {
			t.Errorf("%s: %v, want %s", to, err, want)
		}
		if accepted := to != "gone" && to != "full"; (begun == 1) != accepted {
			t.Errorf("%s: begun %d times", to, begun)
		}
	}
}

// TestOneSessionForMany: half of the addresses are refused, the others get
// their message over the same connection.
func TestOneSessionForMany(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	s.Rcpt = func(to string) error {
		if strings.HasPrefix(to, "odd") {
			return mailtest.Refuse(550, "no such user")
		}
		return nil
	}
	session, err := server(s, mail.Plain).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for i := range 20 {
		to := fmt.Sprintf("even%d@example.org", i)
		if i%2 == 1 {
			to = fmt.Sprintf("odd%d@example.org", i)
		}
		err := session.Send(t.Context(), "desk@example.org", to, []byte("Subject: x\r\n\r\nx"), nil)
		if (err != nil) != (i%2 == 1) {
			t.Fatalf("%s: %v", to, err)
		}
	}
	if n := len(s.Counts()); n != 10 {
		t.Errorf("%d addresses were sent to", n)
	}
}

func TestSlowServerIsInDoubt(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	release := make(chan struct{})
	s.Data = func(string, []byte) error { <-release; return nil }
	to := server(s, mail.Plain)
	to.Timeout = 200 * time.Millisecond
	err := send(t, to, "ada@example.org", nil)
	close(release)
	if mail.OutcomeOf(err) != mail.InDoubt {
		t.Error(err)
	}
}

func TestNothingGoesOutBeforeBegin(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	refuse := errors.New("the disk is full")
	if err := send(t, server(s, mail.Plain), "ada@example.org", func() error { return refuse }); !errors.Is(err, refuse) {
		t.Error(err)
	}
	session, err := server(s, mail.Plain).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	ctx, cancel := context.WithCancel(t.Context())
	err = session.Send(ctx, "desk@example.org", "ada@example.org", []byte("x"), func() error { cancel(); return nil })
	if mail.OutcomeOf(err) != mail.Offline || err == nil {
		t.Error(err)
	}
	if n := len(s.Counts()); n != 0 {
		t.Errorf("%d messages", n)
	}
}
