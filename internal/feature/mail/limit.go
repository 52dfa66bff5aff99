package mail

import (
	"sync"
	"time"

	"example.org/meantime/internal/platform/clock"
)

// How much is taken in an hour from one machine and from one sender. Whoever sends
// more is asked to come back later.
const (
	mostFromMachine = 600
	mostFromSender  = 120
	mostStrangers   = 30 // who are told that they are not known
	limitFor        = time.Hour
	mostLimited     = 50_000 // keys in memory
)

// limits counts by key in this process.
type limits struct {
	mu sync.Mutex
	m  map[string]*counted
}

type counted struct {
	n     int
	until clock.Instant
}

// take counts one more; false when that is too many.
func (l *limits) take(now clock.Instant, key string, most int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.m == nil || len(l.m) >= mostLimited {
		l.m = map[string]*counted{} // forgetting is better than filling the memory
	}
	c := l.m[key]
	if c == nil || c.until <= now {
		c = &counted{until: now.Add(limitFor)}
		l.m[key] = c
	}
	c.n++
	return c.n <= most
}
