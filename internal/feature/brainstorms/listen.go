package brainstorms

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Followers listen for what moves the end of a phase: hours and absences of those who
// take part, people who leave or may not read the space any more, threads that move.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{
		Name: "brainstorms", Handle: s.hear, Kinds: []string{
			people.EventScheduleChanged, people.EventRemoved, people.EventChanged,
			spaces.EventMemberRemoved, spaces.EventThreadChanged, spaces.EventSpaceChanged,
		},
	}}
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	tx.Quiet("what was heard may change nothing here")
	if e.Kind == spaces.EventThreadChanged {
		return s.hearMoved(ctx, tx, e)
	}
	who := e.Concerns
	if e.Subject.Kind == "person" {
		who = append([]id.ID{e.Subject.ID}, who...)
	}
	list, err := withPerson(ctx, tx, tx.Workspace, who)
	if err != nil {
		return err
	}
	if e.Kind == spaces.EventSpaceChanged {
		if list, err = s.shutOut(ctx, tx, e); err != nil {
			return err
		}
	}
	for _, x := range list {
		at, err := s.find(ctx, tx, actor.System(tx.Workspace), x)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if e.Kind == people.EventRemoved {
			if err := s.gone(ctx, tx, at, who); err != nil {
				return err
			}
			continue
		}
		if err := s.goOn(ctx, tx, at); err != nil {
			return err
		}
	}
	return nil
}

// shutOut lists what goes on in a space that became private.
func (s *Service) shutOut(ctx context.Context, tx *db.Tx, e event.Event) ([]id.ID, error) {
	shut, err := spaces.Shut(e)
	if err != nil || !shut {
		return nil, err
	}
	return goingOnIn(ctx, tx, tx.Workspace, e.Subject.ID)
}

// gone takes out people who are here no more; their ideas stay.
func (s *Service) gone(ctx context.Context, tx *db.Tx, at *at, who []id.ID) error {
	for _, p := range who {
		if at.b.taker(p) != nil {
			if err := s.leaveTx(ctx, tx, at, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// hearMoved follows a thread into another space.
func (s *Service) hearMoved(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data spaces.ThreadChanged
	if err := e.Decode(&data); err != nil || data.FromSpace.IsZero() || data.FromSpace == e.Space {
		return err
	}
	list, err := ofThread(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	return setSpace(ctx, tx, e.Subject.ID, e.Space)
}
