package duty

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const handoverColumns = `workspace_id, id, team_id, at, from_id, to_id, asked_at, begun_at, written_at, going_on, watch`

// handoverOf finds the handover of a change, and makes it when there is none.
func handoverOf(ctx context.Context, tx *db.Tx, team id.ID, c Change) (Handover, error) {
	if err := tx.Do(ctx, `
		INSERT INTO duty_handovers (`+handoverColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, NULL, '', '')
		ON CONFLICT DO NOTHING`, tx.Workspace, id.New(tx.Now), team, int64(c.At), c.From, c.To); err != nil {
		return Handover{}, err
	}
	h, _, err := db.One[Handover](ctx, tx, `
		SELECT `+handoverColumns+` FROM duty_handovers
		WHERE workspace_id = $1 AND team_id = $2 AND at = $3 AND from_id = $4 AND to_id = $5`,
		tx.Workspace, team, int64(c.At), c.From, c.To)
	return h, err
}

func handoverByID(ctx context.Context, q db.Queryer, ws, handover id.ID) (Handover, bool, error) {
	return db.One[Handover](ctx, q, `
		SELECT `+handoverColumns+` FROM duty_handovers
		WHERE workspace_id = $1 AND id = $2`, ws, handover)
}

func putHandover(ctx context.Context, tx *db.Tx, h Handover) error {
	_, err := tx.Exec(ctx, `
		UPDATE duty_handovers SET asked_at = $3, begun_at = $4, written_at = $5, going_on = $6, watch = $7
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, h.ID, h.AskedAt, h.BegunAt, h.WrittenAt, h.GoingOn, h.Watch)
	return err
}

// handoversSince lists the handovers of a team whose change is after an instant, in order.
func handoversSince(ctx context.Context, q db.Queryer, ws, team id.ID, after clock.Instant) ([]Handover, error) {
	return db.All[Handover](ctx, q, `
		SELECT `+handoverColumns+` FROM duty_handovers
		WHERE workspace_id = $1 AND team_id = $2 AND at > $3
		ORDER BY at, id`, ws, team, int64(after))
}

// owedBy lists the notes that somebody was asked for, of changes after an instant.
func owedBy(ctx context.Context, q db.Queryer, ws, person id.ID, after clock.Instant) ([]Handover, error) {
	return db.All[Handover](ctx, q, `
		SELECT `+handoverColumns+` FROM duty_handovers
		WHERE workspace_id = $1 AND from_id = $2 AND at > $3 AND written_at IS NULL AND asked_at IS NOT NULL
		ORDER BY at, id`, ws, person, int64(after))
}

func deleteHandover(ctx context.Context, tx *db.Tx, handover id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM duty_handovers
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, handover)
	return err
}

// toldGaps lists the beginnings of the gaps that were told of.
func toldGaps(ctx context.Context, q db.Queryer, ws, team id.ID) ([]clock.Instant, error) {
	return db.All[clock.Instant](ctx, q, `
		SELECT from_at FROM duty_gaps
		WHERE workspace_id = $1 AND team_id = $2`, ws, team)
}

func tellGap(ctx context.Context, tx *db.Tx, team id.ID, from clock.Instant) error {
	return tx.Do(ctx, `
		INSERT INTO duty_gaps (workspace_id, team_id, from_at, told_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, tx.Workspace, team, int64(from), int64(tx.Now))
}

func forgetGaps(ctx context.Context, tx *db.Tx, team id.ID, before clock.Instant) error {
	return tx.Do(ctx, `
		DELETE FROM duty_gaps
		WHERE workspace_id = $1 AND team_id = $2 AND from_at < $3`, tx.Workspace, team, int64(before))
}

// place is a rota to look at.
type place struct {
	LookAt      clock.Instant
	WorkspaceID id.ID
	TeamID      id.ID
}

func nextLook(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(look_at) AS at FROM duty_rotas`)
	return at, err
}

// dueLooks lists the rotas that are to be looked at, in all workspaces.
func dueLooks(ctx context.Context, q db.Queryer, now clock.Instant, after place, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT look_at, workspace_id, team_id FROM duty_rotas
		WHERE look_at <= $1 AND (look_at, workspace_id, team_id) > ($2, $3, $4)
		ORDER BY look_at, workspace_id, team_id LIMIT $5`,
		int64(now), int64(after.LookAt), after.WorkspaceID[:], after.TeamID[:], limit)
}

func setLook(ctx context.Context, tx *db.Tx, team id.ID, looked, next clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE duty_rotas SET looked_at = $3, look_at = $4
		WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team, int64(looked), int64(next))
	return err
}

// lookSoon has a rota looked at anew, because what it depends on changed.
func lookSoon(ctx context.Context, tx *db.Tx, team id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE duty_rotas SET look_at = $3
		WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team, int64(tx.Now))
	return err
}
