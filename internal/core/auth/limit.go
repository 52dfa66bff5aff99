package auth

import (
	"sync"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
)

// How many failed tries are let through in a quarter of an hour.
const (
	triesAccount = 10
	triesAddress = 50
	triesFor     = 15 * time.Minute
	mostTried    = 50_000 // keys kept in memory
)

// limiter counts failed tries by key in this process.
type limiter struct {
	mu sync.Mutex
	m  map[string]*tried
}

type tried struct {
	n     int
	until clock.Instant
}

func newLimiter() *limiter { return &limiter{m: map[string]*tried{}} }

// take counts a try before it is known how it ends, so that a hundred at once
// count a hundred. Too many are a limited fault that says when to come again.
func (l *limiter) take(now clock.Instant, key string, most int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.m[key]
	if t == nil || t.until <= now {
		l.sweep(now)
		t = &tried{until: now.Add(triesFor)}
		l.m[key] = t
	}
	if t.n >= most {
		f := fault.New(fault.Limited, "too_many_tries", "There were too many tries. Please wait a quarter of an hour and try again.")
		f.Retry = int(t.until.Sub(now)/time.Second) + 1
		return f
	}
	t.n++
	return nil
}

// forgive forgets the tries of a key: the person was right in the end.
func (l *limiter) forgive(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.m, key)
}

// giveBack takes one try back.
func (l *limiter) giveBack(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.m[key]; t != nil && t.n > 0 {
		t.n--
	}
}

// sweep makes room: first what is over, then anything.
func (l *limiter) sweep(now clock.Instant) {
	if len(l.m) < mostTried {
		return
	}
	for k, t := range l.m {
		if t.until <= now {
			delete(l.m, k)
		}
	}
	for k := range l.m {
		if len(l.m) < mostTried {
			return
		}
		delete(l.m, k)
	}
}
