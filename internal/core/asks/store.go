package asks

import (
	"bytes"
	"context"
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const askColumns = `workspace_id, id, thread_id, post_id, asker_id, kind, text, urgency, reason, otherwise,
	time_window, deadline, need, choices, silence, silence_to, state, note, created_at, extended_at,
	silent_at, settled_at, settled_by, last_due, due_order, late_order, version, held_kind, held_id, held_path, quiet`

// chunk bounds the arguments of one statement.
const chunk = 500

// load reads one ask with its addressees: two queries.
func load(ctx context.Context, q db.Queryer, ws, ask id.ID) (*Ask, bool, error) {
	list, err := loadAll(ctx, q, ws, []id.ID{ask})
	if err != nil || len(list) == 0 {
		return nil, false, err
	}
	return &list[0], true, nil
}

// loadAll reads asks with their addressees, in the order of the ids: two queries
// for each 500.
func loadAll(ctx context.Context, q db.Queryer, ws id.ID, ids []id.ID) ([]Ask, error) {
	found := map[id.ID]Ask{}
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		rows, err := db.All[Ask](ctx, q, `
			SELECT `+askColumns+` FROM asks
			WHERE workspace_id = $1 AND id IN (`+db.List(2, len(part))+`)`, db.ListArgs(part, any(ws))...)
		if err != nil {
			return nil, err
		}
		owed, err := loadOwed(ctx, q, ws, part)
		if err != nil {
			return nil, err
		}
		for _, a := range rows {
			a.Owed = owed[a.ID]
			found[a.ID] = a
		}
	}
	out := make([]Ask, 0, len(found))
	for _, x := range ids {
		if a, ok := found[x]; ok {
			out = append(out, a)
			delete(found, x)
		}
	}
	return out, nil
}

func insertAsk(ctx context.Context, tx *db.Tx, a *Ask) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO asks (`+askColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)`,
		a.WorkspaceID, a.ID, a.ThreadID, a.PostID, a.AskerID, string(a.Kind), a.Text, string(a.Urgency), a.Reason, a.Otherwise,
		a.TimeWindow, a.Deadline, a.Need, a.Choices, a.Silence, a.SilenceTo, string(a.State), a.Note, int64(a.CreatedAt), a.ExtendedAt,
		a.SilentAt, a.SettledAt, a.SettledBy, a.LastDue, a.DueOrder, a.LateOrder, a.Version, a.HeldKind, a.HeldID, a.HeldPath, a.Quiet)
	return err
}

// updateAsk writes what can change about an ask, as its next version.
func updateAsk(ctx context.Context, tx *db.Tx, a *Ask) error {
	_, err := tx.Exec(ctx, `
		UPDATE asks SET time_window = $3, deadline = $4, state = $5, note = $6, extended_at = $7, silent_at = $8,
			settled_at = $9, settled_by = $10, last_due = $11, due_order = $12, late_order = $13, version = version + 1
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, a.ID, a.TimeWindow, a.Deadline, string(a.State), a.Note, a.ExtendedAt, a.SilentAt,
		a.SettledAt, a.SettledBy, a.LastDue, a.DueOrder, a.LateOrder)
	return err
}

// slimOfPosts lists the asks made on posts, oldest first. Quiet ones that are over are left
// out: they were between a thing and each addressee, and a daily check-in makes hundreds.
func slimOfPosts(ctx context.Context, q db.Queryer, ws id.ID, posts []id.ID) ([]Slim, error) {
	var out []Slim
	for start := 0; start < len(posts); start += chunk {
		part := posts[start:min(start+chunk, len(posts))]
		list, err := db.All[Slim](ctx, q, `
			SELECT due_order AS place, id, thread_id, version FROM asks
			WHERE workspace_id = $1 AND (quiet = 0 OR state = 'open') AND post_id IN (`+db.List(2, len(part))+`)`, db.ListArgs(part, any(ws))...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	// Sorted here: asked for the order, SQLite reads the whole workspace along its key.
	slices.SortFunc(out, func(a, b Slim) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out, nil
}

// idsOfThread pages through the asks of a thread, oldest first.
func idsOfThread(ctx context.Context, q db.Queryer, ws, thread, after id.ID, limit int) ([]id.ID, error) {
	if after.IsZero() {
		return db.All[id.ID](ctx, q, `
			SELECT id FROM asks WHERE workspace_id = $1 AND thread_id = $2 ORDER BY id LIMIT $3`, ws, thread, limit)
	}
	return db.All[id.ID](ctx, q, `
		SELECT id FROM asks WHERE workspace_id = $1 AND thread_id = $2 AND id > $3 ORDER BY id LIMIT $4`, ws, thread, after, limit)
}

// place is where a page of asks ended.
type place struct {
	DueOrder int64
	ID       id.ID
}

// openByAsker pages through what is owed to somebody, by the last due.
func openByAsker(ctx context.Context, q db.Queryer, ws, asker id.ID, after place, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT due_order, id FROM asks
		WHERE workspace_id = $1 AND asker_id = $2 AND state = 'open' AND quiet = 0 AND (due_order, id) > ($3, $4)
		ORDER BY due_order, id LIMIT $5`, ws, asker, after.DueOrder, first(after.ID), limit)
}

// slimLate and slimInTime divide what is owed to somebody by whether anybody is late.
func slimLate(ctx context.Context, q db.Queryer, ws, asker id.ID, now clock.Instant, after place, limit int) ([]Slim, error) {
	return db.All[Slim](ctx, q, `
		SELECT late_order AS place, id, thread_id, version FROM asks
		WHERE workspace_id = $1 AND asker_id = $2 AND state = 'open' AND quiet = 0 AND (late_order, id) > ($3, $4) AND late_order < $5
		ORDER BY late_order, id LIMIT $6`, ws, asker, after.DueOrder, first(after.ID), int64(now), limit)
}

func slimInTime(ctx context.Context, q db.Queryer, ws, asker id.ID, now clock.Instant, after place, limit int) ([]Slim, error) {
	return db.All[Slim](ctx, q, `
		SELECT due_order AS place, id, thread_id, version FROM asks
		WHERE workspace_id = $1 AND asker_id = $2 AND state = 'open' AND quiet = 0 AND (due_order, id) > ($3, $4) AND late_order >= $5
		ORDER BY due_order, id LIMIT $6`, ws, asker, after.DueOrder, first(after.ID), int64(now), limit)
}

func slimByID(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) ([]Slim, error) {
	out := []Slim{}
	for start := 0; start < len(list); start += chunk {
		part := list[start:min(start+chunk, len(list))]
		rows, err := db.All[Slim](ctx, q, `
			SELECT due_order AS place, id, thread_id, version FROM asks
			WHERE workspace_id = $1 AND id IN (`+db.List(2, len(part))+`)`, db.ListArgs(part, any(ws))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func countByAsker(ctx context.Context, q db.Queryer, ws, asker id.ID, most int) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM (
			SELECT due_order FROM asks
			WHERE workspace_id = $1 AND asker_id = $2 AND state = 'open' AND quiet = 0
			ORDER BY due_order LIMIT $3) AS first_of_them`, ws, asker, most)
	return n, err
}

type threadCount struct {
	ThreadID id.ID
	N        int64
}

func openInThreads(ctx context.Context, q db.Queryer, ws id.ID, threads []id.ID) ([]threadCount, error) {
	return db.All[threadCount](ctx, q, `
		SELECT thread_id, COUNT(*) AS n FROM asks
		WHERE workspace_id = $1 AND state = 'open' AND quiet = 0 AND thread_id IN (`+db.List(2, len(threads))+`)
		GROUP BY thread_id`, db.ListArgs(threads, any(ws))...)
}

// first is the lowest id for a comparison: the zero id would be NULL.
func first(x id.ID) []byte { return x[:] }
