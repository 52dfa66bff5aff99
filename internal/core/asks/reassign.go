package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Reassign asks somebody else in the place of an addressee who has not answered: the
// first is let off, the second gets a reach and a due of their own from now. Only
// the asker may.
func (s *Service) Reassign(ctx context.Context, a actor.Actor, ask, from, to id.ID) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error {
		if err := c.asking(); err != nil {
			return err
		}
		o := c.ask.Of(from)
		if o == nil || !o.Open() {
			return fault.New(fault.Conflict, "not_waiting", "You are not waiting for this person; nothing was changed.").At("from")
		}
		if err := c.mayTakeOver(ctx, to); err != nil {
			return err
		}
		o.State, o.StateBefore = Released, ""
		inStead := o.InStead
		if err := c.put(ctx, o); err != nil {
			return err
		}
		added, err := c.add(ctx, to, inStead, id.ID{})
		if err != nil {
			return err
		}
		c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: []id.ID{from}}, from)
		s.tellAsked(c.tx, c.ask, a.Person, c.space, added)
		return nil
	})
}

func (c *change) mayTakeOver(ctx context.Context, to id.ID) error {
	switch o := c.ask.Of(to); {
	case to == c.ask.AskerID:
		return wrong("asks_self", "to", "You cannot ask yourself; choose somebody else.")
	case o != nil:
		return fault.New(fault.Conflict, "asked_already", "This person is asked already; choose somebody else.").At("to")
	}
	return c.s.mustRead(ctx, c.tx, c.tx.Workspace, c.space, []id.ID{to})
}

// Away is an addressee who is not there now, or will not be before the due.
type Away struct {
	Absence people.Absence
	Back    string // the day on which they work again, on their own clock; empty for never
	May     bool   // the stand-in can be asked in their place
}

// AwayOf finds, for the asker of an open ask, who of those still expected to act is
// away before their due, and whether whoever stands in could be asked instead.
func (s *Service) AwayOf(ctx context.Context, q db.Queryer, a actor.Actor, ask id.ID) (Ask, []Away, error) {
	x, err := s.Ask(ctx, q, a, ask)
	if err != nil {
		return x, nil, err
	}
	if x.AskerID != a.Person {
		return x, nil, fault.New(fault.Forbidden, "not_yours", "Only whoever asked this may do that.")
	}
	list, err := s.awayFrom(ctx, q, &x)
	return x, list, err
}

func (s *Service) awayFrom(ctx context.Context, q db.Queryer, x *Ask) ([]Away, error) {
	out := []Away{}
	if x.State != Open {
		return out, nil
	}
	now := s.db.Clock().Now()
	var open []id.ID
	for _, o := range x.Owed {
		if o.Open() {
			open = append(open, o.PersonID)
		}
	}
	all, err := s.people.AbsencesBetween(ctx, q, x.WorkspaceID, open, now, now.Add(ahead))
	if err != nil {
		return nil, err
	}
	hours, err := s.people.HoursOf(ctx, q, x.WorkspaceID, open)
	if err != nil {
		return nil, err
	}
	for _, o := range x.Owed {
		until := max(o.Due, now.Add(time.Microsecond))
		if list := all[o.PersonID]; o.Open() && len(list) > 0 && list[0].From < until {
			one := Away{Absence: list[0], Back: backOn(hours[o.PersonID], list[0].To)}
			if !one.Absence.StandIn.IsZero() {
				if one.May, err = s.mayStand(ctx, q, x, one.Absence.StandIn); err != nil {
					return nil, err
				}
			}
			out = append(out, one)
		}
	}
	return out, nil
}

// AwayFrom is AwayOf for several asks of the actor's own: those not theirs, or not
// to be seen, are left out.
func (s *Service) AwayFrom(ctx context.Context, q db.Queryer, a actor.Actor, ids []id.ID) (map[id.ID][]Away, error) {
	out := map[id.ID][]Away{}
	list, err := s.Asks(ctx, q, a, unique(ids))
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].AskerID != a.Person {
			continue
		}
		if out[list[i].ID], err = s.awayFrom(ctx, q, &list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// backOn is the day on which somebody works again, in words.
func backOn(h *worktime.Schedule, to clock.Instant) string {
	if h == nil {
		return ""
	}
	at := back(h, to)
	if at.IsZero() {
		return ""
	}
	return at.Time().In(h.Zone(at.Time())).Format("Monday 2 January")
}

// back is when somebody works again after an absence; zero when they never do.
func back(h *worktime.Schedule, to clock.Instant) clock.Instant {
	at, err := h.Next(to.Time())
	if err != nil {
		return 0
	}
	return clock.Up(at)
}
