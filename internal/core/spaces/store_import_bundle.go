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

// steps are how many rows one INSERT brings. SQLite is quickest with one row and a
// statement that is kept, because it looks its arguments up by name; PostgreSQL with
// many rows to a journey, of few different texts.
var steps = map[db.Engine][]int{db.SQLite: {1}, db.Postgres: {100, 20, 5, 1}}

// insertMany writes rows with few statements. before ends in VALUES.
func insertMany[T any](ctx context.Context, tx *db.Tx, list []T, before string, columns int, after string, row func([]any, T) []any) error {
	for _, step := range steps[tx.Engine()] {
		if len(list) < step {
			continue
		}
		text := before + db.Values(step, columns) + after
		for len(list) >= step {
			args := make([]any, 0, step*columns)
			for _, x := range list[:step] {
				args = row(args, x)
			}
			if _, err := tx.Exec(ctx, text, args...); err != nil {
				return err
			}
			list = list[step:]
		}
	}
	return nil
}

func insertBundledThreads(ctx context.Context, tx *db.Tx, list []*bundled) error {
	return insertMany(ctx, tx, list, `
		INSERT INTO spaces_threads (workspace_id, id, space_id, title, purpose, opened_by, opened_at, last_post_at, last_n, base_n, posts,
			conclusion_markdown, conclusion_html, ext_key)
		VALUES `, 14, ``, func(args []any, t *bundled) []any {
		o, n := t.opened, t.row.LastN
		return append(args, tx.Workspace, o.ID, o.Space, o.Title, o.Purpose, o.OpenedBy, o.OpenedAt, t.row.LastPostAt, n, n, n, "", "", t.row.ExtKey)
	})
}

func insertBundledPosts(ctx context.Context, tx *db.Tx, list []keyedNewPost) error {
	return insertMany(ctx, tx, list, `
		INSERT INTO spaces_posts (workspace_id, id, thread_id, n, kind, author_id, markdown, html, mentions, info,
			created_at, edited_at, revisions, deleted_at, pinned_at, ext_key)
		VALUES `, 16, ``, func(args []any, p keyedNewPost) []any {
		return append(args, tx.Workspace, p.ID, p.Thread, p.N, p.Kind, p.Author, p.Markdown, p.HTML, p.Mentions, p.Info,
			p.CreatedAt, p.EditedAt, p.Revisions, p.DeletedAt, p.PinnedAt, p.key)
	})
}

func insertReactionRows(ctx context.Context, tx *db.Tx, list []reactionRow) error {
	return insertMany(ctx, tx, list, `
		INSERT INTO spaces_reactions (workspace_id, post_id, emoji, person_id, at)
		VALUES `, 5, ` ON CONFLICT DO NOTHING`, func(args []any, r reactionRow) []any {
		return append(args, tx.Workspace, r.PostID, r.Emoji, r.PersonID, r.At)
	})
}
