package bench

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// costs counts the statements of one request, besides the first of its sort.
func (h *house) costs(door http.Handler, path, body string) int64 {
	h.t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	for i := range 2 {
		h.app.DB.Drain() // what the one before put off
		before := h.app.DB.Statements()
		r := httptest.NewRequestWithContext(h.t.Context(), method, "/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+h.token)
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Idempotency-Key", fmt.Sprint(path, i, before))
		}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code >= 300 {
			h.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
		if i == 1 {
			h.app.DB.Drain()
			return h.app.DB.Statements() - before
		}
	}
	return 0
}

// A page of many takes as many statements as a page of one, and no more than are
// written here. A number that falls is lowered; one that must rise is explained
// where it is raised.
func TestStatementsOfARequest(t *testing.T) {
	both(t, func(t *testing.T, engine db.Engine) {
		h := open(t, engine, clock.Still(testkit.Monday))
		door := h.app.Handler()
		short, long := h.thread(1), h.thread(60)
		colleague := h.persons(1)[0]
		asking, asked := h.thread(1), h.thread(1)
		h.ask(asking, [][]id.ID{{colleague.Person}})
		for range 6 { // each on a post of its own
			h.ask(asked, [][]id.ID{{colleague.Person}})
		}
		h.asks(colleague, 1)
		const inbox = "/inbox?tab=owed&limit="
		for _, c := range []struct {
			name, one, many, body string
			most                  int64
		}{
			{"read posts", "/threads/" + short + "/posts", "/threads/" + long + "/posts", "", 3},
			{"read posts that ask", "/threads/" + asking + "/posts", "/threads/" + asked + "/posts", "", 8},
			{"list threads", "/threads?limit=1", "/threads?limit=50", "", 4},
			// The index says where hits are; their texts are read where they are kept. PostgreSQL
			// is asked first how many there are about.
			{"search", "/search?limit=1&q=thursday", "/search?limit=50&q=thursday", "", 11},
			{"post", "/threads/" + short + "/posts", "/threads/" + long + "/posts", `{"markdown":"Thursday."}`, 12},
			{"inbox", inbox + "1", inbox + "50", "", 10},
		} {
			one := h.costs(door, c.one, c.body)
			if c.name == "inbox" {
				h.asks(colleague, 40)
			}
			if many := h.costs(door, c.many, c.body); many > one || many > c.most {
				t.Errorf("%s: %d statements, and %d where there is more; want no more, and at most %d", c.name, one, many, c.most)
			}
		}
	})
}

// asks asks somebody so many things, and lets the house take note.
func (h *house) asks(a actor.Actor, n int) {
	h.t.Helper()
	h.ask(h.thread(1), slices.Repeat([][]id.ID{{a.Person}}, n))
	h.must(h.app.Settle(h.t.Context()))
}

// What an open page is told of a post is a name, not the post.
func TestALiveEventIsSmall(t *testing.T) {
	h := open(t, db.SQLite, nil)
	path := "/api/v1/threads/" + h.thread(1) + "/posts"
	h.serve()
	var told []*client
	for range 2 {
		told = append(told, dial(t, h.dial, h.token).stream("/api/v1/stream"))
	}
	dial(t, h.dial, h.token).do("POST", path, "one", fmt.Sprintf(`{"markdown":%q}`, prose), 201)
	first, second := told[0].until("spaces.posted"), told[1].until("spaces.posted")
	if first != second {
		t.Errorf("two readers were told %q and %q", first, second)
	}
	if len(first) > 300 {
		t.Errorf("%d bytes are told of a post, want at most 300: %s", len(first), first)
	}
}
