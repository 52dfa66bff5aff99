package decisions

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Followers listen for what moves an end: hours and absences of those entitled, people
// who leave or may not read the space any more, asks that are declined, and threads that
// move to another space.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{
		Name: "decisions", Handle: s.hear,
		Kinds: []string{
			people.EventScheduleChanged, people.EventRemoved, people.EventChanged, asks.EventDeclined, auth.EventUninvited,
			spaces.EventThreadChanged, spaces.EventMemberRemoved, spaces.EventSpaceChanged,
		},
	}}
}

// Jobs enters the work of this package: one pulse, which looks at the decisions in the
// order in which something happens to them.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "decisions",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextLook(ctx, s.db) },
		Run:  s.Look,
	})
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	tx.Quiet("a decision is looked at anew")
	switch e.Kind {
	case asks.EventDeclined:
		return s.heardDeclined(ctx, tx, e)
	case spaces.EventThreadChanged:
		return s.heardMoved(ctx, tx, e)
	case auth.EventUninvited:
		return s.heardUninvited(ctx, tx, e)
	}
	list, err := s.touchedBy(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, x := range list {
		if err := s.heardHours(ctx, tx, x); err != nil {
			return err
		}
	}
	return nil
}

// touchedBy lists the open decisions of the people an event is about, or of its space when
// that became private.
func (s *Service) touchedBy(ctx context.Context, tx *db.Tx, e event.Event) ([]id.ID, error) {
	if e.Kind == spaces.EventSpaceChanged {
		shut, err := spaces.Shut(e)
		if err != nil || !shut {
			return nil, err
		}
		return openIn(ctx, tx, tx.Workspace, e.Subject.ID)
	}
	who := e.Concerns
	if e.Subject.Kind == "person" {
		who = append([]id.ID{e.Subject.ID}, who...)
	}
	return openWith(ctx, tx, tx.Workspace, who)
}

// heardHours works the end out anew; whoever left is not waited for.
func (s *Service) heardHours(ctx context.Context, tx *db.Tx, x id.ID) error {
	d, ok, err := load(ctx, tx, tx.Workspace, x)
	if err != nil || !ok || d.State != Open {
		return err
	}
	if err := s.advance(ctx, tx, &d); err != nil || d.State != Open {
		return err
	}
	return s.endEarly(ctx, tx, &d)
}

// heardDeclined does not wait for somebody who will not vote; they may all the same.
func (s *Service) heardDeclined(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.DeclinedData
	if err := e.Decode(&data); err != nil || data.Held != toVote {
		return err
	}
	ask, err := s.asks.Ask(ctx, tx, house(tx.Workspace), data.Ask)
	if err != nil {
		return err
	}
	d, ok, err := load(ctx, tx, tx.Workspace, ask.HeldID)
	if err != nil || !ok || d.State != Open {
		return err
	}
	v, ok, err := voter(ctx, tx, tx.Workspace, d.ID, data.Person)
	if err != nil || !ok || v.Voted {
		return err
	}
	v.Declined = true
	event.Append(tx, d.event(EventVoted, data.Person, nil))
	if err := putVoter(ctx, tx, v); err != nil {
		return err
	}
	return s.endEarly(ctx, tx, &d)
}

// heardMoved follows a thread to another space.
func (s *Service) heardMoved(ctx context.Context, tx *db.Tx, e event.Event) error {
	d, ok, err := ofThread(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || !ok {
		return err
	}
	t, err := s.spaces.Threads(ctx, tx, house(tx.Workspace), []id.ID{d.Thread})
	if err != nil || t[d.Thread].Space.IsZero() || t[d.Thread].Space == d.Space {
		return err
	}
	d.Space = t[d.Thread].Space
	event.Append(tx, d.event(EventChanged, e.Actor, nil))
	if err := update(ctx, tx, &d); err != nil {
		return err
	}
	return s.heardHours(ctx, tx, d.ID) // perhaps it is where not all of them may read
}
