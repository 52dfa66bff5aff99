package batons

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// lookEvery is the longest time between two looks at a baton.
const lookEvery = 30 * 24 * time.Hour

const bunch = 100

// Look does what time does to batons, in all workspaces: offers that nobody took go on,
// holders who are away are stood in for, and what is late is told. What fails for one
// does not hold up another.
func (s *Service) Look(ctx context.Context) error {
	var at place
	var errs []error
	now := s.now()
	for {
		list, err := dueLooks(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, p := range list {
			if err := s.look(ctx, p.WorkspaceID, p.ID); err != nil {
				errs = append(errs, fmt.Errorf("batons: look at %s: %w", p.ID, err))
			}
		}
		if len(list) < bunch {
			return errors.Join(errs...)
		}
		at = list[len(list)-1]
	}
}

// look takes one baton to the present, in one transaction.
func (s *Service) look(ctx context.Context, ws, baton id.ID) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a baton is looked at, and there may be nothing to tell")
		b, ok, err := loadBaton(ctx, tx, ws, baton)
		if err != nil || !ok || b.State == Ended || b.LookAt.IsZero() || b.LookAt > tx.Now {
			return err
		}
		if err := s.onward(ctx, tx, &b); err != nil {
			return err
		}
		if !b.LookAt.IsZero() && b.LookAt <= tx.Now { // it would be looked at for ever
			return fmt.Errorf("batons: looking at %s changed nothing, and it is due still", baton)
		}
		return nil
	})
}

// onward does what is due for a baton and keeps it.
func (s *Service) onward(ctx context.Context, tx *db.Tx, b *Baton) error {
	if b.State == Offered && b.Due < tx.Now {
		if err := s.lapse(ctx, tx, b, missed, "The time to take it has passed."); err != nil {
			return err
		}
	}
	if b.State == Held {
		if err := s.carried(ctx, tx, b); err != nil {
			return err
		}
	}
	if b.Late(tx.Now) && !b.LateTold {
		b.LateTold = true
		event.Append(tx, b.told(EventLate, id.ID{}, b.Holder, b.OpenedBy))
	}
	return s.keep(ctx, tx, b)
}

// lapse lets an offer that nobody took go on to the next, or back.
func (s *Service) lapse(ctx context.Context, tx *db.Tx, b *Baton, state, why string) error {
	who := b.OfferedTo
	if err := s.over(ctx, tx, b, state, "", why); err != nil {
		return err
	}
	return s.moveOn(ctx, tx, b, state, who, b.Holder, who)
}

// moveOn offers a baton that was not taken to the next of its chain, unless its giver
// is there sooner than they; else it is with its giver again. Whom it concerns is told.
func (s *Service) moveOn(ctx context.Context, tx *db.Tx, b *Baton, state string, who id.ID, told ...id.ID) error {
	tried, err := s.tried(ctx, tx, b)
	if err != nil {
		return err
	}
	next, ok, err := s.next(ctx, tx, b, tried)
	if err != nil {
		return err
	}
	if ok {
		hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{b.Holder})
		if err != nil {
			return err
		}
		giver, works := wakes(b.Holder, hours[b.Holder], tx.Now, b.Window)
		ok = !works || next.Ready < giver.Ready
	}
	by := id.ID{}
	if state == declined {
		by = who
	}
	if !ok {
		event.Append(tx, b.told(EventCameBack, by, told...))
		return nil
	}
	if err := s.offer(ctx, tx, b, next, byChain, id.ID{}); err != nil {
		return err
	}
	e := EventMissed
	if state == declined {
		e = EventDeclined
	}
	event.Append(tx, b.told(e, by, told...))
	return nil
}

// carried sees to it that a baton is with somebody who is there: whoever left it behind
// for good is followed by who carried it before them.
func (s *Service) carried(ctx context.Context, tx *db.Tx, b *Baton) error {
	able, err := s.able(ctx, tx, tx.Workspace, b.Space, []id.ID{b.Holder})
	if err != nil {
		return err
	}
	if len(able) > 0 {
		return s.standIn(ctx, tx, b)
	}
	legs, err := legsOf(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	var before []id.ID
	for _, l := range slices.Backward(legs) {
		if l.State == accepted {
			before = append(before, l.To, l.From)
		}
	}
	if able, err = s.able(ctx, tx, tx.Workspace, b.Space, append(before, b.OpenedBy)); err != nil {
		return err
	}
	if len(able) == 0 {
		return s.end(ctx, tx, b, id.ID{}, "Nobody who carried this is here any more.")
	}
	b.Holder, b.HeldSince, b.AwayTold = able[0], tx.Now, 0
	event.Append(tx, b.told(EventCameBack, id.ID{}, b.Holder))
	return s.standIn(ctx, tx, b)
}

// standIn offers a baton whose holder is away for long to whoever stands in for them,
// or to the next of its chain. When there is nobody, whoever opened it is told, once.
func (s *Service) standIn(ctx context.Context, tx *db.Tx, b *Baton) error {
	x, is, err := s.awayNow(ctx, tx, b)
	if err != nil || !is {
		return err
	}
	tried, err := s.tried(ctx, tx, b)
	if err != nil {
		return err
	}
	if !x.StandIn.IsZero() && x.StandIn != b.Holder && !slices.Contains(tried, x.StandIn) {
		list, err := s.wakesAmong(ctx, tx, tx.Workspace, b.Space, []id.ID{x.StandIn}, b.Window, tx.Now)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			return s.offer(ctx, tx, b, list[0], standIn, id.ID{})
		}
	}
	next, ok, err := s.next(ctx, tx, b, tried)
	if err != nil {
		return err
	}
	if ok && next.Ready < x.To {
		return s.offer(ctx, tx, b, next, byChain, id.ID{})
	}
	b.AwayTold = x.To
	event.Append(tx, b.told(EventStranded, id.ID{}, b.OpenedBy))
	return nil
}

// awayNow says whether the holder is away for long, and that was not dealt with yet.
func (s *Service) awayNow(ctx context.Context, tx *db.Tx, b *Baton) (longest people.Absence, is bool, err error) {
	all, err := s.people.AbsencesBetween(ctx, tx, tx.Workspace, []id.ID{b.Holder}, tx.Now, tx.Now+1)
	for _, x := range all[b.Holder] {
		if x.To.Sub(tx.Now) > longAway && x.To > max(b.AwayTold, longest.To) {
			longest, is = x, true
		}
	}
	return longest, is, err
}

// conclude writes the outcome into the thread: its own is concluded with it.
func (s *Service) conclude(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton) error {
	if b.OwnThread {
		return orNothing(s.spaces.ConcludeTx(ctx, tx, a, b.Thread, b.Outcome))
	}
	_, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{
		Thread: b.Thread, Markdown: "Done: [" + escape(b.Title) + "](" + b.Path() + ")\n\n" + b.Outcome, Info: true,
	})
	return orNothing(err)
}

// goesOn tells the thread that the work is not done after all.
func (s *Service) goesOn(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, concluded bool) error {
	if concluded {
		return s.spaces.ReopenTx(ctx, tx, a, b.Thread, "The work goes on; it was ended by mistake.")
	}
	_, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{
		Thread: b.Thread, Markdown: "It goes on: [" + escape(b.Title) + "](" + b.Path() + "). It was ended by mistake.", Info: true,
	})
	return orNothing(err)
}
