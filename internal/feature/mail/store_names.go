package mail

import (
	"context"
	"crypto/rand"
	"encoding/binary"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// secretOf reads a key of the server; fill makes it when there is none yet.
func secretOf(ctx context.Context, d *db.DB, name string, fill func() []byte) ([]byte, error) {
	read := func(ctx context.Context, q db.Queryer) ([]byte, bool, error) {
		return db.One[[]byte](ctx, q, `SELECT secret FROM mail_secrets WHERE name = $1`, name)
	}
	secret, ok, err := read(ctx, d)
	if err != nil || ok || fill == nil {
		return secret, err
	}
	made := fill()
	err = d.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) (err error) {
		tx.Quiet("the server makes a key for itself")
		if _, err := tx.Exec(ctx, `
			INSERT INTO mail_secrets (name, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`, name, made, int64(tx.Now)); err != nil {
			return err
		}
		secret, _, err = read(ctx, tx) // another node's, if it came first
		return err
	})
	return secret, err
}

// nameRow is what a token names.
type nameRow struct {
	Name        int64
	WorkspaceID id.ID
	PersonID    id.ID
	MailID      id.ID // of the outbox; zero for an address of a space
	SpaceID     id.ID
	CreatedAt   clock.Instant
}

const nameColumns = `name, workspace_id, person_id, mail_id, space_id, created_at`

func loadName(ctx context.Context, q db.Queryer, name uint64) (nameRow, bool, error) {
	return db.One[nameRow](ctx, q, `SELECT `+nameColumns+` FROM mail_names WHERE name = $1`, int64(name))
}

// nameMail gives a mail its name; a mail that is written anew keeps it.
func nameMail(ctx context.Context, tx *db.Tx, person, mail id.ID) (uint64, error) {
	n, ok, err := db.One[int64](ctx, tx, `
		SELECT name FROM mail_names WHERE workspace_id = $1 AND mail_id = $2`, tx.Workspace, mail)
	if err != nil || ok {
		return uint64(n), err
	}
	return insertName(ctx, tx, person, mail, id.ID{}, tx.Now.Add(2*addressFor))
}

// nameSpace gives a person their own address of a space, or the one they have.
func nameSpace(ctx context.Context, tx *db.Tx, person, space id.ID) (uint64, error) {
	n, ok, err := spaceName(ctx, tx, tx.Workspace, person, space)
	if err != nil || ok {
		return n, err
	}
	return insertName(ctx, tx, person, id.ID{}, space, 0)
}

func spaceName(ctx context.Context, q db.Queryer, workspace, person, space id.ID) (uint64, bool, error) {
	n, ok, err := db.One[int64](ctx, q, `
		SELECT name FROM mail_names WHERE workspace_id = $1 AND space_id = $2 AND person_id = $3`, workspace, space, person)
	return uint64(n), ok, err
}

func insertName(ctx context.Context, tx *db.Tx, person, mail, space id.ID, expires clock.Instant) (uint64, error) {
	var b [8]byte
	_, _ = rand.Read(b[:])
	n := binary.BigEndian.Uint64(b[:])
	_, err := tx.Exec(ctx, `
		INSERT INTO mail_names (name, workspace_id, person_id, mail_id, space_id, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, int64(n), tx.Workspace, person, mail, space, int64(tx.Now), expires)
	return n, err
}

// forgetNames makes every address and link that a person was ever sent good for nothing.
func forgetNames(ctx context.Context, tx *db.Tx, person id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM mail_names WHERE workspace_id = $1 AND person_id = $2`, tx.Workspace, person)
	return err
}

// lineRow is a line of a mail that can be answered.
type lineRow struct {
	N     int64
	Kind  string
	RefID id.ID
}

func linesOf(ctx context.Context, q db.Queryer, workspace, mail id.ID) ([]lineRow, error) {
	return db.All[lineRow](ctx, q, `
		SELECT n, kind, ref_id FROM mail_lines WHERE workspace_id = $1 AND mail_id = $2 ORDER BY n`, workspace, mail)
}

func addLine(ctx context.Context, tx *db.Tx, mail id.ID, l lineRow) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO mail_lines (workspace_id, mail_id, n, kind, ref_id) VALUES ($1, $2, $3, $4, $5)`, tx.Workspace, mail, l.N, l.Kind, l.RefID)
	return err
}

// expiredNames lists names whose time is long over.
func expiredNames(ctx context.Context, q db.Queryer, now clock.Instant) ([]nameRow, error) {
	return db.All[nameRow](ctx, q, `
		SELECT `+nameColumns+` FROM mail_names WHERE expires_at <= $1 ORDER BY expires_at LIMIT 500`, int64(now))
}

// dropName forgets a name and the lines of its mail.
func dropName(ctx context.Context, tx *db.Tx, r nameRow) error {
	if _, err := tx.Exec(ctx, `DELETE FROM mail_lines WHERE workspace_id = $1 AND mail_id = $2`, r.WorkspaceID, r.MailID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM mail_names WHERE name = $1`, r.Name)
	return err
}

func nextExpiry(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM (
			SELECT MIN(expires_at) AS at FROM mail_names WHERE expires_at IS NOT NULL
			UNION ALL
			SELECT MIN(forget_at) AS at FROM mail_received WHERE forget_at IS NOT NULL) both_kinds`)
	return at, err
}
