package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func keyedSpace(ctx context.Context, tx *db.Tx, key string) (id.ID, error) {
	x, _, err := db.One[id.ID](ctx, tx, `SELECT id FROM spaces_spaces WHERE workspace_id = $1 AND ext_key = $2`, tx.Workspace, key)
	return x, err
}

func keyedThread(ctx context.Context, tx *db.Tx, key string) (id.ID, error) {
	x, _, err := db.One[id.ID](ctx, tx, `SELECT id FROM spaces_threads WHERE workspace_id = $1 AND ext_key = $2`, tx.Workspace, key)
	return x, err
}

func keyedPost(ctx context.Context, tx *db.Tx, key string) (id.ID, error) {
	x, _, err := db.One[id.ID](ctx, tx, `SELECT id FROM spaces_posts WHERE workspace_id = $1 AND ext_key = $2`, tx.Workspace, key)
	return x, err
}

func keyedFile(ctx context.Context, q db.Queryer, workspace id.ID, key string) (id.ID, error) {
	x, _, err := db.One[id.ID](ctx, q, `SELECT id FROM spaces_files WHERE workspace_id = $1 AND ext_key = $2`, workspace, key)
	return x, err
}

type keyRow struct {
	ExtKey string
	ID     id.ID
}

func keyedPosts(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) ([]keyRow, error) {
	return db.All[keyRow](ctx, q, `
		SELECT ext_key, id FROM spaces_posts
		WHERE workspace_id = $1 AND ext_key IN (`+db.In(2, len(keys))+`)`, db.Args(keys, any(workspace))...)
}

// importedInto moves a thread on by what was imported, all of which counts as read.
func importedInto(ctx context.Context, tx *db.Tx, thread id.ID, n, more int64, last clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_threads SET last_n = $3, base_n = CASE WHEN base_n = last_n THEN $3 ELSE base_n END, posts = posts + $4, last_post_at = $5
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, thread, n, more, last)
	return err
}

// attachImported takes a file that an import brought and nobody attached yet.
func attachImported(ctx context.Context, tx *db.Tx, file, post id.ID, place int) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_files SET post_id = $3, place = $4, sweep_at = NULL
		WHERE workspace_id = $1 AND id = $2 AND post_id IS NULL AND ext_key IS NOT NULL`, tx.Workspace, file, post, place)
	return err
}
