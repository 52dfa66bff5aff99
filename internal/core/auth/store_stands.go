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
