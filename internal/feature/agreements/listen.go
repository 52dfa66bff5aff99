package agreements

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
)

// Followers are what listens to the log here: a team that is gone has agreed on
// nothing any more, and its spaces are free for others.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: "agreements", Kinds: []string{people.EventTeamChanged}, Handle: s.heardTeam}}
}

func (s *Service) heardTeam(ctx context.Context, tx *db.Tx, e event.Event) error {
	_, err := s.people.Team(ctx, tx, actor.System(tx.Workspace), e.Subject.ID)
	if !fault.IsKind(err, fault.NotFound) {
		return err
	}
	tx.Quiet("the agreement of a team that is gone holds nowhere")
	return holdIn(ctx, tx, e.Subject.ID, nil)
}
