package journeys_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// workday is a Tuesday, 10:00 in Lisbon and 09:00 in Accra, before Mei's next morning.
var workday = time.Date(2026, 10, 6, 9, 0, 0, 0, time.UTC)

// team is Ana who asks, Kofi and Mei who are asked, and a space.
type team struct {
	*world
	ana, kofi, mei *visitor
	ids            map[string]string
	space          string
	post           *postOffice
}

func newTeam(w *world, post *postOffice) *team {
	tm := &team{world: w, ids: map[string]string{}, post: post}
	tm.ana = w.owner()
	tm.kofi, tm.ids["kofi"] = w.join(tm.ana, "Kofi Mensah", "Africa/Accra")
	tm.mei, tm.ids["mei"] = w.join(tm.ana, "Mei Tanaka", "Asia/Taipei")
	tm.space = str(tm.ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	return tm
}

// ask asks Kofi, soon, and gives the ask, the thread and the mail that reached him.
func (tm *team) ask(kind string, more map[string]any) (ask, thread string, mail *enmime.Envelope) {
	tm.t.Helper()
	one := map[string]any{"kind": kind, "to": map[string]any{"people": []string{tm.ids["kofi"]}}, "window": "4h", "urgency": "soon", "text": "The pricing page"}
	for k, v := range more {
		one[k] = v
	}
	before := len(tm.post.to("kofi@"))
	if before > 0 { // one digest does not follow another at once
		tm.clock.Advance(6 * time.Minute)
	}
	made := tm.ana.do("POST", "/threads", map[string]any{"space": tm.space, "title": "Pricing", "markdown": "Please look.", "asks": []any{one}}, 201)
	tm.settle()
	if n := len(tm.post.to("kofi@")); n != before+1 {
		tm.t.Fatalf("Kofi has %d mails, want one more than %d", n, before)
	}
	return str(made, "post", "asks", 0, "id"), str(made, "thread", "id"), tm.post.last("kofi@")
}

// owed is how the ask stands with Kofi.
func (tm *team) owed(ask string) map[string]any {
	tm.t.Helper()
	row, _ := at(tm.ana.get("/asks/"+ask), "owed", 0).(map[string]any)
	return row
}

// What the first line of a reply says is done; anything else is words.
func TestAReplyIsAnAnswer(t *testing.T) {
	for _, c := range []struct {
		name, kind, text string
		more             map[string]any
		want             map[string]any
		posts            int
	}{
		{"words answer a question", "reply", "Looks fine to me.", nil, map[string]any{"state": "answered"}, 2},
		{"+1 approves", "approve", "+1", nil, map[string]any{"state": "answered", "answer.value": "yes"}, 1},
		{"no, and why", "approve", "No: the second tier is wrong.", nil, map[string]any{"state": "answered", "answer.value": "no", "answer.note": "the second tier is wrong."}, 1},
		{"approved, with a post below", "approve", "Approved\n\nBut see the second tier.", nil, map[string]any{"state": "answered", "answer.value": "yes"}, 2},
		{"words do not approve", "approve", "Which page do you mean?", nil, map[string]any{"state": "waiting"}, 2},
		{"done", "do", "done", nil, map[string]any{"state": "answered", "answer.value": "done"}, 1},
		{"ok", "acknowledge", "ok", nil, map[string]any{"state": "answered", "answer.value": "ok"}, 1},
		{"a choice by its number", "decide", "2", map[string]any{"choices": []string{"Tuesday", "Thursday"}}, map[string]any{"state": "answered", "answer.value": "Thursday"}, 1},
		{"declined, and why", "review", "decline: on leave", nil, map[string]any{"state": "declined", "reason": "on leave"}, 1},
		{"by Friday, in his own clock", "review", "ack by Friday", nil, map[string]any{"state": "acknowledged", "promised_at": "2026-10-09T17:00:00Z"}, 1},
		{"by the way", "reply", "By the way, which page?", nil, map[string]any{"state": "answered"}, 2},
		{"passed on by handle", "review", "pass @mei: she wrote it", nil, map[string]any{"state": "passed"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
				tm := newTeam(w, post)
				ask, thread, mail := tm.ask(c.kind, c.more)
				post.sent(draft{from: "Kofi Mensah <kofi@northwind.example>", answers: mail, text: c.text})
				w.settle()
				got := tm.owed(ask)
				for key, want := range c.want {
					var path []any
					for _, k := range strings.Split(key, ".") {
						path = append(path, k)
					}
					if x := at(got, path...); x != want {
						t.Errorf("%s is %v, want %v in %v", key, x, want, got)
					}
				}
				if n := len(tm.ana.list("/threads/" + thread + "/posts")); n != c.posts {
					t.Errorf("the thread has %d posts, want %d", n, c.posts)
				}
				left := strings.Contains(post.last("kofi@").Text, "still open")
				if want := c.name == "words do not approve"; left != want {
					t.Errorf("told that it is still open: %v, want %v", left, want)
				}
			})
		})
	}
}

// press opens a link of a mail, as a person or a mail scanner does, or presses its button.
func (w *world) press(method, path string, form url.Values) (int, string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// Links of a mail do one thing each, when the button is pressed, without signing in.
func TestALinkDoesOneThingOnce(t *testing.T) {
	for _, c := range []struct {
		name, kind, label string
		form              url.Values
		says              string // the page, before
		want              map[string]any
	}{
		{"approve", "approve", "Approve", nil, "Your answer will be: yes", map[string]any{"state": "answered"}},
		{"do not approve", "approve", "Do not approve", url.Values{"reason": {"Too dear"}}, "Your answer will be: no", map[string]any{"state": "answered"}},
		{"decline", "review", "Decline", url.Values{"reason": {"On leave"}}, "You will not be asked this any more", map[string]any{"state": "declined", "reason": "On leave"}},
		{"say by when", "review", "Say by when", url.Values{"when": {"tomorrow 11:00"}}, "by when you will answer", map[string]any{"state": "acknowledged", "promised_at": "2026-10-07T11:00:00Z"}},
		{"pass on", "review", "Pass on", url.Values{"to": {"Mei Tanaka"}}, "Somebody else will be asked", map[string]any{"state": "passed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
				tm := newTeam(w, post)
				ask, _, mail := tm.ask(c.kind, nil)
				link := links(mail.Text)[c.label]
				if link == "" {
					t.Fatalf("there is no link to %s in:\n%s", c.label, mail.Text)
				}
				status, page := w.press("GET", link, nil)
				if status != 200 || !strings.Contains(page, c.says) || !strings.Contains(page, "Kofi Mensah") {
					t.Errorf("the page answers %d:\n%s", status, page)
				}
				if got := tm.owed(ask)["state"]; got != "waiting" {
					t.Fatalf("looking at the page made it %v", got)
				}
				if status, page = w.press("POST", link, c.form); status != 200 || !strings.Contains(page, "Done.") {
					t.Fatalf("pressing the button answers %d:\n%s", status, page)
				}
				got := tm.owed(ask)
				for key, want := range c.want {
					if got[key] != want {
						t.Errorf("%s is %v, want %v", key, got[key], want)
					}
				}
				_, page = w.press("GET", link, nil)
				if c.name != "say by when" && !strings.Contains(page, "nothing left to do") {
					t.Errorf("after use the page says:\n%s", page)
				}
				if status, _ = w.press("POST", link[:len(link)-1]+"x", c.form); status != 404 {
					t.Errorf("an altered link answers %d, want 404", status)
				}
				w.clock.Advance(61 * 24 * time.Hour)
				if status, page = w.press("POST", link, c.form); status != 410 || !strings.Contains(page, "60 days") {
					t.Errorf("after 61 days the link answers %d: %s", status, page)
				}
			})
		})
	}
}

// Whoever is here no more, or made their addresses void, writes and presses in vain.
func TestAddressesAreTakenBack(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		ask, _, mail := tm.ask("approve", nil)
		link := links(mail.Text)["Approve"]
		tm.kofi.do("POST", "/me/mail/rotation", nil, 204)
		post.sent(draft{from: "kofi@northwind.example", answers: mail, text: "+1"})
		w.settle()
		if status, _ := w.press("POST", link, nil); status != 410 {
			t.Errorf("a void link answers %d, want 410", status)
		}
		if got := tm.owed(ask)["state"]; got != "waiting" {
			t.Errorf("a void address answered: %v", got)
		}

		ask, _, mail = tm.ask("approve", nil)
		link = links(mail.Text)["Approve"]
		tm.ana.do("DELETE", "/people/"+tm.ids["kofi"], nil, 204)
		before := len(post.got)
		post.sent(draft{from: "mallory@elsewhere.example", answers: mail, text: "+1"})
		w.settle()
		if n := len(post.got); n != before {
			t.Errorf("%d mails tell a stranger that Kofi left", n-before)
		}
		for range 2 {
			post.sent(draft{from: "kofi@northwind.example", answers: mail, text: "+1\n\nGladly."})
			w.settle()
		}
		if n := len(post.got); n != before+1 || !strings.Contains(post.last("kofi@").Text, "You do not belong to this workspace any more") || !strings.Contains(post.last("kofi@").Text, "Gladly.") {
			t.Errorf("Kofi was told by %d mails, want one: %s", n-before, post.last("kofi@").Text)
		}
		if status, _ := w.press("POST", link, nil); status != 410 {
			t.Errorf("the link of somebody who left answers %d, want 410", status)
		}
		if got := tm.owed(ask)["state"]; got == "answered" {
			t.Error("somebody who left answered")
		}
		altered := strings.Replace(mail.GetHeader("Reply-To"), "reply+", "reply+b", 1)
		if err := post.send(draft{from: "kofi@northwind.example", to: altered, subject: "x", text: "+1"}); err == nil || !strings.Contains(err.Error(), "550") {
			t.Errorf("an altered address: %v, want 550", err)
		}
	})
}

// A mail in somebody's name from elsewhere waits until they say that it is theirs.
func TestAForgedSenderIsHeld(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		ask, thread, mail := tm.ask("reply", nil)
		post.sent(draft{from: "Kofi <kofi@home.example>", answers: mail, text: "From my own phone."})
		w.settle()
		if got := tm.owed(ask)["state"]; got != "waiting" {
			t.Fatalf("a mail from elsewhere answered: %v", got)
		}
		asked := post.last("kofi@northwind.example")
		if asked.GetHeader("Subject") != "Was this you?" || !strings.Contains(asked.Text, "kofi@home.example") {
			t.Fatalf("Kofi was not asked:\n%s", asked.Text)
		}
		if n := len(post.to("kofi@home.example")); n != 0 {
			t.Errorf("%d mails went to the forger", n)
		}
		held := at(tm.kofi.get("/me/mail"), "held").([]any)
		if len(held) != 1 || len(at(tm.mei.get("/me/mail"), "held").([]any)) != 0 {
			t.Errorf("held for Kofi: %v", held)
		}
		always := regexpLink(asked.Text, "that address is mine too")
		if status, page := w.press("POST", always, nil); status != 200 {
			t.Fatalf("%d: %s", status, page)
		}
		w.settle()
		if got := tm.owed(ask)["state"]; got != "answered" {
			t.Errorf("once confirmed it is %v, want answered", got)
		}
		posts := tm.ana.list("/threads/" + thread + "/posts")
		if got := str(posts[len(posts)-1], "markdown"); got != "From my own phone." {
			t.Errorf("the post reads %q", got)
		}
		again, _, mail := tm.ask("reply", nil)
		post.sent(draft{from: "kofi@home.example", answers: mail, text: "From there again."})
		w.settle()
		if got := tm.owed(again)["state"]; got != "answered" {
			t.Errorf("from an address said to be his it is %v", got)
		}
		tm.kofi.do("DELETE", "/me/mail/aliases/kofi@home.example", nil, 204)
		third, _, mail := tm.ask("reply", nil)
		post.sent(draft{from: "kofi@home.example", answers: mail, text: "Not mine any more."})
		w.settle()
		if got := tm.owed(third)["state"]; got != "waiting" {
			t.Errorf("from an address taken back it is %v", got)
		}
		one := str(at(tm.kofi.get("/me/mail"), "held").([]any)[0], "id")
		tm.mei.do("DELETE", "/mail/held/"+one, nil, 404)
		tm.kofi.do("DELETE", "/mail/held/"+one, nil, 204)
		tm.kofi.do("POST", "/mail/held/"+one+"/confirmation", map[string]any{}, 409)
	})
}

func regexpLink(text, label string) string {
	for _, line := range strings.Split(text, "\n") {
		if what, link, ok := strings.Cut(line, ": http://meantime.test"); ok && strings.Contains(what, label) {
			return strings.TrimSpace(link)
		}
	}
	return ""
}
