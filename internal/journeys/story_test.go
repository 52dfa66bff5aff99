package journeys_test

import (
	"strings"
	"testing"
	"time"
)

// A question goes to three people in three zones on a Friday afternoon. Each is
// reached on Monday in their own hours, nobody before; they answer; it settles.
func TestAnAskCrossesTheWorldAndDisturbsNobody(t *testing.T) {
	friday := time.Date(2026, 10, 9, 15, 0, 0, 0, time.UTC) // 16:00 in Lisbon
	worlds(t, friday, func(t *testing.T, w *world) {
		ana := w.owner()
		people := map[string]*visitor{}
		ids := map[string]string{}
		for _, p := range []struct{ name, zone string }{{"Kofi Mensah", "Africa/Accra"}, {"Mei Tanaka", "Asia/Taipei"}, {"Liam Okafor", "America/New_York"}} {
			handle := strings.ToLower(strings.Fields(p.name)[0])
			people[handle], ids[handle] = w.join(ana, p.name, p.zone)
		}
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product", "purpose": "What we build"}, 201), "id")
		to := map[string]any{"people": []string{ids["kofi"], ids["mei"], ids["liam"]}, "teams": []string{}}

		forecast := ana.do("POST", "/forecasts", map[string]any{"to": to, "space": space, "kind": "reply", "window": "4h"}, 200)
		made := ana.do("POST", "/threads", map[string]any{
			"space": space, "title": "Which date suits the release?", "markdown": "Tuesday or Thursday?",
			"asks": []any{map[string]any{"kind": "reply", "to": to, "window": "4h"}},
		}, 201)
		ask := str(made, "post", "asks", 0, "id")
		thread := str(made, "thread", "id")
		w.compare(forecast, made)
		w.settle()

		t.Run("it is readable at once, by whoever looks", func(*testing.T) {
			rows := people["mei"].list("/inbox?tab=owe")
			if len(rows) != 1 || rows[0]["delivered"] != false {
				t.Fatalf("Mei's inbox shows %v", rows)
			}
		})
		w.forward(ana, time.Date(2026, 10, 11, 23, 0, 0, 0, time.UTC))
		for who := range people {
			if n := len(people[who].list("/digests")); n != 0 {
				t.Errorf("%s was reached %d times over the weekend", who, n)
			}
		}
		// Nine o'clock on Monday: 01:00 UTC in Taipei, 09:00 in Accra, 13:00 in New York.
		for _, morning := range []struct {
			who  string
			hour int
			act  func(v *visitor)
		}{
			{"mei", 1, func(v *visitor) {
				v.do("POST", "/threads/"+thread+"/posts", map[string]any{"markdown": "Thursday, after the export is in."}, 201)
			}},
			{"kofi", 9, func(v *visitor) {
				v.do("POST", "/asks/"+ask+"/answers", map[string]any{"note": "Thursday"}, 201)
			}},
			{"liam", 13, func(*visitor) {}},
		} {
			nine := time.Date(2026, 10, 12, morning.hour, 0, 0, 0, time.UTC)
			w.forward(ana, nine.Add(10*time.Minute))
			w.reached(people[morning.who], morning.who, nine)
			morning.act(people[morning.who])
		}
		w.settle()
		open := ana.get("/asks/" + ask)
		if open["state"] != "open" || open["answered"] != 2.0 {
			t.Fatalf("after two answers: %v, %v answered", open["state"], open["answered"])
		}
		people["liam"].do("POST", "/asks/"+ask+"/decline", map[string]any{"reason": "Not my release"}, 201)
		w.settle()
		if got := ana.get("/asks/" + ask)["state"]; got != "settled" {
			t.Errorf("the ask is %v, want settled", got)
		}
		if rows := people["mei"].list("/inbox?tab=owe"); len(rows) != 0 {
			t.Errorf("Mei still owes %v", rows)
		}
		ana.do("POST", "/threads/"+thread+"/conclusion", map[string]any{"markdown": "We release on **Thursday**."}, 201)
		found := ana.list("/search?q=thursday")
		if len(found) == 0 || found[0]["kind"] != "thread" || found[0]["concluded"] != true {
			t.Errorf("search shows %v first, want the concluded thread", found)
		}
	})
}

// reached holds that somebody has had one digest so far, at a moment, and a mail of it.
func (w *world) reached(v *visitor, who string, when time.Time) {
	w.t.Helper()
	digests := v.list("/digests")
	if len(digests) != 1 {
		w.t.Fatalf("%s has %d digests, want 1", who, len(digests))
	}
	if got := w.instant(digests[0], "at"); !got.Equal(when) {
		w.t.Errorf("%s was reached at %s, want %s", who, got, when)
	}
	for _, m := range v.list("/outbox") {
		if str(m, "to") == who+"@northwind.example" {
			if !strings.Contains(str(m, "text"), "/threads/thr_") {
				w.t.Errorf("the mail to %s has no link to the thread: %s", who, str(m, "text"))
			}
			return
		}
	}
	w.t.Errorf("there is no mail to %s in the outbox", who)
}

// owner sets the workspace up by its link and gives Ana Lisbon's hours.
func (w *world) owner() *visitor {
	w.t.Helper()
	token, needed, err := w.app.Auth.SetupLink(w.t.Context())
	if err != nil || !needed {
		w.t.Fatalf("setup link: %v, needed %v", err, needed)
	}
	v := w.visitor()
	v.do("POST", "/setup", map[string]any{"token": token, "workspace": "Northwind", "name": "Ana Lima", "email": "ana@northwind.example", "password": "correct horse battery", "zone": "Europe/Lisbon"}, 201)
	return v
}

// join invites somebody and accepts as them; new people work nine to five.
func (w *world) join(host *visitor, name, zone string) (*visitor, string) {
	w.t.Helper()
	made := host.do("POST", "/invitations", map[string]any{"role": "member"}, 201)
	link := str(made, "link")
	token := link[strings.LastIndex(link, "/")+1:]
	v := w.visitor()
	email := strings.ToLower(strings.Fields(name)[0]) + "@northwind.example"
	me := v.do("POST", "/invitations/by-token/"+token+"/acceptance", map[string]any{"name": name, "email": email, "password": "correct horse battery", "zone": zone}, 201)
	return v, str(me, "person", "id")
}

// compare holds the forecast against what then was planned.
func (w *world) compare(forecast, made map[string]any) {
	w.t.Helper()
	owed, _ := at(made, "post", "asks", 0, "owed").([]any)
	told, _ := forecast["people"].([]any)
	if len(owed) != len(told) {
		w.t.Fatalf("%d are forecast and %d asked", len(told), len(owed))
	}
	for i := range owed {
		for _, key := range []string{"reach", "due"} {
			if got, want := str(owed[i], key), str(told[i], key); got != want {
				w.t.Errorf("%s of %s is %s, forecast was %s", key, str(owed[i], "person", "name"), got, want)
			}
		}
	}
}
