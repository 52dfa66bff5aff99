package live

import (
	"time"

	"example.org/meantime/internal/platform/id"
)

// Beat makes streams say more often that they live.
func (s *Service) Beat(d time.Duration) { s.beat = d }

// Queues are the messages that wait for each viewer of a workspace.
func (s *Service) Queues(workspace id.ID) (out []<-chan []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.hubs[workspace]; h != nil {
		for v := range h.viewers {
			out = append(out, v.queue)
		}
	}
	return out
}

// Behind is how many events a reader may fall behind.
const Behind = queue

// Replay is how many missed events are sent again.
const Replay = replay
