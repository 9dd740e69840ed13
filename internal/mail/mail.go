// Package mail composes messages and hands them to a mail server.
//
// It is a leaf that whatever sends mail uses: the digest, the confirmation of
// a subscription. It knows nothing of reports and stores nothing. What it
// makes has no script, no picture from elsewhere and no header that its
// caller's texts could add; what became of a message is said exactly: refused,
// to be tried again, or in doubt, when the server may have taken it although
// its answer never came.
package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/greyshelf/greyshelf"
)

// Message is a message to one reader (RFC 5322), in plain text and HTML.
type Message struct {
	ID      string // of the Message-ID, without angle brackets: "issue.contact@library.example.org"
	Date    time.Time
	From    Address
	To      Address
	Subject string
	Text    string // plain text; lines end in \n
	HTML    string // a whole document; "" for a message in plain text only
	// Unsubscribe is the address that ends the subscription when it is posted
	// to (RFC 8058); "" for a message that is no part of a subscription.
	Unsubscribe string
}

// Address is a name, which may be empty, and an e-mail address.
type Address struct {
	Name  string
	Email string
}

const opCompose = "compose the message"

// Limits of a header's text and of an address (RFC 5321 §4.5.3.1).
const (
	longestHeader  = 1000
	longestAddress = 254
)

// ParseEmail checks an e-mail address and gives it as mail servers take it: a
// domain of other letters in its ASCII form (RFC 5890). The part before the @
// must be ASCII, since few servers take anything else. Errors: Invalid.
func ParseEmail(text string) (string, error) {
	const op = "read the e-mail address"
	bad := greyshelf.Errorf(greyshelf.Invalid, op, text, "this is not an e-mail address such as ada@example.org")
	text = strings.TrimSpace(text)
	local, domain, found := cutLast(text, "@")
	if !found || local == "" || len(text) > longestAddress || strings.ContainsFunc(text, unfit) || strings.ContainsAny(text, " <>,;:\\\"()[]") {
		return "", bad
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || ascii == "" || strings.ContainsFunc(local, func(r rune) bool { return r > unicode.MaxASCII }) {
		return "", bad
	}
	parsed, err := mail.ParseAddress(local + "@" + ascii)
	if err != nil || parsed.Address != local+"@"+ascii {
		return "", bad
	}
	return parsed.Address, nil
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// unfit reports whether a character has no place in a header: those that end
// a line or steer a terminal.
func unfit(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// Compose gives the message as bytes, ready for DATA: header lines end in CRLF,
// texts are quoted-printable UTF-8. Errors: Invalid when a header holds a line
// break or another control character, or an address is none.
func Compose(m Message) ([]byte, error) {
	headers, err := headersOf(m)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for _, h := range headers {
		out.WriteString(fold(h[0] + ": " + h[1]))
	}
	if m.HTML == "" {
		out.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
		writeQuoted(&out, m.Text)
		return out.Bytes(), nil
	}
	parts := multipart.NewWriter(&out)
	_ = parts.SetBoundary(boundary(m.ID)) // of letters and digits, so it is never refused
	out.WriteString("Content-Type: multipart/alternative; boundary=" + parts.Boundary() + "\r\n\r\n")
	for _, part := range [][2]string{{"text/plain", m.Text}, {"text/html", m.HTML}} {
		w, _ := parts.CreatePart(textproto.MIMEHeader{ // a buffer takes everything
			"Content-Type": {part[0] + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
		})
		writeQuoted(w, part[1])
	}
	_ = parts.Close()
	return out.Bytes(), nil
}

// headersOf gives the header fields in order.
func headersOf(m Message) ([][2]string, error) {
	from, err := m.From.header()
	if err != nil {
		return nil, err
	}
	to, err := m.To.header()
	if err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"subject": m.Subject, "Message-ID": m.ID, "List-Unsubscribe": m.Unsubscribe} {
		if strings.ContainsFunc(text, unfit) || len(text) > longestHeader {
			return nil, greyshelf.Errorf(greyshelf.Invalid, opCompose, name, "it holds a line break or another control character, or is too long")
		}
	}
	if !strings.Contains(m.ID, "@") || strings.ContainsAny(m.ID+m.Unsubscribe, "<> ") {
		return nil, greyshelf.Errorf(greyshelf.Invalid, opCompose, m.ID, "this is no Message-ID such as issue.contact@example.org")
	}
	headers := [][2]string{
		{"Message-ID", "<" + m.ID + ">"}, {"Date", m.Date.Format(time.RFC1123Z)}, {"From", from}, {"To", to},
		{"Subject", mime.QEncoding.Encode("utf-8", m.Subject)},
	}
	if m.Unsubscribe != "" {
		headers = append(headers, [2]string{"List-Unsubscribe", "<" + m.Unsubscribe + ">"}, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
			[2]string{"Precedence", "list"}, [2]string{"Auto-Submitted", "auto-generated"})
	}
	return append(headers, [2]string{"MIME-Version", "1.0"}), nil
}

func (a Address) header() (string, error) {
	email, err := ParseEmail(a.Email)
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(a.Name, unfit) || len(a.Name) > longestHeader {
		return "", greyshelf.Errorf(greyshelf.Invalid, opCompose, a.Email, "the name holds a line break or another control character, or is too long")
	}
	return (&mail.Address{Name: a.Name, Address: email}).String(), nil
}

// foldAt is the length at which header lines are folded (RFC 5322 §2.1.1).
const foldAt = 76

// fold breaks a header line at spaces and ends it.
func fold(line string) string {
	var b strings.Builder
	length := 0
	for i, word := range strings.Split(line, " ") {
		switch {
		case i == 0:
		case i > 1 && length+1+len(word) > foldAt: // never behind the field's name: an empty first line confuses servers
			b.WriteString("\r\n ")
			length = 1
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length += len(word)
	}
	return b.String() + "\r\n"
}

// writeQuoted writes text as quoted-printable with CRLF (RFC 2045 §6.7).
func writeQuoted(w interface{ Write([]byte) (int, error) }, text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	q := quotedprintable.NewWriter(w)
	_, _ = q.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n"))) // a buffer takes everything
	_ = q.Close()
}

// boundary follows from the identifier: the same message is the same bytes. It
// holds "=_", which quoted-printable never does (RFC 2045 §6.7), in its place.
func boundary(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "greyshelf_" + hex.EncodeToString(sum[:12])
}
