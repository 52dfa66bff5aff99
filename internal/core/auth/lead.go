package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Goal is what an invitation was made for, such as one decision.
type Goal struct {
	About string        // what it is, in a line
	Path  string        // where it is found, "/decisions/dec_…"
	Ends  clock.Instant // when it ends, as it is said now; zero for never
	Over  string        // in a sentence, why nobody can come to it any more; empty while one can
}

// Leader is a feature that invites people to a thing of its own; app fills it.
type Leader interface {
	// Goal says what an invitation was made for; false when it was for nothing of the feature's.
	Goal(ctx context.Context, q db.Queryer, workspace, invitation id.ID) (Goal, bool, error)
	// ArriveTx lets a person in who has just accepted, on behalf of whoever invited them;
	// false when the invitation was for nothing of the feature's. A fault refuses them.
	ArriveTx(ctx context.Context, tx *db.Tx, inv Invitation, inviter actor.Actor, p people.Person) (bool, error)
}

// LeadBy tells the service whose invitations lead to something; call it before serving.
func (s *Service) LeadBy(l Leader) { s.leader = l }

func (s *Service) goal(ctx context.Context, q db.Queryer, inv Invitation) (Goal, bool, error) {
	if s.leader == nil {
		return Goal{}, false, nil
	}
	return s.leader.Goal(ctx, q, inv.WorkspaceID, inv.InvitationID)
}

// alsoLead lists the other open invitations that are made out to the same address and
// lead to something: whoever is here already could not accept a second one.
func (s *Service) alsoLead(ctx context.Context, tx *db.Tx, inv Invitation, email string) (out []Invitation, err error) {
	if s.leader == nil {
		return nil, nil
	}
	list, err := invitationsTo(ctx, tx, email)
	for _, other := range list {
		if other.InvitationID == inv.InvitationID || !other.open(tx.Now) {
			continue
		}
		g, ok, err := s.goal(ctx, tx, other)
		if err != nil {
			return nil, err
		}
		if ok && g.Over == "" {
			out = append(out, other)
		}
	}
	return out, err
}

// longest is when the time of a guest ends who comes by several invitations.
func longest(inv Invitation, others []Invitation) clock.Instant {
	until := inv.GuestUntil
	for _, other := range others {
		if !until.IsZero() {
			until = max(until, other.GuestUntil)
		}
	}
	return until
}

// arriveTx lets somebody in to what their invitation leads to, and to what the others
// do; of those, what cannot be given any more stays shut.
func (s *Service) arriveTx(ctx context.Context, tx *db.Tx, inv Invitation, others []Invitation, inviter actor.Actor, p people.Person) error {
	if s.leader == nil {
		return nil
	}
	if _, err := s.leader.ArriveTx(ctx, tx, inv, inviter, p); err != nil {
		return err
	}
	for _, other := range others {
		by, err := s.inviterOf(ctx, tx, other)
		if err == nil {
			_, err = s.leader.ArriveTx(ctx, tx, other, by.Actor(), p)
		}
		if err == nil {
			err = s.useTx(ctx, tx, other, p.ID)
		}
		if err != nil && fault.As(err) == nil {
			return err
		}
	}
	return nil
}
