package mail

import (
	"context"
	"crypto/rand"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// The states of a mail in the outbox.
const (
	sending = "sending"
	waiting = "waiting"
	held    = "held"
	sent    = "sent"
	failed  = "failed"
)

// outboxRow is one mail that was written. Of a digest, Part says which of its mails
// this is; a letter of the house is about DigestID, one of a kind for each.
type outboxRow struct {
	WorkspaceID id.ID
	ID          id.ID
	Kind        string
	DigestID    id.ID
	Part        string
	PersonID    id.ID
	MessageID   string
	Parent      string // the Message-IDs it refers to, oldest first
	Address     string
	Subject     string
	BodyText    string
	BodyHTML    string `db:"body_html"`
	ReplyTo     string
	State       string
	Tries       int
	Problem     string
	CreatedAt   clock.Instant
	At          clock.Instant
}

// ended says that nothing more will become of it.
func (r outboxRow) ended() bool { return r.State == held || r.State == sent || r.State == failed }

const outboxColumns = `workspace_id, id, kind, digest_id, part, person_id, message_id, parent, address, subject, body_text, body_html, reply_to, state, tries, problem, created_at, at`

func outboxOf(ctx context.Context, q db.Queryer, workspace, digest id.ID, kind, part string) (outboxRow, bool, error) {
	return db.One[outboxRow](ctx, q, `
		SELECT `+outboxColumns+`
		FROM mail_outbox
		WHERE workspace_id = $1 AND digest_id = $2 AND kind = $3 AND part = $4`, workspace, digest, kind, part)
}

// putOutbox writes a mail anew at each try: what its reader may see can have changed.
func putOutbox(ctx context.Context, tx *db.Tx, r outboxRow) (outboxRow, error) {
	_, err := tx.Exec(ctx, `
		INSERT INTO mail_outbox (`+outboxColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, '', $15, $15)
		ON CONFLICT (workspace_id, digest_id, kind, part) DO UPDATE
		SET address = $9, subject = $10, body_text = $11, body_html = $12, reply_to = $13, state = $14, tries = mail_outbox.tries + 1, at = $15`,
		tx.Workspace, r.ID, r.Kind, r.DigestID, r.Part, r.PersonID, r.MessageID, r.Parent, r.Address, r.Subject, r.BodyText, r.BodyHTML, r.ReplyTo, r.State, int64(tx.Now))
	if err != nil {
		return r, err
	}
	row, _, err := outboxOf(ctx, tx, tx.Workspace, r.DigestID, r.Kind, r.Part)
	return row, err
}

// addLetter puts a letter of the house into the outbox; false when there is one of
// the kind about the same thing already.
func addLetter(ctx context.Context, tx *db.Tx, r outboxRow) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO mail_outbox (`+outboxColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, $13, 0, '', $14, $14)
		ON CONFLICT (workspace_id, digest_id, kind, part) DO NOTHING`,
		tx.Workspace, r.ID, r.Kind, r.DigestID, r.Part, r.PersonID, r.MessageID, r.Parent, r.Address, r.Subject, r.BodyText, r.ReplyTo, waiting, int64(tx.Now))
	return n > 0, err
}

// tryOutbox counts a try of a letter that is written already.
func tryOutbox(ctx context.Context, tx *db.Tx, mail id.ID, state string) error {
	_, err := tx.Exec(ctx, `
		UPDATE mail_outbox SET state = $3, tries = tries + 1, at = $4
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, mail, state, int64(tx.Now))
	return err
}

func endOutbox(ctx context.Context, tx *db.Tx, mail id.ID, state, problem string) error {
	_, err := tx.Exec(ctx, `
		UPDATE mail_outbox SET state = $3, problem = $4, at = $5
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, mail, state, problem, int64(tx.Now))
	return err
}

// recallLetter takes a letter out of the outbox that nobody has tried to send yet.
func recallLetter(ctx context.Context, tx *db.Tx, kind string, about id.ID) error {
	return tx.Do(ctx, `
		DELETE FROM mail_outbox
		WHERE workspace_id = $1 AND digest_id = $2 AND kind = $3 AND part = '' AND state = $4 AND tries = 0`, tx.Workspace, about, kind, waiting)
}

// forgetText keeps of a mail that has ended no more than that it was.
func forgetText(ctx context.Context, tx *db.Tx, mail id.ID) error {
	return tx.Do(ctx, `
		UPDATE mail_outbox SET body_text = ''
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, mail)
}

// outboxPage lists the newest mails that are older than the one after.
func outboxPage(ctx context.Context, q db.Queryer, workspace, after id.ID, limit int) ([]outboxRow, error) {
	before := clock.Instant(1<<62 - 1)
	if !after.IsZero() {
		last, ok, err := outboxByID(ctx, q, workspace, after)
		if err != nil {
			return nil, err
		}
		if ok {
			before = last.At
		}
	}
	return db.All[outboxRow](ctx, q, `
		SELECT `+outboxColumns+`
		FROM mail_outbox
		WHERE workspace_id = $1 AND (at < $2 OR (at = $2 AND id < $3))
		ORDER BY at DESC, id DESC LIMIT $4`, workspace, int64(before), after, limit)
}

func outboxByID(ctx context.Context, q db.Queryer, workspace, mail id.ID) (outboxRow, bool, error) {
	return db.One[outboxRow](ctx, q, `
		SELECT `+outboxColumns+`
		FROM mail_outbox
		WHERE workspace_id = $1 AND id = $2`, workspace, mail)
}

// tokenOf is the word by which a person's mail is turned off; made when first needed.
func tokenOf(ctx context.Context, tx *db.Tx, person id.ID) (string, error) {
	token, ok, err := db.One[string](ctx, tx, `
		SELECT token FROM mail_tokens
		WHERE workspace_id = $1 AND person_id = $2`, tx.Workspace, person)
	if err != nil || ok {
		return token, err
	}
	token = rand.Text()
	_, err = tx.Exec(ctx, `
		INSERT INTO mail_tokens (token, workspace_id, person_id)
		VALUES ($1, $2, $3)`, token, tx.Workspace, person)
	return token, err
}

type tokenRow struct{ WorkspaceID, PersonID id.ID }

func byToken(ctx context.Context, q db.Queryer, token string) (tokenRow, bool, error) {
	return db.One[tokenRow](ctx, q, `
		SELECT workspace_id, person_id FROM mail_tokens
		WHERE token = $1`, token)
}
