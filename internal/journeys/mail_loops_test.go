package journeys_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/mail"
)

// What no person wrote is never posted, and is answered by nobody.
func TestMachinesAreNotHeard(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		ask, thread, mail := tm.ask("reply", nil)
		before := len(post.got)
		for i, header := range []string{
			"Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\n", "Precedence: list\r\nList-Id: <x.list.example>\r\n", "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n",
		} {
			post.sent(draft{from: "kofi@northwind.example", answers: mail, header: header, subject: fmt.Sprint("Automatic reply ", i), text: "I am out of the office."})
		}
		w.settle()
		if got := tm.owed(ask)["state"]; got != "waiting" {
			t.Errorf("a machine answered: %v", got)
		}
		if n := len(tm.ana.list("/threads/" + thread + "/posts")); n != 1 {
			t.Errorf("the thread has %d posts, want 1", n)
		}
		if n := len(post.got) - before; n != 0 {
			t.Errorf("%d mails went out in answer to machines", n)
		}
	})
}

// A machine that answers everything, and does not say that it is one, gets one mail.
func TestTwoMachinesFallSilent(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		_, _, mail := tm.ask("review", nil)
		to := mail.GetHeader("Reply-To")
		for i := range 20 {
			before := len(post.to("kofi@"))
			post.sent(draft{from: "kofi@northwind.example", to: to, subject: fmt.Sprint("Hello ", i), text: "ack by the blue moon"})
			w.settle()
			after := post.to("kofi@")
			if i == 0 {
				if len(after) != before+1 {
					t.Fatalf("%d mails say why it was not taken, want 1", len(after)-before)
				}
				no := after[len(after)-1]
				if no.GetHeader("Auto-Submitted") != "auto-replied" || !strings.Contains(no.Text, "could not be read") || !strings.Contains(no.Text, "> ack by the blue moon") {
					t.Errorf("the answer is %q:\n%s", no.GetHeader("Auto-Submitted"), no.Text)
				}
				if post.from[len(post.from)-1] != "" {
					t.Errorf("its envelope is from %q, want nobody", post.from[len(post.from)-1])
				}
				continue
			}
			if len(after) != before {
				t.Fatalf("mail %d was answered too", i)
			}
		}
		w.clock.Advance(25 * time.Hour)
		post.sent(draft{from: "kofi@northwind.example", to: to, subject: "Next day", text: "ack by the blue moon"})
		before := len(post.to("kofi@"))
		w.settle()
		if n := len(post.to("kofi@")); n <= before {
			t.Error("a day later nobody is told why")
		}
	})
}

// The same mail, however often it comes, and however often its handling is begun, has
// one effect.
func TestAMailCountsOnce(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		_, thread, mail := tm.ask("reply", nil)
		d := draft{from: "kofi@northwind.example", answers: mail, id: "same@northwind.example", text: "Once."}
		for range 3 {
			post.sent(d)
		}
		w.settle()
		post.sent(d)
		w.settle()
		if n := len(tm.ana.list("/threads/" + thread + "/posts")); n != 2 {
			t.Errorf("the thread has %d posts, want the question and one answer", n)
		}
	})
}

// A mail that comes back for good stops all mail to the address, and its owner is told
// in the app; on their word it goes on.
func TestABouncingAddressIsPaused(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		_, _, _ = tm.ask("reply", nil)
		back := post.from[len(post.from)-1]
		if !strings.HasPrefix(back, "reply+") || !strings.HasSuffix(back, "@in.northwind.example") {
			t.Fatalf("mail comes back to %q", back)
		}
		for i, who := range []string{"somebody.else@northwind.example", "kofi@northwind.example"} {
			if err := w.app.Mail.Accept(t.Context(), mail.Envelope{Door: "smtp", Recipient: back}, []byte(bounce(i, who))); err != nil {
				t.Fatal(err)
			}
			w.settle()
			if paused := tm.kofi.get("/me/mail")["paused"] != nil; paused != (i == 1) {
				t.Errorf("after a bounce of %s it is paused: %v", who, paused)
			}
		}
		before := len(post.to("kofi@"))
		tm.clock.Advance(6 * time.Minute) // when another digest may follow the first
		tm.ana.do("POST", "/threads", map[string]any{"space": tm.space, "title": "More", "markdown": "?", "asks": []any{map[string]any{
			"kind": "reply", "to": map[string]any{"people": []string{tm.ids["kofi"]}}, "urgency": "soon",
		}}}, 201)
		w.settle()
		if n := len(post.to("kofi@")); n != before {
			t.Error("mail went to an address that does not take any")
		}
		tm.kofi.do("POST", "/me/mail/resumption", nil, 204)
		tm.kofi.do("POST", "/me/mail/resumption", nil, 409)
		tm.ask("reply", nil)
	})
}

func bounce(i int, who string) string {
	return strings.ReplaceAll(fmt.Sprintf(`From: MAILER-DAEMON@world.example
To: bounces@in.northwind.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce%d@world.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; world.example

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b--
`, i, who), "\n", "\r\n")
}
