package app

import (
	"context"

	"example.org/meantime/internal/platform/db"
)

// forgetCursor makes a listener begin at the beginning of every log.
func forgetCursor(ctx context.Context, tx *db.Tx, follower string) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_cursors WHERE follower = $1`, follower)
	return err
}
