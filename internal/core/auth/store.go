package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
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

// standing is a session with how its person stands now.
type standing struct {
	session
	people.Footing
}

var standingText = `
		SELECT s.session_id, s.hash, s.bearer, s.workspace_id, s.person_id, s.used_at, s.expires_at, ` + people.FootingColumns + `
		FROM auth_sessions s` + people.JoinFooting("s") + `
		WHERE s.hash = $1`

func loadStanding(ctx context.Context, q db.Queryer, hash []byte) (standing, bool, error) {
	return db.One[standing](ctx, q, standingText, hash)
}

func touchSession(ctx context.Context, tx *db.Tx, x id.ID, now, expires clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE auth_sessions SET used_at = $2, expires_at = $3 WHERE session_id = $1`, x, now, expires)
	return err
}

func accountOf(ctx context.Context, q db.Queryer, workspace, person id.ID) (account, bool, error) {
	return db.One[account](ctx, q, `
		SELECT a.account_id, a.email, a.password, a.created_at, a.changed_at
		FROM auth_members m
		JOIN auth_accounts a ON a.account_id = m.account_id
		WHERE m.workspace_id = $1 AND m.person_id = $2`, workspace, person)
}

func anyAccount(ctx context.Context, q db.Queryer) (bool, error) {
	n, _, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM (SELECT account_id FROM auth_accounts LIMIT 1) AS found`)
	return n > 0, err
}

// setPassword changes the password unless somebody else just did.
func setPassword(ctx context.Context, tx *db.Tx, account id.ID, old, hash string) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE auth_accounts SET password = $3, changed_at = $4 WHERE account_id = $1 AND password = $2`, account, old, hash, int64(tx.Now))
}

// joinAccount ties a person to an account that exists.
func joinAccount(ctx context.Context, tx *db.Tx, person, account id.ID) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_members (workspace_id, person_id, account_id, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, person_id) DO UPDATE SET account_id = $3`, tx.Workspace, person, account, int64(tx.Now))
	return err
}

type memberRow struct{ WorkspaceID, PersonID id.ID }

func loadMembers(ctx context.Context, q db.Queryer, account id.ID) ([]memberRow, error) {
	return db.All[memberRow](ctx, q, `
		SELECT workspace_id, person_id FROM auth_members WHERE account_id = $1 ORDER BY created_at, workspace_id`, account)
}

func insertSession(ctx context.Context, tx *db.Tx, s session) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_sessions (session_id, hash, bearer, name, account_id, workspace_id, person_id, created_at, used_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.SessionID, s.Hash, s.Bearer, s.Name, s.AccountID, s.WorkspaceID, s.PersonID, s.CreatedAt, s.UsedAt, s.ExpiresAt)
	return err
}

func loadSessions(ctx context.Context, q db.Queryer, account id.ID, bearer bool, now clock.Instant) ([]session, error) {
	return db.All[session](ctx, q, `
		SELECT `+sessionColumns+`
		FROM auth_sessions WHERE account_id = $1 AND bearer = $2 AND COALESCE(expires_at, $3) >= $3
		ORDER BY session_id DESC LIMIT 200`, account, bearer, int64(now))
}

func moveSession(ctx context.Context, tx *db.Tx, x, workspace, person id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE auth_sessions SET workspace_id = $2, person_id = $3 WHERE session_id = $1`, x, workspace, person)
	return err
}

func deleteSession(ctx context.Context, tx *db.Tx, account, x id.ID, bearer bool) (int64, error) {
	return tx.Exec(ctx, `
		DELETE FROM auth_sessions WHERE session_id = $1 AND account_id = $2 AND bearer = $3`, x, account, bearer)
}

func deleteSessionByID(ctx context.Context, tx *db.Tx, x id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM auth_sessions WHERE session_id = $1`, x)
	return err
}

func deleteOtherSessions(ctx context.Context, tx *db.Tx, account, keep id.ID, keepTokens bool) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM auth_sessions WHERE account_id = $1 AND session_id <> $2 AND (bearer = $3 OR bearer = $4)`,
		account, keep, false, !keepTokens)
	return err
}

func deletePersonSessions(ctx context.Context, tx *db.Tx, workspace, person id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM auth_sessions WHERE workspace_id = $1 AND person_id = $2`, workspace, person)
	return err
}

func firstExpiry(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `SELECT MIN(expires_at) FROM auth_sessions`)
	return at, err
}

func deleteExpired(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM auth_sessions WHERE expires_at <= $1`, int64(tx.Now))
	return err
}

// replaceSetup keeps one link: the newest.
func replaceSetup(ctx context.Context, tx *db.Tx, hash []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_setup (one, hash, created_at) VALUES (1, $1, $2)
		ON CONFLICT (one) DO UPDATE SET hash = $1, created_at = $2 WHERE auth_setup.used_at IS NULL`, hash, int64(tx.Now))
	return err
}

func setupOpen(ctx context.Context, q db.Queryer, hash []byte) (bool, error) {
	n, _, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM auth_setup WHERE hash = $1 AND used_at IS NULL`, hash)
	return n > 0, err
}

func useSetup(ctx context.Context, tx *db.Tx, hash []byte) (int64, error) {
	return tx.Exec(ctx, `UPDATE auth_setup SET used_at = $2 WHERE hash = $1 AND used_at IS NULL`, hash, int64(tx.Now))
}
