package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// role is how somebody stands to the two spaces of the matrix.
type role string

const (
	owner     role = "owner"     // of the workspace, not a member of either space
	admin     role = "admin"     // likewise
	author    role = "author"    // leads both spaces and wrote everything in them
	insider   role = "insider"   // a member of both, who is asked
	outsider  role = "outsider"  // another member of the workspace
	guest     role = "guest"     // a guest of a third space
	removed   role = "removed"   // was in both, and was removed; their session is still in the browser
	stranger  role = "stranger"  // the owner of another workspace in the same house
	anonymous role = "anonymous" // nobody
)

var roles = []role{anonymous, removed, stranger, guest, outsider, owner, admin, insider, author}

const password = "correct horse battery"

// person is a browser with somebody in front of it.
type person struct {
	role   role
	id     string
	email  string
	cookie *http.Cookie
	kept   *http.Cookie // of the removed: what their browser still sends
}

// house is an installation with two workspaces, open to real requests.
type house struct {
	t         *testing.T
	app       *app.App
	clock     *clock.Machine
	url       string
	client    *http.Client
	workspace string
	who       map[role]*person
	calendar  string // an address on another server
	guests    int    // counts what must have a name of its own
	sink      string // a push service that takes everything
}

// houses runs a test on both engines.
func houses(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, newHouse(t, "")) })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		f(t, newHouse(t, testkit.PostgresURL(t)))
	})
}

func newHouse(t *testing.T, database string) *house {
	t.Helper()
	c := clock.Still(testkit.Monday)
	sink := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }))
	t.Cleanup(sink.Close)
	a, err := app.Open(t.Context(), app.Options{
		Data: t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Clock: c, Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
		OutsideAllow: "127.0.0.1:*",
		SMTP:         app.SMTP{Domain: "in.one.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(a.Handler())
	// Kernels may hold tens of megabytes that nobody reads; what the house takes is asked about.
	server.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		if err := c.(*net.TCPConn).SetReadBuffer(256 << 10); err != nil {
			t.Error(err)
		}
		return ctx
	}
	server.Start()
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{t: t, app: a, clock: c, url: server.URL, client: server.Client(), sink: sink.URL, who: map[role]*person{anonymous: {role: anonymous}}}
	h.moveIn()
	return h
}

// moveIn lets the cast in, each with a session of their own.
func (h *house) moveIn() {
	h.t.Helper()
	token, _, err := h.app.Auth.SetupLink(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	o := &person{role: owner, email: "owner@one.example"}
	me := h.want(o, 201, "POST", "/setup", map[string]any{"token": token, "workspace": "One", "name": "Olga Owner", "email": o.email, "password": password, "zone": "Europe/Lisbon"})
	o.id, h.workspace = text(me, "person", "id"), text(me, "workspace", "id")
	h.who[owner] = o
	for _, r := range []role{admin, author, insider, outsider, removed} {
		as := "member"
		if r == admin {
			as = "admin"
		}
		h.who[r] = h.letIn(r, map[string]any{"role": as})
	}
	lobby := text(h.want(o, 201, "POST", "/spaces", map[string]any{"name": "Lobby"}), "id")
	h.who[guest] = h.letIn(guest, map[string]any{"role": "guest", "spaces": []string{lobby}})
	if _, err := h.app.Auth.CreateOwner(h.t.Context(), auth.NewOwner{Workspace: "Two", Name: "Sam Stranger", Email: "stranger@two.example", Password: password, Zone: "Europe/Lisbon"}); err != nil {
		h.t.Fatal(err)
	}
	h.who[stranger] = &person{role: stranger, email: "stranger@two.example"}
	for _, r := range roles {
		if r != anonymous {
			h.signIn(h.who[r])
		}
	}
}

func (h *house) signIn(p *person) {
	h.t.Helper()
	p.cookie = nil
	p.id = text(h.want(p, 201, "POST", "/sessions", map[string]any{"email": p.email, "password": password}), "person", "id")
}

// letIn invites somebody as the owner and accepts as them.
func (h *house) letIn(r role, invitation map[string]any) *person {
	h.t.Helper()
	link := text(h.want(h.who[owner], 201, "POST", "/invitations", invitation), "link")
	p := &person{role: r, email: string(r) + "@one.example"}
	me := h.want(p, 201, "POST", "/invitations/by-token/"+last(link)+"/acceptance", map[string]any{"name": strings.ToUpper(string(r[:1])) + string(r[1:]) + " Person", "email": p.email, "password": password, "zone": "Europe/Lisbon"})
	p.id = text(me, "person", "id")
	return p
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// call sends a request; a body is JSON unless it is bytes or a reader.
func (h *house) call(p *person, method, path string, body any, header map[string]string) answer {
	h.t.Helper()
	var in io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case io.Reader:
		in = b
	case []byte:
		in = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			h.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if !strings.HasPrefix(path, "!") {
		path = "/api/v1" + path
	}
	req, err := http.NewRequestWithContext(ctx, method, h.url+strings.TrimPrefix(path, "!"), in)
	if err != nil {
		h.t.Fatalf("%s %q: %v", method, path, err)
	}
	if body != nil {
		req.Header.Set("Content-Type", kind)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	if p.cookie != nil {
		req.AddCookie(p.cookie)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		h.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatalf("%s %s: %v", method, path, err)
	}
	for _, c := range resp.Cookies() {
		if c.Name == "meantime_session" && c.Value != "" && c.MaxAge >= 0 {
			p.cookie = c
		}
	}
	return answer{resp.StatusCode, resp.Header, out}
}

// want sends a request that must end in a status, and reads what it answers.
func (h *house) want(p *person, status int, method, path string, body any) any {
	h.t.Helper()
	a := h.call(p, method, path, body, nil)
	if a.status != status {
		h.t.Fatalf("%s %s as %s: got %d, want %d: %s", method, path, p.role, a.status, status, a.body)
	}
	var out any
	if len(a.body) > 0 {
		if err := json.Unmarshal(a.body, &out); err != nil {
			h.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return out
}

// settle does what happens by itself.
// settle lets everything be done that is due, slow work included: what is still under way
// would write into the log while somebody else is looked at.
func (h *house) settle() {
	h.t.Helper()
	if err := h.app.Finish(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// text reads a string inside of an answer by its path.
func text(v any, path ...any) string {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			l, _ := v.([]any)
			if p >= len(l) {
				return ""
			}
			v = l[p]
		}
	}
	s, _ := v.(string)
	return s
}

func last(link string) string { return link[strings.LastIndex(link, "/")+1:] }
