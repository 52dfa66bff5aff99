package decisions

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func putFeed(ctx context.Context, tx *db.Tx, person id.ID, hash []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO decisions_feeds (workspace_id, person_id, hash, made_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, person_id) DO UPDATE
		SET hash = $3, made_at = $4`, tx.Workspace, person, hash, int64(tx.Now))
	return err
}

func deleteFeed(ctx context.Context, tx *db.Tx, person id.ID) (int64, error) {
	return tx.Exec(ctx, `
		DELETE FROM decisions_feeds
		WHERE workspace_id = $1 AND person_id = $2`, tx.Workspace, person)
}

func feedOf(ctx context.Context, q db.Queryer, ws, person id.ID) (Feed, bool, error) {
	return db.One[Feed](ctx, q, `
		SELECT workspace_id, person_id, made_at FROM decisions_feeds
		WHERE workspace_id = $1 AND person_id = $2`, ws, person)
}

func feedByHash(ctx context.Context, q db.Queryer, hash []byte) (Feed, bool, error) {
	return db.One[Feed](ctx, q, `
		SELECT workspace_id, person_id, made_at FROM decisions_feeds
		WHERE hash = $1`, hash)
}
