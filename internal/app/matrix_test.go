package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// The words that stand in everything private, in everything of a public space,
// and in everything of the other workspace.
const (
	closedCanary    = "quokkavault"
	openCanary      = "narwhalport"
	elsewhereCanary = "ocelotabbey"
)

// secrets lists what must never be in an answer to somebody.
func secrets(r role) []string {
	switch r {
	case author, insider:
		return []string{elsewhereCanary}
	case owner, admin, outsider:
		return []string{elsewhereCanary, closedCanary}
	case stranger:
		return []string{closedCanary, openCanary}
	}
	return []string{elsewhereCanary, closedCanary, openCanary}
}

// stage is a house in which something has happened everywhere.
type stage struct {
	*house
	closed, open, elsewhere *scene
	other                   string // the other workspace
	operations              map[string]web.Operation
}

func newStage(h *house) *stage {
	h.t.Helper()
	st := &stage{house: h, operations: map[string]web.Operation{}}
	st.closed = h.scene(true, closedCanary, h.who[author], h.who[insider])
	st.open = h.scene(false, openCanary, h.who[author], h.who[insider])
	st.elsewhere = h.scene(true, elsewhereCanary, h.who[stranger], h.who[stranger])
	for _, s := range []*scene{st.closed, st.open} {
		h.want(s.author, 204, "PUT", "/spaces/"+s.space+"/members/"+h.who[removed].id, nil)
		s.id("file")
		concluded(s)
		s.renew()
	}
	st.elsewhere.id("file")
	h.want(h.who[insider], 201, "POST", "/me/absences", obj{"from": "2026-11-02", "to": "2026-11-06", "reason": openCanary})
	h.want(h.who[owner], 204, "DELETE", "/people/"+h.who[removed].id, nil)
	h.who[removed].kept = h.who[removed].cookie
	h.settle()
	h.clock.Set(h.clock.Now().Add(2 * time.Hour))
	st.closed.reported()
	st.open.reported()
	st.closed.renew()
	st.open.renew()
	h.settle()
	h.clock.Set(h.clock.Now().Add(25 * time.Hour)) // Tuesday 10:00 UTC: digests went out, and it is working time in Lisbon
	h.settle()
	st.other = text(h.want(h.who[stranger], 200, "GET", "/workspace", nil), "id")
	for _, o := range h.app.API.Operations() {
		st.operations[o.ID] = o
	}
	return st
}

// Every operation, for everybody, on things of a private and of a public space.
func TestWhoMayDoWhat(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		rowed := map[string]bool{}
		for _, r := range matrix {
			rowed[r.op] = true
			op, ok := st.operations[r.op]
			if !ok {
				t.Errorf("the matrix has a row for %q, which is no operation any more: take it out of matrix_rows_test.go", r.op)
				continue
			}
			for _, s := range []*scene{st.closed, st.open} {
				st.tryRow(t, r, op, s)
			}
		}
		for name, op := range st.operations {
			if !rowed[name] {
				t.Errorf("%s %s (%s) has no row in the permission matrix: add one to matrix_rows_test.go that says who may do it, "+
					"with a request that is in order. What somebody may not see is 404 for them.", op.Method, op.Path, name)
			}
		}
	})
}

func (st *stage) tryRow(t *testing.T, r row, op web.Operation, s *scene) {
	t.Helper()
	if op.Public != r.public {
		t.Errorf("%s: public is %v, the matrix says %v", r.op, op.Public, r.public)
	}
	s.renew()
	for _, who := range roles {
		p := st.who[who]
		want := r.who(who, s.closed)
		if !r.public && (who == anonymous || who == removed) {
			want = 401
		}
		got, changed := st.try(r, op, s, p)
		st.judge(t, r, s, who, got, want, changed)
		if got.status >= 300 {
			continue
		}
		if r.after != nil {
			r.after(s, p)
		}
		if op.Method != "GET" {
			s.renew()
		}
	}
}

// try sends a row's request as somebody; changed says whether the log grew.
func (st *stage) try(r row, op web.Operation, s *scene, p *person) (got answer, changed bool) {
	st.t.Helper()
	if r.prepare != nil {
		r.prepare(s)
	}
	path := s.path(op.Path)
	var body any
	if r.body != nil {
		body = r.body(s, p)
	}
	if r.query != nil {
		path += "?" + r.query(s)
	}
	before := st.heads()
	got = st.call(p, op.Method, path, body, r.header)
	s.ids["location"] = last("/" + got.header.Get("Location"))
	if got.status < 300 {
		var made any
		_ = json.Unmarshal(got.body, &made)
		s.ids["made"] = text(made, "id")
	}
	return got, st.heads() != before
}

// heads is how long the logs of both workspaces are.
func (st *stage) heads() (n [2]int64) {
	st.t.Helper()
	for i, ws := range []string{st.workspace, st.other} {
		x, err := id.Decode("ws", ws)
		if err != nil {
			st.t.Fatal(err)
		}
		if n[i], err = event.Head(st.t.Context(), st.app.DB, x); err != nil {
			st.t.Fatal(err)
		}
	}
	return n
}

func (st *stage) judge(t *testing.T, r row, s *scene, who role, got answer, want int, changed bool) {
	t.Helper()
	where := "in public"
	if s.closed {
		where = "in private"
	}
	if want == 0 {
		want = r.ok
	}
	if got.status != want {
		t.Errorf("%s as %s %s: got %d, want %d: %s", r.op, who, where, got.status, want, cut(got.body))
	}
	if got.status >= 400 && changed {
		t.Errorf("%s as %s %s was refused with %d and yet wrote into the log", r.op, who, where, got.status)
	}
	st.quiet(t, r.op+" "+where, who, got)
	if got.status >= 400 {
		inOrder(t, r.op+" as "+string(who), got)
	}
}

// quiet holds that an answer says nothing that its reader may not know.
func (st *stage) quiet(t *testing.T, what string, who role, got answer) {
	t.Helper()
	all := string(got.body)
	for k, v := range got.header {
		all += "\n" + k + ": " + strings.Join(v, ", ")
	}
	for _, secret := range secrets(who) {
		if strings.Contains(all, secret) {
			t.Errorf("%s tells %s of %q, which they may not know: %s", what, who, secret, cut(got.body))
		}
	}
}

// inOrder holds that a refusal is a problem with a code and a sentence, and says
// nothing of the inside of the house.
func inOrder(t *testing.T, what string, got answer) {
	t.Helper()
	var p struct {
		Status       int
		Code, Detail string
	}
	if got.status >= 500 {
		t.Errorf("%s: %d: %s", what, got.status, cut(got.body))
	}
	if len(got.body) == 0 { // an answer to HEAD
		return
	}
	if kind := got.header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%s: a refusal comes as %q: %s", what, kind, cut(got.body))
		return
	}
	if err := json.Unmarshal(got.body, &p); err != nil || p.Status != got.status || p.Code == "" || !strings.HasSuffix(p.Detail, ".") {
		t.Errorf("%s: %d is not a problem with a code and a sentence: %s", what, got.status, cut(got.body))
	}
	for _, inner := range []string{"sql", "SQL", "pgx", "sqlite", "SQLSTATE", "panic", "goroutine", "constraint", ".go:", "json:", "strconv", "invalid character", "unexpected end", "<nil>"} {
		if strings.Contains(string(got.body), inner) {
			t.Errorf("%s: the answer shows the inside of the house (%q): %s", what, inner, cut(got.body))
		}
	}
}

func cut(b []byte) string {
	if len(b) > 400 {
		b = b[:400]
	}
	return string(b)
}
