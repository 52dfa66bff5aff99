package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// SetSecret leaves a key in the row, as an earlier version did.
func (s *Service) SetSecret(ctx context.Context, ws, x id.ID, secret []byte) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test")
		return tx.Do(ctx, `UPDATE brainstorms SET secret = $3 WHERE workspace_id = $1 AND id = $2`, ws, x, secret)
	})
}
