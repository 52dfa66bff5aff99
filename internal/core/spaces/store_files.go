package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const fileColumns = `workspace_id, id, owner_id, post_id, place, name, type, size, sha256, created_at`

func loadFile(ctx context.Context, q db.Queryer, workspace, file id.ID) (File, bool, error) {
	return db.One[File](ctx, q, `
		SELECT `+fileColumns+` FROM spaces_files WHERE workspace_id = $1 AND id = $2`, workspace, file)
}

func filesOf(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) ([]File, error) {
	return db.All[File](ctx, q, `
		SELECT `+fileColumns+` FROM spaces_files
		WHERE workspace_id = $1 AND post_id IN (`+db.List(2, len(posts))+`)
		ORDER BY post_id, place`, db.ListArgs(posts, any(workspace))...)
}

func insertFile(ctx context.Context, tx *db.Tx, f File, sweep clock.Instant, key string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_files (workspace_id, id, owner_id, post_id, place, name, type, size, sha256, created_at, sweep_at, ext_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.Workspace, f.ID, f.Owner, f.Post, f.Place, f.Name, f.Type, f.Size, f.SHA256, f.CreatedAt, sweep, none(key))
	return err
}

// attachFile takes a free file of its owner's; false when there is none such.
func attachFile(ctx context.Context, tx *db.Tx, file, owner, post id.ID, place int) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE spaces_files SET post_id = $4, place = $5, sweep_at = NULL
		WHERE workspace_id = $1 AND id = $2 AND owner_id = $3 AND post_id IS NULL`, tx.Workspace, file, owner, post, place)
	return n > 0, err
}

// letGo takes the files off a post, to be swept now.
func letGo(ctx context.Context, tx *db.Tx, post id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_files SET post_id = NULL, owner_id = NULL, sweep_at = $3
		WHERE workspace_id = $1 AND post_id = $2`, tx.Workspace, post, int64(tx.Now))
	return err
}
