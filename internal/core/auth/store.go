package auth

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func loadAccount(ctx context.Context, q db.Queryer, email string) (account, bool, error) {
	return db.One[account](ctx, q, `
		SELECT account_id, email, password, created_at, changed_at FROM auth_accounts WHERE email = $1`, email)
}

func insertAccount(ctx context.Context, tx *db.Tx, a account) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_accounts (account_id, email, password, created_at, changed_at) VALUES ($1, $2, $3, $4, $5)`,
		a.AccountID, a.Email, a.Password, a.CreatedAt, a.ChangedAt)
	return err
}

func insertMember(ctx context.Context, tx *db.Tx, person, account id.ID) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_members (workspace_id, person_id, account_id, created_at) VALUES ($1, $2, $3, $4)`,
		tx.Workspace, person, account, int64(tx.Now))
	return err
}

const sessionColumns = `session_id, hash, bearer, name, account_id, workspace_id, person_id, created_at, used_at, expires_at`

func loadSession(ctx context.Context, q db.Queryer, hash []byte) (session, bool, error) {
	return db.One[session](ctx, q, `
		SELECT `+sessionColumns+`
		FROM auth_sessions WHERE hash = $1`, hash)
}

func touchSession(ctx context.Context, tx *db.Tx, x id.ID, now, expires clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE auth_sessions SET used_at = $2, expires_at = $3 WHERE session_id = $1`, x, now, expires)
	return err
}
