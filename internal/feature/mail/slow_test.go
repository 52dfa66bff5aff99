package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// A server that says nothing about one recipient keeps nobody else waiting: thirty
// others have their mail while it still hangs, each well within five seconds.
func TestOneThatHangsKeepsNobodyWaiting(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	let := s.hangOn("slow")
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Hold: 300 * time.Millisecond})
	var slow []id.ID
	for i := range 3 {
		slow = append(slow, h.person("Slow", fmt.Sprintf("slow%d@example.org", i)))
	}
	watch := clock.Stopwatch()
	for _, p := range slow {
		for range 3 { // more to the same address waits for the first
			h.digest(p, item(id.New(c.Now())))
		}
	}
	for i := range 30 {
		h.digest(h.person("Quick", fmt.Sprintf("quick%d@example.org", i)), item(id.New(c.Now())))
	}
	took := clock.Since(watch)
	if n := len(s.mails()); n != 30 {
		t.Errorf("%d mails are there while one server hangs, want the 30 of the others", n)
	}
	if took > 5*time.Second {
		t.Errorf("the others waited %s", took)
	}
	close(let)
	for range 6 {
		c.Advance(3 * time.Minute)
		h.mail.WaitSlow()
		h.settle()
	}
	names := map[string]int{}
	for _, m := range s.mails() {
		names[m.GetHeader("Message-Id")]++
	}
	if len(names) != 39 {
		t.Errorf("%d different mails in the end, want 39", len(names))
	}
	for name, n := range names {
		if n != 1 {
			t.Errorf("%s came %d times", name, n)
		}
	}
}

// Mail is tried again for a day, with pauses that grow, and then given up.
func TestAServerThatNeverTakesIsGivenUpAfterADay(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	s.answer = func(int) error {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Later"}
	}
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
	h.digest(h.mei, item(id.New(c.Now())))
	for range 60 {
		c.Advance(time.Hour)
		h.settle()
	}
	if s.tries < 8 || s.tries > 40 {
		t.Errorf("tried %d times in a day of her hours", s.tries)
	}
	if len(s.mails()) != 0 {
		t.Error("a mail was taken")
	}
	before := s.tries
	c.Advance(48 * time.Hour)
	h.settle()
	if s.tries != before {
		t.Error("a mail that was given up was tried again")
	}
}

// Signatures can be checked with the records that the operator is told to publish.
func TestSignaturesHold(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		s.keep = true
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", From: "Meantime <m@example.org>", DKIM: "mt1", Domain: "in.example.org"})
		records, err := h.mail.DKIM(t.Context())
		if err != nil || len(records) != 2 {
			t.Fatalf("%d records (%v), want one of each kind", len(records), err)
		}
		h.digest(h.mei, h.thing())
		look := func(name string) ([]string, error) {
			for _, r := range records {
				if r.Name == name {
					return []string{r.Value}, nil
				}
			}
			return nil, fmt.Errorf("no record %s", name)
		}
		list, err := dkim.VerifyWithOptions(strings.NewReader(s.raw[0]), &dkim.VerifyOptions{LookupTXT: look})
		if err != nil || len(list) != 2 {
			t.Fatalf("%d signatures (%v), want 2 in:\n%s", len(list), err, s.raw[0])
		}
		for _, v := range list {
			if v.Err != nil || v.Domain != "example.org" {
				t.Errorf("the signature of %s: %v", v.Domain, v.Err)
			}
		}
		broken := strings.Replace(s.raw[0], "Pricing page", "Pricing rage", 1)
		if list, err = dkim.VerifyWithOptions(strings.NewReader(broken), &dkim.VerifyOptions{LookupTXT: look}); err != nil || list[0].Err == nil {
			t.Errorf("a changed mail still verifies: %v", err)
		}
	})
}

// Everybody has their mail as they wish it.
func TestMailAsWished(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	news := mail.Item{Title: "Kofi answered: a question", Path: "/threads/x", Sort: mail.News}
	info := mail.Item{Title: "Ana mentioned you in Launch", Path: "/threads/y", Sort: mail.Info}
	for _, w := range []struct {
		name string
		wish mail.Wish
		want []string
		html bool
	}{
		{"all in one", mail.Wish{}, []string{"4 things for you"}, true},
		{"each ask by itself", mail.Wish{Each: true}, []string{"Pricing page", "Pricing page", "2 things for you"}, true},
		{"only what is asked", mail.Wish{Leave: map[mail.Sort]bool{mail.News: true, mail.Info: true}}, []string{"2 things for you"}, true},
		{"nothing", mail.Wish{Leave: map[mail.Sort]bool{mail.Asks: true, mail.News: true, mail.Info: true}}, nil, true},
		{"without HTML", mail.Wish{Plain: true}, []string{"4 things for you"}, false},
	} {
		t.Run(w.name, func(t *testing.T) {
			s := serve(t)
			h := build(t, testkit.SQLite(t, c), c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
			h.wish = w.wish
			dig := h.digest(h.mei, h.thing(), h.thing(), news, info)
			if err := h.mail.Deliver(context.Background(), h.workspace, dig.ID, h.mei); err != nil {
				t.Fatal(err)
			}
			var got []string
			names := map[string]bool{}
			for _, m := range s.mails() {
				got = append(got, m.GetHeader("Subject"))
				names[m.GetHeader("Message-Id")] = true
				if (m.HTML != "") != w.html {
					t.Errorf("it has HTML: %v, want %v", m.HTML != "", w.html)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(w.want) || len(names) != len(got) {
				t.Errorf("got %q under %d names, want %q", got, len(names), w.want)
			}
		})
	}
	_ = d
}

// A reply to a digest of several things is explained, not guessed at.
func TestAReplyToAllOfADigestIsExplained(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		h.digest(h.mei, h.thing(), h.thing())
		first := s.mails()[0]
		to := strings.Trim(first.GetHeader("Reply-To"), "<>")
		if n := strings.Count(first.Text, "Answer by mail: reply+"); n != 2 || !strings.Contains(first.HTML, "mailto:reply") {
			t.Errorf("%d lines have an address of their own, want 2:\n%s", n, first.Text)
		}
		if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter("h", to, "Yes to all."))); err != nil {
			t.Fatal(err)
		}
		h.settle()
		got := s.mails()
		if len(h.heard()) != 0 || len(got) != 2 {
			t.Fatalf("heard %d, and %d mails went out", len(h.heard()), len(got))
		}
		told := got[1]
		if n := strings.Count(told.Text, "reply+"); n != 2 || !strings.Contains(told.Text, "> Yes to all.") || told.GetHeader("In-Reply-To") != "<h@example.org>" {
			t.Errorf("it is explained so (answering %s):\n%s", told.GetHeader("In-Reply-To"), told.Text)
		}
		line := told.Text[strings.Index(told.Text, "reply+"):]
		line = strings.TrimSpace(line[:strings.IndexByte(line, '\n')])
		if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: line}, []byte(letter("i", line, "+1"))); err != nil {
			t.Fatal(err)
		}
		h.settle()
		if got := h.heard(); len(got) != 1 || got[0].Do != "yes" {
			t.Errorf("a reply to one line is heard as %+v", got)
		}
	})
}
