package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestADigestGoesOutOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		thread := id.New(c.Now())
		digest := h.digest(h.mei, item(thread))
		if err := h.mail.Deliver(t.Context(), h.workspace, digest.ID, h.mei); err != nil {
			t.Fatal(err)
		}
		got := s.mails()
		if len(got) != 1 {
			t.Fatalf("%d mails, want 1", len(got))
		}
		e := got[0]
		root := "<" + id.Encode("thr", thread) + "@meantime.example>"
		for name, want := range map[string]string{
			"Subject": "Pricing page", "Message-Id": "<" + id.Encode("dig", digest.ID) + "@meantime.example>",
			"In-Reply-To": root, "References": root, "Auto-Submitted": "auto-generated",
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Date": c.Now().Time().Format(time.RFC1123Z),
			"To": `"Mei Lin" <mei@example.org>`, "From": `"Meantime" <meantime@meantime.example>`,
		} {
			if got := e.GetHeader(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if !strings.HasPrefix(e.GetHeader("List-Unsubscribe"), "<https://meantime.example/api/v1/mail/off/") {
			t.Errorf("List-Unsubscribe is %q", e.GetHeader("List-Unsubscribe"))
		}
		for _, body := range []string{e.Text, e.HTML} {
			if !strings.Contains(body, "due today, 16:00") || !strings.Contains(body, "https://meantime.example/threads/thr_") {
				t.Errorf("no due or no link in:\n%s", body)
			}
		}
	})
}

func TestAServerThatPutsOffIsTriedAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		s.answer = func(try int) error {
			if try == 1 {
				return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back"}
			}
			return nil
		}
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		h.digest(h.mei, item(id.New(c.Now())))
		if len(s.mails()) != 0 {
			t.Fatal("the mail was taken at the first try")
		}
		c.Advance(5 * time.Minute)
		h.settle()
		if got := s.mails(); len(got) != 1 {
			t.Errorf("%d mails after the second try, want 1", len(got))
		}
	})
}

// A page that the server puts off shortly before five comes at once to whoever agreed to
// be paged at night, and in the morning to whoever did not.
func TestAPageHeldUpRingsAtNightByConsentAlone(t *testing.T) {
	for _, agreed := range []bool{false, true} {
		t.Run(fmt.Sprint("agreed: ", agreed), func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
				s := serve(t)
				s.answer = func(try int) error {
					if try == 1 {
						return &smtp.SMTPError{Code: 451, Message: "Greylisted"}
					}
					return nil
				}
				h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
				h.wish.Nights = agreed
				c.Set(clock.At(testkit.Monday.Add(10*time.Hour - 30*time.Second))) // half a minute before five
				h.urgency = worktime.Urgent
				h.digest(h.mei, item(id.New(c.Now())))
				c.Advance(2 * time.Minute)
				h.settle()
				if got := len(s.mails()) == 1; got != agreed {
					t.Errorf("agreed to be paged at night: %v; paged after five: %v", agreed, got)
				}
				c.Set(clock.At(testkit.Monday.Add(26 * time.Hour))) // Tuesday, 09:00
				h.settle()
				if n := len(s.mails()); n != 1 {
					t.Errorf("agreed: %v; %d mails by the morning, want 1", agreed, n)
				}
			})
		})
	}
}

func TestAMailHeldUpDoesNotRingAtNight(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		s.answer = func(try int) error {
			if try == 1 {
				return &smtp.SMTPError{Code: 421, Message: "Closing"}
			}
			return nil
		}
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		c.Set(clock.At(testkit.Monday.Add(10*time.Hour - 30*time.Second))) // half a minute before five
		h.digest(h.mei, item(id.New(c.Now())))
		c.Advance(time.Hour)
		h.settle()
		if len(s.mails()) != 0 {
			t.Error("a mail went out at six in the evening")
		}
		c.Set(clock.At(testkit.Monday.Add(26 * time.Hour))) // Tuesday, 09:00
		h.settle()
		if len(s.mails()) != 1 {
			t.Error("the mail did not go out in the morning")
		}
	})
}

func TestARefusalIsGivenUpAndShown(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		s.answer = func(int) error {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
		}
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		h.digest(h.mei, item(id.New(c.Now())))
		for range 3 {
			c.Advance(24 * time.Hour)
			h.settle()
		}
		if s.tries != 1 {
			t.Errorf("tried %d times after a refusal, want 1", s.tries)
		}
		dead, err := job.DeadJobs(t.Context(), d, 5)
		if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Problem, "No such user") {
			t.Errorf("dead jobs %+v (%v), want the server's words", dead, err)
		}
	})
}

// A server that takes a mail and says so too late gets it twice: under one name.
func TestALateYesRepeatsUnderTheSameName(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
	digest := h.digest(h.mei, item(id.New(c.Now())))
	h.forgetSent(digest.ID)
	if err := h.mail.Deliver(t.Context(), h.workspace, digest.ID, h.mei); err != nil {
		t.Fatal(err)
	}
	got := s.mails()
	if len(got) != 2 || got[0].GetHeader("Message-Id") != got[1].GetHeader("Message-Id") {
		t.Errorf("%d mails, want two of one name", len(got))
	}
}

// forgetSent puts the outbox back to the moment before the server's yes came in.
func (h *house) forgetSent(digest id.ID) {
	h.write(func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test plays a lost answer")
		_, err := tx.Exec(ctx, `UPDATE mail_outbox SET state = 'sending' WHERE workspace_id = $1 AND digest_id = $2`, h.workspace, digest)
		return err
	})
}

func TestNothingGoesToThoseWhoShouldNotGetIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(h *house, person id.ID)
		items   int
	}{
		{"who turned mail off", func(h *house, p id.ID) { h.off[p] = true }, 1},
		{"who may read none of it any more", func(*house, id.ID) {}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, d *db.DB, clk *clock.Machine) {
				s := serve(t)
				h := build(t, d, clk, mail.Options{SMTP: s.addr, TLS: "none"})
				c.prepare(h, h.mei)
				h.digest(h.mei, make([]mail.Item, c.items)...)
				if n := len(s.mails()); n != 0 {
					t.Errorf("%d mails, want none", n)
				}
			})
		})
	}
}

func TestHostileNamesStayInTheirPlace(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
	for i, name := range hostile() {
		person := h.person("Guest", fmt.Sprintf("guest%d@example.org", i))
		it := item(id.New(c.Now()))
		it.Title, it.Excerpt, it.Subject, it.Path = name, name, name, "/threads/"+name
		h.digest(person, it)
		got := s.mails()
		if len(got) != i+1 {
			t.Fatalf("the mail with %q did not go out", name)
		}
		e := got[i]
		if bcc := e.GetHeader("Bcc") + e.GetHeader("X-Evil"); bcc != "" {
			t.Errorf("%q made a header: %q", name, bcc)
		}
		for _, bad := range []string{"<script", "<img", "<style"} {
			if strings.Contains(e.HTML, bad) {
				t.Errorf("%q put %q into the HTML", name, bad)
			}
		}
		home := strings.Count(e.HTML, `href="https://meantime.example/`) + strings.Count(e.HTML, `href="https://meantime.example"`)
		if home != strings.Count(e.HTML, "href=") {
			t.Errorf("%q made a link to elsewhere:\n%s", name, e.HTML)
		}
	}
}

func hostile() []string {
	parts := []string{
		"Eve\r\nBcc: all@example.org", "Eve\nX-Evil: 1", "Eve\r\n\r\n<script>alert(1)</script>", "\"Eve\" <evil@example.net>",
		"<img src=x onerror=alert(1)>", "{{.Stop}}", "javascript:alert(1)", "//evil.example/", "https://evil.example/",
		"=?utf-8?q?=0D=0ABcc:_all=40example.org?=", "\u202egnp.exe", "a\x00b", "\xff\xfe", "😀😀😀", "O'Brien & Søn", "../../..", "%0d%0aBcc:x@y",
		strings.Repeat("long ", 200), "\t\v\f", "</title><style>*{display:none}</style>",
	}
	var out []string
	for _, p := range parts {
		out = append(out, p, "A "+p, p+" Z", p+p, "«"+p+"»")
	}
	return out
}
