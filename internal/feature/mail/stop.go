package mail

import (
	"context"

	"example.org/meantime/internal/platform/fault"
)

// Stop turns mail off for whoever the token was made for; that it is off already
// is fine. A token that nobody has is not found.
func (s *Service) Stop(ctx context.Context, token string) error {
	t, ok, err := byToken(ctx, s.db, token)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "not_found", "This link is not known here. Turn mail off in your settings instead.")
	}
	return s.wishes.StopMail(ctx, t.WorkspaceID, t.PersonID)
}
