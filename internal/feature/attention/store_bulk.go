package attention

import (
	"context"

	"example.org/meantime/internal/platform/db"
)

func insertBulk(ctx context.Context, tx *db.Tx, b bulk, items []item) error {
	err := db.Bulk(ctx, tx, b.past, `
		INSERT INTO attention_deliveries (workspace_id, id, person_id, deliver_at, asked_at, urgency, kind, ref_kind, ref_id,
			ask_id, thread_id, space_id, who_id, about_id, due, dedup, state, digest_id)
		VALUES `, 18, ``, func(args []any, r delivery) []any {
		return append(args, tx.Workspace, r.ID, r.PersonID, r.DeliverAt, int64(r.AskedAt), string(r.Urgency), string(r.Kind), r.RefKind, r.RefID,
			r.AskID, r.ThreadID, r.SpaceID, r.WhoID, r.AboutID, r.Due, r.Dedup, planned, r.DigestID)
	})
	if err != nil {
		return err
	}
	err = db.Bulk(ctx, tx, b.digests, `
		INSERT INTO attention_digests (workspace_id, id, person_id, at, deliver_at, urgency, items)
		VALUES `, 7, ``, func(args []any, d Digest) []any {
		return append(args, tx.Workspace, d.ID, d.PersonID, int64(d.At), int64(d.DeliverAt), string(d.Urgency), d.Items)
	})
	if err != nil {
		return err
	}
	err = db.Bulk(ctx, tx, b.silences, `
		INSERT INTO attention_silences (workspace_id, ask_id, at)
		VALUES `, 3, ``, func(args []any, s silence) []any {
		return append(args, tx.Workspace, s.AskID, int64(s.At))
	})
	if err != nil {
		return err
	}
	return db.Bulk(ctx, tx, items, `
		INSERT INTO attention_items (workspace_id, id, person_id, about_id, kind, ref_kind, ref_id,
			thread_id, space_id, who_id, posts, changed_at, delivered_at)
		VALUES `, 13, ``, func(args []any, r item) []any {
		return append(args, tx.Workspace, r.ID, r.PersonID, r.AboutID, string(r.Kind), r.RefKind, r.RefID,
			r.ThreadID, r.SpaceID, r.WhoID, r.Posts, int64(r.ChangedAt), r.DeliveredAt)
	})
}
