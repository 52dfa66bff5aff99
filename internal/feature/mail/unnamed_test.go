package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// A mail with words to a thing that takes none is refused with one sentence and the link,
// and nothing of it is kept: no bytes, no subject, no quotation; one word is taken.
func TestNothingIsKeptOfWhatCarriesAName(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		h.noWords = "This is anonymous."
		to := h.address(s)
		send := func(key, text string) {
			t.Helper()
			if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter(key, to, text))); err != nil {
				t.Fatal(err)
			}
			h.settle()
		}
		send("k", "A thought for nobody to know.")
		send("l", "done\r\n\r\nA thought below.")
		if n := len(h.heard()); n != 0 {
			t.Errorf("%d mails were taken", n)
		}
		if all, _, err := h.mail.AllReceived(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("%d mails are kept (%v)", len(all), err)
		}
		err := filepath.WalkDir(h.files, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if b, err := os.ReadFile(path); err != nil || strings.Contains(string(b), "thought") {
				t.Errorf("%s keeps the mail (%v)", path, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got := s.mails()
		last := got[len(got)-1]
		if !strings.Contains(last.Text, h.noWords) || !strings.Contains(last.Text, "/things/1") || strings.Contains(last.Text, "thought") {
			t.Errorf("it is answered with:\n%s", last.Text)
		}
		send("m", "done")
		if n := len(h.heard()); n != 1 {
			t.Errorf("one word was heard %d times", n)
		}
	})
}
