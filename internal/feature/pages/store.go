package pages

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const pathColumns = `workspace_id, space_id, steps, budget, hook_url, hook_secret, version, changed_at, changed_by`

func loadPath(ctx context.Context, q db.Queryer, ws, space id.ID) (Path, bool, error) {
	return db.One[Path](ctx, q, `
		SELECT `+pathColumns+` FROM pages_paths
		WHERE workspace_id = $1 AND space_id = $2`, ws, space)
}

func putPath(ctx context.Context, tx *db.Tx, p Path) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO pages_paths (`+pathColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, space_id) DO UPDATE
		SET steps = $3, budget = $4, hook_url = $5, hook_secret = $6, version = $7, changed_at = $8, changed_by = $9`,
		tx.Workspace, p.Space, p.Steps, p.Budget, p.HookURL, p.HookSecret, p.Version, int64(tx.Now), p.ChangedBy)
	return err
}

const pageColumns = `workspace_id, id, space_id, thread_id, ask_id, asker_id, reason, otherwise, second_reason, month, nth, budget, steps,
	state, step, until_at, created_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, resolution`

func insertPage(ctx context.Context, tx *db.Tx, p *Page) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO pages (workspace_id, id, space_id, thread_id, ask_id, asker_id, reason, otherwise, second_reason, month, nth, budget, steps,
			state, step, created_at, resolution)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '')`,
		tx.Workspace, p.ID, p.Space, p.Thread, p.Ask, p.Asker, p.Reason, p.Otherwise, p.SecondReason, p.Month, p.Nth, p.Budget, p.Steps,
		p.State, p.Step, int64(p.CreatedAt))
	return err
}

func updatePage(ctx context.Context, tx *db.Tx, p *Page) error {
	_, err := tx.Exec(ctx, `
		UPDATE pages SET state = $3, step = $4, until_at = $5, acknowledged_at = $6, acknowledged_by = $7, resolved_at = $8, resolved_by = $9, resolution = $10
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, p.ID, p.State, p.Step, p.Until, p.AcknowledgedAt, p.AcknowledgedBy, p.ResolvedAt, p.ResolvedBy, p.Resolution)
	return err
}

// loadPage reads a page with its calls.
func loadPage(ctx context.Context, q db.Queryer, ws, page id.ID) (*Page, bool, error) {
	p, ok, err := db.One[Page](ctx, q, `
		SELECT `+pageColumns+` FROM pages
		WHERE workspace_id = $1 AND id = $2`, ws, page)
	return withCalls(ctx, q, p, ok, err)
}

// loadPageOf reads the page of an ask.
func loadPageOf(ctx context.Context, q db.Queryer, ws, ask id.ID) (*Page, bool, error) {
	p, ok, err := db.One[Page](ctx, q, `
		SELECT `+pageColumns+` FROM pages
		WHERE workspace_id = $1 AND ask_id = $2`, ws, ask)
	return withCalls(ctx, q, p, ok, err)
}

func withCalls(ctx context.Context, q db.Queryer, p Page, ok bool, err error) (*Page, bool, error) {
	if err != nil || !ok {
		return nil, false, err
	}
	calls, err := callsOf(ctx, q, p.WorkspaceID, []id.ID{p.ID})
	p.Calls = calls[p.ID]
	return &p, err == nil, err
}

// pagesOfSpace lists the pages of a space that came before one of them, newest first.
func pagesOfSpace(ctx context.Context, q db.Queryer, ws, space, before id.ID, limit int) ([]Page, error) {
	end := before[:]
	if before.IsZero() {
		end = lastID[:]
	}
	list, err := db.All[Page](ctx, q, `
		SELECT `+pageColumns+` FROM pages
		WHERE workspace_id = $1 AND space_id = $2 AND id < $3
		ORDER BY id DESC LIMIT $4`, ws, space, end, limit)
	if err != nil {
		return nil, err
	}
	return list, fillCalls(ctx, q, ws, list)
}

// lastID sorts behind all others.
var lastID = id.ID{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// pagesCalling lists the pages that reached somebody since an instant, newest first.
func pagesCalling(ctx context.Context, q db.Queryer, ws, person id.ID, since clock.Instant, limit int) ([]Page, error) {
	list, err := db.All[Page](ctx, q, `
		SELECT `+pageColumns+` FROM pages
		WHERE workspace_id = $1 AND id IN (
			SELECT page_id FROM pages_calls
			WHERE workspace_id = $1 AND person_id = $2 AND outcome = 'paged' AND at >= $3)
		ORDER BY id DESC LIMIT $4`, ws, person, int64(since), limit)
	if err != nil {
		return nil, err
	}
	return list, fillCalls(ctx, q, ws, list)
}

func fillCalls(ctx context.Context, q db.Queryer, ws id.ID, list []Page) error {
	ids := make([]id.ID, 0, len(list))
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	calls, err := callsOf(ctx, q, ws, ids)
	for i := range list {
		list[i].Calls = calls[list[i].ID]
	}
	return err
}

func countMonth(ctx context.Context, q db.Queryer, ws, space id.ID, month string) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM pages
		WHERE workspace_id = $1 AND space_id = $2 AND month = $3`, ws, space, month)
	return n, err
}

// weekCount is how many pages there were, and how many of them over the budget.
type weekCount struct{ N, Over int64 }

func countWeek(ctx context.Context, q db.Queryer, ws, space id.ID, from, to clock.Instant) (weekCount, error) {
	n, _, err := db.One[weekCount](ctx, q, `
		SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN nth > budget THEN 1 ELSE 0 END), 0) AS BIGINT) AS over FROM pages
		WHERE workspace_id = $1 AND space_id = $2 AND created_at >= $3 AND created_at < $4`, ws, space, int64(from), int64(to))
	return n, err
}

// putWeek says whether a week is told of for the first time.
func putWeek(ctx context.Context, tx *db.Tx, space id.ID, monday string) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO pages_weeks (workspace_id, space_id, monday, told_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, tx.Workspace, space, monday, int64(tx.Now))
	return n > 0, err
}
