package live_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var said = event.Declare("test.said", "Something was said.")

// house has two spaces, and says who may read them; it is a fake of core.
type house struct {
	t    *testing.T
	db   *db.DB
	live *live.Service
	url  string
	ws   id.ID

	open, closed     id.ID
	ana, kofi, guest actor.Actor // ana reads both spaces, kofi and the guest the open one

	mu     sync.Mutex
	opened []id.ID           // spaces that all but guests read
	reads  map[id.ID][]id.ID // person → spaces they are members of
	ended  map[id.ID]bool    // sessions that are over, by person
	asked  int               // how often the readers of a space were looked up
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) { f(t, newHouse(t, d, bus.NewLocal())) })
}

func newHouse(t *testing.T, d *db.DB, b bus.Bus) *house {
	t.Helper()
	now := d.Clock().Now()
	h := &house{t: t, db: d, ws: id.New(now), open: id.New(now), closed: id.New(now), reads: map[id.ID][]id.ID{}, ended: map[id.ID]bool{}}
	for who, role := range map[*actor.Actor]actor.Role{&h.ana: actor.Owner, &h.kofi: actor.Member, &h.guest: actor.Guest} {
		*who = actor.Actor{Workspace: h.ws, Person: id.New(now), Role: role, Session: id.New(now)}
		h.reads[who.Person] = []id.ID{h.open}
	}
	h.reads[h.ana.Person] = []id.ID{h.open, h.closed}
	event.PokeOn(d, b)
	h.write(func(ctx context.Context, tx *db.Tx) error { return event.Open(ctx, tx) })
	h.serve(b)
	return h
}

// serve opens the stream on a node of its own.
func (h *house) serve(b bus.Bus) {
	h.live = live.New(h.db, b, h, h.stands)
	mux := http.NewServeMux()
	h.live.Routes(mux)
	h.t.Cleanup(h.live.Close)
	server := httptest.NewServer(h.signedIn(mux))
	h.t.Cleanup(server.Close)
	h.url = server.URL
}

func (h *house) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, a := range []actor.Actor{h.ana, h.kofi, h.guest} {
			if r.Header.Get("X-Who") == a.Person.String() {
				r = r.WithContext(actor.With(r.Context(), a))
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (h *house) Open(context.Context, db.Queryer, id.ID) ([]id.ID, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.opened), nil
}

func (h *house) Readers(_ context.Context, _ db.Queryer, _, space id.ID) (live.Readers, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked++
	out := live.Readers{Open: slices.Contains(h.opened, space), Members: map[id.ID]bool{}}
	for person, list := range h.reads {
		if slices.Contains(list, space) {
			out.Members[person] = true
		}
	}
	return out, nil
}

func (h *house) Member(_ context.Context, _ db.Queryer, _, space, person id.ID) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Contains(h.reads[person], space), nil
}

func (h *house) stands(_ context.Context, a actor.Actor) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended[a.Person] {
		return errors.New("the session is over")
	}
	return nil
}

func (h *house) change(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

func (h *house) write(f func(context.Context, *db.Tx) error) {
	h.t.Helper()
	err := h.db.Write(context.Background(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test")
		return f(ctx, tx)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// tell appends n events in a space and returns the last one's number.
func (h *house) tell(n int, e event.New) int64 {
	h.t.Helper()
	if e.Kind == "" {
		e.Kind = said
	}
	e.Subject = event.Ref{Kind: "post", ID: id.New(h.db.Clock().Now())}
	h.write(func(_ context.Context, tx *db.Tx) error {
		for range n {
			event.Append(tx, e)
		}
		return nil
	})
	head, err := event.Head(context.Background(), h.db, h.ws)
	if err != nil {
		h.t.Fatal(err)
	}
	return head
}

// message is one event of the stream.
type message struct{ id, event, data string }

type stream struct {
	t     *testing.T
	lines *bufio.Reader
	close func()
}

// listen opens a stream; since is a Last-Event-ID, or empty.
func (h *house) listen(a actor.Actor, since string) *stream {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, "GET", h.url+"/api/v1/stream", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("X-Who", a.Person.String())
	if since != "" {
		req.Header.Set("Last-Event-ID", since)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	if got := resp.Header.Get("Content-Type"); resp.StatusCode != 200 || got != "text/event-stream" {
		h.t.Fatalf("the stream is %d %s", resp.StatusCode, got)
	}
	s := &stream{t: h.t, lines: bufio.NewReader(resp.Body), close: func() { cancel(); _ = resp.Body.Close() }}
	h.t.Cleanup(s.close)
	return s
}

// next reads one message; ok is false at the stream's end.
func (s *stream) next() (m message, ok bool) {
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			return m, false
		}
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch {
		case line == "\n" && m != (message{}):
			return m, true
		case key == "id":
			m.id = value
		case key == "event":
			m.event = value
		case key == "data":
			m.data = value
		}
	}
}

// greeted reads up to the place in the log where the stream is up to date, and
// gives the numbers of the changes on the way.
func (s *stream) greeted() (seqs []int64, reset bool) {
	s.t.Helper()
	for {
		m, ok := s.next()
		if !ok {
			s.t.Fatal("the stream ended before its greeting did")
		}
		switch m.event {
		case "change":
			seqs = append(seqs, number(s.t, m.id))
		case "reset":
			reset = true
		case "":
			return seqs, reset
		}
	}
}

// until reads the changes up to and including one.
func (s *stream) until(seq int64) (seqs []int64) {
	s.t.Helper()
	for {
		m, ok := s.next()
		if !ok {
			s.t.Fatalf("the stream ended before %d, after %v", seq, seqs)
		}
		if m.event != "change" {
			continue
		}
		if seqs = append(seqs, number(s.t, m.id)); seqs[len(seqs)-1] >= seq {
			return seqs
		}
	}
}

// ends reads until the stream does.
func (s *stream) ends() {
	s.t.Helper()
	for ok := true; ok; {
		_, ok = s.next()
	}
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func want(t *testing.T, what string, got any, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
