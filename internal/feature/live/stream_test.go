package live_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// deaf opens a stream over a connection of its own, reads its greeting and then
// nothing more. Its little memory fills soon.
func (h *house) deaf(a actor.Actor) net.Conn {
	h.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		h.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "GET /api/v1/stream HTTP/1.1\r\nHost: meantime.test\r\nX-Who: %s\r\n\r\n", a.Person); err != nil {
		h.t.Fatal(err)
	}
	r := bufio.NewReaderSize(conn, 512)
	for line := ""; !strings.HasPrefix(line, "id: "); {
		if line, err = r.ReadString('\n'); err != nil {
			h.t.Fatal(err)
		}
	}
	return conn
}

// Somebody who does not read costs the others nothing, is let go once they are too
// far behind, and then reads all they have missed.
func TestWhoDoesNotReadIsLetGoAndComesBack(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t, clock.Still(testkit.Monday)), bus.NewLocal())
	quick := h.listen(h.ana, "")
	quick.greeted()
	h.deaf(h.kofi)
	idle(h, 2)
	told := int64(0)
	for h.live.Viewers(h.ws) == 2 { // until what the system keeps for a reader is full, and the queue as well
		told = h.tell(live.Behind, event.New{Space: h.open})
		quick.until(told)
	}
	cursor := max(0, told-live.Replay) // wherever it stopped reading
	seqs, reset := h.listen(h.kofi, strconv.FormatInt(cursor, 10)).greeted()
	if reset || int64(len(seqs)) != told-cursor || seqs[0] != cursor+1 {
		t.Errorf("it comes back and is told of %d, want %d; reset %v", len(seqs), told-cursor, reset)
	}
}

// Where a connection cannot be taken from the server, the stream is the same.
func TestTheStreamOverTLSAndHTTP2(t *testing.T) {
	for _, two := range []bool{false, true} {
		t.Run(fmt.Sprintf("HTTP/2 %v", two), func(t *testing.T) {
			h := newHouse(t, testkit.SQLite(t, clock.Still(testkit.Monday)), bus.NewLocal())
			mux := http.NewServeMux()
			h.live.Routes(mux)
			server := httptest.NewUnstartedServer(h.signedIn(mux))
			server.EnableHTTP2 = two
			server.StartTLS()
			t.Cleanup(server.Close)
			t.Cleanup(h.live.Close)
			req, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/v1/stream", nil)
			req.Header.Set("X-Who", h.kofi.Person.String())
			resp, err := server.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			if (resp.ProtoMajor == 2) != two {
				t.Fatalf("it speaks %s", resp.Proto)
			}
			s := &stream{t: t, lines: bufio.NewReader(resp.Body)}
			s.greeted()
			last := h.tell(3, event.New{Space: h.open})
			want(t, "told", s.until(last), []int64{1, 2, 3})
			h.live.Close()
			s.ends()
		})
	}
}

// Two pages are sent the very same bytes, and their readers are looked up once.
func TestReadersAreLookedUpOnceASpace(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		streams := []*stream{h.listen(h.ana, ""), h.listen(h.kofi, ""), h.listen(h.kofi, "")}
		for _, s := range streams {
			s.greeted()
		}
		h.change(func() { h.asked = 0 })
		last := h.tell(50, event.New{Space: h.open})
		for _, s := range streams {
			want(t, "changes", len(s.until(last)), 50)
		}
		h.change(func() { want(t, "looked up", h.asked, 1) })
	})
}

// A space that closes is told of once more to those who lose sight of it.
func TestASpaceThatClosesIsToldToThoseItLeavesOut(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.change(func() {
			h.opened = []id.ID{h.closed}
			h.reads[h.kofi.Person] = []id.ID{h.open}
		})
		member, guest := h.listen(h.kofi, ""), h.listen(h.guest, "")
		member.greeted()
		guest.greeted()
		h.change(func() { h.opened = nil })
		shut := h.tell(1, event.New{Kind: "spaces.space_changed", Space: h.closed})
		h.tell(2, event.New{Kind: "spaces.space_changed", Space: h.closed})
		last := h.tell(1, event.New{Space: h.open})
		want(t, "a member of the workspace", member.until(last), []int64{shut, last})
		want(t, "a guest, who never saw it", guest.until(last), []int64{last})
	})
}

func TestClosingEndsStreamsAndLetsNobodyIn(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t, clock.Still(testkit.Monday)), bus.NewLocal())
	s := h.listen(h.kofi, "")
	s.greeted()
	h.live.Close()
	s.ends()
	req, _ := http.NewRequestWithContext(t.Context(), "GET", h.url+"/api/v1/stream", nil)
	req.Header.Set("X-Who", h.kofi.Person.String())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	want(t, "status", resp.StatusCode, 503)
}

// Who hangs up is noticed by the beat, although nobody reads from them.
func TestHangingUpIsNoticed(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t, clock.Still(testkit.Monday)), bus.NewLocal())
	h.live.Beat(1)
	conn := h.deaf(h.kofi)
	h.listen(h.ana, "").greeted()
	_ = conn.Close()
	for h.live.Viewers(h.ws) != 1 {
		if t.Context().Err() != nil {
			t.Fatal("it is still there")
		}
	}
}
