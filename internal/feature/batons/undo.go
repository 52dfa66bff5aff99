package batons

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// undoFor is how long somebody can take back that they ended or declined a baton.
const undoFor = 10 * time.Minute

// Undo takes back, within ten minutes, that the actor ended a baton: it is with whoever
// had it. Or that they declined one which nobody has taken since: it is offered to them
// again.
func (s *Service) Undo(ctx context.Context, a actor.Actor, baton id.ID) (out *Baton, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		b, err := s.find(ctx, tx, a, baton)
		if err != nil {
			return err
		}
		if b.State == Ended {
			err = s.reopen(ctx, tx, a, b)
		} else {
			err = s.undecline(ctx, tx, a, b)
		}
		if err != nil {
			return err
		}
		b.Version++
		out = b
		return s.keep(ctx, tx, b)
	})
	return out, err
}

func (b *Baton) mayReopen(me id.ID, now clock.Instant) error {
	switch {
	case b.EndedBy != me:
		return fault.New(fault.Forbidden, "not_yours", "Only whoever ended this baton may take that back.")
	case now.Sub(b.EndedAt) > undoFor:
		return conflict("too_late", "Ten minutes have passed, and it stays done. Make a new baton if the work goes on.")
	}
	return nil
}

func (s *Service) reopen(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton) error {
	if err := b.mayReopen(a.Person, tx.Now); err != nil {
		return err
	}
	t, err := s.spaces.Thread(ctx, tx, a, b.Thread)
	if err != nil {
		return err
	}
	if t.Concluded() && !b.OwnThread {
		return conflict("thread_concluded", "Its thread was concluded, and the work with it. Reopen the thread and make a new baton if it goes on.")
	}
	b.State, b.EndedBy, b.EndedAt, b.Outcome = Held, id.ID{}, 0, ""
	event.Append(tx, b.told(EventReopened, a.Person, b.OpenedBy, b.Holder))
	return s.goesOn(ctx, tx, a, b, t.Concluded())
}

func (b *Baton) mayUndecline(me id.ID, now clock.Instant, legs []Leg) error {
	last := len(legs) - 1
	if b.State == Offered { // it went on to somebody who has not said anything yet
		last--
	}
	switch {
	case last < 0 || legs[last].State != declined || legs[last].To != me || legs[last].From != b.Holder:
		return conflict("nothing_to_undo", "There is nothing of yours to take back here.")
	case now.Sub(legs[last].DecidedAt) > undoFor:
		return conflict("too_late", "Ten minutes have passed. Ask whoever has the baton to offer it to you.")
	}
	return nil
}

func (s *Service) undecline(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton) error {
	legs, err := legsOf(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	if err := b.mayUndecline(a.Person, tx.Now, legs); err != nil {
		return err
	}
	w, err := s.mayTake(ctx, tx, a, b, a.Person)
	if err != nil {
		return err
	}
	if b.State == Offered {
		if err := s.over(ctx, tx, b, withdrawn, "", "Whoever declined it looks at it again."); err != nil {
			return err
		}
	}
	return s.offer(ctx, tx, b, w, named, a.Person)
}
