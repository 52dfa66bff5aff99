package attention_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/web"
)

func (h *house) call(a *actor.Actor, method, path, body string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	h.attention.Routes(web.NewAPI(mux, "test"))
	r := httptest.NewRequestWithContext(h.T.Context(), method, web.Prefix+path, strings.NewReader(body))
	if a != nil {
		r = r.WithContext(actor.With(r.Context(), *a))
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func TestTheInboxOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, title := range []string{"One", "Two", "Three"} {
			h.thread(h.ana, title, "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "1d"})
		}
		seen, next := []string{}, ""
		for page := 0; page == 0 || next != ""; page++ {
			body := answer[attention.Inbox](t, h.call(&h.kofi, "GET", "/inbox?limit=2&after="+next, ""), 200)
			for _, r := range body.Items {
				seen = append(seen, r.Title)
			}
			next = body.Next
		}
		equal(t, "the pages", seen, []string{"One", "Two", "Three"})
		first := h.inbox(h.kofi, "owe").Items[0].Key
		out := answer[attention.SnoozeOut](t, h.call(&h.kofi, "POST", "/inbox/"+first+"/snooze", `{"next_start": true}`), 200)
		if out.Until == nil || !out.Until.Equal(in(1, "07:00")) {
			t.Errorf("put off until %v, want Tuesday at nine", out.Until)
		}
		for _, c := range []struct {
			who                *actor.Actor
			method, path, body string
			want               int
		}{
			{nil, "GET", "/inbox", "", 401},
			{nil, "POST", "/inbox/" + first + "/done", "", 401},
			{nil, "GET", "/digests", "", 401},
			{nil, "PUT", "/me/attention", `{"mail":true,"page_outside_hours":false}`, 401},
			{&h.kofi, "GET", "/inbox?tab=all", "", 422},
			{&h.kofi, "GET", "/inbox?after=x", "", 422},
			{&h.kofi, "GET", "/inbox?limit=1000", "", 422},
			{&h.kofi, "POST", "/inbox/" + first + "/done", "", 409},
			{&h.mei, "POST", "/inbox/" + first + "/snooze", `{"next_start":true}`, 404},
			{&h.kofi, "POST", "/inbox/" + first + "/snooze", `{"until":"yesterday"}`, 422},
			{&h.kofi, "POST", "/inbox/" + first + "/snooze", `{`, 400},
			{&h.kofi, "DELETE", "/inbox/" + first + "/snooze", "", 204},
			{&h.kofi, "GET", "/digests/dig_nothing", "", 404},
			{&h.kofi, "GET", "/digests?after=dig_nothing", "", 422},
			{&h.kofi, "PUT", "/me/attention", `{"mail":false}`, 422},
			{&h.kofi, "PUT", "/me/attention", `{"mail":false,"page_outside_hours":true}`, 200},
		} {
			if w := h.call(c.who, c.method, c.path, c.body); w.Code != c.want {
				t.Errorf("%s %s %s answered %d, want %d: %s", c.method, c.path, c.body, w.Code, c.want, w.Body)
			}
		}
		if got := answer[attention.SettingsBody](t, h.call(&h.kofi, "GET", "/me/attention", ""), 200); got.Mail || !got.PageOutsideHours {
			t.Errorf("got %+v, want what was set", got)
		}
		list := answer[web.Page[attention.DigestView]](t, h.call(&h.kofi, "GET", "/digests?limit=2", ""), 200)
		one := answer[attention.DigestDetail](t, h.call(&h.kofi, "GET", "/digests/"+list.Items[0].ID, ""), 200)
		if len(one.Items) != 1 || list.Next == "" {
			t.Errorf("got %+v of %+v, want a digest of one line and more to read", one, list)
		}
	})
}

func answer[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (body T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("answered %d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	return body
}
