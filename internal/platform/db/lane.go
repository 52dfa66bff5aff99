package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

type request struct {
	ctx       context.Context
	workspace id.ID
	f         func(context.Context, *Tx) error
	soon      bool
	done      chan outcome
}

type outcome struct {
	err      error
	panicked any
	after    []func()
}

// lane is the queue of one workspace's writes (of all workspaces on SQLite): those
// that somebody waits for on the disk, and those that are only to be seen, which
// commit with them, or alone when there are none.
type lane struct {
	waiting, soon []*request
	before        int           // how many were committed together last, of those that are waited for
	more          chan struct{} // another has come
}

// maxTogether bounds how many writes share one commit.
const maxTogether = 128

func (d *DB) enqueue(r *request) error {
	key := r.workspace
	if d.Engine == SQLite {
		key = id.ID{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return errors.New("db: closed")
	}
	l, running := d.lanes[key]
	if !running {
		l = &lane{more: make(chan struct{}, 1)}
		d.lanes[key] = l
		d.busy.Add(1)
		go d.drive(key, l)
	}
	if r.soon {
		l.soon = append(l.soon, r)
	} else {
		l.waiting = append(l.waiting, r)
	}
	select {
	case l.more <- struct{}{}:
	default:
	}
	return nil
}

// linger is how long a lane waits for company, by engine: about what a commit of
// one's own would cost.
var linger = map[Engine]time.Duration{SQLite: 300 * time.Microsecond, Postgres: 2 * time.Millisecond}

// gather waits a moment where many were committed together just now and few are
// here again: they come back together, and the first would have the disk for itself
// while the others wait for it.
func (d *DB) gather(l *lane) {
	d.mu.Lock()
	enough := l.before / 2
	d.mu.Unlock()
	if enough < 2 {
		return
	}
	timer := time.NewTimer(linger[d.Engine])
	defer timer.Stop()
	for {
		d.mu.Lock()
		ready := len(l.waiting) >= enough
		d.mu.Unlock()
		if ready {
			return
		}
		select {
		case <-l.more:
		case <-timer.C:
			return
		}
	}
}

// next takes what is committed together next: first what is waited for, then what is
// only to be seen, which finds what it needs of the pages changed already. The lock
// is held.
func (l *lane) next() []*request {
	n, m := min(len(l.waiting), maxTogether), min(len(l.soon), maxTogether)
	together := append(l.waiting[:n:n], l.soon[:m]...)
	l.waiting, l.soon = l.waiting[n:], l.soon[m:]
	l.before = max(n, l.before/2) // a commit of nothing else in between says little
	if m == 0 {
		l.before = n
	}
	return together
}

// drive commits what waits in a lane until nothing does.
func (d *DB) drive(key id.ID, l *lane) {
	defer d.busy.Done()
	for {
		d.gather(l)
		d.mu.Lock()
		together := l.next()
		if len(together) == 0 {
			delete(d.lanes, key)
			d.mu.Unlock()
			return
		}
		d.mu.Unlock()
		d.commit(together)
	}
}

// unsure is an error of COMMIT itself: what it should have made durable may be
// there or not, so nothing of it is run again.
type unsure struct{ error }

func (u unsure) Unwrap() error { return u.error }

// commit runs writes in one transaction; when it fails before its end, each write
// is tried alone.
func (d *DB) commit(list []*request) {
	for try := 0; ; try++ {
		outcomes, err := d.together(list)
		if err == nil {
			for i, r := range list {
				r.done <- outcomes[i]
			}
			return
		}
		if lost := (unsure{}); errors.As(err, &lost) && !retryable(err) {
			for _, r := range list {
				r.done <- outcome{err: fmt.Errorf("db: commit: %w", err)}
			}
			return
		}
		if len(list) > 1 {
			for i := range list {
				d.commit(list[i : i+1])
			}
			return
		}
		if !retryable(err) || try == 5 {
			list[0].done <- outcome{err: err}
			return
		}
		_ = clock.System{}.Wait(list[0].ctx, clock.System{}.Now().Add(time.Duration(rand.IntN(10<<try))*time.Millisecond))
	}
}
