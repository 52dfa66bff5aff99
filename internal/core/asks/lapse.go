package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Lapse is LapseTx in a transaction of its own.
func (s *Service) Lapse(ctx context.Context, ws, ask id.ID) (again clock.Instant, err error) {
	err = s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		again, err = s.LapseTx(ctx, tx, ask)
		return err
	})
	return again, err
}

// LapseTx applies what silence means, once the last due and every promise have
// passed; call it at Ask.LastDue. It does so once and does nothing when it is not
// the time, when nobody is silent, or when silence means nothing. again is when to
// call it again; zero for never.
func (s *Service) LapseTx(ctx context.Context, tx *db.Tx, ask id.ID) (again clock.Instant, err error) {
	found, ok, err := load(ctx, tx, tx.Workspace, ask)
	if err != nil || !ok || found.State != Open || !found.SilentAt.IsZero() || found.Silence == Nothing {
		return 0, err
	}
	at := found.silentFrom()
	if at.IsZero() || tx.Now < at {
		return at, nil
	}
	house := actor.System(tx.Workspace)
	t, err := s.spaces.Thread(ctx, tx, house, found.ThreadID)
	if err != nil {
		return 0, err
	}
	c := &change{s: s, tx: tx, actor: house, ask: found, space: t.Space}
	found.SilentAt = tx.Now
	if found.Silence == Consent {
		return 0, c.consent(ctx)
	}
	to := found.SilenceTo
	if found.Silence == IDecide {
		to = found.AskerID
	}
	return 0, c.stead(ctx, to)
}

// silentFrom is when the last of those who are still expected to act should have;
// zero when there is nobody, or nobody with a due.
func (a *Ask) silentFrom() (latest clock.Instant) {
	for _, o := range a.Owed {
		if o.Open() {
			latest = max(latest, o.By())
		}
	}
	return latest
}

func (c *change) consent(ctx context.Context) error {
	c.end(Lapsed)
	c.ask.Note = "Nobody objected in time; silence counted as consent."
	if err := c.releaseOpen(ctx, true, ""); err != nil {
		return err
	}
	c.tell(EventLapsed, LapsedData{About: c.ask.about(), Then: Consent, Note: c.ask.Note}, c.ask.AskerID)
	return c.write(ctx)
}

// stead asks one person in the stead of the silent, whose answer is then enough.
func (c *change) stead(ctx context.Context, to id.ID) error {
	c.ask.Note = "Nobody answered in time, so somebody was asked in their stead."
	data := LapsedData{Then: c.ask.Silence, To: to}
	var added []Owed
	err := c.mayStead(ctx, to)
	switch {
	case err == nil:
		if added, err = c.add(ctx, to, true, id.ID{}); err != nil {
			return err
		}
	case fault.As(err) != nil:
		// Whoever was named cannot be asked any more: the ask stays open, and says so.
		c.ask.Note, data.To = "Nobody answered in time, and whoever was to be asked then cannot be asked any more.", id.ID{}
		if err := c.write(ctx); err != nil {
			return err
		}
	default:
		return err
	}
	data.About, data.Note = c.ask.about(), c.ask.Note
	c.tell(EventLapsed, data, c.ask.AskerID)
	if len(added) > 0 {
		c.s.tellAsked(c.tx, c.ask, id.ID{}, c.space, added)
	}
	return nil
}

func (c *change) mayStead(ctx context.Context, to id.ID) error {
	if c.ask.Of(to) != nil {
		return fault.New(fault.Conflict, "asked_already", "This person is asked already.")
	}
	return c.s.mustRead(ctx, c.tx, c.tx.Workspace, c.space, []id.ID{to})
}
