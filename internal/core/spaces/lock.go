package spaces

import (
	"sync"

	"example.org/meantime/internal/platform/id"
)

// locks keeps two requests of this process from writing to one upload at once.
// Between nodes the offset in the database decides.
type locks struct {
	mu   sync.Mutex
	held map[id.ID]bool
}

// try takes a lock if it is free; the func gives it back.
func (l *locks) try(x id.ID) (func(), bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[x] {
		return nil, false
	}
	if l.held == nil {
		l.held = map[id.ID]bool{}
	}
	l.held[x] = true
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.held, x)
	}, true
}
