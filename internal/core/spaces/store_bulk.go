package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func insertBulkMembers(ctx context.Context, tx *db.Tx, space id.ID, list []id.ID) error {
	return db.Bulk(ctx, tx, list, `
		INSERT INTO spaces_members (workspace_id, space_id, person_id, leads, added_by, added_at)
		VALUES `, 6, ` ON CONFLICT DO NOTHING`, func(args []any, p id.ID) []any {
		return append(args, tx.Workspace, space, p, p == list[0], list[0], tx.Now)
	})
}

func insertBulk(ctx context.Context, tx *db.Tx, list []*BulkThread) error {
	if err := insertBulkThreads(ctx, tx, list); err != nil {
		return err
	}
	var posts []Post
	var reactions []reactionRow
	var positions []bulkPosition
	for _, t := range list {
		posts = append(posts, t.Written...)
		for _, r := range t.Reactions {
			p := &t.Written[r.N-1]
			reactions = append(reactions, reactionRow{p.ID, r.Emoji, r.Person, p.CreatedAt})
		}
		for _, p := range t.Positions {
			positions = append(positions, bulkPosition{t, p})
		}
	}
	if err := insertBulkPosts(ctx, tx, posts); err != nil {
		return err
	}
	if err := insertBulkPositions(ctx, tx, positions); err != nil {
		return err
	}
	return db.Bulk(ctx, tx, reactions, `
		INSERT INTO spaces_reactions (workspace_id, post_id, emoji, person_id, at)
		VALUES `, 5, ` ON CONFLICT DO NOTHING`, func(args []any, r reactionRow) []any {
		return append(args, tx.Workspace, r.PostID, r.Emoji, r.PersonID, r.At)
	})
}

func insertBulkThreads(ctx context.Context, tx *db.Tx, list []*BulkThread) error {
	return db.Bulk(ctx, tx, list, `
		INSERT INTO spaces_threads (workspace_id, id, space_id, title, purpose, opened_by, opened_at, last_post_at, last_n, base_n, posts,
			conclusion_markdown, conclusion_html, concluded_by, concluded_at, pinned_at)
		VALUES `, 16, ``, func(args []any, t *BulkThread) []any {
		return append(args, tx.Workspace, t.ID, t.Space, t.Title, t.Purpose, t.OpenedBy, t.OpenedAt, t.LastPostAt, t.LastN, t.BaseN, t.Posts,
			t.ConclusionMarkdown, t.ConclusionHTML, t.ConcludedBy, t.ConcludedAt, t.PinnedAt)
	})
}

func insertBulkPosts(ctx context.Context, tx *db.Tx, list []Post) error {
	return db.Bulk(ctx, tx, list, `
		INSERT INTO spaces_posts (workspace_id, id, thread_id, n, kind, author_id, markdown, html, mentions, info, created_at, revisions)
		VALUES `, 12, ``, func(args []any, p Post) []any {
		return append(args, tx.Workspace, p.ID, p.Thread, p.N, p.Kind, p.Author, p.Markdown, p.HTML, p.Mentions, p.Info, p.CreatedAt, int64(0))
	})
}

type bulkPosition struct {
	thread *BulkThread
	BulkPosition
}

func insertBulkPositions(ctx context.Context, tx *db.Tx, list []bulkPosition) error {
	return db.Bulk(ctx, tx, list, `
		INSERT INTO spaces_positions (workspace_id, thread_id, person_id, followed_at, read_n, read_at)
		VALUES `, 6, ` ON CONFLICT DO NOTHING`, func(args []any, p bulkPosition) []any {
		return append(args, tx.Workspace, p.thread.ID, p.Person, p.thread.OpenedAt, p.ReadN, p.ReadAt)
	})
}
