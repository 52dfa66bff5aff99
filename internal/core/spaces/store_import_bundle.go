package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

type keyedThreadRow struct {
	ExtKey     string
	ID         id.ID
	SpaceID    id.ID
	LastN      int64
	LastPostAt clock.Instant
}

func keyedThreads(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) ([]keyedThreadRow, error) {
	return db.All[keyedThreadRow](ctx, q, `
		SELECT ext_key, id, space_id, last_n, last_post_at FROM spaces_threads
		WHERE workspace_id = $1 AND ext_key IN (`+db.In(2, len(keys))+`)`, db.Args(keys, any(workspace))...)
}

type knownPost struct {
	ExtKey    string
	ID        id.ID
	EditedAt  clock.Instant
	DeletedAt clock.Instant
	PinnedAt  clock.Instant
}

func knownPosts(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) ([]knownPost, error) {
	return db.All[knownPost](ctx, q, `
		SELECT ext_key, id, edited_at, deleted_at, pinned_at FROM spaces_posts
		WHERE workspace_id = $1 AND ext_key IN (`+db.In(2, len(keys))+`)`, db.Args(keys, any(workspace))...)
}

// atOnce is how many rows one INSERT brings: few enough arguments for both engines.
const atOnce = 100

func insertBundledThreads(ctx context.Context, tx *db.Tx, list []*bundled) error {
	var args []any
	n := 0
	flush := func() error {
		if n == 0 {
			return nil
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO spaces_threads (workspace_id, id, space_id, title, purpose, opened_by, opened_at, last_post_at, last_n, base_n, posts,
				conclusion_markdown, conclusion_html, ext_key)
			VALUES `+db.Values(n, 14), args...)
		args, n = args[:0], 0
		return err
	}
	for _, t := range list {
		if o := t.opened; o != nil {
			args = append(args, tx.Workspace, o.ID, o.Space, o.Title, o.Purpose, o.OpenedBy, o.OpenedAt, t.row.LastPostAt,
				t.row.LastN, t.row.LastN, t.row.LastN, "", "", t.row.ExtKey)
			n++
		}
		if n == atOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

func insertBundledPosts(ctx context.Context, tx *db.Tx, list []keyedNewPost) error {
	for len(list) > 0 {
		part := list[:min(len(list), atOnce)]
		list = list[len(part):]
		args := make([]any, 0, len(part)*16)
		for _, p := range part {
			args = append(args, tx.Workspace, p.ID, p.Thread, p.N, p.Kind, p.Author, p.Markdown, p.HTML, p.Mentions, p.Info,
				p.CreatedAt, p.EditedAt, p.Revisions, p.DeletedAt, p.PinnedAt, p.key)
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO spaces_posts (workspace_id, id, thread_id, n, kind, author_id, markdown, html, mentions, info,
				created_at, edited_at, revisions, deleted_at, pinned_at, ext_key)
			VALUES `+db.Values(len(part), 16), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func insertReactionRows(ctx context.Context, tx *db.Tx, list []reactionRow) error {
	for len(list) > 0 {
		part := list[:min(len(list), atOnce)]
		list = list[len(part):]
		args := make([]any, 0, len(part)*5)
		for _, r := range part {
			args = append(args, tx.Workspace, r.PostID, r.Emoji, r.PersonID, r.At)
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO spaces_reactions (workspace_id, post_id, emoji, person_id, at)
			VALUES `+db.Values(len(part), 5)+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}
