package journeys_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// hand offers work to Kofi and gives the baton with the mail that told him.
func (tm *team) hand(more map[string]any) (baton string, mail *enmime.Envelope) {
	tm.t.Helper()
	body := map[string]any{"space": tm.space, "title": "The gateway", "stands": "Half of it is moved.", "next_step": "The other half.", "to": tm.ids["kofi"]}
	for k, v := range more {
		body[k] = v
	}
	baton = str(tm.ana.do("POST", "/batons", body, 201), "id")
	tm.settle()
	return baton, tm.post.last("kofi@")
}

// What is offered by mail is taken, declined or passed on by the first line of a reply.
func TestABatonIsAnsweredByMail(t *testing.T) {
	for _, c := range []struct{ name, text, holder, offered, leg string }{
		{"taken", "yes", "Kofi Mensah", "", "accepted"},
		{"declined", "decline: on leave", "Ana Lima", "", "declined"},
		{"passed on", "pass @mei: she knows it", "Ana Lima", "Mei Tanaka", "passed"},
		{"words take nothing", "Which half is it?", "Ana Lima", "Kofi Mensah", "waiting"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
				tm := newTeam(w, post)
				baton, mail := tm.hand(nil)
				post.sent(draft{from: "Kofi Mensah <kofi@northwind.example>", answers: mail, text: c.text})
				w.settle()
				got := tm.ana.get("/batons/" + baton)
				if str(got, "holder", "name") != c.holder || str(got, "offer", "to", "name") != c.offered || str(got, "legs", 0, "state") != c.leg {
					t.Errorf("it is with %v, offered to %v, and the first offer was %v", str(got, "holder", "name"), str(got, "offer", "to", "name"), str(got, "legs", 0, "state"))
				}
			})
		})
	}
}

func TestABatonIsTakenByALink(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		baton, mail := tm.hand(nil)
		for label, says := range map[string]string{"Take it": "yours from now on", "Decline": "back to its giver"} {
			if status, page := w.press("GET", links(mail.Text)[label], nil); status != 200 || !strings.Contains(page, says) {
				t.Errorf("%s answers %d:\n%s", label, status, page)
			}
		}
		if status, page := w.press("POST", links(mail.Text)["Take it"], url.Values{}); status != 200 {
			t.Fatalf("pressing it answers %d: %s", status, page)
		}
		if got := str(tm.ana.get("/batons/"+baton), "holder", "name"); got != "Kofi Mensah" {
			t.Errorf("it is with %s", got)
		}
		_, page := w.press("GET", links(mail.Text)["Decline"], nil)
		if !strings.Contains(page, "with you already") {
			t.Errorf("after use the page says:\n%s", page)
		}
	})
}

// Whatever happens to batons in a week, nobody is reached outside their hours.
func TestBatonsReachPeopleInTheirHours(t *testing.T) {
	worlds(t, workday, func(t *testing.T, w *world) {
		tm := newTeam(w, nil)
		chain := str(tm.ana.do("POST", "/spaces/"+tm.space+"/chains", map[string]any{"name": "Around", "steps": []any{
			map[string]any{"person": tm.ids["kofi"]}, map[string]any{"person": tm.ids["mei"]},
		}}, 201), "id")
		for day := range 5 {
			for _, hour := range []int{3, 9, 16, 22} {
				at := workday.Add(time.Duration(day)*24*time.Hour + time.Duration(hour-9)*time.Hour)
				if !at.After(w.clock.Now().Time()) {
					continue
				}
				w.forward(tm.ana, at)
				tm.ana.do("POST", "/batons", map[string]any{
					"space": tm.space, "title": "T", "next_step": "N", "chain": chain, "window": "2h", "by": at.Add(30 * time.Hour),
				}, 201)
			}
		}
		w.forward(tm.ana, workday.Add(8*24*time.Hour))
		for zone, v := range map[string]*visitor{"Europe/Lisbon": tm.ana, "Africa/Accra": tm.kofi, "Asia/Taipei": tm.mei} {
			place, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			list := v.list("/digests")
			if len(list) == 0 {
				t.Errorf("nobody told whoever is in %s", zone)
			}
			for _, d := range list {
				at := w.instant(d, "at").In(place)
				if h := at.Hour(); h < 9 || h >= 17 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
					t.Errorf("somebody in %s was reached at %s", zone, at)
				}
			}
		}
	})
}
