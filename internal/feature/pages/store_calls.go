package pages

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const callColumns = `page_id, n, step, person_id, at, outcome, woken, why, rightly, note, judged_at`

func insertCall(ctx context.Context, tx *db.Tx, c Call) error {
	return tx.Do(ctx, `
		INSERT INTO pages_calls (workspace_id, page_id, n, step, person_id, at, outcome, woken, why, rightly, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '')`,
		tx.Workspace, c.PageID, c.N, c.Step, c.Person, int64(c.At), c.Outcome, c.Woken, c.Why)
}

// callsOf reads the calls of pages, each in its order.
func callsOf(ctx context.Context, q db.Queryer, ws id.ID, pages []id.ID) (map[id.ID][]Call, error) {
	out := map[id.ID][]Call{}
	if len(pages) == 0 {
		return out, nil
	}
	rows, err := db.All[Call](ctx, q, `
		SELECT `+callColumns+` FROM pages_calls
		WHERE workspace_id = $1 AND page_id IN (`+db.List(2, len(pages))+`)
		ORDER BY page_id, n`, db.ListArgs(pages, any(ws))...)
	for _, c := range rows {
		out[c.PageID] = append(out[c.PageID], c)
	}
	return out, err
}

func setVerdict(ctx context.Context, tx *db.Tx, page, person id.ID, rightly, note string) error {
	_, err := tx.Exec(ctx, `
		UPDATE pages_calls SET rightly = $4, note = $5, judged_at = $6
		WHERE workspace_id = $1 AND page_id = $2 AND person_id = $3 AND outcome = 'paged'`,
		tx.Workspace, page, person, rightly, note, int64(tx.Now))
	return err
}

// hookRow is something for a space's pager.
type hookRow struct {
	WorkspaceID id.ID
	ID          id.ID
	PageID      id.ID
	Kind        string
	Body        string
	MadeAt      clock.Instant
	SentAt      clock.Instant
	Problem     string
}

const hookColumns = `workspace_id, id, page_id, kind, body, made_at, sent_at, problem`

func insertHook(ctx context.Context, tx *db.Tx, h hookRow) error {
	return tx.Do(ctx, `
		INSERT INTO pages_hooks (workspace_id, id, page_id, kind, body, made_at, problem)
		VALUES ($1, $2, $3, $4, $5, $6, '')`, tx.Workspace, h.ID, h.PageID, h.Kind, h.Body, int64(tx.Now))
}

func hookByID(ctx context.Context, q db.Queryer, ws, hook id.ID) (hookRow, bool, error) {
	return db.One[hookRow](ctx, q, `
		SELECT `+hookColumns+` FROM pages_hooks
		WHERE workspace_id = $1 AND id = $2`, ws, hook)
}

// lastHook is what left for a space's pager last.
func lastHook(ctx context.Context, q db.Queryer, ws, space id.ID) (hookRow, bool, error) {
	return db.One[hookRow](ctx, q, `
		SELECT h.workspace_id, h.id, h.page_id, h.kind, h.body, h.made_at, h.sent_at, h.problem FROM pages p
		JOIN pages_hooks h ON h.workspace_id = p.workspace_id AND h.page_id = p.id
		WHERE p.workspace_id = $1 AND p.space_id = $2
		ORDER BY p.id DESC, h.id DESC LIMIT 1`, ws, space)
}

func endHook(ctx context.Context, tx *db.Tx, hook id.ID, sent clock.Instant, problem string) error {
	_, err := tx.Exec(ctx, `
		UPDATE pages_hooks SET sent_at = $3, problem = $4
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, hook, sent, problem)
	return err
}
