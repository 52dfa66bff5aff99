package mail

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// The states of a mail that came in.
const (
	fresh   = "new"
	doubted = "held"    // its owner is asked whether they wrote it
	taken   = "done"    // it had its effect
	refused = "refused" // its writer was told why
	ignored = "ignored" // no person wrote it, or nobody can be told
)

type receivedRow struct {
	ID          id.ID
	Dedup       string
	Door        string
	Recipient   string
	Sender      string
	FromAddress string
	MessageID   string
	Subject     string
	Blob        string
	Size        int64
	State       string
	Outcome     string
	WorkspaceID id.ID
	PersonID    id.ID
	RefKind     string
	RefID       id.ID
	ThreadID    id.ID
	PostID      id.ID
	ReceivedAt  clock.Instant
	EndedAt     clock.Instant
}

const receivedColumns = `id, dedup, door, recipient, sender, from_address, message_id, subject, blob, size, state, outcome,
	workspace_id, person_id, ref_kind, ref_id, thread_id, post_id, received_at, ended_at`

// putReceived enters a mail that came in; false when it is here already.
func putReceived(ctx context.Context, tx *db.Tx, r receivedRow) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO mail_received (id, dedup, door, recipient, sender, from_address, message_id, subject, blob, size, state, outcome, ref_kind, received_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', $12) ON CONFLICT (dedup) DO NOTHING`,
		r.ID, r.Dedup, r.Door, r.Recipient, r.Sender, r.FromAddress, r.MessageID, r.Subject, r.Blob, r.Size, fresh, int64(tx.Now))
	return n > 0, err
}

func loadReceived(ctx context.Context, q db.Queryer, mail id.ID) (receivedRow, bool, error) {
	return db.One[receivedRow](ctx, q, `SELECT `+receivedColumns+` FROM mail_received WHERE id = $1`, mail)
}

// endReceived moves a mail on from a state; false when somebody else has already.
// forget is when its bytes may go; none keeps them for as long as its post.
func endReceived(ctx context.Context, tx *db.Tx, from string, r receivedRow, forget clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE mail_received SET state = $3, outcome = $4, workspace_id = $5, person_id = $6, ref_kind = $7, ref_id = $8, thread_id = $9, post_id = $10, ended_at = $11, forget_at = $12
		WHERE id = $1 AND state = $2`,
		r.ID, from, r.State, r.Outcome, r.WorkspaceID, r.PersonID, r.RefKind, r.RefID, r.ThreadID, r.PostID, int64(tx.Now), forget)
	return n > 0, err
}

// receivedFor finds the mail that a post was made of.
func receivedFor(ctx context.Context, q db.Queryer, workspace, post id.ID) (receivedRow, bool, error) {
	return db.One[receivedRow](ctx, q, `
		SELECT `+receivedColumns+` FROM mail_received WHERE workspace_id = $1 AND post_id = $2`, workspace, post)
}

// mailed says which of some posts were made of a mail.
func mailed(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	if len(posts) == 0 {
		return out, nil
	}
	list, err := db.All[id.ID](ctx, q, `
		SELECT post_id FROM mail_received
		WHERE workspace_id = $1 AND post_id IN (`+db.List(2, len(posts))+`)`, db.ListArgs(posts, any(workspace))...)
	for _, x := range list {
		out[x] = true
	}
	return out, err
}

// lastMessage is the Message-ID of what somebody last wrote in a thread by mail.
func lastMessage(ctx context.Context, q db.Queryer, workspace, thread, person id.ID) (string, error) {
	x, _, err := db.One[string](ctx, q, `
		SELECT message_id FROM mail_received
		WHERE workspace_id = $1 AND thread_id = $2 AND person_id = $3
		ORDER BY id DESC LIMIT 1`, workspace, thread, person)
	return x, err
}

// threadOfMessage finds the thread in a workspace that a mail of that Message-ID went to.
func threadOfMessage(ctx context.Context, q db.Queryer, workspace id.ID, messages []string) (id.ID, error) {
	if len(messages) == 0 {
		return id.ID{}, nil
	}
	x, _, err := db.One[id.ID](ctx, q, `
		SELECT thread_id FROM mail_received
		WHERE workspace_id = $1 AND thread_id IS NOT NULL AND message_id IN (`+db.In(2, len(messages))+`)
		ORDER BY id DESC LIMIT 1`, db.Args(messages, any(workspace))...)
	return x, err
}

// heldFor lists the mails that a person is asked about, oldest first.
func heldFor(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]receivedRow, error) {
	return db.All[receivedRow](ctx, q, `
		SELECT `+receivedColumns+` FROM mail_received
		WHERE workspace_id = $1 AND person_id = $2 AND state = 'held' ORDER BY id LIMIT 100`, workspace, person)
}

// countHeld counts those that wait for an answer, in all workspaces.
func countHeld(ctx context.Context, q db.Queryer) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM mail_received WHERE state = 'held'`)
	return n, err
}

// forgettable lists mails whose bytes may go.
func forgettable(ctx context.Context, q db.Queryer, now clock.Instant) ([]receivedRow, error) {
	return db.All[receivedRow](ctx, q, `
		SELECT `+receivedColumns+` FROM mail_received WHERE forget_at <= $1 ORDER BY forget_at LIMIT 200`, int64(now))
}

// forgetReceived deletes a row; alone says that no other has the same bytes.
func forgetReceived(ctx context.Context, tx *db.Tx, r receivedRow) (alone bool, err error) {
	if _, err := tx.Exec(ctx, `DELETE FROM mail_received WHERE id = $1`, r.ID); err != nil {
		return false, err
	}
	n, _, err := db.One[int64](ctx, tx, `SELECT COUNT(*) FROM mail_received WHERE blob = $1`, r.Blob)
	return n == 0, err
}

// mayRefuse says whether an address may be told again that its mail was not taken,
// and notes that it is.
func mayRefuse(ctx context.Context, tx *db.Tx, address string, since clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO mail_refused (address, at) VALUES ($1, $2)
		ON CONFLICT (address) DO UPDATE SET at = $2 WHERE mail_refused.at <= $3`, address, int64(tx.Now), int64(since))
	return n > 0, err
}

// forgetRefused drops what is of no use any more to mayRefuse.
func forgetRefused(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM mail_refused WHERE at < $1`, int64(before))
	return err
}

type aliasRow struct {
	WorkspaceID id.ID
	Address     string
	PersonID    id.ID
}

func addAlias(ctx context.Context, tx *db.Tx, person id.ID, address string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO mail_aliases (workspace_id, address, person_id, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, address) DO UPDATE SET person_id = $3, created_at = $4`, tx.Workspace, address, person, int64(tx.Now))
	return err
}

func dropAlias(ctx context.Context, tx *db.Tx, person id.ID, address string) (bool, error) {
	n, err := tx.Exec(ctx, `
		DELETE FROM mail_aliases WHERE workspace_id = $1 AND address = $2 AND person_id = $3`, tx.Workspace, address, person)
	return n > 0, err
}

func aliasesOf(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT address FROM mail_aliases WHERE workspace_id = $1 AND person_id = $2 ORDER BY address`, workspace, person)
}

func aliasesAnywhere(ctx context.Context, q db.Queryer, address string) ([]aliasRow, error) {
	return db.All[aliasRow](ctx, q, `
		SELECT workspace_id, address, person_id FROM mail_aliases WHERE address = $1 LIMIT 50`, address)
}

// standing is how mail to somebody fares.
type standing struct {
	Address   string
	Soft      int64
	SoftSince clock.Instant
	SoftLast  clock.Instant
	PausedAt  clock.Instant
	Why       string
}

func standingOf(ctx context.Context, q db.Queryer, workspace, person id.ID) (standing, error) {
	x, _, err := db.One[standing](ctx, q, `
		SELECT address, soft, soft_since, soft_last, paused_at, why FROM mail_standing
		WHERE workspace_id = $1 AND person_id = $2`, workspace, person)
	return x, err
}

func putStanding(ctx context.Context, tx *db.Tx, person id.ID, x standing) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO mail_standing (workspace_id, person_id, address, soft, soft_since, soft_last, paused_at, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, person_id) DO UPDATE SET address = $3, soft = $4, soft_since = $5, soft_last = $6, paused_at = $7, why = $8`,
		tx.Workspace, person, x.Address, x.Soft, x.SoftSince, x.SoftLast, x.PausedAt, x.Why)
	return err
}

func countPaused(ctx context.Context, q db.Queryer) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM mail_standing WHERE paused_at IS NOT NULL`)
	return n, err
}
