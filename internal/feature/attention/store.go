package attention

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const deliveryColumns = `workspace_id, id, person_id, deliver_at, asked_at, urgency, kind, ref_kind, ref_id,
	ask_id, thread_id, space_id, who_id, about_id, due, dedup, state, digest_id, settled_at`

// many bounds the arguments of one statement: SQLite looks through the numbered
// places before each of them, so that 400 take twice as long as four times 100.
const many = 100

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
	into, err := bundlesFor(ctx, tx, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		err := tx.Do(ctx, `
			INSERT INTO attention_deliveries (workspace_id, id, person_id, deliver_at, asked_at, urgency, kind, ref_kind, ref_id,
				ask_id, thread_id, space_id, who_id, about_id, due, dedup, state, digest_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
			ON CONFLICT (workspace_id, dedup) DO UPDATE
			SET deliver_at = excluded.deliver_at, asked_at = excluded.asked_at, state = excluded.state, digest_id = excluded.digest_id, settled_at = NULL
			WHERE attention_deliveries.state = 'dropped'`,
			tx.Workspace, id.New(tx.Now), r.PersonID, r.DeliverAt, int64(r.AskedAt), string(r.Urgency), string(r.Kind), r.RefKind, r.RefID,
			r.AskID, r.ThreadID, r.SpaceID, r.WhoID, r.AboutID, r.Due, r.Dedup, planned, into[r.slot()])
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
			WHERE workspace_id = $1 AND ask_id = $2 AND state <> 'dropped'
				AND kind IN ('asked', 'reminded', 'due_soon', 'late') AND person_id IN (`+db.In(4, len(part))+`)`+unsent,
			db.Args(part, tx.Workspace, ask, int64(tx.Now))...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $3
			WHERE workspace_id = $1 AND ask_id = $2 AND state <> 'dropped'
				AND kind = 'late_for' AND who_id IN (`+db.In(4, len(part))+`)`+unsent,
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
		WHERE workspace_id = $1 AND ask_id = $2 AND person_id = $3 AND state <> 'dropped' AND kind IN ('due_soon', 'late')`+unsent,
		tx.Workspace, ask, person, int64(tx.Now)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		UPDATE attention_deliveries SET state = 'dropped', settled_at = $4
		WHERE workspace_id = $1 AND ask_id = $2 AND who_id = $3 AND state <> 'dropped' AND kind = 'late_for'`+unsent,
		tx.Workspace, ask, person, int64(tx.Now))
	return err
}

// dropMoved lets go what tells an asker that the due of somebody moved.
func dropMoved(ctx context.Context, tx *db.Tx, ask, person id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE attention_deliveries SET state = 'dropped', settled_at = $4
		WHERE workspace_id = $1 AND ask_id = $2 AND who_id = $3 AND state <> 'dropped' AND kind = 'due_moved'`+unsent,
		tx.Workspace, ask, person, int64(tx.Now))
	return err
}

// dropPost lets go the news of one post for people who hear of it in another way.
func dropPost(ctx context.Context, tx *db.Tx, post id.ID, persons []id.ID) error {
	for _, p := range persons {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $3
			WHERE workspace_id = $1 AND dedup = $2 AND state <> 'dropped'`+unsent, tx.Workspace, dedupPost(post, p), int64(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// telling is one person hearing of one ask.
type telling struct{ ask, person id.ID }

// toldOf reads when people were first told of asks, of those that went out.
func toldOf(ctx context.Context, tx *db.Tx, asks []id.ID) (map[telling]clock.Instant, error) {
	out := map[telling]clock.Instant{}
	for _, part := range parts(asks, many) {
		rows, err := db.All[struct {
			AskID, PersonID id.ID
			At              clock.Instant
		}](ctx, tx, `
			SELECT d.ask_id, d.person_id, MIN(g.at) AS at FROM attention_deliveries d
			JOIN attention_digests g ON g.workspace_id = d.workspace_id AND g.id = d.digest_id
			WHERE d.workspace_id = $1 AND d.kind = 'asked' AND g.at > 0 AND d.ask_id IN (`+db.In(2, len(part))+`)
			GROUP BY d.ask_id, d.person_id`, db.Args(part, any(tx.Workspace))...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[telling{r.AskID, r.PersonID}] = r.At
		}
	}
	return out, nil
}

// plannedOf reads all that is planned for people of one workspace.
func plannedOf(ctx context.Context, tx *db.Tx, persons []id.ID) ([]delivery, error) {
	out := []delivery{}
	for _, part := range parts(persons, many) {
		rows, err := db.All[delivery](ctx, tx, `
			SELECT `+deliveryColumns+` FROM attention_deliveries
			WHERE workspace_id = $1 AND state = 'planned' AND digest_id IN (
				SELECT g.id FROM attention_digests g
				WHERE g.workspace_id = $1 AND g.at = 0 AND g.person_id IN (`+db.In(2, len(part))+`) AND g.deliver_at >= `+oldest+`)
			ORDER BY person_id, id`, db.Args(part, any(tx.Workspace))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// move plans rows for another instant; zero for none in sight.
func move(ctx context.Context, tx *db.Tx, rows []delivery) error {
	into, err := bundlesFor(ctx, tx, rows)
	if err != nil {
		return err
	}
	var order []slot
	moved := map[slot][]id.ID{}
	for _, r := range rows {
		s := r.slot()
		if moved[s] == nil {
			order = append(order, s)
		}
		moved[s] = append(moved[s], r.ID)
	}
	for _, s := range order {
		at := s.at
		if at == never {
			at = 0
		}
		if err := rebundle(ctx, tx, into[s], at, moved[s]); err != nil {
			return err
		}
	}
	return nil
}

func drop(ctx context.Context, tx *db.Tx, rows []id.ID) error {
	for _, part := range parts(rows, many) {
		if _, err := tx.Exec(ctx, `
			UPDATE attention_deliveries SET state = 'dropped', settled_at = $2
			WHERE workspace_id = $1 AND state <> 'dropped' AND id IN (`+db.In(3, len(part))+`)`,
			db.Args(part, any(tx.Workspace), int64(tx.Now))...); err != nil {
			return err
		}
	}
	return nil
}

// dedupPost is the key of the news of one post to one person.
func dedupPost(post, person id.ID) string { return "post:" + post.String() + ":" + person.String() }
