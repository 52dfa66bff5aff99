package journeys_test

import (
	"strings"
	"testing"
	"time"
)

const question = `The north pier is closed since the storm.

1. May ships come in by the south gate?
2. Until when?

We have to tell the harbour office by Thursday, and the pilots before that: three of them wait for a word from us, and one has asked twice already whether the tide table still holds. *Please answer both.*`

// Whoever has nothing but a mail program reads the whole question in the mail, and whoever
// asked reads the whole answer.
func TestAMailIsReadWhole(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		made := tm.ana.do("POST", "/threads", map[string]any{"space": tm.space, "title": "The gates", "markdown": question, "asks": []any{
			map[string]any{"kind": "reply", "to": map[string]any{"people": []string{tm.ids["kofi"]}}, "window": "4h", "urgency": "soon"},
		}}, 201)
		w.settle()
		mail := post.last("kofi@")
		for _, line := range strings.Split(question, "\n") {
			if !strings.Contains(mail.Text, line) {
				t.Errorf("the mail lacks %q:\n%s", line, mail.Text)
			}
		}
		if !strings.Contains(mail.HTML, "<em>Please answer both.</em>") {
			t.Errorf("the mail's HTML lacks the end of the question:\n%s", mail.HTML)
		}
		const answer = "Yes, by the south gate.\n\nUntil the end of the month; " + "the pilots know, and the tide table holds. "
		post.sent(draft{from: "kofi@northwind.example", answers: mail, text: answer + strings.Repeat("So it is. ", 30) + "That is all."})
		w.forward(tm.ana, workday.Add(30*time.Hour))
		if got := tm.owed(str(made, "post", "asks", 0, "id"))["state"]; got != "answered" {
			t.Fatalf("the ask is %v", got)
		}
		if back := post.last("ana@"); !strings.Contains(back.Text, "Until the end of the month") || !strings.Contains(back.Text, "That is all.") {
			t.Errorf("Ana reads:\n%s", back.Text)
		}
	})
}

// What somebody passes on to a space is what the thread is about, and stands in it.
func TestAForwardedMailOpensAThread(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		own := str(tm.ana.get("/spaces/"+tm.space+"/mail"), "own")
		const theirs = "---------- Forwarded message ---------\nFrom: Harbour Office <office@harbour.example>\nDate: Mon, 5 Oct 2026 at 10:00\nSubject: Berth 4\nTo: Ana Petrova <ana@northwind.example>\n\nMay we use berth 4 in January?\n\nThe crane is broken.\n"
		post.sent(draft{from: "ana@northwind.example", to: own, cc: "kofi@northwind.example", subject: "Fwd: Berth 4 [1d]", text: "I would say yes. You?\n\n" + theirs})
		post.sent(draft{from: "ana@northwind.example", to: own, subject: "Fwd: Berth 5", text: theirs})
		w.settle()
		found := map[string]string{}
		for _, x := range tm.ana.list("/threads?space=" + tm.space) {
			found[str(x, "title")] = str(tm.ana.list("/threads/" + str(x, "id") + "/posts")[0], "markdown")
		}
		four := found["Berth 4"]
		if !strings.HasPrefix(four, "I would say yes. You?\n\n>") || !strings.Contains(four, "> May we use berth 4 in January?\n>\n> The crane is broken.") || !strings.Contains(four, "Harbour Office") {
			t.Errorf("the thread begins with:\n%s", four)
		}
		if five := found["Berth 5"]; !strings.HasPrefix(five, ">") || !strings.Contains(five, "> The crane is broken.") {
			t.Errorf("without words of one's own it begins with:\n%s", five)
		}
	})
}

// Whoever asks by mail learns that somebody is away, when they are back and who stands in.
func TestWhoAsksByMailLearnsWhoIsAway(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		tm.kofi.do("POST", "/me/absences", map[string]any{"from": "2026-10-07", "to": "2026-10-10", "stand_in": tm.ids["mei"]}, 201)
		w.forward(tm.ana, workday.Add(24*time.Hour))
		own := str(tm.ana.get("/spaces/"+tm.space+"/mail"), "own")
		post.sent(draft{from: "ana@northwind.example", to: own, cc: "kofi@northwind.example", subject: "Which crane? 4h", text: "The old one?"})
		w.settle()
		said := post.last("ana@").Text
		if !strings.Contains(said, "They are away, and back on Monday 12 October; Mei Tanaka stands in. To ask them instead: ") || !strings.Contains(said, "/instead/ask_") {
			t.Errorf("Ana was told:\n%s", said)
		}
	})
}

// A time that is no plain day is a promise all the same, and no answer.
func TestByTomorrowMorningIsAPromise(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		ask, _, mail := tm.ask("reply", nil)
		post.sent(draft{from: "kofi@northwind.example", answers: mail, text: "By tomorrow morning."})
		w.settle()
		if got := tm.owed(ask); got["state"] != "acknowledged" || got["promised_at"] != "2026-10-07T12:00:00Z" {
			t.Errorf("Kofi's promise is %v", got)
		}
	})
}
