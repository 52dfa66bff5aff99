package mail_test

import (
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// What became nothing is forgotten after a month, and addresses some time after they
// ended; until then a late reply is told why it came too late.
func TestWhatIsOverIsForgotten(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		to := h.address(s)
		auto := "Auto-Submitted: auto-replied\r\n" + letter("k", to, "I am away.")
		if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(auto)); err != nil {
			t.Fatal(err)
		}
		h.settle()
		if all, states, err := h.mail.AllReceived(t.Context()); err != nil || len(all) != 1 || states[0] != "ignored" {
			t.Fatalf("%v (%v)", states, err)
		}
		c.Advance(61 * 24 * time.Hour)
		h.settle()
		if all, _, err := h.mail.AllReceived(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("%d mails are kept (%v)", len(all), err)
		}
		c.Set(clock.At(testkit.Monday.AddDate(0, 0, 63).Add(4 * time.Hour))) // a Monday, at work
		if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter("l", to, "At last."))); err != nil {
			t.Fatal(err)
		}
		h.settle()
		got := s.mails()
		if last := got[len(got)-1]; !strings.Contains(last.Text, "60 days") || !strings.Contains(last.Text, "> At last.") || len(h.heard()) != 0 {
			t.Errorf("a late reply is answered with:\n%s", last.Text)
		}
		c.Advance(120 * 24 * time.Hour)
		h.settle()
		before := len(s.mails())
		if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter("m", to, "Much later."))); err != nil {
			t.Fatal(err)
		}
		h.settle()
		if len(s.mails()) != before || len(h.heard()) != 0 {
			t.Error("an address that nobody remembers is answered")
		}
	})
}
