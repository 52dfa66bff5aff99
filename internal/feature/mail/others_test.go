package mail_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// A server hangs with one recipient, puts off another, takes a third's mail and does not
// say so, and refuses a fourth: with what is set by default, thirty others have their
// mail within five seconds. Then each of the four comes to its own end.
func TestWhateverIsDoneWithOneTheOthersHaveTheirs(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		let := s.hangOn("hang")
		s.late = func(to string) {
			if strings.HasPrefix(to, "late") {
				<-let
			}
		}
		s.rcpt = func(to string, try int) error {
			switch {
			case strings.HasPrefix(to, "grey") && try < 3:
				return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back in a while"}
			case strings.HasPrefix(to, "none"):
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "Nobody of that name"}
			}
			return nil
		}
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		everybody := []string{"hang", "grey", "late", "none"}
		for i := range 30 {
			everybody = append(everybody, fmt.Sprintf("quick%d", i))
		}
		var all []id.ID
		for _, name := range everybody {
			all = append(all, h.person(name, name+"@example.org"))
		}
		watch := clock.Stopwatch()
		h.allAtOnce(all)
		took := clock.Since(watch)
		if n := s.count("quick"); n != 30 || took > 5*time.Second {
			t.Errorf("after %s the others have %d mails, want 30 within 5 s", took, n)
		}
		t.Logf("the others had their mail after %s", took)
		close(let)
		for range 8 {
			h.mail.WaitSlow()
			c.Advance(4 * time.Minute)
			h.settle()
		}
		for who, want := range map[string]int{"hang": 1, "grey": 1, "late": 1, "none": 0, "quick": 30} {
			if n := s.count(who); n != want {
				t.Errorf("%s got %d mails in the end, want %d", who, n, want)
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.to["none@example.org"] != 1 || s.to["grey@example.org"] != 3 {
			t.Errorf("tried %d times where nobody is and %d times where it was put off twice, want 1 and 3", s.to["none@example.org"], s.to["grey@example.org"])
		}
	})
}

// allAtOnce tells everybody of one thing at the same instant, and lets it settle.
func (h *house) allAtOnce(all []id.ID) {
	h.t.Helper()
	var ids []id.ID
	for _, p := range all {
		d := mail.Digest{ID: id.New(h.clock.Now()), Person: p, At: h.clock.Now(), Urgency: worktime.Routine, Items: []mail.Item{item(id.New(h.clock.Now()))}}
		ids = append(ids, d.ID)
		h.mu.Lock()
		h.digests[d.ID] = d
		h.mu.Unlock()
	}
	h.write(func(_ context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{
			Kind: "attention.digested", Subject: event.Ref{Kind: "digests", ID: ids[0]}, Concerns: all, Data: map[string]any{"digests": ids},
		})
		return nil
	})
	h.settle()
}

// count is how many mails went to addresses that begin so.
func (s *server) count(begins string) (n int) {
	for _, m := range s.mails() {
		if strings.Contains(m.GetHeader("To"), "<"+begins) {
			n++
		}
	}
	return n
}

// Where the connection must be encrypted, nothing is said to a server that cannot, or
// that proves by nobody's word who it is; the mail waits.
func TestNothingLeavesUnencrypted(t *testing.T) {
	quiet := func(b *smtp.Server) { b.ErrorLog = log.New(io.Discard, "", 0) }
	own := func(b *smtp.Server) {
		quiet(b)
		cert, key := certificate(t)
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			t.Fatal(err)
		}
		b.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	for _, w := range []struct {
		name, tls string
		server    func(*smtp.Server)
	}{
		{"a server without STARTTLS", "starttls", quiet},
		{"a certificate that nobody vouches for", "starttls", own},
		{"the same, where encryption is taken if offered", "opportunistic", own},
		{"a server that speaks no TLS at once", "tls", quiet},
	} {
		t.Run(w.name, func(t *testing.T) {
			d := testkit.SQLite(t, clock.Still(testkit.Monday))
			s := serveWith(t, w.server)
			h := build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: w.tls})
			h.digest(h.mei, h.thing())
			if n := len(s.mails()); n != 0 || s.tries != 0 {
				t.Errorf("%d mails and %d recipients were told, want none", n, s.tries)
			}
			rows, err := h.mail.Outbox(t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Owner}, id.ID{}, 0)
			if err != nil || len(rows) != 1 || rows[0].State != "waiting" || rows[0].Problem == "" {
				t.Errorf("the outbox has %+v (%v), want one that waits and says why", rows, err)
			}
		})
	}
}
