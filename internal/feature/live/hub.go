package live

import (
	"context"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

const (
	readOnce = 500  // events a look at the log takes
	replay   = 2000 // events a page that comes back may have missed
	beats    = 8    // parts of a beat: so many turns until every stream has had its own
)

const (
	quick   = 20 * time.Millisecond // telling everybody may take so long at any time
	rests   = 9                     // times as long as it took is the pause after a longer one
	longest = time.Second           // of these pauses
)

// pause is how long nobody is told after a round that took so long: where thousands
// of pages are open, what happens meanwhile goes out together, and telling takes a
// tenth of the time, not all of it.
func pause(took time.Duration) time.Duration {
	if took < quick {
		return 0
	}
	return min(rests*took, longest)
}

// hub reads one workspace's log once for all its viewers. It lives while there
// are any.
type hub struct {
	service   *Service
	workspace id.ID
	rights    *rights
	stop      context.CancelFunc
	look      chan struct{} // wakes it in case a poke was lost

	mu      sync.Mutex // is held neither while the database is asked nor while a viewer is written to
	seq     int64
	viewers map[*viewer]struct{}
	joined  int
	over    bool
}

// join adds a viewer that has seen everything up to the returned number.
func (s *Service) join(ctx context.Context, v *viewer) (*hub, int64, error) {
	for {
		h, err := s.hub(ctx, v.actor.Workspace)
		if err != nil {
			return nil, 0, err
		}
		if at, ok := h.enter(v); ok {
			return h, at, nil
		}
		h.end() // it is over, and makes room for another
	}
}

// hub finds the workspace's hub or starts it.
func (s *Service) hub(ctx context.Context, workspace id.ID) (*hub, error) {
	s.mu.Lock()
	h, ok, closed := s.hubs[workspace], s.hubs[workspace] != nil, s.closed
	s.mu.Unlock()
	if ok || closed {
		return h, closedIf(closed)
	}
	head, rights, err := s.look(ctx, workspace)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.hubs[workspace]; h != nil || s.closed { // another was quicker
		return h, closedIf(s.closed)
	}
	run, stop := context.WithCancel(context.Background())
	h = &hub{
		service: s, workspace: workspace, rights: rights, seq: head, stop: stop,
		viewers: map[*viewer]struct{}{}, look: make(chan struct{}, 1),
	}
	s.hubs[workspace] = h
	go h.run(run)
	go h.beat(run)
	return h, nil
}

func closedIf(closed bool) error {
	if closed {
		return errClosed()
	}
	return nil
}

func (h *hub) enter(v *viewer) (at int64, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over {
		return 0, false
	}
	v.slot = h.joined % beats
	h.joined++
	h.viewers[v] = struct{}{}
	return h.seq, true
}

// part ends a viewer's stream and takes it away, and the hub with the last of them.
func (h *hub) part(v *viewer) {
	v.leave()
	h.mu.Lock()
	delete(h.viewers, v)
	last := len(h.viewers) == 0 && !h.over
	h.over = h.over || last
	h.mu.Unlock()
	if last {
		h.end()
	}
}

func (h *hub) end() {
	h.stop()
	s := h.service
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hubs[h.workspace] == h {
		delete(s.hubs, h.workspace)
	}
}

// sendAway ends every stream; the pages come back with their cursors.
func (h *hub) sendAway() {
	h.mu.Lock()
	list := h.viewers
	h.viewers, h.over = map[*viewer]struct{}{}, true
	h.mu.Unlock()
	for v := range list {
		v.leave()
	}
	h.end()
}

func (h *hub) run(ctx context.Context) {
	poked, done := h.service.bus.Subscribe(bus.Workspace(h.workspace.String()))
	defer done()
	for {
		if err := h.read(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("live: could not read the log; pages will ask again", "error", err)
			h.sendAway()
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-poked:
		case <-h.look:
		}
	}
}

// read passes on what is new.
func (h *hub) read(ctx context.Context) error {
	real := clock.System{}
	for {
		list, err := event.After(ctx, h.service.db, h.workspace, h.seq, readOnce)
		if err != nil {
			return err
		}
		begun := clock.Stopwatch()
		for some := range slices.Chunk(list, queue/2) { // so that nobody's queue fills before it is sent
			var idle []*viewer
			for _, e := range some {
				if idle, err = h.pass(ctx, e, idle); err != nil {
					return err
				}
			}
			h.send(idle)
		}
		if p := pause(clock.Since(begun)); p > 0 {
			if err := real.Wait(ctx, real.Now().Add(p)); err != nil {
				return err
			}
		} else if len(list) < readOnce {
			return nil
		}
	}
}

// pass puts an event before all who may know of it, and adds those to idle whom
// nobody is writing to.
func (h *hub) pass(ctx context.Context, e event.Event, idle []*viewer) ([]*viewer, error) {
	to, err := h.rights.now(ctx, e)
	if err != nil {
		return idle, err
	}
	if changesPeople(e.Kind) {
		h.recheck(ctx, func(v *viewer) bool {
			return v.actor.Person == e.Subject.ID || slices.Contains(e.Concerns, v.actor.Person)
		})
	}
	b := encode(e)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seq = e.Seq
	h.rights.mu.Lock()
	defer h.rights.mu.Unlock()
	for v := range h.viewers {
		if to.tells(v) && v.add(b) {
			idle = append(idle, v)
		}
	}
	return idle, nil
}

// send writes to many, by as many hands as there are processors.
func (h *hub) send(list []*viewer) {
	hands := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for part := range slices.Chunk(list, max(16, (len(list)+hands-1)/hands)) {
		wait.Go(func() {
			for _, v := range part {
				v.send()
			}
		})
	}
	wait.Wait()
}

// beat says on each stream, every so often, that it lives, and ends those whose
// session or reader has gone. It also has the log looked at.
func (h *hub) beat(ctx context.Context) {
	real := clock.System{}
	for turn := 0; real.Wait(ctx, real.Now().Add(max(h.service.beat/beats, time.Millisecond))) == nil; turn++ {
		select {
		case h.look <- struct{}{}:
		default:
		}
		mine := func(v *viewer) bool { return v.slot == turn%beats }
		h.recheck(ctx, mine)
		var idle []*viewer
		for _, v := range h.among(mine) {
			if v.add([]byte(": here\n\n")) {
				idle = append(idle, v)
			}
		}
		h.send(idle)
	}
}

// recheck ends the streams among some viewers that are over or may not go on.
func (h *hub) recheck(ctx context.Context, which func(*viewer) bool) {
	stands := map[actor.Actor]bool{} // several pages may share a session
	for _, v := range h.among(which) {
		ok, known := stands[v.actor]
		if !known {
			ok = h.service.recheck(ctx, v.actor) == nil
			stands[v.actor] = ok
		}
		if !ok || v.ended() {
			h.part(v)
		}
	}
}

func (h *hub) among(which func(*viewer) bool) (out []*viewer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for v := range h.viewers {
		if which(v) {
			out = append(out, v)
		}
	}
	return out
}
