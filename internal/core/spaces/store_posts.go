package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const postColumns = `p.workspace_id, p.id, p.thread_id, t.space_id, p.n, p.kind, p.author_id, p.markdown, p.html, p.mentions, p.info,
	p.created_at, p.edited_at, p.revisions, p.deleted_at, p.pinned_at`

const postFrom = `
	FROM spaces_posts p
	JOIN spaces_threads t ON t.workspace_id = p.workspace_id AND t.id = p.thread_id
	WHERE p.workspace_id = $1`

func loadPost(ctx context.Context, q db.Queryer, workspace, post id.ID) (Post, bool, error) {
	return db.One[Post](ctx, q, `SELECT `+postColumns+postFrom+` AND p.id = $2`, workspace, post)
}

func postsByID(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]Post, error) {
	return db.All[Post](ctx, q, `SELECT `+postColumns+postFrom+` AND p.id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}

type wordsRow struct {
	ID       id.ID
	Markdown string
}

// wordsOf reads what posts say, but for those that were deleted.
func wordsOf(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]wordsRow, error) {
	return db.All[wordsRow](ctx, q, `
		SELECT id, markdown FROM spaces_posts
		WHERE workspace_id = $1 AND deleted_at IS NULL AND id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}

// postsAfter reads posts of a thread with a number above n, in order.
func postsAfter(ctx context.Context, q db.Queryer, workspace, thread id.ID, n int64, limit int) ([]Post, error) {
	return db.All[Post](ctx, q, `SELECT `+postColumns+postFrom+` AND p.thread_id = $2 AND p.n > $3 ORDER BY p.n LIMIT $4`, workspace, thread, n, limit)
}

// postsBefore reads posts with a number below n, the newest first.
func postsBefore(ctx context.Context, q db.Queryer, workspace, thread id.ID, n int64, limit int) ([]Post, error) {
	return db.All[Post](ctx, q, `SELECT `+postColumns+postFrom+` AND p.thread_id = $2 AND p.n < $3 ORDER BY p.n DESC LIMIT $4`, workspace, thread, n, limit)
}

func insertPost(ctx context.Context, tx *db.Tx, p Post, key string) error {
	return tx.Do(ctx, `
		INSERT INTO spaces_posts (workspace_id, id, thread_id, n, kind, author_id, markdown, html, mentions, info, created_at, edited_at, revisions, deleted_at, pinned_at, ext_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		tx.Workspace, p.ID, p.Thread, p.N, p.Kind, p.Author, p.Markdown, p.HTML, p.Mentions, p.Info, p.CreatedAt, p.EditedAt, p.Revisions, p.DeletedAt, p.PinnedAt, none(key))
}

func updatePost(ctx context.Context, tx *db.Tx, p Post) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_posts SET markdown = $3, html = $4, mentions = $5, edited_at = $6, revisions = $7, deleted_at = $8, pinned_at = $9
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, p.ID, p.Markdown, p.HTML, p.Mentions, p.EditedAt, p.Revisions, p.DeletedAt, p.PinnedAt)
	return err
}

// Revision is what a post said before an edit.
type Revision struct {
	N        int64
	Markdown string
	HTML     string
	By       id.ID         `db:"by_id"`
	At       clock.Instant // when it was written
}

func insertRevision(ctx context.Context, tx *db.Tx, post id.ID, r Revision) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_revisions (workspace_id, post_id, n, markdown, html, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, tx.Workspace, post, r.N, r.Markdown, r.HTML, r.By, r.At)
	return err
}

// revisionsBefore reads revisions with a number below n, newest first.
func revisionsBefore(ctx context.Context, q db.Queryer, workspace, post id.ID, n int64, limit int) ([]Revision, error) {
	return db.All[Revision](ctx, q, `
		SELECT n, markdown, html, by_id, at FROM spaces_revisions
		WHERE workspace_id = $1 AND post_id = $2 AND n < $3
		ORDER BY n DESC LIMIT $4`, workspace, post, n, limit)
}

func deleteRevisions(ctx context.Context, tx *db.Tx, post id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM spaces_revisions WHERE workspace_id = $1 AND post_id = $2`, tx.Workspace, post)
	return err
}

type reactionRow struct {
	PostID   id.ID
	Emoji    string
	PersonID id.ID
	At       clock.Instant
}

// reactionsOf reads the reactions of posts in the order they came.
func reactionsOf(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) ([]reactionRow, error) {
	return db.All[reactionRow](ctx, q, `
		SELECT post_id, emoji, person_id, at FROM spaces_reactions
		WHERE workspace_id = $1 AND post_id IN (`+db.List(2, len(posts))+`)
		ORDER BY at, emoji, person_id`, db.ListArgs(posts, any(workspace))...)
}

// emojisOf lists the different reactions of a post.
func emojisOf(ctx context.Context, q db.Queryer, workspace, post id.ID) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT DISTINCT emoji FROM spaces_reactions WHERE workspace_id = $1 AND post_id = $2`, workspace, post)
}

func insertReaction(ctx context.Context, tx *db.Tx, post id.ID, emoji string, person id.ID, at clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO spaces_reactions (workspace_id, post_id, emoji, person_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, tx.Workspace, post, emoji, person, at)
	return n > 0, err
}

func deleteReaction(ctx context.Context, tx *db.Tx, post id.ID, emoji string, person id.ID) (bool, error) {
	n, err := tx.Exec(ctx, `
		DELETE FROM spaces_reactions WHERE workspace_id = $1 AND post_id = $2 AND emoji = $3 AND person_id = $4`, tx.Workspace, post, emoji, person)
	return n > 0, err
}

func deleteReactions(ctx context.Context, tx *db.Tx, post id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM spaces_reactions WHERE workspace_id = $1 AND post_id = $2`, tx.Workspace, post)
	return err
}

// notesAfter reads the first notes above n.
func notesAfter(ctx context.Context, q db.Queryer, workspace, thread id.ID, n int64) ([]Post, error) {
	return db.All[Post](ctx, q, `SELECT `+postColumns+postFrom+`
		AND p.thread_id = $2 AND p.n > $3 AND p.kind = 'note' ORDER BY p.n LIMIT 20`, workspace, thread, n)
}

// editedSince counts the posts up to n that were edited after at, by the index of
// edited posts alone.
func editedSince(ctx context.Context, q db.Queryer, workspace, thread id.ID, n int64, at clock.Instant) (int64, error) {
	edited, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM spaces_posts
		WHERE workspace_id = $1 AND thread_id = $2 AND edited_at > $4 AND n <= $3`, workspace, thread, n, int64(at))
	return edited, err
}

// firstAfter finds the first post with a number above n, and counts them.
func firstAfter(ctx context.Context, q db.Queryer, workspace, thread id.ID, n int64) (first id.ID, count int64, err error) {
	first, _, err = db.One[id.ID](ctx, q, `
		SELECT id FROM spaces_posts WHERE workspace_id = $1 AND thread_id = $2 AND n > $3 AND kind = 'post' AND deleted_at IS NULL
		ORDER BY n LIMIT 1`, workspace, thread, n)
	if err != nil {
		return first, 0, err
	}
	count, _, err = db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM spaces_posts
		WHERE workspace_id = $1 AND thread_id = $2 AND n > $3 AND kind = 'post' AND deleted_at IS NULL`, workspace, thread, n)
	return first, count, err
}
