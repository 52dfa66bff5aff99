package checkins

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// TakeOver has a check-in asked in the actor's own name from everybody's next time on.
// Whoever may change its space may do so; when its owner has left, everybody who may
// write in the space but guests. What is asked already stays in the name in which it was.
func (s *Service) TakeOver(ctx context.Context, a actor.Actor, checkin id.ID) (c Checkin, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.taking(ctx, tx, a, checkin); err != nil {
			return err
		}
		if c.Owner == a.Person {
			tx.Quiet("it is asked in their name already")
			return nil
		}
		c.Owner, c.LeftAt = a.Person, 0
		if err := setLeft(ctx, tx, c.ID, 0); err != nil {
			return err
		}
		return s.putTx(ctx, tx, a, c)
	})
	return c, err
}

// taking finds a check-in that the actor may take over.
func (s *Service) taking(ctx context.Context, q db.Queryer, a actor.Actor, checkin id.ID) (Checkin, error) {
	c, err := s.changing(ctx, q, a, checkin)
	if !fault.Is(err, "not_yours") {
		return c, err
	}
	if c, err = s.find(ctx, q, a, checkin); err != nil {
		return c, err
	}
	switch {
	case c.LeftAt.IsZero() || a.Role == actor.Guest:
		return c, fault.New(fault.Forbidden, "not_yours", "Only the leads of its space may take a check-in over while whoever it is asked in the name of is here.")
	case c.State == Ended:
		return c, ended()
	}
	return c, s.spaces.MayPost(ctx, q, a, c.Space)
}
