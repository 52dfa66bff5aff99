package journeys_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Mei goes away for a week. Before she leaves she sees what would be due, tells one
// asker, who asks her stand-in by one press; whoever writes to her meanwhile sees when
// she is back; on her first morning one digest says what still matters; and what her
// team agreed on in the meantime decides how long she has to answer.
func TestAWeekAway(t *testing.T) {
	// Monday 5 October 2026, 01:00 UTC: nine in the morning in Taipei.
	worlds(t, time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC), func(t *testing.T, w *world) {
		ana := w.owner()
		mei, meiID := w.join(ana, "Mei Lin", "Asia/Taipei")
		kofi, kofiID := w.join(ana, "Kofi Mensah", "Europe/Berlin")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Launch"}, 201), "id")
		team := str(mei.do("POST", "/teams", map[string]any{"name": "Quay", "members": []string{meiID, kofiID}}, 201), "id")
		ask := func(title, window string) string {
			one := map[string]any{"kind": "reply", "to": map[string]any{"people": []string{meiID}}}
			if window != "" {
				one["window"] = window
			}
			made := ana.do("POST", "/threads", map[string]any{"space": space, "title": title, "markdown": "Please.", "asks": []any{one}}, 201)
			return str(made, "post", "asks", 0, "id")
		}
		day := func(d, hour int) time.Time { return time.Date(2026, 10, d, hour, 0, 0, 0, time.UTC) }

		asked := ask("The roof", "3d")
		absence := str(mei.do("POST", "/me/absences", map[string]any{"from": "2026-10-07", "to": "2026-10-13", "stand_in": kofiID}, 201), "id")
		due := mei.list("/me/absences/" + absence + "/asks")
		if len(due) != 1 || str(due[0], "ask", "id") != asked || str(due[0], "stand_in", "name") != "Kofi Mensah" {
			t.Fatalf("due meanwhile: %v", due)
		}
		mei.do("POST", "/asks/"+asked+"/absence-notice", map[string]any{"absence": absence}, 201)
		w.forward(ana, day(5, 10)) // nine in Lisbon has gone by
		line := lineOf(ana, "Mei Lin is away")
		if str(line, "instead", "to", "name") != "Kofi Mensah" || !strings.HasPrefix(str(line, "path"), "/instead/"+asked+"/") {
			t.Errorf("Ana's line: %v", line)
		}
		w.forward(ana, day(8, 10))
		ana.do("POST", "/asks/"+asked+"/reassignment", map[string]any{"from": meiID, "to": kofiID}, 201)
		kofi.do("POST", "/asks/"+asked+"/answers", map[string]any{"note": "It holds."}, 201)

		f := ana.do("POST", "/forecasts", map[string]any{"to": map[string]any{"people": []string{meiID}}, "space": space, "kind": "reply"}, 200)
		away := f["people"].([]any)[0].(map[string]any)["away"]
		if str(away, "instead", "person", "name") != "Kofi Mensah" || str(away, "back") != "2026-10-14T01:00:00Z" {
			t.Errorf("the composer says of Mei: %v", away)
		}
		ask("The door", "")
		kofi.do("PUT", "/teams/"+team+"/agreement", map[string]any{"version": 0, "fields": map[string]any{"windows": map[string]any{"reply": "4h"}}, "reason": "Less waiting"}, 200)

		w.forward(ana, day(14, 10))
		var titles []string
		for _, d := range mei.list("/digests") {
			full := mei.get("/digests/" + str(d, "id"))
			if full["away"] == nil {
				continue
			}
			for _, x := range full["items"].([]any) {
				titles = append(titles, str(x, "section")+": "+str(x, "title"))
			}
		}
		want := []string{
			"matters: Ana Lima asks you to reply: The door",
			"answered: Kofi Mensah answered instead of you: The roof",
		}
		if !slices.Equal(titles[:min(2, len(titles))], want) || len(titles) != 3 || !strings.Contains(titles[2], "folded away") {
			t.Errorf("her one catch-up says %q, want %q and one line folded away", titles, want)
		}
		rest := mei.get("/me/catch-up")["rest"].([]any)
		if len(rest) != 1 || str(rest[0], "title") != "Kofi Mensah changed the working agreement of Quay" {
			t.Errorf("folded away is %v", rest)
		}
		later := ask("The window", "")
		if got := str(ana.get("/asks/"+later), "window"); got != "4h" {
			t.Errorf("what is asked now has a window of %s, want what the team agreed on", got)
		}
	})
}

// lineOf finds a line in somebody's digests by how it begins.
func lineOf(v *visitor, begins string) map[string]any {
	v.w.t.Helper()
	for _, d := range v.list("/digests") {
		for _, x := range v.get("/digests/" + str(d, "id"))["items"].([]any) {
			if strings.HasPrefix(str(x, "title"), begins) {
				return x.(map[string]any)
			}
		}
	}
	v.w.t.Fatalf("no line begins with %q", begins)
	return nil
}
