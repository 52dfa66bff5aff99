// Package demo is the time machine, and the company that lives in it. A demo's
// clock can be moved forward: everything that was due on the way happens, each
// thing at its own time. A production server has no such door.
package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Work is what happens by itself: the log's listeners, the jobs and the pulses.
type Work interface {
	// Next is when something is due, or zero.
	Next(ctx context.Context) (clock.Instant, error)
	// Settle does all that is due now.
	Settle(ctx context.Context) error
}

// Service moves the clock.
type Service struct {
	db        *db.DB
	machine   *clock.Machine // nil on a production server
	work      Work
	delivered func(ctx context.Context, workspace id.ID, from, to clock.Instant) (int, error)
	moving    chan struct{} // holds one token: one move at a time
}

// New makes the service. machine is nil where the clock is the real one.
func New(d *db.DB, machine *clock.Machine, work Work, delivered func(context.Context, id.ID, clock.Instant, clock.Instant) (int, error)) *Service {
	return &Service{db: d, machine: machine, work: work, delivered: delivered, moving: make(chan struct{}, 1)}
}

// IsDemo says whether the clock can be moved.
func (s *Service) IsDemo() bool { return s.machine != nil }

// Restore sets the clock to where the demo left it.
func (s *Service) Restore(ctx context.Context) error {
	ahead, ok, err := ahead(ctx, s.db)
	if err != nil || !ok {
		return err
	}
	s.machine.Set(clock.System{}.Now().Add(ahead))
	return nil
}

// Whole says whether a demo lives in the database and was made to its end: only
// then does it know how far its clock is ahead.
func (s *Service) Whole(ctx context.Context) (bool, error) {
	_, ok, err := ahead(ctx, s.db)
	return ok, err
}

const (
	maxMove  = 400 * 24 * time.Hour
	maxSteps = 200_000
)

// Advance moves the clock to a moment, by way of everything that is due before
// it, and says how many deliveries reached people of the workspace on the way.
func (s *Service) Advance(ctx context.Context, workspace id.ID, to clock.Instant) (delivered int, err error) {
	defer fault.Wrap(&err, "demo.Advance(%s)", to)
	if s.machine == nil {
		return 0, fault.New(fault.Forbidden, "not_a_demo", "Only a demo's clock can be moved. This server keeps real time.")
	}
	select {
	case s.moving <- struct{}{}:
		defer func() { <-s.moving }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	from := s.machine.Now()
	switch {
	case to <= from:
		return 0, fault.New(fault.Invalid, "only_forward", "The clock only moves forward. Pick a later time.").At("to")
	case to > from.Add(maxMove):
		return 0, fault.New(fault.Invalid, "too_far", "Move at most 400 days at once.").At("to")
	}
	err = s.travel(ctx, to)
	// However far it came: a clock that has moved stays moved after a restart.
	if err := errors.Join(err, s.remember(context.WithoutCancel(ctx))); err != nil || s.delivered == nil {
		return 0, err
	}
	return s.delivered(ctx, workspace, from, to)
}

// travel stops wherever something is due.
func (s *Service) travel(ctx context.Context, to clock.Instant) error {
	for range maxSteps {
		if err := s.work.Settle(ctx); err != nil {
			return err
		}
		next, err := s.work.Next(ctx)
		if err != nil {
			return err
		}
		if next == 0 || next > to {
			s.machine.Set(to)
			return s.work.Settle(ctx)
		}
		if now := s.machine.Now(); next <= now {
			if now >= to {
				return nil
			}
			// It is due and yet still there: somebody else is at it. A minute on, look again.
			next = min(to, now.Add(time.Minute))
		}
		s.machine.Set(next)
	}
	return fmt.Errorf("demo: more than %d things were due on the way", maxSteps)
}

func (s *Service) remember(ctx context.Context) error {
	return s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the demo's clock moves")
		return setAhead(ctx, tx, s.machine.Offset())
	})
}
