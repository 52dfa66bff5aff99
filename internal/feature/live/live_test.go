package live_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestTheStreamGreetsAndTells(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		s := h.listen(h.kofi, "")
		hello, _ := s.next()
		var told struct {
			Seq int64     `json:"seq"`
			Now time.Time `json:"now"`
		}
		if err := json.Unmarshal([]byte(hello.data), &told); err != nil || hello.event != "hello" || told.Seq != 0 || !told.Now.Equal(testkit.Monday) {
			t.Fatalf("hello is %+v, %v", hello, err)
		}
		thread := id.New(h.db.Clock().Now())
		h.tell(1, event.New{Space: h.open, Thread: thread, Data: map[string]string{"excerpt": "hunter2"}})
		if up, _ := s.next(); up.id != "0" {
			t.Errorf("up to date at %+v", up)
		}
		m, _ := s.next()
		if m.event != "change" || m.id != "1" || strings.Contains(m.data, "hunter2") {
			t.Errorf("told %+v", m)
		}
		var change struct {
			Seq                 int64
			Kind, Thread, Space string
			Subject             struct{ Kind, ID string }
		}
		if err := json.Unmarshal([]byte(m.data), &change); err != nil {
			t.Fatal(err)
		}
		if change.Seq != 1 || change.Kind != said || change.Thread != id.Encode("thr", thread) || change.Space != id.Encode("sp", h.open) ||
			change.Subject.Kind != "post" || !strings.HasPrefix(change.Subject.ID, "post_") {
			t.Errorf("told %+v", change)
		}
	})
}

func TestTheStreamTellsOnlyWhatOneMaySee(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		readers := map[string]actor.Actor{"ana": h.ana, "kofi": h.kofi, "guest": h.guest}
		streams := map[string]*stream{}
		for name, a := range readers {
			streams[name] = h.listen(a, "")
			streams[name].greeted()
		}
		cases := []struct {
			name string
			e    event.New
			sees string
		}{
			{"in a space all read", event.New{Space: h.open}, "ana kofi guest"},
			{"in a private space", event.New{Space: h.closed}, "ana"},
			{"in a private space, naming somebody outside", event.New{Space: h.closed, Concerns: []id.ID{h.kofi.Person}}, "ana"},
			{"by somebody who has left the space", event.New{Space: h.closed, Actor: h.kofi.Person}, "ana"},
			{"of the whole workspace", event.New{}, "ana kofi"},
			{"for one person", event.New{Concerns: []id.ID{h.kofi.Person}}, "kofi"},
			{"for the guest", event.New{Concerns: []id.ID{h.guest.Person}}, "guest"},
			{"by the guest", event.New{Actor: h.guest.Person, Concerns: []id.ID{h.kofi.Person}}, "kofi guest"},
		}
		first := int64(0)
		for _, c := range cases {
			first = h.tell(1, c.e)
		}
		first -= int64(len(cases)) - 1
		last := h.tell(1, event.New{Space: h.open})
		for name, s := range streams {
			seen := map[int64]bool{}
			for _, n := range s.until(last) {
				seen[n] = true
			}
			for i, c := range cases {
				if may := strings.Contains(c.sees, name); seen[first+int64(i)] != may {
					t.Errorf("%s: %s is told: %v, want %v", c.name, name, !may, may)
				}
			}
			again, _ := h.listen(readers[name], strconv.FormatInt(first-1, 10)).greeted()
			want(t, name+" comes back", len(again), len(seen))
		}
	})
}

func TestTheStreamResumesWithoutLoss(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.tell(1200, event.New{Space: h.open})
		t.Run("from any place", func(t *testing.T) {
			for _, since := range []int64{0, 1, 499, 500, 501, 1199, 1200} {
				got, reset := h.listen(h.kofi, strconv.FormatInt(since, 10)).greeted()
				if reset || int64(len(got)) != 1200-since || (len(got) > 0 && (got[0] != since+1 || got[len(got)-1] != 1200)) {
					t.Errorf("since %d: reset %v, %d changes", since, reset, len(got))
				}
			}
		})
		t.Run("while others go on", func(t *testing.T) {
			told := make(chan int64)
			go func() {
				for range 40 {
					h.tell(5, event.New{Space: h.open})
				}
				told <- h.tell(1, event.New{Space: h.open})
			}()
			cursor, next := "1200", int64(1201)
			for range 10 { // read a few, be cut, come back
				s := h.listen(h.kofi, cursor)
				for range 7 {
					m, ok := s.next()
					if !ok {
						t.Fatal("the stream ended by itself")
					}
					if m.id != "" { // as browsers do, with a change or without
						cursor = m.id
					}
					if m.event != "change" {
						continue
					}
					if got := number(t, m.id); got != next {
						t.Fatalf("after %d came %d", next-1, got)
					}
					next++
				}
				s.close()
			}
			last := <-told
			s := h.listen(h.kofi, cursor)
			for _, n := range s.rest(last) {
				if n != next {
					t.Fatalf("after %d came %d", next-1, n)
				}
				next++
			}
			if next != last+1 {
				t.Errorf("it ended at %d, want %d", next-1, last)
			}
		})
		t.Run("a cursor that is none begins now", func(t *testing.T) {
			for _, since := range []string{"x", "-1", "1e3", "99999999999999999999"} {
				if got, reset := h.listen(h.kofi, since).greeted(); len(got) > 0 || reset {
					t.Errorf("since %q: %d changes, reset %v", since, len(got), reset)
				}
			}
		})
	})
}

// rest reads all changes up to one, wherever the greeting stops.
func (s *stream) rest(last int64) (seqs []int64) {
	s.t.Helper()
	for {
		m, ok := s.next()
		if !ok {
			s.t.Fatal("the stream ended")
		}
		if m.event == "change" {
			seqs = append(seqs, number(s.t, m.id))
		}
		if m.id != "" && number(s.t, m.id) >= last {
			return seqs
		}
	}
}

func TestWhoMissedTooMuchBeginsAnew(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		head := h.tell(live.Replay+1, event.New{Space: h.open})
		cases := []struct {
			name  string
			since int64
			reset bool
			n     int
		}{
			{"all of it", 0, true, 0},
			{"as much as is kept", 1, false, live.Replay},
			{"nothing", head, false, 0},
			{"a cursor from before a restore", head + 1, true, 0},
		}
		for _, c := range cases {
			got, reset := h.listen(h.kofi, strconv.FormatInt(c.since, 10)).greeted()
			if reset != c.reset || len(got) != c.n {
				t.Errorf("%s: reset %v and %d changes", c.name, reset, len(got))
			}
		}
	})
}

func TestLosingASpaceEndsItsSight(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.change(func() { h.reads[h.kofi.Person] = []id.ID{h.open, h.closed} })
		s := h.listen(h.kofi, "")
		s.greeted()
		before := h.tell(1, event.New{Space: h.closed})
		want(t, "a member is told", s.until(before), []int64{before})
		h.change(func() { h.reads[h.kofi.Person] = []id.ID{h.open} })
		out := h.tell(1, event.New{Kind: "spaces.member_removed", Space: h.closed, Concerns: []id.ID{h.kofi.Person}})
		h.tell(1, event.New{Space: h.closed})
		last := h.tell(1, event.New{Space: h.open})
		want(t, "who must go is told that, and nothing after", s.until(last), []int64{out, last})
		h.change(func() { h.reads[h.kofi.Person] = []id.ID{h.open, h.closed} })
		in := h.tell(1, event.New{Kind: "spaces.member_added", Space: h.closed, Concerns: []id.ID{h.kofi.Person}})
		want(t, "who comes back is told", s.until(in), []int64{in})
	})
}

func TestLosingTheWorkspaceEndsTheStream(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		gone, stays := h.listen(h.kofi, ""), h.listen(h.ana, "")
		gone.greeted()
		stays.greeted()
		h.change(func() { h.ended[h.kofi.Person] = true })
		last := h.tell(1, event.New{Kind: "people.removed", Concerns: []id.ID{h.ana.Person, h.kofi.Person}})
		gone.ends()
		want(t, "others go on", stays.until(last), []int64{last})
	})
}

// Signing out tells nobody: the beat notices, on a busy stream as on an idle one.
func TestSigningOutEndsTheStream(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.live.Beat(time.Millisecond)
		s := h.listen(h.kofi, "")
		s.greeted()
		h.change(func() { h.ended[h.kofi.Person] = true })
		s.ends()
	})
	t.Run("nobody is let in without signing in", func(t *testing.T) {
		h := newHouse(t, testkit.SQLite(t, clock.Still(testkit.Monday)), bus.NewLocal())
		resp, err := http.Get(h.url + "/api/v1/stream")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		want(t, "status", resp.StatusCode, 401)
	})
}

// stuck is a browser that takes nothing after its greeting until it is let go.
type stuck struct {
	header http.Header
	full   chan struct{} // closed when the first change is being written
	letGo  chan struct{}
	seen   int
}

func (w *stuck) Header() http.Header { return w.header }

func (w *stuck) WriteHeader(int) {}

func (w *stuck) FlushError() error { return nil }

func (w *stuck) SetWriteDeadline(time.Time) error { return nil }

func (w *stuck) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "event: change") {
		if w.seen++; w.seen == 1 {
			close(w.full)
		}
		<-w.letGo
	}
	return len(b), nil
}

func TestASlowReaderHoldsNobody(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		slow := &stuck{header: http.Header{}, full: make(chan struct{}), letGo: make(chan struct{})}
		over := make(chan struct{})
		mux := http.NewServeMux()
		h.live.Routes(mux)
		quick := h.listen(h.ana, "")
		quick.greeted()
		go func() {
			r := httptest.NewRequest("GET", "/api/v1/stream?since=0", nil)
			r.Header.Set("X-Who", h.kofi.Person.String())
			h.signedIn(mux).ServeHTTP(slow, r)
			close(over)
		}()
		idle(h, 2)
		h.tell(1, event.New{Space: h.open})
		<-slow.full
		for range 3 {
			quick.until(h.tell(live.Behind/2, event.New{Space: h.open}))
		}
		close(slow.letGo)
		<-over // it is sent away, to come back with its cursor
		if slow.seen > live.Behind+1 {
			t.Errorf("%d events were kept for it, want at most %d", slow.seen, live.Behind+1)
		}
		last := h.tell(1, event.New{Space: h.open})
		want(t, "the quick one goes on", quick.until(last), []int64{last})
	})
}

// idle waits until n readers have been greeted.
func idle(h *house, n int) {
	for h.live.Idle(h.ws) != n {
		select {
		case <-h.t.Context().Done():
			h.t.Fatal("they did not come")
		default:
		}
	}
}

func TestTwoNodesTellTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	d := testkit.Postgres(t, clock.Still(testkit.Monday))
	one, two := bus.NewPostgres(d.URL), bus.NewPostgres(d.URL)
	t.Cleanup(func() { _, _ = one.Close(), two.Close() })
	h := newHouse(t, d, one)
	here := h.listen(h.kofi, "")
	here.greeted()
	h.serve(two) // the log pokes on the first node's bus alone
	there := h.listen(h.kofi, "")
	there.greeted()
	n := h.tell(3, event.New{Space: h.open})
	want(t, "here", here.until(n), []int64{1, 2, 3})
	want(t, "there", there.until(n), []int64{1, 2, 3})
}
