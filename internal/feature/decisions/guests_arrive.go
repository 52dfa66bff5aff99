package decisions

import (
	"context"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

const overForGuests = "This decision has ended, and nobody can take part in it any more. Ask whoever invited you what came of it."

// Goal says what an invitation was made for, to whoever holds its link.
func (s *Service) Goal(ctx context.Context, q db.Queryer, workspace, invitation id.ID) (auth.Goal, bool, error) {
	g, ok, err := guestOf(ctx, q, workspace, invitation)
	if err != nil || !ok {
		return auth.Goal{}, false, err
	}
	d, ok, err := load(ctx, q, workspace, g.Decision)
	if err != nil || !ok {
		return auth.Goal{}, false, err
	}
	out := auth.Goal{About: d.Title, Path: d.Path(), Ends: d.EndsAt}
	if d.State != Open || s.now() >= d.EndsAt {
		out.Over = overForGuests
	}
	return out, true, nil
}

// ArriveTx entitles somebody who has just accepted an invitation to a decision. Their
// share of hours counts from now, and the end waits for it. Where the decision has ended,
// or whoever invited them could not invite them any more, they are not let in: they would
// be in a workspace in which there is nothing for them.
func (s *Service) ArriveTx(ctx context.Context, tx *db.Tx, inv auth.Invitation, inviter actor.Actor, p people.Person) (bool, error) {
	g, ok, err := guestOf(ctx, tx, tx.Workspace, inv.InvitationID)
	if err != nil || !ok {
		return false, err
	}
	v, err := s.led(ctx, tx, inviter, g.Decision)
	if fault.As(err) != nil {
		return false, fault.New(fault.NotFound, "invitation_closed", "Whoever invited you cannot bring people into this decision any more. Ask for a new invitation.")
	}
	if err != nil {
		return false, err
	}
	if err := s.stillOpen(ctx, tx, &v); err != nil {
		if fault.As(err) != nil {
			err = conflict("decision_over", overForGuests)
		}
		return false, err
	}
	if err := deleteGuest(ctx, tx, inv.InvitationID); err != nil {
		return false, err
	}
	if _, ok, err := voter(ctx, tx, tx.Workspace, v.ID, p.ID); err != nil || ok {
		return true, err
	}
	reads, err := s.spaces.Readers(ctx, tx, tx.Workspace, v.Space)
	if err != nil {
		return false, err
	}
	return true, s.join(ctx, tx, inviter, &v.Decision, []Voter{{DecisionID: v.ID, Person: p.ID, Guest: !reads(p), From: tx.Now}})
}
