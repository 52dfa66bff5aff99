package asks

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Release lets people off: those named, or everybody who has not answered yet
// ("enough answers"). With nobody left to wait for, the ask is closed.
func (s *Service) Release(ctx context.Context, a actor.Actor, ask id.ID, who []id.ID) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error { return c.release(ctx, who) })
}

// ReleaseTx is Release in the caller's transaction.
func (s *Service) ReleaseTx(ctx context.Context, tx *db.Tx, a actor.Actor, ask id.ID, who []id.ID) (Ask, error) {
	return s.changeTx(ctx, tx, a, ask, func(ctx context.Context, c *change) error { return c.release(ctx, who) })
}

func (c *change) release(ctx context.Context, who []id.ID) error {
	if err := c.asking(); err != nil {
		return err
	}
	if len(who) > 0 {
		return c.releaseSome(ctx, who)
	}
	if err := c.releaseOpen(ctx, false, ""); err != nil {
		return err
	}
	return c.closeReleased(ctx)
}

func (c *change) releaseSome(ctx context.Context, who []id.ID) error {
	who = slices.Clone(who)
	slices.SortFunc(who, func(x, y id.ID) int { return slices.Compare(x[:], y[:]) })
	who = slices.Compact(who)
	for _, p := range who {
		o := c.ask.Of(p)
		if o == nil || !o.Open() {
			return fault.New(fault.Conflict, "not_waiting", "You are not waiting for this person; nothing was released.").At("people")
		}
		o.State, o.StateBefore = Released, ""
		if err := c.put(ctx, o); err != nil {
			return err
		}
	}
	c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: who}, who...)
	if !c.ask.anyOpen() && !c.ask.enough() {
		return c.closeReleased(ctx)
	}
	return c.settle(ctx)
}

// closeReleased closes the ask by the asker's own act.
func (c *change) closeReleased(ctx context.Context) error {
	c.end(ReleasedAsk)
	if len(c.ask.Owed) == 0 || !c.releasedNow() {
		// Nobody was left to let off, and the log must still hear that it is closed.
		c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: []id.ID{}})
	}
	return c.write(ctx)
}

// releasedNow says whether this very change released somebody.
func (c *change) releasedNow() bool {
	return slices.ContainsFunc(c.ask.Owed, func(o Owed) bool { return o.State == Released && o.ChangedAt == c.tx.Now })
}

// Extend gives everybody who has not answered more time: a window that counts
// from now (from their reach, for whoever is not reached yet), or a deadline.
func (s *Service) Extend(ctx context.Context, a actor.Actor, ask id.ID, window string, deadline clock.Instant) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error {
		if err := c.asking(); err != nil {
			return err
		}
		if _, err := terms(c.ask.Urgency, window, deadline, c.tx.Now); err != nil {
			return err
		}
		c.ask.TimeWindow, c.ask.Deadline, c.ask.ExtendedAt = window, deadline, c.tx.Now
		moved, err := c.moveDues(ctx)
		if err != nil {
			return err
		}
		if err := c.write(ctx); err != nil {
			return err
		}
		data, concerns := Asked{About: c.ask.about(), Owed: moved, LastDue: c.ask.LastDue}, []id.ID{}
		for _, m := range moved {
			concerns = append(concerns, m.Person)
		}
		c.tell(EventExtended, data, concerns...)
		return nil
	})
}

// moveDues counts every open due anew; none may come earlier than it was.
func (c *change) moveDues(ctx context.Context) (moved []OwedSlot, err error) {
	var open []id.ID
	for _, o := range c.ask.Owed {
		if o.Open() {
			open = append(open, o.PersonID)
		}
	}
	hours, err := c.s.people.HoursOf(ctx, c.tx, c.tx.Workspace, open)
	if err != nil {
		return nil, err
	}
	paged, err := c.s.consents(ctx, c.tx, c.tx.Workspace, open)
	if err != nil {
		return nil, err
	}
	moved = []OwedSlot{}
	for i := range c.ask.Owed {
		o := &c.ask.Owed[i]
		if !o.Open() {
			continue
		}
		slot := replan(hours[o.PersonID], *o, c.tx.Now, c.ask.termsFor(o.AskedAt), c.ask.ExtendedAt, paged[o.PersonID])
		if order(slot.Due) < order(o.Due) {
			return nil, wrong("not_longer", "window", "This would be due earlier than before for somebody. Give a longer window or a later deadline.")
		}
		o.Reach, o.Due = slot.Reach, slot.Due
		if err := c.put(ctx, o); err != nil {
			return nil, err
		}
		moved = append(moved, slotOf(*o))
	}
	return moved, nil
}

// Remind reminds everybody who was reached and has not answered, once each.
func (s *Service) Remind(ctx context.Context, a actor.Actor, ask id.ID) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error {
		if err := c.asking(); err != nil {
			return err
		}
		reminded := []id.ID{}
		for i := range c.ask.Owed {
			o := &c.ask.Owed[i]
			if !o.remindable(c.tx.Now) {
				continue
			}
			o.RemindedAt = c.tx.Now
			if err := c.put(ctx, o); err != nil {
				return err
			}
			reminded = append(reminded, o.PersonID)
		}
		if len(reminded) == 0 {
			return fault.New(fault.Conflict, "nobody_to_remind", "There is nobody to remind: each is reminded once, and only after they were reached.")
		}
		c.tell(EventReminded, RemindedData{About: c.ask.about(), People: reminded}, reminded...)
		return c.write(ctx)
	})
}

func (o Owed) remindable(now clock.Instant) bool {
	return o.Open() && o.RemindedAt.IsZero() && !o.Reach.IsZero() && o.Reach <= now
}
