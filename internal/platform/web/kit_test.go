package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the failures here are meant
	testkit.Main(m)
}

var rung = event.Declare("test.rung", "A bell was rung.")

// door is a server with a bell: POST /bells writes one event and answers how
// often it rang.
type door struct {
	t     *testing.T
	db    *db.DB
	api   *web.API
	mux   *http.ServeMux
	ws    id.ID
	who   map[string]actor.Actor // by the X-Who header
	after func()                 // called after the effect, before the answer
	h     http.Handler
}

type bell struct {
	Body struct {
		Name  string `json:"name" maxLength:"20"`
		Twice bool   `json:"twice,omitempty"`
	}
}

type rang struct {
	Name  string `json:"name"`
	Times int64  `json:"times"`
}

func newDoor(t *testing.T, d *db.DB) *door {
	t.Helper()
	v := &door{t: t, db: d, mux: http.NewServeMux(), ws: id.New(d.Clock().Now()), after: func() {}}
	v.who = map[string]actor.Actor{}
	for _, name := range []string{"ana", "ben"} {
		v.who[name] = actor.Actor{Workspace: v.ws, Person: id.New(d.Clock().Now()), Role: actor.Member}
	}
	err := d.Write(t.Context(), v.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a workspace begins")
		return event.Open(ctx, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	v.api = web.NewAPI(v.mux, "test")
	web.Handle(v.api, web.Op{Method: "POST", Path: "/bells", ID: "ring", Summary: "Ring a bell", Tag: "bells"}, v.ring)
	web.Handle(v.api, web.Op{Method: "POST", Path: "/secrets", ID: "tell", Summary: "Get a secret", Tag: "bells", Secret: true}, v.ring)
	web.Handle(v.api, web.Op{Method: "GET", Path: "/faults/{kind}", ID: "fail", Summary: "Fail", Tag: "faults", Public: true}, fail)
	v.api.Docs()
	v.mux.HandleFunc("/api/", web.NotFound)
	v.h = v.handler(web.Options{})
	return v
}

func (v *door) handler(o web.Options) http.Handler {
	o.DB = v.db
	o.Auth = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if a, ok := v.who[r.Header.Get("X-Who")]; ok {
				r = r.WithContext(actor.With(r.Context(), a))
			}
			next.ServeHTTP(w, r)
		})
	}
	return web.Handler(v.mux, o)
}

func (v *door) ring(ctx context.Context, in *bell) (*web.Out[rang], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	if in.Body.Name == "cracked" {
		return nil, fault.New(fault.Conflict, "cracked", "This bell is cracked.").At("name")
	}
	times := 1
	if in.Body.Twice {
		times = 2
	}
	for range times {
		err := v.db.Write(ctx, a.Workspace, func(_ context.Context, tx *db.Tx) error {
			event.Append(tx, event.New{Kind: rung, Actor: a.Person, Subject: event.Ref{Kind: "bell", ID: a.Person}})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	v.after()
	return &web.Out[rang]{Body: rang{in.Body.Name, v.times()}}, nil
}

const secret = "hunter2 at /var/lib/secret"

func fail(_ context.Context, in *struct {
	Kind string `path:"kind"`
},
) (*web.Out[rang], error) {
	switch in.Kind {
	case "ours":
		return nil, errors.New("dial " + secret)
	case "panic":
		panic(secret)
	case "limited":
		f := fault.New(fault.Limited, "slow_down", "Wait a moment.")
		f.Retry = 30
		return nil, f
	}
	return nil, fault.Missing("bell")
}

func (v *door) times() int64 {
	v.t.Helper()
	n, err := event.Head(context.Background(), v.db, v.ws)
	if err != nil {
		v.t.Fatal(err)
	}
	return n
}

// ask sends a request; headers are "Name: value".
func (v *door) ask(method, path, body string, headers ...string) *http.Response {
	v.t.Helper()
	return request(v.h, method, path, body, headers...)
}

func request(h http.Handler, method, path, body string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, x := range headers {
		k, val, _ := strings.Cut(x, ": ")
		r.Header.Set(k, val)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// problem reads a problem and holds its shape.
func problem(t *testing.T, r *http.Response, status int, code string) web.Problem {
	t.Helper()
	var p web.Problem
	body := text(t, r)
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if r.StatusCode != status || p.Status != status || p.Code != code || p.Detail == "" {
		t.Errorf("got %d %s, want %d %s", r.StatusCode, body, status, code)
	}
	if got := r.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("a problem comes as %s", got)
	}
	return p
}

func engines(t *testing.T, f func(t *testing.T, v *door)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) { f(t, newDoor(t, d)) })
}

func quick(t *testing.T) *door { return newDoor(t, testkit.SQLite(t, clock.Still(testkit.Monday))) }
