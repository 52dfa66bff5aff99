package attention

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const deliveryColumns = `workspace_id, id, person_id, deliver_at, asked_at, urgency, kind, ref_kind, ref_id,
	ask_id, thread_id, space_id, who_id, about_id, due, dedup, state, digest_id, settled_at`

const deliveryWidth = 17 // of what putDeliveries writes

// many bounds the arguments of one statement.
const many = 400

// parts cuts a list for statements with an IN list.
func parts[T any](list []T, size int) [][]T {
	var out [][]T
	for len(list) > size {
		out, list = append(out, list[:size]), list[size:]
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	return out
}

// putDeliveries plans. What was planned or delivered under the same key stays as
// it is; what was dropped is planned again.
func putDeliveries(ctx context.Context, tx *db.Tx, rows []delivery) error {
	for _, part := range parts(rows, 20) {
		args := make([]any, 0, len(part)*deliveryWidth)
		for _, r := range part {
			args = append(args, tx.Workspace, id.New(tx.Now), r.PersonID, r.DeliverAt, int64(r.AskedAt), string(r.Urgency), string(r.Kind),
				r.RefKind, r.RefID, r.AskID, r.ThreadID, r.SpaceID, r.WhoID, r.AboutID, r.Due, r.Dedup, planned)
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO attention_deliveries (workspace_id, id, person_id, deliver_at, asked_at, urgency, kind, ref_kind, ref_id,
				ask_id, thread_id, space_id, who_id, about_id, due, dedup, state)
			VALUES `+db.Values(len(part), deliveryWidth)+`
			ON CONFLICT (workspace_id, dedup) DO UPDATE
			SET deliver_at = excluded.deliver_at, asked_at = excluded.asked_at, state = excluded.state, settled_at = NULL
			WHERE attention_deliveries.state = 'dropped'`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropAsked lets go what is planned about an ask for people who need not act any more.
func dropAsked(ctx context.Context, tx *db.Tx, ask id.ID, persons []id.ID) error {
	for _, part := range parts(persons, many) {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $3
			WHERE workspace_id = $1 AND ask_id = $2 AND state = 'planned'
				AND kind IN ('asked', 'reminded', 'due_soon', 'late') AND person_id IN (`+db.In(4, len(part))+`)`,
			db.Args(part, tx.Workspace, ask, int64(tx.Now))...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $3
			WHERE workspace_id = $1 AND ask_id = $2 AND state = 'planned'
				AND kind = 'late_for' AND who_id IN (`+db.In(4, len(part))+`)`,
			db.Args(part, tx.Workspace, ask, int64(tx.Now))...); err != nil {
			return err
		}
	}
	return nil
}

// dropReminders lets go the house's own reminders of one person's due.
func dropReminders(ctx context.Context, tx *db.Tx, ask, person id.ID) error {
	if _, err := tx.Exec(ctx, `
		UPDATE attention_deliveries SET state = 'dropped', settled_at = $4
		WHERE workspace_id = $1 AND ask_id = $2 AND person_id = $3 AND state = 'planned' AND kind IN ('due_soon', 'late')`,
		tx.Workspace, ask, person, int64(tx.Now)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		UPDATE attention_deliveries SET state = 'dropped', settled_at = $4
		WHERE workspace_id = $1 AND ask_id = $2 AND who_id = $3 AND state = 'planned' AND kind = 'late_for'`,
		tx.Workspace, ask, person, int64(tx.Now))
	return err
}

// dropPost lets go the news of one post for people who hear of it in another way.
func dropPost(ctx context.Context, tx *db.Tx, post id.ID, persons []id.ID) error {
	for _, p := range persons {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $3
			WHERE workspace_id = $1 AND dedup = $2 AND state = 'planned'`, tx.Workspace, dedupPost(post, p), int64(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// duePlace is where the ordered pass has come to.
type duePlace struct {
	DeliverAt   clock.Instant
	WorkspaceID id.ID
	PersonID    id.ID
	ID          id.ID
}

// dueAfter reads the next rows of the one ordered pass over all workspaces.
func dueAfter(ctx context.Context, q db.Queryer, now clock.Instant, p duePlace, limit int) ([]duePlace, error) {
	return db.All[duePlace](ctx, q, `
		SELECT deliver_at, workspace_id, person_id, id FROM attention_deliveries
		WHERE state = 'planned' AND deliver_at <= $1
			AND (deliver_at, workspace_id, person_id, id) > ($2, $3, $4, $5)
		ORDER BY deliver_at, workspace_id, person_id, id LIMIT $6`,
		int64(now), int64(p.DeliverAt), p.WorkspaceID[:], p.PersonID[:], p.ID[:], limit)
}

// dueOf reads all that is due for people of one workspace.
func dueOf(ctx context.Context, tx *db.Tx, persons []id.ID) ([]delivery, error) {
	return db.All[delivery](ctx, tx, `
		SELECT `+deliveryColumns+` FROM attention_deliveries
		WHERE workspace_id = $1 AND state = 'planned' AND deliver_at <= $2 AND person_id IN (`+db.In(3, len(persons))+`)
		ORDER BY person_id, deliver_at, id`, db.Args(persons, tx.Workspace, int64(tx.Now))...)
}

// plannedOf reads all that is planned for people of one workspace.
func plannedOf(ctx context.Context, tx *db.Tx, persons []id.ID) ([]delivery, error) {
	out := []delivery{}
	for _, part := range parts(persons, many) {
		rows, err := db.All[delivery](ctx, tx, `
			SELECT `+deliveryColumns+` FROM attention_deliveries
			WHERE workspace_id = $1 AND state = 'planned' AND person_id IN (`+db.In(2, len(part))+`)
			ORDER BY person_id, id`, db.Args(part, any(tx.Workspace))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func nextDue(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM (
			SELECT MIN(deliver_at) AS at FROM attention_deliveries WHERE state = 'planned'
			UNION ALL SELECT MIN(at) AS at FROM attention_silences) AS both_kinds`)
	return at, err
}

// move plans rows for another instant; zero for none in sight.
func move(ctx context.Context, tx *db.Tx, to map[clock.Instant][]id.ID) error {
	for at, rows := range to {
		for _, part := range parts(rows, many) {
			if _, err := tx.Exec(ctx, `
				UPDATE attention_deliveries SET deliver_at = $2
				WHERE workspace_id = $1 AND state = 'planned' AND id IN (`+db.In(3, len(part))+`)`,
				db.Args(part, any(tx.Workspace), at)...); err != nil {
				return err
			}
		}
	}
	return nil
}

func drop(ctx context.Context, tx *db.Tx, rows []id.ID) error {
	for _, part := range parts(rows, many) {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $2
			WHERE workspace_id = $1 AND state = 'planned' AND id IN (`+db.In(3, len(part))+`)`,
			db.Args(part, any(tx.Workspace), int64(tx.Now))...); err != nil {
			return err
		}
	}
	return nil
}

// deliver marks rows as delivered in the digest, of those just made, that is for
// their reader and urgency, and their rows in the inbox too.
func deliver(ctx context.Context, tx *db.Tx, rows []id.ID, digestOf map[id.ID]id.ID) error {
	for _, part := range parts(rows, many) {
		args := db.Args(part, any(tx.Workspace), int64(tx.Now))
		var made []id.ID
		for _, r := range part {
			if n := len(made); n == 0 || made[n-1] != digestOf[r] { // rows come bundle by bundle
				made = append(made, digestOf[r])
			}
		}
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'delivered', settled_at = $2, digest_id = (
				SELECT d.id FROM attention_digests d
				WHERE d.workspace_id = $1 AND d.person_id = attention_deliveries.person_id
					AND d.urgency = attention_deliveries.urgency AND d.id IN (`+db.In(3+len(part), len(made))+`))
			WHERE workspace_id = $1 AND state = 'planned' AND id IN (`+db.In(3, len(part))+`)`, db.Args(made, args...)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE attention_items SET delivered_at = $2
			WHERE workspace_id = $1 AND delivered_at IS NULL AND EXISTS (
				SELECT 1 FROM attention_deliveries d
				WHERE d.workspace_id = $1 AND d.person_id = attention_items.person_id AND d.about_id = attention_items.about_id
					AND d.id IN (`+db.In(3, len(part))+`))`, args...); err != nil {
			return err
		}
	}
	return nil
}

// dedupPost is the key of the news of one post to one person.
func dedupPost(post, person id.ID) string { return "post:" + post.String() + ":" + person.String() }
