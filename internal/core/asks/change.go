package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// change is one ask being changed: found, and known to be visible to the actor.
type change struct {
	s     *Service
	tx    *db.Tx
	actor actor.Actor
	ask   *Ask
	space id.ID // of its thread
}

// change finds an ask, runs f on it in one transaction and answers how it stands
// then. What the actor may not see is a not_found fault.
func (s *Service) change(ctx context.Context, a actor.Actor, ask id.ID, f func(context.Context, *change) error) (Ask, error) {
	var out Ask
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = s.changeTx(ctx, tx, a, ask, f)
		return err
	})
	return out, err
}

// changeTx is change in the caller's transaction.
func (s *Service) changeTx(ctx context.Context, tx *db.Tx, a actor.Actor, ask id.ID, f func(context.Context, *change) error) (Ask, error) {
	c, err := s.find(ctx, tx, a, ask)
	if err != nil {
		return Ask{}, err
	}
	if err := f(ctx, c); err != nil {
		return Ask{}, err
	}
	return *c.ask, nil
}

func (s *Service) find(ctx context.Context, tx *db.Tx, a actor.Actor, ask id.ID) (*change, error) {
	found, ok, err := load(ctx, tx, tx.Workspace, ask)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.Missing("ask")
	}
	t, err := s.spaces.Thread(ctx, tx, a, found.ThreadID)
	if fault.IsKind(err, fault.NotFound) {
		return nil, fault.Missing("ask")
	}
	return &change{s: s, tx: tx, actor: a, ask: found, space: t.Space}, err
}

// mine is the actor's own row, which must be open in an open ask.
func (c *change) mine() (*Owed, error) {
	o := c.ask.Of(c.actor.Person)
	if o == nil {
		return nil, fault.New(fault.Forbidden, "not_asked", "You were not asked this, so you cannot act on it. You can still post in the thread.")
	}
	if err := c.stillOpen(); err != nil {
		return nil, err
	}
	switch o.State {
	case Answered:
		return nil, fault.New(fault.Conflict, "already_answered", "You have answered this already. Take the answer back first to change it.")
	case Passed:
		return nil, fault.New(fault.Conflict, "already_passed", "You have passed this on; it is not yours any more.")
	case Released:
		return nil, fault.New(fault.Conflict, "already_released", "You need not act on this any more.")
	}
	return o, nil
}

func (c *change) stillOpen() error {
	switch c.ask.State {
	case Settled:
		return fault.New(fault.Conflict, "already_settled", "This ask is settled: enough people have answered.")
	case ReleasedAsk:
		return fault.New(fault.Conflict, "already_released", "The asker has closed this ask.")
	case Lapsed:
		return fault.New(fault.Conflict, "already_lapsed", "This ask is closed: silence counted as consent.")
	}
	return nil
}

// asking refuses everybody but the asker of an open ask.
func (c *change) asking() error {
	if c.ask.AskerID != c.actor.Person {
		return fault.New(fault.Forbidden, "not_yours", "Only whoever asked this may do that.")
	}
	if err := c.here(); err != nil {
		return err
	}
	return c.stillOpen()
}

// put writes one changed row; the ask itself is to be written after it.
func (c *change) put(ctx context.Context, o *Owed) error {
	o.ChangedAt = c.tx.Now
	o.DueOrder = order(o.By())
	return updateOwed(ctx, c.tx, o)
}

// write stores the ask's own row, measured anew.
func (c *change) write(ctx context.Context) error {
	c.ask.remeasure()
	return updateAsk(ctx, c.tx, c.ask)
}

func (c *change) tell(kind string, data any, concerns ...id.ID) {
	event.Append(c.tx, c.ask.told(kind, c.actor.Person, c.space, data, concerns...))
}

// settle closes the ask when enough is answered, and releases the others.
func (c *change) settle(ctx context.Context) error {
	if !c.ask.enough() {
		return c.write(ctx)
	}
	c.end(Settled)
	if err := c.releaseOpen(ctx, true, ""); err != nil {
		return err
	}
	answered, _ := c.ask.needed()
	if c.ask.Quiet != 0 {
		return c.write(ctx)
	}
	c.tell(EventSettled, SettledData{About: c.ask.about(), Answered: answered}, c.ask.AskerID)
	return c.write(ctx)
}

func (c *change) end(state State) {
	c.ask.State, c.ask.SettledAt, c.ask.SettledBy = state, c.tx.Now, c.actor.Person
}

// releaseOpen releases everybody who is still expected to act, because enough is
// answered (or silence counted) and not by the asker's own act.
func (c *change) releaseOpen(ctx context.Context, settled bool, why string) error {
	var released []id.ID
	for i := range c.ask.Owed {
		o := &c.ask.Owed[i]
		if !o.Open() {
			continue
		}
		if settled {
			o.StateBefore = o.State // so that an answer taken back brings it back
		}
		o.State, o.Reason = Released, why
		if err := c.put(ctx, o); err != nil {
			return err
		}
		released = append(released, o.PersonID)
	}
	if len(released) > 0 {
		c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: released, Settled: settled}, released...)
	}
	return nil
}

// inFuture refuses a moment that has passed or is years away.
func inFuture(at, now clock.Instant, field string) error {
	switch {
	case at <= now:
		return wrong("due_in_past", field, "Pick a time in the future.")
	case at > farthest(now):
		return wrong("due_too_far", field, "Pick a time within five years.")
	}
	return nil
}
