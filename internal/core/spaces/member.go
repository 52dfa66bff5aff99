package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// AddMember makes somebody a member of a space. In a public space everybody but
// guests may, themselves too; in a private one its members.
func (s *Service) AddMember(ctx context.Context, a actor.Actor, space, person id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		sp, err := s.space(ctx, tx, a, space)
		if err != nil {
			return err
		}
		if !sp.mayInvite(a) {
			if !sp.mayPost(a) {
				return archived(sp.Space)
			}
			return fault.New(fault.Forbidden, "guests_may_not", "Guests cannot bring others in. Ask a member of the space to do it.")
		}
		if err := s.known(ctx, tx, []id.ID{person}); err != nil {
			return err
		}
		return s.addMemberTx(ctx, tx, a.Person, space, person)
	})
}

func (s *Service) addMemberTx(ctx context.Context, tx *db.Tx, by, space, person id.ID) error {
	added, err := addMember(ctx, tx, space, person, by, false, tx.Now)
	if err != nil {
		return err
	}
	if !added {
		tx.Quiet("they are a member already")
		return nil
	}
	event.Append(tx, event.New{Kind: EventMemberAdded, Actor: by, Subject: spaceRef(space), Space: space, Concerns: []id.ID{person}})
	return nil
}

// JoinTx makes a person a member of spaces that somebody invited them to. Spaces
// that the inviter may not invite to (any more) are left out; for the house
// itself, as inviter, none is.
func (s *Service) JoinTx(ctx context.Context, tx *db.Tx, inviter actor.Actor, person id.ID, spaces []id.ID) error {
	for _, x := range spaces {
		sp, ok, err := loadSpace(ctx, tx, tx.Workspace, x, inviter.Person)
		if err != nil {
			return err
		}
		if !ok || !sp.mayInvite(inviter) {
			continue
		}
		if err := s.addMemberTx(ctx, tx, inviter.Person, x, person); err != nil {
			return err
		}
	}
	return nil
}

// MayInvite is nil when the actor may bring people into all these spaces.
func (s *Service) MayInvite(ctx context.Context, q db.Queryer, a actor.Actor, spaces []id.ID) error {
	for _, x := range spaces {
		sp, err := s.space(ctx, q, a, x)
		if err != nil {
			return err
		}
		if !sp.mayInvite(a) {
			return fault.Newf(fault.Forbidden, "may_not_invite", "You cannot bring people into %s.", sp.Name)
		}
	}
	return nil
}

// RemoveMember ends a membership: one's own, or another's by a lead or admin. The
// last lead of a private space stays, so that somebody can always change it.
func (s *Service) RemoveMember(ctx context.Context, a actor.Actor, space, person id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		sp, err := s.space(ctx, tx, a, space)
		if err != nil {
			return err
		}
		if person != a.Person && !sp.mayChange(a) {
			return fault.New(fault.Forbidden, "leads_only", "Only the leads of the space may remove others from it.")
		}
		leads, err := countLeads(ctx, tx, a.Workspace, space, person)
		if err != nil {
			return err
		}
		was, _, err := loadSpace(ctx, tx, a.Workspace, space, person)
		if err != nil {
			return err
		}
		if was.Leads && leads == 0 && sp.Private {
			return fault.New(fault.Conflict, "last_lead", "A private space needs a lead. Archive the space instead.")
		}
		gone, err := removeMember(ctx, tx, space, person)
		if err != nil {
			return err
		}
		if !gone {
			return fault.Missing("member")
		}
		event.Append(tx, event.New{Kind: EventMemberRemoved, Actor: a.Person, Subject: spaceRef(space), Space: space, Concerns: []id.ID{person}})
		return nil
	})
}
