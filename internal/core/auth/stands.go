package auth

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Stands is nil while the session or token that an actor came by still holds and
// its person is still active in the same role: what long-lived streams ask from
// time to time.
func (s *Service) Stands(ctx context.Context, a actor.Actor) error {
	now := s.now()
	ok, err := sessionStands(ctx, s.db, a.Session, a.Person, now)
	if err != nil {
		return err
	}
	if !ok {
		return signIn()
	}
	p, err := s.people.Get(ctx, s.db, a.Workspace, a.Person)
	if fault.IsKind(err, fault.NotFound) || (err == nil && (!p.Active(now) || p.Role != a.Role)) {
		return signIn()
	}
	return err
}

// Holds says whether somebody is still signed in by a session or token, though they
// may look at another workspace of theirs in it. Whether the person may still act
// is for the caller to ask.
func (s *Service) Holds(ctx context.Context, workspace, person, session id.ID) (bool, error) {
	return sessionHolds(ctx, s.db, workspace, person, session, s.now())
}
