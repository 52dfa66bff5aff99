package calendars

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const feedColumns = `workspace_id, id, person_id, kind, team_id, made_at, read_at`

func loadFeeds(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]Feed, error) {
	return db.All[Feed](ctx, q, `
		SELECT `+feedColumns+`
		FROM calendars_feeds WHERE workspace_id = $1 AND person_id = $2 ORDER BY id`, workspace, person)
}

func feedByHash(ctx context.Context, q db.Queryer, hash []byte) (Feed, bool, error) {
	return db.One[Feed](ctx, q, `
		SELECT `+feedColumns+`
		FROM calendars_feeds WHERE hash = $1`, hash)
}

func insertFeed(ctx context.Context, tx *db.Tx, f Feed, hash []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO calendars_feeds (hash, `+feedColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, hash, tx.Workspace, f.ID, f.PersonID, f.Kind, f.TeamID, int64(f.MadeAt), f.ReadAt)
	return err
}

func deleteFeed(ctx context.Context, tx *db.Tx, feed id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM calendars_feeds WHERE workspace_id = $1 AND id = $2`, tx.Workspace, feed)
	return err
}

func touchFeed(ctx context.Context, tx *db.Tx, feed id.ID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE calendars_feeds SET read_at = $3 WHERE workspace_id = $1 AND id = $2`, tx.Workspace, feed, int64(at))
	return err
}

func loadTold(ctx context.Context, q db.Queryer, workspace, owner id.ID) ([]told, error) {
	return db.All[told](ctx, q, `
		SELECT uid, hash, sequence, changed_at
		FROM calendars_told WHERE workspace_id = $1 AND owner_id = $2`, workspace, owner)
}

func putTold(ctx context.Context, tx *db.Tx, owner id.ID, list []told) error {
	for _, t := range list {
		if err := tx.Do(ctx, `
			INSERT INTO calendars_told (workspace_id, owner_id, uid, hash, sequence, changed_at)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (workspace_id, owner_id, uid) DO UPDATE SET hash = $4, sequence = $5, changed_at = $6`,
			tx.Workspace, owner, t.UID, t.Hash, t.Sequence, int64(t.ChangedAt)); err != nil {
			return err
		}
	}
	return nil
}

func forgetTold(ctx context.Context, tx *db.Tx, owner id.ID, before clock.Instant) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM calendars_told WHERE workspace_id = $1 AND owner_id = $2 AND changed_at < $3`, tx.Workspace, owner, int64(before))
	return err
}
