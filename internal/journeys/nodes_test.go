package journeys_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/testkit"
)

// node opens another house over a world's database, clock and files' folder of its own.
func (w *world) node(database string) *world {
	w.t.Helper()
	a, err := app.Open(w.t.Context(), app.Options{
		Data: w.t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Demo: true, Clock: w.clock, Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler())
	w.t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			w.t.Error(err)
		}
	})
	return &world{t: w.t, app: a, clock: w.clock, url: server.URL}
}

// Two nodes share one PostgreSQL database: what is written at one is seen by an
// open page at the other, and each digest goes out once, whoever makes it.
func TestTwoNodesAreOneHouse(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	database := testkit.PostgresURL(t)
	one := newWorld(t, testkit.Monday, database)
	two := one.node(database)
	ana := one.owner()
	people := map[string]*visitor{}
	ids := []string{}
	for _, name := range []string{"Kofi Mensah", "Mei Tanaka", "Liam Okafor", "Noa Levi"} {
		v, id := one.join(ana, name, "Africa/Accra")
		v.w = two // their browser talks to the other node
		people[name], ids = v, append(ids, id)
	}
	stop := serving(t, one, two)
	pages := people["Mei Tanaka"].open()
	space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	thread := ""
	for range 5 {
		made := ana.do("POST", "/threads", map[string]any{
			"space": space, "title": "A question", "markdown": "What do you think?",
			"asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": ids}, "window": "1d"}},
		}, 201)
		thread = str(made, "thread", "id")
	}
	pages.until(thread)                               // live, across the nodes
	one.clock.Set(one.clock.Now().Add(3 * time.Hour)) // ten o'clock in Accra: both nodes wake and make digests
	pages.until(`"attention.digested"`)
	stop()
	one.clock.Set(one.clock.Now().Add(10 * time.Minute)) // a mail that was on its way when its node stopped is tried again
	one.settle()
	for name, v := range people {
		digests := v.list("/digests")
		times := map[string]int{}
		for _, d := range digests {
			for _, i := range v.get("/digests/" + str(d, "id"))["items"].([]any) {
				times[str(i, "path")]++
			}
		}
		if len(times) != 5 {
			t.Errorf("%s was told of %d questions, want 5", name, len(times))
		}
		for path, n := range times {
			if n != 1 {
				t.Errorf("%s was told of %s in %d digests", name, path, n)
			}
		}
		mails := 0
		for _, m := range ana.list("/outbox") {
			if strings.HasPrefix(str(m, "to"), strings.ToLower(strings.Fields(name)[0])) {
				mails++
			}
		}
		if mails != len(digests) {
			t.Errorf("%s got %d mails of %d digests", name, mails, len(digests))
		}
	}
}

// serving lets nodes follow the log and do their jobs until stopped.
func serving(t *testing.T, nodes ...*world) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var g errgroup.Group
	for _, w := range nodes {
		g.Go(func() error { return w.app.Followers.Run(ctx) })
		g.Go(func() error { return w.app.Jobs.Run(ctx) })
	}
	return func() {
		cancel()
		if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// page is an open stream.
type page struct {
	t     *testing.T
	lines *bufio.Reader
}

func (v *visitor) open() *page {
	v.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	v.w.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.w.url+"/api/v1/stream", nil)
	if err != nil {
		v.w.t.Fatal(err)
	}
	req.AddCookie(v.cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		v.w.t.Fatal(err)
	}
	v.w.t.Cleanup(func() { _ = resp.Body.Close() })
	p := &page{v.w.t, bufio.NewReader(resp.Body)}
	p.until("event: hello")
	return p
}

// until reads on to a line that holds a text.
func (p *page) until(mark string) {
	p.t.Helper()
	for {
		line, err := p.lines.ReadString('\n')
		if strings.Contains(line, mark) {
			return
		}
		if err != nil {
			p.t.Fatalf("the stream ended before %q: %v", mark, err)
		}
	}
}
