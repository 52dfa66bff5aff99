package decisions

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// guestRow is somebody who was invited from outside and is not here yet.
type guestRow struct {
	Invitation id.ID `db:"invitation_id"`
	Decision   id.ID `db:"decision_id"`
	Mailed     bool
	Returned   string // why the mail did not arrive
}

const guestColumns = `invitation_id, decision_id, mailed, returned`

func guestOf(ctx context.Context, q db.Queryer, ws, invitation id.ID) (guestRow, bool, error) {
	return db.One[guestRow](ctx, q, `
		SELECT `+guestColumns+` FROM decisions_guests
		WHERE workspace_id = $1 AND invitation_id = $2`, ws, invitation)
}

func guestsOf(ctx context.Context, q db.Queryer, ws, decision id.ID) ([]guestRow, error) {
	return db.All[guestRow](ctx, q, `
		SELECT `+guestColumns+` FROM decisions_guests
		WHERE workspace_id = $1 AND decision_id = $2
		ORDER BY invitation_id`, ws, decision)
}

func putGuest(ctx context.Context, tx *db.Tx, g guestRow) error {
	return tx.Do(ctx, `
		INSERT INTO decisions_guests (workspace_id, `+guestColumns+`)
		VALUES ($1, $2, $3, $4, $5)`, tx.Workspace, g.Invitation, g.Decision, g.Mailed, g.Returned)
}

// setReturned notes why the mail of an invitation did not arrive.
func setReturned(ctx context.Context, tx *db.Tx, invitation id.ID, why string) error {
	return tx.Do(ctx, `
		UPDATE decisions_guests SET returned = $3
		WHERE workspace_id = $1 AND invitation_id = $2`, tx.Workspace, invitation, why)
}

func deleteGuest(ctx context.Context, tx *db.Tx, invitation id.ID) error {
	return tx.Do(ctx, `
		DELETE FROM decisions_guests
		WHERE workspace_id = $1 AND invitation_id = $2`, tx.Workspace, invitation)
}
