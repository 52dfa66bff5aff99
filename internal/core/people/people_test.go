package people_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// company is a workspace with one person of each role.
type company struct {
	t                       *testing.T
	d                       *db.DB
	s                       *people.Service
	w                       id.ID
	ana, adam, mo, mia, gus people.Person // owner, admin, two members, guest
	shared                  []id.ID       // who shares a space with Gus
}

func found(t *testing.T, d *db.DB) *company {
	t.Helper()
	c := &company{t: t, d: d, s: people.New(d, people.Options{Outside: outside.New(outside.Options{Allow: outside.MustAllow("127.0.0.1:*")})}), w: id.New(d.Clock().Now())}
	c.s.Introduce(people.Neighbours{Shares: func(context.Context, db.Queryer, id.ID, id.ID) ([]id.ID, error) { return c.shared, nil }})
	c.write(func(ctx context.Context, tx *db.Tx) error { return c.s.CreateWorkspaceTx(ctx, tx, "Northwind") })
	c.ana = c.add(people.NewPerson{Name: "Ana Lima", Email: "ana@northwind.example", Role: actor.Owner, Zone: "Europe/Lisbon"})
	c.adam = c.add(people.NewPerson{Name: "Adam Ek", Email: "adam@northwind.example", Role: actor.Admin, Zone: "Europe/Stockholm"})
	c.mo = c.add(people.NewPerson{Name: "Mo Farah", Email: "mo@northwind.example", Zone: "Asia/Taipei"})
	c.mia = c.add(people.NewPerson{Name: "Mia Ek", Email: "mia@northwind.example", Zone: "America/New_York"})
	c.gus = c.add(people.NewPerson{Name: "Gus Guest", Email: "gus@elsewhere.example", Role: actor.Guest, Zone: "UTC"})
	c.shared = []id.ID{c.mo.ID}
	return c
}

func (c *company) write(f func(context.Context, *db.Tx) error) {
	c.t.Helper()
	if err := c.d.Write(c.t.Context(), c.w, f); err != nil {
		c.t.Fatal(err)
	}
}

func (c *company) add(n people.NewPerson) (p people.Person) {
	c.t.Helper()
	c.write(func(ctx context.Context, tx *db.Tx) (err error) {
		p, err = c.s.AddTx(ctx, tx, n)
		return err
	})
	return p
}

func (c *company) team(name string, members ...people.Person) people.Team {
	c.t.Helper()
	var list []id.ID
	for _, m := range members {
		list = append(list, m.ID)
	}
	team, err := c.s.MakeTeam(c.t.Context(), c.mo.Actor(), name, "", list)
	if err != nil {
		c.t.Fatal(err)
	}
	return team
}

func (c *company) get(p people.Person) people.Person {
	c.t.Helper()
	got, err := c.s.Get(c.t.Context(), c.d, c.w, p.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	return got
}

// want fails unless err is a fault of this code; "" wants none.
func want(t *testing.T, err error, code string) {
	t.Helper()
	if (code == "") != (err == nil) || (code != "" && !fault.Is(err, code)) {
		t.Errorf("got error %v, want %q", err, code)
	}
}

// over runs a request as somebody and reads the answer into out.
func (c *company) over(p people.Person, method, path string, in, out any) int {
	c.t.Helper()
	mux := http.NewServeMux()
	api := web.NewAPI(mux, "test")
	c.s.Routes(api)
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			c.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, web.Prefix+path, &body)
	if !p.ID.IsZero() {
		r = r.WithContext(actor.With(r.Context(), p.Actor()))
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	if out != nil && w.Code < 300 {
		if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, w.Body)
		}
	}
	if w.Code >= 500 {
		c.t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Code
}

type m = map[string]any

func engines(t *testing.T, f func(t *testing.T, c *company, k *clock.Machine)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, k *clock.Machine) { f(t, found(t, d), k) })
}
