package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Bounce is what a delivery status notification (RFC 3464) says of one
// recipient.
type Bounce struct {
	Message   string // Message-ID of the message that was sent, without angle brackets; "" when it is not told
	Recipient string // the address it was sent to: Original-Recipient where given, else Final-Recipient
	Action    string // "failed", "delayed", "delivered", "relayed", "expanded", in lower case
	Status    string // RFC 3463: "5.1.1"
	Reason    string // Diagnostic-Code, in the words of the server; one line
}

// Hard reports whether the message was refused for good (RFC 3463 §2: class 5).
func (b Bounce) Hard() bool { return b.Action == "failed" && strings.HasPrefix(b.Status, "5.") }

// Limits of what is read.
const (
	largestNotice   = 1 << 20 // bytes of one message; the rest of it is passed over
	mostNotices     = 100_000 // messages of a mailbox
	mostRecipients  = 100     // of one notice
	mostParts       = 20
	longestReason   = 300
	longestMailLine = 64 << 10
)

// ReadBounces reads a message, or a mailbox of many (RFC 4155), and gives each
// bounce to found; what is no delivery status notification is counted and
// passed over. Errors: those of found, TooLarge, Unavailable.
func ReadBounces(r io.Reader, found func(Bounce) error) (messages, others int, err error) {
	const op = "read the notices"
	lines := bufio.NewReaderSize(r, longestMailLine)
	var message bytes.Buffer
	end := func() error {
		if len(bytes.TrimSpace(message.Bytes())) == 0 {
			message.Reset()
			return nil
		}
		if messages++; messages > mostNotices {
			return greyshelf.Errorf(greyshelf.TooLarge, op, "", "there are more than %d messages", mostNotices)
		}
		all := bounces(message.Bytes())
		message.Reset()
		if len(all) == 0 {
			others++
		}
		for _, b := range all {
			if err := found(b); err != nil {
				return err
			}
		}
		return nil
	}
	for begins, blank := true, true; ; { // begins: at the beginning of a line; blank: after an empty one
		line, failure := lines.ReadSlice('\n')
		if begins && blank && bytes.HasPrefix(line, []byte("From ")) {
			if err := end(); err != nil {
				return messages, others, err
			}
		} else if message.Len()+len(line) <= largestNotice {
			message.Write(line)
		}
		if begins {
			blank = len(bytes.TrimRight(line, "\r\n")) == 0
		}
		begins = failure == nil
		switch {
		case errors.Is(failure, io.EOF):
			return messages, others, end()
		case failure != nil && !errors.Is(failure, bufio.ErrBufferFull):
			return messages, others, greyshelf.E(greyshelf.Unavailable, op, "", failure)
		}
	}
}

// bounces reads one message; none when it is no notice.
func bounces(message []byte) []Bounce {
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return nil
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return nil
	}
	var all []Bounce
	original := ""
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range mostParts {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		body := decoded(part, part.Header.Get("Content-Transfer-Encoding"))
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status", "message/global-delivery-status": // RFC 6533 §3
			all = recipients(body)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers": // RFC 3462 §2
			text, _ := io.ReadAll(body) // at most a message; what was read before an error counts
			header, _, _ := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n")
			original = oneLine(strings.Trim(strings.TrimSpace(fieldsOf(header)["message-id"]), "<>"), longestAddress*2)
		}
	}
	for i := range all {
		all[i].Message = original
	}
	return all
}

func decoded(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}

// recipients reads the groups of fields (RFC 3464 §2.1): the first is of the
// message, each other of one recipient.
func recipients(r io.Reader) []Bounce {
	text, _ := io.ReadAll(r) // at most a message; what was read before an error counts
	var all []Bounce
	for _, group := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n") {
		fields := fieldsOf(group)
		final, named := fields["final-recipient"]
		if !named || len(all) == mostRecipients {
			continue
		}
		b := Bounce{Recipient: recipient(fields["original-recipient"]), Action: strings.ToLower(oneLine(fields["action"], 20))}
		if b.Recipient == "" {
			b.Recipient = recipient(final)
		}
		b.Status, _, _ = strings.Cut(oneLine(fields["status"], 40), " ") // a comment may follow
		b.Reason = oneLine(fields["diagnostic-code"], longestReason)
		all = append(all, b)
	}
	return all
}

// fieldsOf reads header fields by their names in lower case, the first of each;
// servers put into them what net/textproto takes for malformed.
func fieldsOf(group string) map[string]string {
	fields := map[string]string{}
	name := ""
	for line := range strings.SplitSeq(group, "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			if name != "" {
				fields[name] += line
			}
			continue
		}
		before, value, found := strings.Cut(line, ":")
		name = strings.ToLower(strings.TrimSpace(before))
		if _, twice := fields[name]; twice || !found {
			name = ""
			continue
		}
		fields[name] = value
	}
	return fields
}

// recipient takes the address out of "rfc822; ada@example.org" (§2.3.1); "" for
// what is none.
func recipient(field string) string {
	kind, address, found := strings.Cut(field, ";")
	if !found || !strings.EqualFold(strings.TrimSpace(kind), "rfc822") && !strings.EqualFold(strings.TrimSpace(kind), "utf-8") {
		return ""
	}
	email, err := ParseEmail(strings.Trim(strings.TrimSpace(address), "<>"))
	if err != nil {
		return ""
	}
	return email
}

// oneLine makes a text one line of at most so many characters.
func oneLine(text string, most int) string {
	runes := []rune(strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool { return r == ' ' || unfit(r) }), " "))
	return string(runes[:min(len(runes), most)])
}
