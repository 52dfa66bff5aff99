package journeys_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Somebody answers a check-in by mail, and gets it wrong in several ways: each time they
// are told once what was wrong with it, with their own words, and a reply to that mail
// is another try. What can be read stands.
func TestACheckinIsAnsweredByMail(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		made := tm.ana.do("POST", "/checkins", map[string]any{
			"space": tm.space, "name": "Pulse", "people": []string{tm.ids["kofi"]},
			"questions": []map[string]any{
				{"key": "done", "kind": "text", "text": "What got done?"},
				{"key": "mood", "kind": "mood", "text": "How was it?"},
				{"key": "tool", "kind": "choice", "text": "Which tool?", "choices": []string{"Threads", "Mail"}},
				{"key": "hours", "kind": "number", "text": "How much focus?", "unit": "hours", "required": true},
			},
			"rhythm": map[string]any{"every": "day", "at": "start"},
		}, 201)
		for range 48 { // until Kofi's next day has begun
			if len(post.to("kofi@")) == 0 {
				w.clock.Advance(30 * time.Minute)
				w.settle()
			}
		}
		mail := post.last("kofi@")
		for _, part := range []string{"1. What got done?", "2. How was it? (1 hard to 5 very good; seen by you alone)", "(Threads / Mail)", "(a number, in hours) – wanted"} {
			if !strings.Contains(mail.Text, part) {
				t.Errorf("the mail lacks %q:\n%s", part, mail.Text)
			}
		}
		wrong := []struct{ text, says string }{
			{"1. The lamp.\n2. fine\n3. Pigeons\n4. many", "“fine” cannot be read as an answer to question 2"},
			{"1. The lamp.\n2. fine\n3. Pigeons\n4. many", ""}, // the same once more: a machine
			{"1. The lamp.\n3. Pigeons\n4. 3", "Write one of: Threads, Mail."},
			{"1. The lamp is half done.", "“How much focus?” needs an answer"},
		}
		answers := mail
		for i, x := range wrong {
			before := len(post.to("kofi@"))
			post.sent(draft{from: "kofi@northwind.example", answers: answers, id: fmt.Sprintf("try%d@northwind.example", i), text: x.text})
			w.settle()
			got := post.to("kofi@")[before:]
			if x.says == "" {
				if len(got) != 0 {
					t.Errorf("the same words twice are answered twice: %s", got[0].Text)
				}
				continue
			}
			if len(got) != 1 || !strings.Contains(got[0].Text, x.says) || !strings.Contains(got[0].Text, "> 1. The lamp") || !strings.Contains(got[0].Text, "/checkins/turns/") {
				t.Fatalf("try %d is answered by %d mails: %v", i, len(got), got)
			}
			answers = got[0]
		}
		post.sent(draft{from: "kofi@northwind.example", answers: answers, id: "right@northwind.example", text: "1. The lamp.\n2. Good\n4. three hours\n\nKofi"})
		w.settle()
		list := tm.kofi.get("/checkins/" + str(made, "id") + "/answers")
		if got := fmt.Sprint(list); !strings.Contains(got, "number:4") || !strings.Contains(got, "number:3") {
			t.Errorf("the answer is %s", got)
		}
	})
}
