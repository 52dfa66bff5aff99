package live

import (
	"time"

	"example.org/meantime/internal/platform/id"
)

// Beat makes streams say more often that they live.
func (s *Service) Beat(d time.Duration) { s.beat = d }

// Idle is how many viewers of a workspace have been greeted and written to.
func (s *Service) Idle(workspace id.ID) int {
	return s.count(workspace, func(v *viewer) bool { return !v.busy })
}

// Viewers is how many streams of a workspace are open.
func (s *Service) Viewers(workspace id.ID) int {
	return s.count(workspace, func(v *viewer) bool { return !v.gone })
}

func (s *Service) count(workspace id.ID, which func(*viewer) bool) (n int) {
	s.mu.Lock()
	h := s.hubs[workspace]
	s.mu.Unlock()
	if h == nil {
		return 0
	}
	for _, v := range h.among(func(*viewer) bool { return true }) {
		v.mu.Lock()
		if which(v) {
			n++
		}
		v.mu.Unlock()
	}
	return n
}

// Behind is how many events a reader may fall behind.
const Behind = queue

// Replay is how many missed events are sent again.
const Replay = replay
