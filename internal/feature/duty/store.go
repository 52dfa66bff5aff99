package duty

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const rotaColumns = `workspace_id, team_id, keeper_id, always, version, looked_at, look_at, changed_at, changed_by`

const layerColumns = `workspace_id, id, team_id, n, name, zone, start_date, handover, days, people, hours`

const coverColumns = `workspace_id, id, team_id, layer_id, person_id, from_at, to_at, reason, made_by, made_at, swap_id`

// loadRota reads a rota with its layers, and the covers that end after an instant.
func loadRota(ctx context.Context, q db.Queryer, ws, team id.ID, after clock.Instant) (r Rota, ok bool, err error) {
	r, ok, err = db.One[Rota](ctx, q, `
		SELECT `+rotaColumns+` FROM duty_rotas
		WHERE workspace_id = $1 AND team_id = $2`, ws, team)
	if err != nil || !ok {
		return r, ok, err
	}
	if r.Layers, err = db.All[Layer](ctx, q, `
		SELECT `+layerColumns+` FROM duty_layers
		WHERE workspace_id = $1 AND team_id = $2
		ORDER BY n`, ws, team); err != nil {
		return r, false, err
	}
	r.Covers, err = db.All[Cover](ctx, q, `
		SELECT `+coverColumns+` FROM duty_covers
		WHERE workspace_id = $1 AND team_id = $2 AND to_at > $3
		ORDER BY id`, ws, team, int64(after))
	return r, err == nil, err
}

// teamsWith lists the teams that have a rota.
func teamsWith(ctx context.Context, q db.Queryer, ws id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT team_id FROM duty_rotas
		WHERE workspace_id = $1
		ORDER BY team_id`, ws)
}

func putRota(ctx context.Context, tx *db.Tx, r Rota) error {
	if _, err := tx.Exec(ctx, `
		INSERT INTO duty_rotas (`+rotaColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)
		ON CONFLICT (workspace_id, team_id) DO UPDATE
		SET keeper_id = $3, always = $4, version = $5, look_at = $6, changed_at = $6, changed_by = $7`,
		tx.Workspace, r.Team, r.Keeper, r.Always, r.Version, int64(tx.Now), r.ChangedBy); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		DELETE FROM duty_layers
		WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, r.Team); err != nil {
		return err
	}
	for _, l := range r.Layers {
		if err := tx.Do(ctx, `
			INSERT INTO duty_layers (`+layerColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			tx.Workspace, l.ID, r.Team, l.N, l.Name, l.Zone, l.Start, l.Handover, l.Days, l.People, l.Hours); err != nil {
			return err
		}
	}
	return nil
}

// dropLayer takes away what belongs to a layer that is no more.
func dropLayer(ctx context.Context, tx *db.Tx, layer id.ID) error {
	for _, text := range []string{
		`DELETE FROM duty_covers WHERE workspace_id = $1 AND layer_id = $2`,
		`DELETE FROM duty_swaps WHERE workspace_id = $1 AND layer_id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, tx.Workspace, layer); err != nil {
			return err
		}
	}
	return nil
}

func deleteRota(ctx context.Context, tx *db.Tx, team id.ID) error {
	for _, text := range []string{
		`DELETE FROM duty_rotas WHERE workspace_id = $1 AND team_id = $2`,
		`DELETE FROM duty_layers WHERE workspace_id = $1 AND team_id = $2`,
		`DELETE FROM duty_covers WHERE workspace_id = $1 AND team_id = $2`,
		`DELETE FROM duty_swaps WHERE workspace_id = $1 AND team_id = $2`,
		`DELETE FROM duty_handovers WHERE workspace_id = $1 AND team_id = $2`,
		`DELETE FROM duty_gaps WHERE workspace_id = $1 AND team_id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, tx.Workspace, team); err != nil {
			return err
		}
	}
	return nil
}

func insertCover(ctx context.Context, tx *db.Tx, c Cover) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO duty_covers (`+coverColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Workspace, c.ID, c.Team, c.Layer, c.Person, int64(c.From), int64(c.To), c.Reason, c.MadeBy, int64(c.MadeAt), c.SwapID)
	return err
}

func coverByID(ctx context.Context, q db.Queryer, ws, cover id.ID) (Cover, bool, error) {
	return db.One[Cover](ctx, q, `
		SELECT `+coverColumns+` FROM duty_covers
		WHERE workspace_id = $1 AND id = $2`, ws, cover)
}

func deleteCover(ctx context.Context, tx *db.Tx, cover id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM duty_covers
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, cover)
	return err
}

const swapColumns = `workspace_id, id, team_id, layer_id, asker_id, other_id, from_at, to_at, back_from, back_to, note, state, made_at, decided_at`

func insertSwap(ctx context.Context, tx *db.Tx, w Swap) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO duty_swaps (`+swapColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL)`,
		tx.Workspace, w.ID, w.Team, w.Layer, w.Asker, w.Other, int64(w.From), int64(w.To), w.BackFrom, w.BackTo, w.Note, w.State, int64(w.MadeAt))
	return err
}

func swapByID(ctx context.Context, q db.Queryer, ws, swap id.ID) (Swap, bool, error) {
	return db.One[Swap](ctx, q, `
		SELECT `+swapColumns+` FROM duty_swaps
		WHERE workspace_id = $1 AND id = $2`, ws, swap)
}

// openSwaps lists the offers of a team that nobody has decided and that are ahead still.
func openSwaps(ctx context.Context, q db.Queryer, ws, team id.ID, now clock.Instant) ([]Swap, error) {
	return db.All[Swap](ctx, q, `
		SELECT `+swapColumns+` FROM duty_swaps
		WHERE workspace_id = $1 AND team_id = $2 AND state = 'offered' AND to_at > $3
		ORDER BY made_at, id`, ws, team, int64(now))
}

func decideSwap(ctx context.Context, tx *db.Tx, swap id.ID, state string) error {
	_, err := tx.Exec(ctx, `
		UPDATE duty_swaps SET state = $3, decided_at = $4
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, swap, state, int64(tx.Now))
	return err
}
