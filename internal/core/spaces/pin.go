package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Pin marks a post as one to find again, or no longer. Everybody who may post may
// pin, but guests.
func (s *Service) Pin(ctx context.Context, a actor.Actor, post id.ID, on bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, t, sp, err := s.post(ctx, tx, a, post)
		if err != nil {
			return err
		}
		switch {
		case p.Deleted():
			return deleted()
		case !sp.mayPost(a):
			return archived(sp.Space)
		case a.Role == actor.Guest:
			return fault.New(fault.Forbidden, "guests_may_not", "Guests cannot pin posts. Ask a member of the space to do it.")
		case on != p.PinnedAt.IsZero():
			return nil
		}
		p.PinnedAt = 0
		if on {
			p.PinnedAt = tx.Now
		}
		if err := updatePost(ctx, tx, p); err != nil {
			return err
		}
		if err := touch(ctx, tx, t.ID); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventPostPinned, Actor: a.Person, Subject: postRef(p.ID), Space: t.Space, Thread: t.ID, Data: Pinned{On: on}})
		return nil
	})
}
