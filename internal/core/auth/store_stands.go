package auth

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func sessionStands(ctx context.Context, q db.Queryer, session, person id.ID, now clock.Instant) (bool, error) {
	_, ok, err := db.One[int64](ctx, q, `
		SELECT 1 AS one FROM auth_sessions
		WHERE session_id = $1 AND person_id = $2 AND (expires_at IS NULL OR expires_at > $3)`, session, person, int64(now))
	return ok, err
}

// sessionHolds says whether a session or token is still one of the account's that
// a person of a workspace belongs to, wherever the account works just now.
func sessionHolds(ctx context.Context, q db.Queryer, workspace, person, session id.ID, now clock.Instant) (bool, error) {
	_, ok, err := db.One[int64](ctx, q, `
		SELECT 1 AS one FROM auth_sessions s
		JOIN auth_members m ON m.account_id = s.account_id
		WHERE s.session_id = $1 AND m.workspace_id = $2 AND m.person_id = $3 AND (s.expires_at IS NULL OR s.expires_at > $4)`,
		session, workspace, person, int64(now))
	return ok, err
}
