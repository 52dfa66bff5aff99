package auth

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const invitationColumns = `workspace_id, invitation_id, email, name, role, spaces, guest_until, inviter_id, created_at, expires_at, used_at`

func insertInvitation(ctx context.Context, tx *db.Tx, inv Invitation, hash []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO auth_invitations (workspace_id, invitation_id, hash, email, name, role, spaces, guest_until, inviter_id, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Workspace, inv.InvitationID, hash, inv.Email, inv.Name, string(inv.Role), inv.Spaces, inv.GuestUntil, inv.InviterID, inv.CreatedAt, inv.ExpiresAt)
	return err
}

func invitationByHash(ctx context.Context, q db.Queryer, hash []byte) (Invitation, bool, error) {
	return db.One[Invitation](ctx, q, `
		SELECT `+invitationColumns+`
		FROM auth_invitations WHERE hash = $1`, hash)
}

func loadInvitation(ctx context.Context, q db.Queryer, workspace, invitation id.ID) (Invitation, bool, error) {
	return db.One[Invitation](ctx, q, `
		SELECT `+invitationColumns+`
		FROM auth_invitations WHERE workspace_id = $1 AND invitation_id = $2 AND used_at IS NULL`, workspace, invitation)
}

func loadInvitations(ctx context.Context, q db.Queryer, workspace id.ID, now clock.Instant) ([]Invitation, error) {
	return db.All[Invitation](ctx, q, `
		SELECT `+invitationColumns+`
		FROM auth_invitations WHERE workspace_id = $1 AND used_at IS NULL AND expires_at > $2
		ORDER BY invitation_id DESC LIMIT 1000`, workspace, int64(now))
}

func invitationsByID(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]Invitation, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return db.All[Invitation](ctx, q, `
		SELECT `+invitationColumns+`
		FROM auth_invitations WHERE workspace_id = $1 AND invitation_id IN (`+db.List(2, len(list))+`)
		ORDER BY invitation_id`, db.ListArgs(list, workspace)...)
}

// invitationsTo lists the open invitations that are made out to an address.
func invitationsTo(ctx context.Context, tx *db.Tx, email string) ([]Invitation, error) {
	return db.All[Invitation](ctx, tx, `
		SELECT `+invitationColumns+`
		FROM auth_invitations WHERE workspace_id = $1 AND email = $2 AND used_at IS NULL AND expires_at > $3
		ORDER BY invitation_id`, tx.Workspace, email, int64(tx.Now))
}

func countInvitations(ctx context.Context, tx *db.Tx, workspace id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, tx, `
		SELECT COUNT(*) FROM auth_invitations WHERE workspace_id = $1 AND used_at IS NULL AND expires_at > $2`, workspace, int64(tx.Now))
	return n, err
}

// useInvitation changes one row for whoever comes first, and none after that.
func useInvitation(ctx context.Context, tx *db.Tx, invitation, person id.ID) (int64, error) {
	return tx.Exec(ctx, `
		UPDATE auth_invitations SET used_at = $3, used_by = $4
		WHERE workspace_id = $1 AND invitation_id = $2 AND used_at IS NULL AND expires_at > $3`,
		tx.Workspace, invitation, int64(tx.Now), person)
}

func deleteInvitation(ctx context.Context, tx *db.Tx, invitation id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM auth_invitations WHERE workspace_id = $1 AND invitation_id = $2`, tx.Workspace, invitation)
	return err
}
