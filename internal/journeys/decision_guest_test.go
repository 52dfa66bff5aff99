package journeys_test

import (
	"strings"
	"testing"
	"time"
)

// Somebody from outside is asked in one decision: the mail says so, they vote, see nothing
// else before or after, and can still read the decision and what came of it in the end.
func TestAGuestOfOneDecision(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		link := str(tm.ana.do("POST", "/invitations", map[string]any{"role": "guest"}, 201), "link")
		gus := w.visitor()
		me := gus.do("POST", "/invitations/by-token/"+link[strings.LastIndex(link, "/")+1:]+"/acceptance", map[string]any{"name": "Gus Guest", "email": "gus@outside.example", "password": "correct horse battery", "zone": "Europe/Lisbon"}, 201)
		open := func(title string, people ...string) map[string]any {
			return tm.ana.do("POST", "/decisions", map[string]any{
				"space": tm.space, "title": title, "context": "Which one do your **users** read more easily?", "kind": "approval", "people": people, "open": true,
				"options": []any{map[string]any{"name": "Anchor"}, map[string]any{"name": "Boat"}}, "rules": map[string]any{"fair": 240, "early": true},
			}, 201)
		}
		made := open("Which logo?", str(me, "person", "id"), tm.ids["kofi"])
		other := open("What do we pay?", tm.ids["kofi"])
		path, thread := "/decisions/"+str(made, "id"), str(made, "thread")

		w.forward(tm.ana, workday.Add(3*time.Hour))
		mail := post.last("gus@outside.example")
		for _, want := range []string{"Which logo?", "http://meantime.test" + path, "Ana Lima asks you in this one decision."} {
			if !strings.Contains(mail.Text, want) {
				t.Errorf("the mail does not say %q:\n%s\n%s", want, mail.GetHeader("Subject"), mail.Text)
			}
		}
		for _, bad := range []string{"/threads/", "What do we pay?", "Product"} {
			if strings.Contains(mail.Text+mail.HTML, bad) {
				t.Errorf("the mail says %q:\n%s", bad, mail.Text)
			}
		}
		alone := func(when string) {
			t.Helper()
			if d := gus.get(path); str(d, "thread") != "" || str(d, "space", "name") != "" || at(d, "mine", "guest") != true {
				t.Errorf("%s the guest sees %v", when, d)
			}
			for _, p := range []string{"/threads/" + thread, "/threads/" + thread + "/posts", "/decisions/" + str(other, "id"), "/decisions/" + str(other, "id") + "/export", "/spaces/" + tm.space} {
				gus.do("GET", p, nil, 404)
			}
			for _, p := range []string{"/spaces", "/threads", "/search?q=pay"} {
				if list := gus.list(p); len(list) != 0 {
					t.Errorf("%s the guest finds at %s: %v", when, p, list)
				}
			}
			if list := gus.list("/decisions"); len(list) != 1 || str(list[0], "title") != "Which logo?" {
				t.Errorf("%s the guest's register is %v", when, list)
			}
		}
		alone("while it is open")
		gus.do("POST", path+"/closing", nil, 403)
		gus.do("POST", path+"/voters", map[string]any{"people": []string{tm.ids["mei"]}}, 403)
		gus.do("PUT", path+"/ballot", map[string]any{"approved": []string{"A"}}, 200)
		post.sent(draft{from: "gus@outside.example", answers: mail, text: "Boat\n\nIt floats."}) // and thinks better of it, by mail
		w.settle()
		if d := gus.get(path); at(d, "mine", "ballot", "marks", "approved", 0) != "B" {
			t.Errorf("the guest's ballot: %v; he was told:\n%s", at(d, "mine"), post.last("gus@outside.example").Text)
		}
		tm.kofi.do("PUT", path+"/ballot", map[string]any{"approved": []string{"B"}}, 200)
		w.settle()
		gus.do("PUT", path+"/ballot", map[string]any{"approved": []string{"A"}}, 409)
		tm.ana.do("POST", path+"/outcome", map[string]any{"markdown": "The *boat*.", "chosen": []string{"B"}, "reason": "Both like it.", "dissent": "None."}, 201)
		w.forward(tm.ana, workday.Add(27*time.Hour))
		alone("in the end")
		if mail = post.last("gus@outside.example"); !strings.Contains(mail.Text, "Decided: “Which logo?”") || strings.Contains(mail.Text, "/threads/") {
			t.Errorf("in the end the guest is told:\n%s", mail.Text)
		}
		_, page := gus.file(path + "/export?format=markdown")
		for _, want := range []string{"# Which logo?", "by Ana Lima.", "## Outcome\n\n**Boat**\n\nThe *boat*.", "### Why\n\nBoth like it.", "### What spoke against it\n\nNone.", "## What was asked\n\nWhich one do your **users**", "2 of 2 had their say.", "| 1 | Boat | 2 |", "<http://meantime.test" + path + ">"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q:\n%s", want, page)
			}
		}
	})
}
