package spaces

import (
	"context"
	"strconv"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const threadColumns = `t.workspace_id, t.id, t.space_id, t.title, t.purpose, t.opened_by, t.opened_at, t.last_post_at, t.last_n, t.base_n, t.posts,
	t.version, t.conclusion_markdown, t.conclusion_html, t.concluded_by, t.concluded_at, t.pinned_at`

func loadThread(ctx context.Context, q db.Queryer, workspace, thread id.ID) (Thread, bool, error) {
	return db.One[Thread](ctx, q, `
		SELECT `+threadColumns+`
		FROM spaces_threads t WHERE t.workspace_id = $1 AND t.id = $2`, workspace, thread)
}

// placed is a thread with its space, as one person stands to it.
type placed struct {
	Thread
	SpaceName           string
	SpaceHandle         string
	SpacePurpose        string
	SpacePrivate        bool
	SpaceColor          string
	SpaceWindowDefault  string
	SpaceWindowShortest string
	SpaceCreatedBy      id.ID
	SpaceCreatedAt      clock.Instant
	SpaceArchivedAt     clock.Instant
	Member              bool
	Leads               bool
}

func loadPlaced(ctx context.Context, q db.Queryer, workspace, thread, person id.ID) (Thread, seen, bool, error) {
	p, ok, err := db.One[placed](ctx, q, `
		SELECT `+threadColumns+`,
			s.name AS space_name, s.handle AS space_handle, s.purpose AS space_purpose, s.private AS space_private, s.color AS space_color,
			s.window_default AS space_window_default, s.window_shortest AS space_window_shortest,
			s.created_by AS space_created_by, s.created_at AS space_created_at, s.archived_at AS space_archived_at,
			m.person_id IS NOT NULL AS member, COALESCE(m.leads, FALSE) AS leads
		FROM spaces_threads t
		JOIN spaces_spaces s ON s.workspace_id = t.workspace_id AND s.id = t.space_id
		LEFT JOIN spaces_members m ON m.workspace_id = t.workspace_id AND m.space_id = t.space_id AND m.person_id = $3
		WHERE t.workspace_id = $1 AND t.id = $2`, workspace, thread, person)
	sp := Space{
		WorkspaceID: workspace, ID: p.Space, Name: p.SpaceName, Handle: p.SpaceHandle, Purpose: p.SpacePurpose, Private: p.SpacePrivate, Color: p.SpaceColor,
		WindowDefault: p.SpaceWindowDefault, WindowShortest: p.SpaceWindowShortest, CreatedBy: p.SpaceCreatedBy, CreatedAt: p.SpaceCreatedAt, ArchivedAt: p.SpaceArchivedAt,
	}
	return p.Thread, seen{Space: sp, Member: p.Member, Leads: p.Leads}, ok, err
}

// loadPostable reads of a thread and its space no more than a post needs.
func loadPostable(ctx context.Context, q db.Queryer, workspace, thread, person id.ID) (Thread, seen, bool, error) {
	p, ok, err := db.One[placed](ctx, q, `
		SELECT t.id, t.space_id, t.last_n, t.concluded_at, s.name AS space_name, s.private AS space_private, s.archived_at AS space_archived_at,
			m.person_id IS NOT NULL AS member
		FROM spaces_threads t
		JOIN spaces_spaces s ON s.workspace_id = t.workspace_id AND s.id = t.space_id
		LEFT JOIN spaces_members m ON m.workspace_id = t.workspace_id AND m.space_id = t.space_id AND m.person_id = $3
		WHERE t.workspace_id = $1 AND t.id = $2`, workspace, thread, person)
	return p.Thread, seen{Space: Space{ID: p.Space, Name: p.SpaceName, Private: p.SpacePrivate, ArchivedAt: p.SpaceArchivedAt}, Member: p.Member}, ok, err
}

func insertThread(ctx context.Context, tx *db.Tx, t Thread, key string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_threads (workspace_id, id, space_id, title, purpose, opened_by, opened_at, last_post_at, last_n, base_n, posts,
			conclusion_markdown, conclusion_html, ext_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, '', '', $9)`,
		tx.Workspace, t.ID, t.Space, t.Title, t.Purpose, t.OpenedBy, t.OpenedAt, t.LastPostAt, none(key))
	return err
}

func updateThread(ctx context.Context, tx *db.Tx, t Thread) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_threads SET space_id = $3, title = $4, purpose = $5, conclusion_markdown = $6, conclusion_html = $7,
			concluded_by = $8, concluded_at = $9, pinned_at = $10
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, t.ID, t.Space, t.Title, t.Purpose, t.ConclusionMarkdown, t.ConclusionHTML, t.ConcludedBy, t.ConcludedAt, t.PinnedAt)
	return err
}

// nextN takes the next number in a thread, and counts posts (notes do not count).
func nextN(ctx context.Context, tx *db.Tx, thread id.ID, posts int, at clock.Instant) (int64, error) {
	n, _, err := db.One[int64](ctx, tx, `
		UPDATE spaces_threads SET last_n = last_n + 1, posts = posts + $3, last_post_at = $4
		WHERE workspace_id = $1 AND id = $2
		RETURNING last_n`, tx.Workspace, thread, posts, at)
	return n, err
}

// countPost takes number n, the next, in a thread for a post.
func countPost(ctx context.Context, tx *db.Tx, thread id.ID, n int64) error {
	return tx.Do(ctx, `
		UPDATE spaces_threads SET last_n = $3, posts = posts + 1, last_post_at = $4
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, thread, n, int64(tx.Now))
}

func uncountPost(ctx context.Context, tx *db.Tx, thread id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_threads SET posts = posts - 1, version = version + 1 WHERE workspace_id = $1 AND id = $2`, tx.Workspace, thread)
	return err
}

// touch says that something in a thread changed that is not a new post.
func touch(ctx context.Context, tx *db.Tx, thread id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_threads SET version = version + 1 WHERE workspace_id = $1 AND id = $2`, tx.Workspace, thread)
	return err
}

// threadRow is a thread as one person sees it.
type threadRow struct {
	Thread
	SpaceName       string
	SpaceColor      string
	SpacePrivate    bool
	SpaceArchivedAt clock.Instant
	Member          bool
	Leads           bool
	FollowedAt      clock.Instant
	MutedAt         clock.Instant
	SavedAt         clock.Instant
	ReadN           int64
	ReadAt          clock.Instant
}

const threadSeen = `SELECT ` + threadColumns + `,
		s.name AS space_name, s.color AS space_color, s.private AS space_private, s.archived_at AS space_archived_at,
		m.person_id IS NOT NULL AS member, COALESCE(m.leads, FALSE) AS leads,
		p.followed_at, p.muted_at, p.saved_at, COALESCE(p.read_n, 0) AS read_n, p.read_at
	FROM spaces_threads t
	JOIN spaces_spaces s ON s.workspace_id = t.workspace_id AND s.id = t.space_id
	LEFT JOIN spaces_members m ON m.workspace_id = t.workspace_id AND m.space_id = t.space_id AND m.person_id = $2
	LEFT JOIN spaces_positions p ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = $2
	WHERE t.workspace_id = $1 AND ($3 OR m.person_id IS NOT NULL OR ($4 AND NOT s.private))`

func seenArgs(a actor.Actor) []any {
	return []any{a.Workspace, a.Person, a.IsSystem(), a.Role != actor.Guest}
}

// threadsByID reads the threads of a list that the actor may see, in no order.
func threadsByID(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) ([]threadRow, error) {
	return db.All[threadRow](ctx, q, threadSeen+`
		AND t.id IN (`+db.List(5, len(list))+`)`, db.ListArgs(list, seenArgs(a)...)...)
}

// threadsIn reads what lists show of each thread.
func threadsIn(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) ([]ThreadIn, error) {
	return db.All[ThreadIn](ctx, q, `
		SELECT t.id, t.space_id, t.title, t.version, t.conclusion_markdown, t.concluded_by, t.concluded_at, s.name AS space_name, s.color AS space_color
		FROM spaces_threads t
		JOIN spaces_spaces s ON s.workspace_id = t.workspace_id AND s.id = t.space_id
		LEFT JOIN spaces_members m ON m.workspace_id = t.workspace_id AND m.space_id = t.space_id AND m.person_id = $2
		WHERE t.workspace_id = $1 AND ($3 OR m.person_id IS NOT NULL OR ($4 AND NOT s.private))
			AND t.id IN (`+db.List(5, len(list))+`)`, db.ListArgs(list, seenArgs(a)...)...)
}

// ThreadFilter narrows a list of threads.
type ThreadFilter struct {
	Space  id.ID  // zero: all that the actor reads
	State  string // "open", "concluded" or "" for both
	Filter string // "all" or "", "following", "saved", "unread"
}

var threadFilters = map[string]string{
	"": "", "all": "",
	"following": ` AND p.followed_at IS NOT NULL AND p.muted_at IS NULL`,
	"saved":     ` AND p.saved_at IS NOT NULL`,
	"unread":    ` AND t.last_n > t.base_n AND t.last_n > COALESCE(p.read_n, 0)`,
}

var threadStates = map[string]string{"": "", "open": ` AND t.concluded_at IS NULL`, "concluded": ` AND t.concluded_at IS NOT NULL`}

// listThreads pages by (last_post_at, id), newest first, along one of the two
// indexes made for it.
func listThreads(ctx context.Context, q db.Queryer, a actor.Actor, f ThreadFilter, at clock.Instant, before id.ID, limit int) ([]threadRow, error) {
	text, args := threadSeen+threadFilters[f.Filter]+threadStates[f.State], seenArgs(a)
	place := func(x any) string { args = append(args, x); return "$" + strconv.Itoa(len(args)) }
	if !f.Space.IsZero() {
		text += ` AND t.space_id = ` + place(f.Space)
	}
	if !at.IsZero() {
		text += ` AND (t.last_post_at, t.id) < (` + place(int64(at)) + `, ` + place(before) + `)`
	}
	return db.All[threadRow](ctx, q, text+`
		ORDER BY t.last_post_at DESC, t.id DESC LIMIT `+place(limit), args...)
}
