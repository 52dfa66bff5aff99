package journeys_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// A review is asked for in a private space; the one asked is told on their phone in
// their morning, not before, and not once they left the space, signed out, or were
// removed.
func TestAPhoneRingsInItsOwnersMorningAndForWhatTheyMayRead(t *testing.T) {
	friday := time.Date(2026, 10, 9, 15, 0, 0, 0, time.UTC)
	worlds(t, friday, func(t *testing.T, w *world) {
		var rings, status atomic.Int64
		status.Store(http.StatusCreated)
		sink := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rings.Add(1)
			rw.WriteHeader(int(status.Load()))
		}))
		defer sink.Close()
		ana := w.owner()
		mei, id := w.join(ana, "Mei Tanaka", "Asia/Taipei")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Board", "private": true, "members": []string{id}}, 201), "id")
		mei.do("POST", "/me/devices", map[string]any{
			"name": "Phone", "endpoint": sink.URL + "/mei", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
			"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
		}, 201)
		ask := func() string {
			made := ana.do("POST", "/threads", map[string]any{
				"space": space, "title": "Terms", "markdown": "Could you read them?",
				"asks": []any{map[string]any{"kind": "reply", "window": "4h", "to": map[string]any{"people": []string{id}, "teams": []string{}}}},
			}, 201)
			w.settle()
			return str(made, "post", "asks", 0, "id")
		}
		want := func(n int64, when string) {
			t.Helper()
			if got := rings.Load(); got != n {
				t.Errorf("%s: it rang %d times, want %d", when, got, n)
			}
		}
		first := ask()
		w.forward(ana, time.Date(2026, 10, 12, 0, 59, 0, 0, time.UTC))
		want(0, "before nine on Monday in Taipei")
		w.forward(ana, time.Date(2026, 10, 12, 1, 1, 0, 0, time.UTC))
		want(1, "after nine")
		if got := mei.list("/me/devices")[0]["reached_at"]; got == nil {
			t.Error("the phone is not known to have been reached")
		}

		mei.do("POST", "/asks/"+first+"/answers", map[string]any{"note": "Done"}, 201)
		// The service is busy; by the time it is not, Mei has left the space.
		ask()
		status.Store(http.StatusServiceUnavailable)
		w.forward(ana, time.Date(2026, 10, 13, 1, 0, 5, 0, time.UTC))
		want(2, "a try in vain on Tuesday")
		ana.do("DELETE", "/spaces/"+space+"/members/"+id, nil, 204)
		status.Store(http.StatusCreated)
		w.forward(ana, time.Date(2026, 10, 13, 8, 0, 0, 0, time.UTC))
		want(2, "after she left the space")

		// Signed out on the phone.
		ana.do("PUT", "/spaces/"+space+"/members/"+id, nil, 204)
		mei.do("DELETE", "/sessions/current", nil, 204)
		ask()
		w.forward(ana, time.Date(2026, 10, 14, 8, 0, 0, 0, time.UTC))
		want(2, "signed out")

		ana.do("DELETE", "/people/"+id, nil, 204)
		w.forward(ana, time.Date(2026, 10, 15, 8, 0, 0, 0, time.UTC))
		want(2, "removed")
	})
}
