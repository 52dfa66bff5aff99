package journeys_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Mei is on duty in Taipei when something breaks there in the morning; the asker sits
// in Lisbon, at night. Nobody acknowledges, so Kofi, who agreed to be woken, comes
// next; Liam never agreed and is left to sleep.
func TestAnUrgentAskWalksItsPath(t *testing.T) {
	monday := time.Date(2026, 10, 5, 2, 0, 0, 0, time.UTC) // 03:00 in Lisbon, 10:00 in Taipei, 22:00 in New York
	worlds(t, monday, func(t *testing.T, w *world) {
		ana := w.owner()
		mei, meiID := w.join(ana, "Mei Tanaka", "Asia/Taipei")
		kofi, kofiID := w.join(ana, "Kofi Mensah", "Africa/Accra")
		liam, liamID := w.join(ana, "Liam Okafor", "America/New_York")
		kofi.do("PUT", "/me/attention", map[string]any{"mail": true, "page_outside_hours": true}, 200)
		team := str(ana.do("POST", "/teams", map[string]any{"name": "Ops", "members": []string{meiID, kofiID, liamID}}, 201), "id")
		rota := ana.do("PUT", "/teams/"+team+"/duty", map[string]any{"layers": []any{
			map[string]any{"name": "Week", "zone": "Asia/Taipei", "start": "2026-10-05", "handover": "09:00", "people": []string{meiID, kofiID}},
		}}, 200)
		if got := str(rota, "now", "person", "id"); got != meiID {
			t.Fatalf("on duty is %s, want Mei", got)
		}
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product", "purpose": "What we build"}, 201), "id")
		ana.do("PUT", "/spaces/"+space+"/urgent", map[string]any{"budget": 1, "steps": []any{
			map[string]any{"duty": team, "minutes": 10},
			map[string]any{"people": []string{liamID}, "minutes": 10},
			map[string]any{"people": []string{kofiID}, "minutes": 20},
		}}, 200)

		to := map[string]any{"duty": []string{"here"}}
		forecast := ana.do("POST", "/forecasts", map[string]any{"to": to, "space": space, "urgency": "urgent", "window": "1h"}, 200)
		if got := at(forecast, "page", "used"); got != 0.0 {
			t.Errorf("the forecast says %v pages are used, want none", got)
		}
		var said []string
		for _, s := range at(forecast, "page", "steps").([]any) {
			for _, p := range at(s, "people").([]any) {
				said = append(said, fmt.Sprint(str(p, "person", "name"), " ", at(p, "reached"), " ", at(p, "woken"), " ", str(p, "local")))
			}
		}
		want := "Mei Tanaka true false Mon 10:00; Liam Okafor false false Sun 22:00; Kofi Mensah true true Mon 02:00"
		if got := strings.Join(said, "; "); got != want {
			t.Errorf("the forecast names %s, want %s", got, want)
		}

		urgent := map[string]any{"kind": "do", "to": to, "window": "1h", "urgency": "urgent", "reason": "The shop is down.", "otherwise": "We lose the day's orders."}
		made := ana.do("POST", "/threads", map[string]any{"space": space, "title": "Shop down", "markdown": "@duty please look", "asks": []any{urgent}}, 201)
		ask := str(made, "post", "asks", 0, "id")
		page := str(ana.get("/asks/"+ask+"/page"), "id")
		w.settle()
		if n := urgents(mei); n != 1 {
			t.Fatalf("Mei was told %d times, want once", n)
		}
		if n := urgents(kofi) + urgents(liam); n != 0 {
			t.Fatalf("others were told %d times before Mei's time ran out", n)
		}

		w.forward(ana, monday.Add(10*time.Minute)) // Liam sleeps, so that Kofi is next, at once
		if urgents(kofi) != 1 || urgents(liam) != 0 {
			t.Fatalf("Kofi was told %d times and Liam %d, want once and never", urgents(kofi), urgents(liam))
		}
		if got := ana.get("/pages/" + page); str(got, "state") != "walking" || at(got, "step") != 2.0 {
			t.Errorf("the page is %v at step %v, want walking at step 2", got["state"], got["step"])
		}
		if got := str(kofi.get("/me/pages"), "open", 0, "id"); got != page {
			t.Errorf("Kofi's open page is %q, want %q", got, page)
		}
		kofi.do("POST", "/pages/"+page+"/acknowledgement", nil, 201)
		w.forward(ana, monday.Add(2*time.Hour))
		if got := ana.get("/pages/" + page); str(got, "state") != "acknowledged" || str(got, "acknowledged_by", "name") != "Kofi Mensah" {
			t.Errorf("the page is %v by %v", got["state"], got["acknowledged_by"])
		}
		kofi.do("POST", "/pages/"+page+"/resolution", map[string]any{"note": "Restarted it."}, 201)
		w.settle()
		if got := str(ana.get("/asks/"+ask), "state"); got != "settled" {
			t.Errorf("the ask is %s, want settled", got)
		}
		kofi.do("POST", "/pages/"+page+"/verdict", map[string]any{"rightly": true, "note": "It could not wait."}, 201)
		liam.do("POST", "/pages/"+page+"/verdict", map[string]any{"rightly": false}, 403)
		log := liam.list("/spaces/" + space + "/pages")
		if len(log) != 1 || at(log[0], "verdict", "yes") != 1.0 || str(log[0], "resolution") != "Restarted it." {
			t.Errorf("the log says %v", log)
		}

		// The second of the month is over the budget of one.
		again := map[string]any{"space": space, "title": "Down again", "markdown": "Please", "asks": []any{urgent}}
		if got := str(ana.do("POST", "/threads", again, 422), "code"); got != "over_budget" {
			t.Errorf("the second page was refused with %q, want over_budget", got)
		}
		urgent["second_reason"] = "It is down again."
		ana.do("POST", "/threads", again, 201)
		w.forward(ana, time.Date(2026, 10, 12, 12, 0, 0, 0, time.UTC))
		found := false
		for _, d := range ana.list("/digests") {
			for _, l := range ana.get("/digests/" + str(d, "id"))["items"].([]any) {
				found = found || strings.Contains(str(l, "title"), "2 times last week, 1 over its budget")
			}
		}
		if !found {
			t.Error("the space's weekly line does not say that it went over its budget")
		}
	})
}

// urgents counts the urgent digests that reached somebody.
func urgents(v *visitor) (n int) {
	v.w.t.Helper()
	for _, d := range v.list("/digests") {
		if d["urgency"] == "urgent" {
			n++
		}
	}
	return n
}
