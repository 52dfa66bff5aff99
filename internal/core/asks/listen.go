package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// Followers are what this package listens to: hours that change move what is
// due, and whoever can no longer see an ask is released from it.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{
		{Name: "asks.replan", Kinds: []string{people.EventScheduleChanged}, Handle: s.hearHours},
		{Name: "asks.leave", Handle: s.hearLeft, Kinds: []string{
			people.EventRemoved, people.EventChanged, spaces.EventMemberRemoved, spaces.EventThreadChanged, spaces.EventSpaceChanged,
		}},
	}
}

// Jobs are none: what comes later is told by attention.
func (s *Service) Jobs(*job.Runner) {}

func (s *Service) hearHours(ctx context.Context, tx *db.Tx, e event.Event) error {
	for _, p := range e.Concerns {
		if err := s.ReplanTx(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) hearLeft(ctx context.Context, tx *db.Tx, e event.Event) error {
	left := e.Concerns
	switch e.Kind {
	case people.EventRemoved:
		left = append([]id.ID{e.Subject.ID}, left...)
	case people.EventChanged: // perhaps to a guest, who reads only the spaces they are members of
		role, err := people.ChangedRole(e)
		if err != nil || role != actor.Guest {
			return err
		}
		left = []id.ID{e.Subject.ID}
	case spaces.EventSpaceChanged:
		shut, err := spaces.Shut(e)
		if err != nil || !shut {
			return err
		}
		threads, err := s.spaces.ThreadsOf(ctx, tx, tx.Workspace, e.Subject.ID)
		if err != nil {
			return err
		}
		if left, err = owingInThreads(ctx, tx, threads); err != nil {
			return err
		}
	case spaces.EventThreadChanged:
		var change spaces.ThreadChanged
		err := e.Decode(&change)
		if err != nil || change.FromSpace.IsZero() {
			return err
		}
		// It moved, perhaps to where not all of them may read.
		if left, err = owingInThreads(ctx, tx, []id.ID{e.Subject.ID}); err != nil {
			return err
		}
	}
	for _, p := range left {
		if err := s.leaveTx(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

// ReplanTx counts anew when what a person owes reaches them and is due. Whoever
// was reached stays reached. A due that moves by more than an hour of working
// time is told (asks.due_moved).
func (s *Service) ReplanTx(ctx context.Context, tx *db.Tx, person id.ID) error {
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil || hours[person] == nil {
		return err
	}
	paged, err := s.consents(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return err
	}
	return s.eachOpen(ctx, tx, person, func(c *change, o *Owed) error {
		slot := replan(hours[person], *o, tx.Now, c.ask.termsFor(o.AskedAt), c.ask.ExtendedAt, paged[person])
		if slot.Reach == o.Reach && slot.Due == o.Due {
			return nil
		}
		was := o.Due
		o.Reach, o.Due = slot.Reach, slot.Due
		if err := c.put(ctx, o); err != nil {
			return err
		}
		if movedMuch(hours[person], was, o.Due) {
			c.ask.remeasure()
			c.tell(EventDueMoved, DueMovedData{About: c.ask.about(), Person: person, Reach: o.Reach, From: was, To: o.Due}, c.ask.AskerID, person)
		} else {
			tx.Quiet("a due that hardly moved")
		}
		return c.write(ctx)
	})
}

// movedMuch says whether a due moved by more than an hour of working time. What
// moves to an earlier time may have left the hours, so there the clock counts.
func movedMuch(h *worktime.Schedule, was, is clock.Instant) bool {
	switch {
	case was == is:
		return false
	case was.IsZero() || is.IsZero():
		return true
	case is < was:
		return was.Sub(is) > time.Hour
	}
	return h.Between(was.Time(), is.Time()) > time.Hour
}

// leaveTx releases a person from what they may not see any more.
func (s *Service) leaveTx(ctx context.Context, tx *db.Tx, person id.ID) error {
	p, err := s.people.Get(ctx, tx, tx.Workspace, person)
	if fault.IsKind(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.eachOpen(ctx, tx, person, func(c *change, o *Owed) error {
		if p.Active(tx.Now) {
			_, err := s.spaces.Thread(ctx, tx, p.Actor(), c.ask.ThreadID)
			if err == nil || !fault.IsKind(err, fault.NotFound) {
				return err
			}
		}
		o.State, o.StateBefore, o.Reason = Released, "", "They can no longer see this."
		if err := c.put(ctx, o); err != nil {
			return err
		}
		c.tell(EventReleased, ReleasedData{About: c.ask.about(), People: []id.ID{person}}, person)
		return c.settle(ctx)
	})
}

// eachOpen takes every open row of a person, on behalf of the house.
func (s *Service) eachOpen(ctx context.Context, tx *db.Tx, person id.ID, f func(*change, *Owed) error) error {
	house := actor.System(tx.Workspace)
	ids, err := allOpenOf(ctx, tx, person)
	if err != nil {
		return err
	}
	for start := 0; start < len(ids); start += chunk {
		list, err := loadAll(ctx, tx, tx.Workspace, ids[start:min(start+chunk, len(ids))])
		if err != nil {
			return err
		}
		places, err := s.places(ctx, tx, house, threadsOf(list))
		if err != nil {
			return err
		}
		for i := range list {
			c := &change{s: s, tx: tx, actor: house, ask: &list[i], space: places[list[i].ThreadID].Of}
			if o := c.ask.Of(person); o != nil && o.Open() {
				if err := f(c, o); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
