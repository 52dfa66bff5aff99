package journeys_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Duty stands in the calendar of whoever is on duty, and in that of the team; not in
// that of somebody who is in no rota.
func TestDutyIsInTheCalendars(t *testing.T) {
	monday := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	worlds(t, monday, func(t *testing.T, w *world) {
		ana := w.owner()
		mei, meiID := w.join(ana, "Mei Tanaka", "Asia/Taipei")
		_, kofiID := w.join(ana, "Kofi Mensah", "Africa/Accra")
		team := str(ana.do("POST", "/teams", map[string]any{"name": "Ops", "members": []string{meiID, kofiID}}, 201), "id")
		ana.do("PUT", "/teams/"+team+"/duty", map[string]any{"layers": []any{
			map[string]any{"zone": "Asia/Taipei", "start": "2026-10-05", "handover": "09:00", "people": []string{meiID, kofiID}},
		}}, 200)
		for _, c := range []struct {
			whose *visitor
			feed  map[string]any
			line  string
			there bool
		}{
			{mei, map[string]any{"kind": "mine"}, "SUMMARY:On duty for Ops", true},
			{mei, map[string]any{"kind": "team", "team": team}, "SUMMARY:On duty: Kofi Mensah", true},
			{ana, map[string]any{"kind": "mine"}, "On duty", false},
		} {
			at, err := url.Parse(str(c.whose.do("POST", "/me/feeds", c.feed, 201), "url"))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.Get(w.url + at.Path) //nolint:noctx // the test's own server
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err != nil || resp.StatusCode != http.StatusOK || strings.Contains(string(text), c.line) != c.there {
				t.Errorf("feed %v: status %d (%v), %q in it: want %t\n%s", c.feed, resp.StatusCode, err, c.line, c.there, text)
			}
		}
	})
}
