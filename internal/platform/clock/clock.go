// Package clock is the only place that reads the machine's time. Everything
// else is handed an Instant or a Clock, so that a test, or the demo's time
// machine, can say what time it is.
package clock

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sync"
	"time"
)

// Instant is a moment: microseconds since 1970-01-01T00:00:00Z. Zero means "none".
type Instant int64

// At turns a time into an Instant, cutting below the microsecond.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMicro())
}

// Up turns a time into an Instant that is not earlier: one between two microseconds
// becomes the later of them.
func Up(t time.Time) Instant {
	at := At(t)
	if at.Time().Before(t) {
		at++
	}
	return at
}

// Time gives the moment as a UTC time; the zero Instant gives the zero Time.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).UTC()
}

// Add moves an Instant by d.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d/time.Microsecond) }

// Sub is the time between two Instants.
func (i Instant) Sub(j Instant) time.Duration { return time.Duration(i-j) * time.Microsecond }

// IsZero says that there is no moment.
func (i Instant) IsZero() bool { return i == 0 }

// Pointer is the moment as the API writes it: nil for none.
func (i Instant) Pointer() *time.Time {
	if i == 0 {
		return nil
	}
	t := i.Time()
	return &t
}

// String is RFC 3339 in UTC.
func (i Instant) String() string { return i.Time().Format(time.RFC3339Nano) }

// Value stores an Instant as BIGINT; none is stored as NULL.
func (i Instant) Value() (driver.Value, error) {
	if i == 0 {
		return nil, nil
	}
	return int64(i), nil
}

// Scan reads a BIGINT; NULL is none.
func (i *Instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = 0
	case int64:
		*i = Instant(v)
	default:
		return fmt.Errorf("clock: cannot read %T as an instant", v)
	}
	return nil
}

// Clock tells the time and wakes sleepers.
type Clock interface {
	// Now is the present moment.
	Now() Instant
	// Wait returns at the given moment, or with the context's error before it.
	Wait(ctx context.Context, until Instant) error
}

// System is the machine's own clock.
type System struct{}

// Now reads the machine's clock.
func (System) Now() Instant { return At(time.Now()) }

// Wait sleeps until the moment has come.
func (s System) Wait(ctx context.Context, until Instant) error {
	d := until.Sub(s.Now())
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Machine is a clock that people move: still in tests, running on from where it
// was set in a demo. It never goes back.
type Machine struct {
	mu      sync.Mutex
	still   Instant       // where a still clock stands
	offset  time.Duration // how far a running clock is ahead of the machine's
	running bool
	moved   chan struct{} // closed at each move
}

// Still makes a clock that stands at t until it is moved.
func Still(t time.Time) *Machine { return &Machine{still: At(t), moved: make(chan struct{})} }

// Running makes a clock that runs on, ahead of the machine's by offset.
func Running(offset time.Duration) *Machine {
	return &Machine{offset: offset, running: true, moved: make(chan struct{})}
}

// Now is the moment the clock shows.
func (m *Machine) Now() Instant {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now()
}

func (m *Machine) now() Instant {
	if m.running {
		return At(time.Now().Add(m.offset))
	}
	return m.still
}

// Set moves the clock forward to t and wakes whoever waits for it. A t that has
// passed already changes nothing.
func (m *Machine) Set(t Instant) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := t.Sub(m.now())
	if d <= 0 {
		return
	}
	m.offset += d
	m.still = t
	close(m.moved)
	m.moved = make(chan struct{})
}

// Advance moves the clock forward by d.
func (m *Machine) Advance(d time.Duration) { m.Set(m.Now().Add(d)) }

// Offset is how far a running clock is ahead of the machine's.
func (m *Machine) Offset() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.offset
}

// Wait returns once the clock shows until or later.
func (m *Machine) Wait(ctx context.Context, until Instant) error {
	for {
		m.mu.Lock()
		left, moved, running := until.Sub(m.now()), m.moved, m.running
		m.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		var fire <-chan time.Time
		if running {
			t := time.NewTimer(left)
			defer t.Stop()
			fire = t.C
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		case <-fire:
		}
	}
}

// Since is the time the machine took since start: for measuring work, never for
// deciding anything.
func Since(start time.Time) time.Duration { return time.Since(start) }

// Stopwatch is a start for Since.
func Stopwatch() time.Time { return time.Now() }

// Begin puts a clock to any moment, back as well: only for a world that has no
// past yet.
func (m *Machine) Begin(t Instant) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.offset += t.Sub(m.now())
	m.still = t
	close(m.moved)
	m.moved = make(chan struct{})
}
