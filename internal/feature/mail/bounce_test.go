package mail_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func (h *house) paused() bool {
	h.t.Helper()
	m, err := h.mail.Mine(h.t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Member})
	if err != nil {
		h.t.Fatal(err)
	}
	return !m.Paused.PausedAt.IsZero()
}

// A server that knows no such mailbox stops mail to it; one that dislikes a mail does not.
func TestARefusedAddressIsPaused(t *testing.T) {
	for _, c := range []struct {
		err  *smtp.SMTPError
		want bool
	}{
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}, true},
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Looks like spam"}, false},
		{&smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 2, 2}, Message: "Mailbox full"}, false},
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: "Unknown"}, true},
	} {
		t.Run(c.err.Error(), func(t *testing.T) {
			d := testkit.SQLite(t, clock.Still(testkit.Monday))
			s := serve(t)
			s.answer = func(int) error { return c.err }
			h := build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none"})
			h.digest(h.mei, item(id.New(h.clock.Now())))
			if got := h.paused(); got != c.want {
				t.Errorf("paused: %v, want %v", got, c.want)
			}
		})
	}
}

// Bounces that are not final pause an address after five of them over days.
func TestSoftBouncesPauseInTheEnd(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		h.digest(h.mei, h.thing())
		back := s.from[0]
		for i, hours := range []int{0, 1, 1, 1, 1, 72} {
			c.Advance(time.Duration(hours) * time.Hour)
			raw := fmt.Sprintf("From: MAILER-DAEMON@x.example\r\nTo: <%s>\r\nSubject: Delayed\r\nMessage-ID: <s%d@x.example>\r\nMIME-Version: 1.0\r\n"+
				"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nFull.\r\n--b\r\n"+
				"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; mei@example.org\r\nAction: failed\r\nStatus: 4.2.2\r\n\r\n--b--\r\n", back, i)
			if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: back}, []byte(raw)); err != nil {
				t.Fatal(err)
			}
			h.settle()
			if got, want := h.paused(), i == 5; got != want {
				t.Errorf("after %d bounces paused is %v, want %v", i+1, got, want)
			}
		}
		if !strings.HasPrefix(back, "reply+") {
			t.Errorf("it came back to %q", back)
		}
	})
}

// What a mail that can be answered looks like: testdata/answer.txt and answer.html.
func TestAMailThatCanBeAnsweredReads(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{Demo: true, Domain: "in.example.org"})
	h.digest(h.mei, h.thing(), mail.Item{Title: "Ana Petrova mentioned you in Launch", Path: "/threads/thr_x", Sort: mail.Info})
	rows, err := h.mail.Outbox(t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Member}, id.ID{}, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d mails (%v), want 1", len(rows), err)
	}
	golden(t, "answer.txt", rows[0].BodyText)
	golden(t, "answer.html", rows[0].BodyHTML)
}
