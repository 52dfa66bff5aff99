package bench

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// The short form of the benchmarks: ratios and counts, never times, so that they
// hold on any machine. They say nothing under the race detector.

func unlessRaced(t *testing.T) {
	t.Helper()
	if testkit.Raced {
		t.Skip("the race detector changes what is counted here")
	}
}

// A durable post is at most so many times slower than the least that a durable
// server can do, on the same disk in the same moment. The best of some tries
// counts, since a busy machine makes both sides uneven.
func TestRatioOfPostsToTheFloor(t *testing.T) {
	unlessRaced(t)
	const most, tries, n, total = 40, 6, 8, 240
	h := open(t, db.SQLite, nil)
	path := "/api/v1/threads/" + h.thread(1) + "/posts"
	h.serve()
	floor := newLogFloor(t)
	var ours, theirs []*client
	for range n {
		ours, theirs = append(ours, dial(t, h.dial, h.token)), append(theirs, dial(t, floor.dial, ""))
	}
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	best := 0.0
	for try := range tries {
		least := crowd(n, total, func(who, _ int) { theirs[who].do("POST", "/", "", body, 201) })
		house := crowd(n, total, func(who, _ int) { ours[who].do("POST", path, rand.Text(), body, 201) })
		if x := least.rate() / house.rate(); try == 0 || x < best {
			best = x
		}
		if best <= most {
			t.Logf("the floor is %.1f times as fast", best)
			return
		}
	}
	t.Errorf("the floor is %.1f times as fast as a post of ours, want at most %d", best, most)
}

// allocations is how often one request allocates, on the average of many.
func (h *house) allocations(door http.Handler, method, path, body string) float64 {
	h.t.Helper()
	const runs = 60
	var requests []*http.Request
	for range runs + 10 {
		r := httptest.NewRequestWithContext(h.t.Context(), method, "/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+h.token)
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Idempotency-Key", rand.Text())
		}
		requests = append(requests, r)
	}
	var before, after runtime.MemStats
	for i, r := range requests {
		if i == 10 { // what is kept for later is kept by now
			runtime.ReadMemStats(&before)
		}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code >= 300 {
			h.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / runs
}

// A number that falls is lowered; one that must rise is explained where it is raised.
func TestRatioOfAllocationsToRequests(t *testing.T) {
	unlessRaced(t)
	h := open(t, db.SQLite, clock.Still(testkit.Monday))
	door := h.app.Handler()
	long := h.thread(60)
	h.must(h.app.Settle(t.Context()))
	for _, c := range []struct {
		name, method, path, body string
		most                     float64
	}{
		{"a post, without those who listen to it", "POST", "/threads/" + long + "/posts", fmt.Sprintf(`{"markdown":%q}`, prose), 560},
		{"a page of 60 posts", "GET", "/threads/" + long + "/posts?limit=60", "", 300},
		{"an empty inbox", "GET", "/inbox?tab=owe", "", 545},
	} {
		got := h.allocations(door, c.method, c.path, c.body)
		t.Logf("%s: %.0f", c.name, got)
		if got > c.most {
			t.Errorf("%s: %.0f allocations, want at most %.0f", c.name, got, c.most)
		}
	}
}
