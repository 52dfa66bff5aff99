package live

import (
	"bytes"
	"net"
	"sync"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
)

const (
	queue    = 128              // events that a slow page may be behind before it is sent away to come back
	patience = 30 * time.Second // how long a browser may take to accept a piece
)

// viewer is one open stream. Either its connection was let go by the HTTP server
// (conn), and whoever adds a message sees it off; or a request's handler holds it
// and is woken (wake), where a connection cannot be let go.
type viewer struct {
	actor actor.Actor
	slot  int // of the beat: streams live on in turn

	mu      sync.Mutex
	waiting [][]byte // nil while nothing waits: an idle stream keeps no buffer
	most    int      // may wait; during the greeting more than later
	busy    bool     // somebody is writing, and will look again before they stop
	gone    bool
	conn    net.Conn
	wake    chan struct{} // of a held stream; closed when it must end
}

func newViewer(a actor.Actor) *viewer { return &viewer{actor: a, busy: true, most: replay} } // busy with its greeting

// greeted says that the stream has begun.
func (v *viewer) greeted() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.most = queue
}

// add puts a message behind those that wait, and says whether send should be
// called. Who is too far behind is sent away: they come back with their cursor
// and lose nothing.
func (v *viewer) add(b []byte) (idle bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		return false
	}
	if len(v.waiting) >= v.most {
		v.end()
		return false
	}
	v.waiting = append(v.waiting, b)
	idle = !v.busy
	v.busy = true
	return idle
}

// take gives all that waits; when that is nothing, whoever was writing is done.
func (v *viewer) take() (b []byte, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	list := v.waiting
	v.waiting = nil
	switch {
	case v.gone || len(list) == 0:
		v.busy = false
		return nil, false
	case len(list) == 1:
		return list[0], true // the very bytes that all viewers share
	}
	return bytes.Join(list, nil), true
}

// send writes what waits, as far as the connection takes it at once: it never
// waits for a reader. For one that is slow a goroutine waits.
func (v *viewer) send() {
	if v.wake != nil {
		v.rouse()
		return
	}
	for b, ok := v.take(); ok; b, ok = v.take() {
		n, err := writeNow(v.conn, b)
		if err != nil {
			v.leave()
			return
		}
		if n < len(b) {
			go v.sendSlowly(b[n:])
			return
		}
	}
}

func (v *viewer) sendSlowly(b []byte) {
	for ok := true; ok; b, ok = v.take() {
		if err := v.write(b); err != nil {
			v.leave()
			return
		}
	}
}

// write gives the reader patience's time to take a piece.
func (v *viewer) write(b []byte) error {
	if err := v.conn.SetWriteDeadline(clock.System{}.Now().Add(patience).Time()); err != nil {
		return err
	}
	if _, err := v.conn.Write(b); err != nil {
		return err
	}
	return v.conn.SetWriteDeadline(time.Time{})
}

// rouse wakes the handler of a held stream.
func (v *viewer) rouse() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		return
	}
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// hold makes the viewer one whose handler is woken when something waits.
func (v *viewer) hold() <-chan struct{} {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.wake = make(chan struct{}, 1)
	if v.gone {
		close(v.wake)
	}
	return v.wake
}

// letGo gives the viewer its connection, unless it had to leave meanwhile.
func (v *viewer) letGo(c net.Conn) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		return false
	}
	v.conn = c
	return true
}

// leave ends the stream.
func (v *viewer) leave() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.end()
}

func (v *viewer) end() {
	if v.gone {
		return
	}
	v.gone, v.waiting = true, nil
	if v.conn != nil {
		_ = v.conn.Close()
	}
	if v.wake != nil {
		close(v.wake)
	}
}

// ended says whether the stream is over, be it that its reader has hung up.
func (v *viewer) ended() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.gone || (v.conn != nil && hungUp(v.conn))
}
