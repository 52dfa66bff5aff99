package mail_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

func (h *house) call(as actor.Role, method, path, body string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	h.mail.Routes(web.NewAPI(mux, "test"))
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if as != "" {
		r = r.WithContext(actor.With(r.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: as}))
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func TestMailIsTurnedOffByOneClick(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
		h.digest(h.mei, item(id.New(c.Now())))
		link, err := url.Parse(strings.Trim(s.mails()[0].GetHeader("List-Unsubscribe"), "<>"))
		if err != nil {
			t.Fatal(err)
		}
		if w := h.call("", "GET", link.Path, ""); w.Code != 200 || h.off[h.mei] {
			t.Errorf("following the link answered %d and turned mail off: %v", w.Code, h.off[h.mei])
		}
		if w := h.call("", "POST", link.Path+"x", "List-Unsubscribe=One-Click"); w.Code != 404 || h.off[h.mei] {
			t.Errorf("a strange link answered %d, want 404", w.Code)
		}
		for range 2 {
			if w := h.call("", "POST", link.Path, "List-Unsubscribe=One-Click"); w.Code != 200 || !h.off[h.mei] {
				t.Errorf("one click answered %d and turned mail off: %v", w.Code, h.off[h.mei])
			}
		}
		h.digest(h.mei, item(id.New(c.Now())))
		if n := len(s.mails()); n != 1 {
			t.Errorf("%d mails after mail was turned off, want the first alone", n)
		}
	})
}

func TestTheOutboxOverHTTP(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := build(t, d, c, mail.Options{Demo: true})
		for range 3 {
			h.digest(h.mei, item(id.New(c.Now())))
		}
		seen, next := map[string]bool{}, ""
		for page := 0; page == 0 || next != ""; page++ {
			w := h.call(actor.Member, "GET", "/api/v1/outbox?limit=2&after="+next, "")
			body := decode[web.Page[mail.Mail]](t, w, 200)
			for _, m := range body.Items {
				seen[m.ID] = true
				one := decode[mail.Mail](t, h.call(actor.Guest, "GET", "/api/v1/outbox/"+m.ID, ""), 200)
				if one.Subject != "Pricing page" || one.Text == "" {
					t.Errorf("got %+v, want the whole mail in a demo", one)
				}
			}
			next = body.Next
		}
		if len(seen) != 3 {
			t.Errorf("read %d mails over the pages, want 3", len(seen))
		}
		for path, want := range map[string]int{"/api/v1/outbox": 401, "/api/v1/outbox/mail_x": 401} {
			if w := h.call("", "GET", path, ""); w.Code != want {
				t.Errorf("%s without a session answered %d, want %d", path, w.Code, want)
			}
		}
		if w := h.call(actor.Owner, "GET", "/api/v1/outbox/mail_x", ""); w.Code != 404 {
			t.Errorf("a mail that is not there answered %d, want 404", w.Code)
		}
	})
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (body T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("answered %d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	return body
}
