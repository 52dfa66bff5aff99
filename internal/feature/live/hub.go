package live

import (
	"context"
	"log/slog"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

const (
	queue    = 128  // events that a slow page may be behind before it is sent away to come back
	readOnce = 500  // events a look at the log takes
	replay   = 2000 // events a page that comes back may have missed
)

// hub reads one workspace's log once for all its viewers. It lives while there
// are any.
type hub struct {
	service   *Service
	workspace id.ID
	seq       int64
	viewers   map[*viewer]struct{}
	stop      context.CancelFunc
}

// join adds a viewer that has seen everything up to the returned number.
func (s *Service) join(ctx context.Context, a actor.Actor) (*viewer, int64, error) {
	v := &viewer{actor: a, queue: make(chan []byte, queue), gone: make(chan struct{})}
	if err := s.allow(ctx, v); err != nil {
		return nil, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.hubs[a.Workspace]
	if !ok {
		head, err := event.Head(ctx, s.db, a.Workspace)
		if err != nil {
			return nil, 0, err
		}
		run, stop := context.WithCancel(context.Background())
		h = &hub{service: s, workspace: a.Workspace, seq: head, viewers: map[*viewer]struct{}{}, stop: stop}
		s.hubs[a.Workspace] = h
		go h.run(run)
	}
	h.viewers[v] = struct{}{}
	return v, h.seq, nil
}

// part takes a viewer away, and the hub with the last of them.
func (s *Service) part(v *viewer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hubs[v.actor.Workspace]
	if h == nil {
		return
	}
	delete(h.viewers, v)
	if len(h.viewers) == 0 {
		h.stop()
		delete(s.hubs, v.actor.Workspace)
	}
}

// allow looks up what a viewer may read now.
func (s *Service) allow(ctx context.Context, v *viewer) error {
	ids, err := s.spaces.Readable(ctx, s.db, v.actor)
	if err != nil {
		return err
	}
	v.spaces = make(map[id.ID]bool, len(ids))
	for _, x := range ids {
		v.spaces[x] = true
	}
	return nil
}

// saw says whether somebody who comes back may know of an event they missed, that
// they lost sight of something among them.
func (s *Service) saw(v *viewer, e event.Event) bool {
	s.mu.Lock() // the hub may be changing the viewer's rights meanwhile
	defer s.mu.Unlock()
	return v.sees(e) || (changesAccess(e.Kind) && slices.Contains(e.Concerns, v.actor.Person))
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
		}
	}
}

// read passes on what is new.
func (h *hub) read(ctx context.Context) error {
	for {
		list, err := event.After(ctx, h.service.db, h.workspace, h.seq, readOnce)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := h.pass(ctx, e); err != nil {
				return err
			}
		}
		if len(list) < readOnce {
			return nil
		}
	}
}

func (h *hub) pass(ctx context.Context, e event.Event) error {
	m := encode(e)
	s := h.service
	s.mu.Lock()
	defer s.mu.Unlock()
	h.seq = e.Seq
	for v := range h.viewers {
		before := v.sees(e) // who loses sight of something is told that they did
		if changesAccess(e.Kind) {
			if err := s.recheck(ctx, v.actor); err != nil {
				v.leave()
				continue
			}
			if err := s.allow(ctx, v); err != nil {
				return err
			}
		}
		if !before && !v.sees(e) {
			continue
		}
		select {
		case v.queue <- m.bytes:
		default: // too slow: it comes back with its cursor and loses nothing
			v.leave()
		}
	}
	return nil
}

func (h *hub) sendAway() {
	s := h.service
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range h.viewers {
		v.leave()
	}
	h.stop()
	if s.hubs[h.workspace] == h {
		delete(s.hubs, h.workspace)
	}
}
