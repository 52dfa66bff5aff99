package mail_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// Words that stand for marks on a ballot are told back to whoever mailed them, in answer
// to their mail; other words are not.
func TestWhatWasUnderstoodIsToldBack(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		to := h.address(s)
		for name, text := range map[string]string{"a": "B > A", "b": "I like both."} {
			if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter(name, to, text))); err != nil {
				t.Fatal(err)
			}
		}
		h.settle()
		got := s.mails()
		if len(got) != 2 { // the digest, and one answer
			t.Fatalf("%d mails went out", len(got))
		}
		last := got[1]
		if !strings.Contains(last.Text, "Done.") || !strings.Contains(last.Text, "> B > A") || last.GetHeader("In-Reply-To") != "<a@example.org>" {
			t.Errorf("the answer to %s is:\n%s", last.GetHeader("In-Reply-To"), last.Text)
		}
	})
}
