package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// spacesOf reads which space each thread of a list is in.
func spacesOf(ctx context.Context, q db.Queryer, workspace id.ID, threads []id.ID) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT id, space_id FROM spaces_threads
		WHERE workspace_id = $1 AND id IN (`+db.In(2, len(threads))+`)`, db.Args(threads, any(workspace))...)
}

func threadsOf(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `SELECT id FROM spaces_threads WHERE workspace_id = $1 AND space_id = $2 ORDER BY id`, workspace, space)
}

// present reads which posts of a list are there and not deleted.
func present(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT id FROM spaces_posts
		WHERE workspace_id = $1 AND deleted_at IS NULL AND id IN (`+db.In(2, len(posts))+`)`, db.Args(posts, any(workspace))...)
}
