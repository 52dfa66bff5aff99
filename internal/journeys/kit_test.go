// Package journeys tells stories that cross features, over HTTP, clock in hand.
package journeys_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// world is a house with a still clock and an open door.
type world struct {
	t     *testing.T
	app   *app.App
	clock *clock.Machine
	url   string
}

// worlds tells a story on both engines.
func worlds(t *testing.T, start time.Time, story func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { story(t, newWorld(t, start, "")) })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		story(t, newWorld(t, start, testkit.PostgresURL(t)))
	})
}

func newWorld(t *testing.T, start time.Time, database string, more ...func(*app.Options)) *world {
	t.Helper()
	c := clock.Still(start)
	o := app.Options{
		Data: t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Demo: true, Clock: c, Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
		OutsideAllow: "127.0.0.1:*", // where push services are played
	}
	for _, f := range more {
		f(&o)
	}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{t: t, app: a, clock: c, url: server.URL}
}

// visitor is a browser with a cookie jar of one.
type visitor struct {
	w      *world
	cookie *http.Cookie
}

func (w *world) visitor() *visitor { return &visitor{w: w} }

// do sends a request, wants the status, and gives back the body.
func (v *visitor) do(method, path string, body any, want int) map[string]any {
	v.w.t.Helper()
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			v.w.t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, v.w.url+"/api/v1"+path, in)
	if err != nil {
		v.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if method == http.MethodPost {
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	if v.cookie != nil {
		req.AddCookie(v.cookie)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		v.w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.w.t.Fatal(err)
	}
	if resp.StatusCode != want {
		v.w.t.Fatalf("%s %s: got %d, want %d: %s", method, path, resp.StatusCode, want, b)
	}
	for _, c := range resp.Cookies() {
		if c.Name == "meantime_session" && c.Value != "" {
			v.cookie = c
		}
	}
	out := map[string]any{}
	if len(b) > 0 && b[0] == '{' {
		if err := json.Unmarshal(b, &out); err != nil {
			v.w.t.Fatalf("%s %s: %v in %s", method, path, err, b)
		}
	}
	return out
}

func (v *visitor) get(path string) map[string]any { v.w.t.Helper(); return v.do("GET", path, nil, 200) }

// list gives the items of a list.
func (v *visitor) list(path string) []map[string]any {
	v.w.t.Helper()
	var out []map[string]any
	for _, x := range v.get(path)["items"].([]any) {
		out = append(out, x.(map[string]any))
	}
	return out
}

// at reads a value inside of an answer by its path.
func at(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				return nil
			}
			v = m[p]
		case int:
			l, ok := v.([]any)
			if !ok || p >= len(l) {
				return nil
			}
			v = l[p]
		}
	}
	return v
}

func str(v any, path ...any) string { s, _ := at(v, path...).(string); return s }

// instant reads an RFC 3339 instant inside of an answer.
func (w *world) instant(v any, path ...any) time.Time {
	w.t.Helper()
	t, err := time.Parse(time.RFC3339, str(v, path...))
	if err != nil {
		w.t.Fatalf("%v: %v", path, err)
	}
	return t
}

// forward moves the clock through everything that is due until then.
func (w *world) forward(v *visitor, to time.Time) {
	w.t.Helper()
	v.do("POST", "/clock/advance", map[string]any{"to": to.Format(time.RFC3339)}, 200)
}

func (w *world) settle() {
	w.t.Helper()
	if err := w.app.Settle(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}
