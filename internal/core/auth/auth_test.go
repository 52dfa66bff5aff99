package auth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// cheap keeps tests quick; the default is for people.
var cheap = auth.Cost{Memory: 64, Passes: 1}

const good = "correct horse battery"

// door is a house with nothing in it but people and the door.
type door struct {
	t     *testing.T
	d     *db.DB
	p     *people.Service
	s     *auth.Service
	h     http.Handler
	w     id.ID
	rooms *rooms
}

// rooms stand for the spaces: who may invite into them, who came in.
type rooms struct {
	may    map[id.ID][]id.ID // space → people who may invite
	joined map[id.ID][]id.ID // space → people
}

func (r *rooms) MayInvite(_ context.Context, _ db.Queryer, a actor.Actor, space id.ID) error {
	for _, p := range r.may[space] {
		if p == a.Person {
			return nil
		}
	}
	return fault.Missing("space")
}

func (r *rooms) JoinTx(_ context.Context, _ *db.Tx, _ actor.Actor, space, person id.ID) error {
	r.joined[space] = append(r.joined[space], person)
	return nil
}

func engines(t *testing.T, f func(t *testing.T, o *door, k *clock.Machine)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, k *clock.Machine) { f(t, open(t, d), k) })
}

func open(t *testing.T, d *db.DB) *door {
	o := &door{t: t, d: d, p: people.New(d, people.Options{}), rooms: &rooms{map[id.ID][]id.ID{}, map[id.ID][]id.ID{}}}
	o.s = auth.New(d, o.p, auth.Options{PublicURL: "https://meantime.example/", Cost: cheap})
	o.s.Introduce(o.rooms)
	o.p.Introduce(people.Neighbours{Workspaces: o.s.Workspaces})
	mux := http.NewServeMux()
	api := web.NewAPI(mux, "test")
	o.s.Routes(api)
	o.p.Routes(api)
	o.h = o.s.Middleware(mux)
	return o
}

// owner sets the house up and returns the owner.
func (o *door) owner() people.Person {
	o.t.Helper()
	a, err := o.s.CreateOwner(o.t.Context(), auth.NewOwner{Workspace: "Northwind", Name: "Ana Lima", Email: "ana@northwind.example", Password: good, Zone: "Europe/Lisbon"})
	if err != nil {
		o.t.Fatal(err)
	}
	o.w = a.Workspace
	return o.person(a.Person)
}

func (o *door) person(x id.ID) people.Person {
	o.t.Helper()
	p, err := o.p.Get(o.t.Context(), o.d, o.w, x)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// add gives somebody with a role an account with the good password.
func (o *door) add(name string, r actor.Role) (p people.Person) {
	o.t.Helper()
	mail := strings.ToLower(name) + "@northwind.example"
	err := o.d.Write(o.t.Context(), o.w, func(ctx context.Context, tx *db.Tx) (err error) {
		if p, err = o.p.AddTx(ctx, tx, people.NewPerson{Name: name, Email: mail, Role: r}); err != nil {
			return err
		}
		return o.s.AddAccountTx(ctx, tx, p.ID, mail, good)
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

func (o *door) signIn(email string) auth.Issued {
	o.t.Helper()
	i, err := o.s.SignIn(o.t.Context(), email, good, auth.Visit{Address: "192.0.2.1", Agent: "a browser"})
	if err != nil {
		o.t.Fatal(err)
	}
	return i
}

func (o *door) resolves(i auth.Issued) bool {
	o.t.Helper()
	cookie, bearer := i.Token, ""
	if strings.HasPrefix(i.Token, "mt_") {
		cookie, bearer = "", i.Token
	}
	_, err := o.s.Resolve(o.t.Context(), cookie, bearer)
	if err != nil && !fault.IsKind(err, fault.Unauthenticated) {
		o.t.Error(err)
	}
	return err == nil
}

type request struct {
	method, path, token string
	header              http.Header
	body                any
}

// over sends a request through the middleware.
func (o *door) over(r request, out any) *httptest.ResponseRecorder {
	o.t.Helper()
	var body bytes.Buffer
	if r.body != nil {
		if err := json.NewEncoder(&body).Encode(r.body); err != nil {
			o.t.Fatal(err)
		}
	}
	q := httptest.NewRequest(r.method, web.Prefix+r.path, &body)
	q.RemoteAddr = "192.0.2.7:1234"
	for k, v := range r.header {
		q.Header[k] = v
	}
	if strings.HasPrefix(r.token, "mt_") {
		q.Header.Set("Authorization", "Bearer "+r.token)
	} else if r.token != "" {
		q.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: r.token})
	}
	w := httptest.NewRecorder()
	o.h.ServeHTTP(w, q)
	if out != nil && w.Code < 300 {
		if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
			o.t.Fatalf("%s %s: %v in %s", r.method, r.path, err, w.Body)
		}
	}
	if w.Code >= 500 {
		o.t.Errorf("%s %s: %d %s", r.method, r.path, w.Code, w.Body)
	}
	return w
}

func want(t *testing.T, err error, code string) {
	t.Helper()
	if (code == "") != (err == nil) || (code != "" && !fault.Is(err, code)) {
		t.Errorf("got error %v, want %q", err, code)
	}
}

type m = map[string]any
