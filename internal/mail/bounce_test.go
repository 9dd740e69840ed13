package mail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
)

// notice is a delivery status notification as RFC 3464 (appendix E) has them.
const notice = "From: MAILER-DAEMON@mx.example.org\r\nTo: desk@example.org\r\nSubject: Returned\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"B/1\"\r\n\r\npreamble\r\n" +
	"--B/1\r\n\r\nYour message was not delivered.\r\n" +
	"--B/1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n" +
	"Final-Recipient: RFC822; other@example.net\r\nOriginal-Recipient: rfc822;ada@example.org\r\nAction: Failed\r\nStatus: 5.1.1 (no mailbox)\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such\x1b user\r\n\r\n" +
	"Final-Recipient: rfc822; bob@example.org\r\nAction: delayed\r\nStatus: 4.4.7\r\n\r\n" +
	"--B/1\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <issue.contact@example.org>\r\nSubject: New\r\n\r\nHello\r\n--B/1--\r\n"

func read(t testing.TB, text string) (all []mail.Bounce, messages, others int) {
	t.Helper()
	messages, others, err := mail.ReadBounces(strings.NewReader(text), func(b mail.Bounce) error { all = append(all, b); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all, messages, others
}

func TestReadBounces(t *testing.T) {
	want := []mail.Bounce{
		{Message: "issue.contact@example.org", Recipient: "ada@example.org", Action: "failed", Status: "5.1.1", Reason: "smtp; 550 5.1.1 no such user"},
		{Message: "issue.contact@example.org", Recipient: "bob@example.org", Action: "delayed", Status: "4.4.7"},
	}
	for name, text := range map[string]string{"CRLF": notice, "LF": strings.ReplaceAll(notice, "\r\n", "\n")} {
		got, messages, others := read(t, text)
		if diff := cmp.Diff(want, got); diff != "" || messages != 1 || others != 0 {
			t.Error(name, diff, messages, others)
		}
	}
	if !want[0].Hard() || want[1].Hard() {
		t.Error("hard and soft are mixed up")
	}
	box := "From a@b Thu Jan  1 00:00:00 2026\n" + notice + "\nFrom c@d Thu Jan  1 00:00:00 2026\nSubject: lunch\n\nFrom here to there\n\nFrom x y\n" + notice
	got, messages, others := read(t, box)
	if len(got) != 4 || messages != 3 || others != 1 {
		t.Error(len(got), messages, others)
	}
}

func TestReadBouncesBad(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "blank": "\n\n\n", "text": "hello", "no parts": "Content-Type: multipart/report; report-type=delivery-status\n\nx", "another report": strings.ReplaceAll(notice, "delivery-status;", "disposition-notification;"),
		"no address": strings.NewReplacer("other@example.net", "x", "ada@example.org", "y").Replace(notice)[:200], "long line": strings.Repeat("x", 5<<20),
	} {
		if got, _, _ := read(t, text); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	huge := strings.Replace(notice, "Your message", strings.Repeat("long line\n", 1<<20), 1)
	if got, messages, _ := read(t, huge+"\nFrom a b\n"+notice); len(got) != 2 || messages != 2 {
		t.Error("one message too large hides the next:", len(got), messages)
	}
	many := strings.Repeat("From a b\nx\n\n", 100_001)
	if _, _, err := mail.ReadBounces(strings.NewReader(many), nil); greyshelf.KindOf(err) != greyshelf.TooLarge {
		t.Error(err)
	}
}

// FuzzReadBounces: whatever comes, every bounce has an address or none, and no
// line break.
func FuzzReadBounces(f *testing.F) {
	f.Add(notice)
	f.Add("From a b\n" + strings.ReplaceAll(notice, "\r\n", "\n"))
	f.Fuzz(func(t *testing.T, text string) {
		_, _, err := mail.ReadBounces(strings.NewReader(text), func(b mail.Bounce) error {
			if strings.ContainsAny(b.Message+b.Recipient+b.Action+b.Status+b.Reason, "\r\n\x00") {
				t.Errorf("%+v", b)
			}
			return nil
		})
		if err != nil && greyshelf.KindOf(err) != greyshelf.TooLarge {
			t.Error(err)
		}
	})
}
