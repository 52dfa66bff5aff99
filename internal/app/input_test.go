package app_test

import (
	"bytes"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// endless is a body that never ends and counts what was taken of it.
type endless struct {
	head  io.Reader
	taken atomic.Int64
}

func (e *endless) Read(b []byte) (int, error) {
	if n, err := e.head.Read(b); err == nil {
		return n, nil
	}
	for i := range b {
		b[i] = 'a'
	}
	e.taken.Add(int64(len(b)))
	return len(b), nil
}

// largest is the most that any operation reads of a body, in bytes.
const largest = 4 << 20

// each calls f for every operation that somebody may do, with a request of theirs
// that is in order, in a scene that is theirs to spoil.
func (st *stage) each(f func(r row, op web.Operation, p *person)) {
	st.t.Helper()
	for _, r := range append(append([]row{}, matrix...), naming...) {
		p := st.allowed(r)
		if p == nil {
			continue
		}
		st.open.renew()
		f(r, st.operations[r.op], p)
	}
	st.open.renew()
}

// Bodies that are no JSON, or not what was asked for, are refused in a sentence.
func TestBodiesThatAreNotInOrder(t *testing.T) {
	testkit.NotRaced(t)
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		st.each(func(r row, op web.Operation, p *person) {
			if op.Body == "" {
				return
			}
			path := st.open.path(op.Path)
			for name, body := range map[string]string{
				"half an object": `{"name": "x`, "an array": `[]`, "a string": `"x"`, "a number": `12`, "junk": "\x00\xff\xfe", "two objects": `{} {}`,
				"a deep nest": strings.Repeat(`[`, 20_000), "a deep object": strings.Repeat(`{"a":`, 20_000), "not UTF-8": "{\"name\": \"\xff\xfe\"}",
				"unknown fields": `{"no_such_field": 1}`,
			} {
				st.refused(t, r, p, name, st.call(p, op.Method, path, []byte(body), r.header))
			}
			st.refused(t, r, p, "another kind of body", st.call(p, op.Method, path, []byte("name=x"), map[string]string{"Content-Type": "application/x-www-form-urlencoded"}))
			if got := st.call(h.who[anonymous], op.Method, path, []byte(`{"name": "x`), r.header); !op.Public && got.status != 401 {
				t.Errorf("%s: a body out of order from nobody: got %d, want 401", r.op, got.status)
			}
		})
	})
}

// refused holds that a request was refused, in order and without an effect that
// the body could have had.
func (st *stage) refused(t *testing.T, r row, p *person, name string, got answer) {
	t.Helper()
	what := r.op + " as " + string(p.role) + " with " + name
	if got.status < 400 {
		if name == "two objects" || name == "unknown fields" {
			return
		}
		t.Errorf("%s: got %d, want a refusal: %s", what, got.status, cut(got.body))
		return
	}
	inOrder(t, what, got)
}

// More than an operation reads is refused, whether it says its length or never ends.
// No database is asked on the way, so one engine is enough.
func TestBodiesThatAreTooLarge(t *testing.T) {
	testkit.NotRaced(t)
	st := newStage(newHouse(t, ""))
	long := append(append([]byte(`{"name": "`), bytes.Repeat([]byte("a"), largest)...), `"}`...)
	tried := map[string]bool{}
	st.each(func(r row, op web.Operation, p *person) {
		if op.Body == "" || tried[r.op] {
			return
		}
		tried[r.op] = true
		path := st.open.path(op.Path)
		for _, key := range []string{"", "large-" + r.op} {
			header := map[string]string{"Idempotency-Key": key}
			if got := st.call(p, op.Method, path, long, header); got.status != 413 {
				t.Errorf("%s with %d bytes: got %d, want 413: %s", r.op, len(long), got.status, cut(got.body))
			} else {
				inOrder(t, r.op, got)
			}
		}
		body := &endless{head: strings.NewReader(`{"name": "`)}
		got, err := st.send(p, op.Method, path, body)
		if err == nil && got != 413 {
			t.Errorf("%s with a body without end: got %d, want 413", r.op, got)
		}
		if n := body.taken.Load(); n > 4*largest {
			t.Errorf("%s took %d bytes of a body without end, want at most %d", r.op, n, 4*largest)
		}
	})
}
