package attention

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// item is a row of the inbox that is for information: about a thread, or about an
// ask of one's own.
type item struct {
	WorkspaceID id.ID
	ID          id.ID
	PersonID    id.ID
	AboutID     id.ID
	Kind        Kind
	RefKind     string
	RefID       id.ID
	AskID       id.ID
	ThreadID    id.ID
	SpaceID     id.ID
	WhoID       id.ID
	Posts       int64
	ChangedAt   clock.Instant
	DeliveredAt clock.Instant
	DoneAt      clock.Instant
}

const itemColumns = `workspace_id, id, person_id, about_id, kind, ref_kind, ref_id, ask_id, thread_id, space_id, who_id,
	posts, changed_at, ` + reached + ` AS delivered_at, done_at`

// reached is when the news of an item came to its person: with the first routine
// digest that was planned for its instant or later. Going out leaves items alone,
// so this is looked up, and written down only when more news covers the old.
const reached = `COALESCE(attention_items.delivered_at, (SELECT g.at FROM attention_digests g
	WHERE g.workspace_id = attention_items.workspace_id AND g.person_id = attention_items.person_id AND g.urgency = 'routine'
		AND g.at > 0 AND g.deliver_at >= attention_items.changed_at
	ORDER BY g.deliver_at LIMIT 1))`

// putItems adds news to the rows of people, one row for each thread or ask. A row
// that was done comes back; a mention is not covered by later posts.
func putItems(ctx context.Context, tx *db.Tx, rows []item) error {
	const covered = `CASE WHEN attention_items.done_at IS NULL AND attention_items.kind = 'mention' AND excluded.kind = 'info'`
	for _, r := range rows {
		err := tx.Do(ctx, `
			INSERT INTO attention_items (workspace_id, id, person_id, about_id, kind, ref_kind, ref_id,
				ask_id, thread_id, space_id, who_id, posts, changed_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
			ON CONFLICT (workspace_id, person_id, about_id) DO UPDATE
			SET kind = `+covered+` THEN attention_items.kind ELSE excluded.kind END,
				ref_kind = `+covered+` THEN attention_items.ref_kind ELSE excluded.ref_kind END,
				ref_id = `+covered+` THEN attention_items.ref_id ELSE excluded.ref_id END,
				who_id = `+covered+` THEN attention_items.who_id ELSE excluded.who_id END,
				posts = CASE WHEN attention_items.done_at IS NULL THEN attention_items.posts + 1 ELSE 1 END,
				delivered_at = CASE WHEN attention_items.done_at IS NULL THEN `+reached+` ELSE NULL END,
				changed_at = excluded.changed_at, done_at = NULL`,
			tx.Workspace, id.New(tx.Now), r.PersonID, r.AboutID, string(r.Kind), r.RefKind, r.RefID,
			r.AskID, r.ThreadID, r.SpaceID, r.WhoID, int64(1), int64(r.ChangedAt))
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetPost takes the news of a post out of rows that say nothing else.
func forgetPost(ctx context.Context, tx *db.Tx, post id.ID, persons []id.ID) error {
	for _, part := range parts(persons, many) {
		if _, err := tx.Exec(ctx, `
			DELETE FROM attention_items
			WHERE workspace_id = $1 AND ref_id = $2 AND posts = 1 AND person_id IN (`+db.In(3, len(part))+`)`,
			db.Args(part, any(tx.Workspace), any(post))...); err != nil {
			return err
		}
	}
	return nil
}

// openItems pages through a person's rows that are not done, newest first: those
// about asks, or those about threads.
func openItems(ctx context.Context, q db.Queryer, workspace, person id.ID, aboutAsks bool, before asks.Behind, limit int) ([]item, error) {
	sort := ` AND ask_id IS NULL`
	if aboutAsks {
		sort = ` AND ask_id IS NOT NULL`
	}
	return db.All[item](ctx, q, `
		SELECT `+itemColumns+` FROM attention_items
		WHERE workspace_id = $1 AND person_id = $2 AND done_at IS NULL`+sort+` AND (changed_at, id) < ($3, $4)
		ORDER BY changed_at DESC, id DESC LIMIT $5`, workspace, person, before.Order, before.ID[:], limit)
}

// countItems counts rows about threads that are not done, by their index.
func countItems(ctx context.Context, q db.Queryer, workspace, person id.ID, most int) (int, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM (
			SELECT changed_at FROM attention_items
			WHERE workspace_id = $1 AND person_id = $2 AND done_at IS NULL AND ask_id IS NULL
			ORDER BY changed_at LIMIT $3) AS first_of_them`, workspace, person, most)
	return int(n), err
}

// itemsByID reads those of a person's rows that are not done.
func itemsByID(ctx context.Context, q db.Queryer, workspace, person id.ID, list []id.ID) ([]item, error) {
	var out []item
	for _, part := range parts(list, many) {
		rows, err := db.All[item](ctx, q, `
			SELECT `+itemColumns+` FROM attention_items
			WHERE workspace_id = $1 AND person_id = $2 AND done_at IS NULL AND id IN (`+db.List(3, len(part))+`)`,
			db.ListArgs(part, any(workspace), any(person))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func itemOf(ctx context.Context, q db.Queryer, workspace, person, row id.ID) (item, bool, error) {
	return db.One[item](ctx, q, `
		SELECT `+itemColumns+` FROM attention_items
		WHERE workspace_id = $1 AND id = $2 AND person_id = $3`, workspace, row, person)
}

// setDone puts a row away, or with zero brings it back.
func setDone(ctx context.Context, tx *db.Tx, row id.ID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE attention_items SET done_at = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, row, at)
	return err
}

// doneAbout puts away what somebody has plainly seen.
func doneAbout(ctx context.Context, tx *db.Tx, person, about id.ID) error {
	return tx.Do(ctx, `
		UPDATE attention_items SET done_at = $4
		WHERE workspace_id = $1 AND person_id = $2 AND about_id = $3 AND done_at IS NULL`, tx.Workspace, person, about, int64(tx.Now))
}

// snooze is a row that a person put off.
type snooze struct {
	RowID    id.ID
	Until    clock.Instant
	ReplyBy  id.ID
	ThreadID id.ID
}

// snoozesOf reads what a person has put off and is not back yet.
func snoozesOf(ctx context.Context, q db.Queryer, workspace, person id.ID, now clock.Instant) (map[id.ID]snooze, error) {
	list, err := db.All[snooze](ctx, q, `
		SELECT row_id, until, reply_by, thread_id FROM attention_snoozes
		WHERE workspace_id = $1 AND person_id = $2 AND (until IS NULL OR until > $3)`, workspace, person, int64(now))
	out := make(map[id.ID]snooze, len(list))
	for _, s := range list {
		out[s.RowID] = s
	}
	return out, err
}

func putSnooze(ctx context.Context, tx *db.Tx, person id.ID, s snooze) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO attention_snoozes (workspace_id, person_id, row_id, until, reply_by, thread_id)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, person_id, row_id) DO UPDATE SET until = $4, reply_by = $5, thread_id = $6`,
		tx.Workspace, person, s.RowID, s.Until, s.ReplyBy, s.ThreadID)
	return err
}

func endSnooze(ctx context.Context, tx *db.Tx, person, row id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM attention_snoozes
		WHERE workspace_id = $1 AND person_id = $2 AND row_id = $3`, tx.Workspace, person, row)
	return err
}

// wake ends the snoozes of everybody who waited for somebody to post in a thread.
func wake(ctx context.Context, tx *db.Tx, thread, by id.ID) error {
	return tx.Do(ctx, `
		DELETE FROM attention_snoozes
		WHERE workspace_id = $1 AND thread_id = $2 AND reply_by = $3`, tx.Workspace, thread, by)
}
