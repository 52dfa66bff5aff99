package batons

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const chainColumns = `workspace_id, id, space_id, name, steps, time_window, version, made_by, made_at`

func insertChain(ctx context.Context, tx *db.Tx, c Chain) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO batons_chains (`+chainColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Workspace, c.ID, c.Space, c.Name, c.Steps, c.Window, c.Version, c.MadeBy, int64(c.MadeAt))
	return err
}

func updateChain(ctx context.Context, tx *db.Tx, c Chain) error {
	_, err := tx.Exec(ctx, `
		UPDATE batons_chains SET name = $3, steps = $4, time_window = $5, version = $6
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, c.ID, c.Name, c.Steps, c.Window, c.Version)
	return err
}

func deleteChain(ctx context.Context, tx *db.Tx, chain id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM batons_chains
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, chain)
	return err
}

func loadChain(ctx context.Context, q db.Queryer, ws, chain id.ID) (Chain, bool, error) {
	return db.One[Chain](ctx, q, `
		SELECT `+chainColumns+` FROM batons_chains
		WHERE workspace_id = $1 AND id = $2`, ws, chain)
}

// chainsIn lists the chains of some spaces that come after one of them, oldest first.
func chainsIn(ctx context.Context, q db.Queryer, ws id.ID, spaces []id.ID, after id.ID, limit int) ([]Chain, error) {
	if len(spaces) == 0 {
		return nil, nil
	}
	return db.All[Chain](ctx, q, `
		SELECT `+chainColumns+` FROM batons_chains
		WHERE workspace_id = $1 AND id > $2 AND space_id IN (`+db.List(4, len(spaces))+`)
		ORDER BY id LIMIT $3`, db.ListArgs(spaces, ws, after[:], limit)...)
}

// evening is when somebody is next told what could move on.
type evening struct {
	Wanted bool
	LookAt clock.Instant
}

func loadEvening(ctx context.Context, q db.Queryer, ws, person id.ID) (evening, bool, error) {
	return db.One[evening](ctx, q, `
		SELECT wanted, look_at FROM batons_evenings
		WHERE workspace_id = $1 AND person_id = $2`, ws, person)
}

func putEvening(ctx context.Context, tx *db.Tx, person id.ID, e evening) error {
	return tx.Do(ctx, `
		INSERT INTO batons_evenings (workspace_id, person_id, wanted, look_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, person_id) DO UPDATE
		SET wanted = $3, look_at = $4`, tx.Workspace, person, e.Wanted, e.LookAt)
}

func nextEvening(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(look_at) AS at FROM batons_evenings
		WHERE look_at IS NOT NULL`)
	return at, err
}

// dueEvenings lists whose last hour has begun, in all workspaces.
func dueEvenings(ctx context.Context, q db.Queryer, now clock.Instant, after place, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT look_at, workspace_id, person_id AS id FROM batons_evenings
		WHERE look_at IS NOT NULL AND look_at <= $1 AND (look_at, workspace_id, person_id) > ($2, $3, $4)
		ORDER BY look_at, workspace_id, person_id LIMIT $5`,
		int64(now), int64(after.LookAt), after.WorkspaceID[:], after.ID[:], limit)
}

type heldRow struct {
	ChainID  id.ID
	HolderID id.ID
	N        int64
}

// inHands is somebody of a chain.
type inHands struct{ chain, person id.ID }

// heldOf counts how many open batons of some chains each person has.
func heldOf(ctx context.Context, q db.Queryer, ws id.ID, chains []id.ID) (map[inHands]int, error) {
	rows, err := db.All[heldRow](ctx, q, `
		SELECT chain_id, holder_id, COUNT(*) AS n FROM batons
		WHERE workspace_id = $1 AND chain_id IN (`+db.List(2, len(chains))+`) AND state <> 'ended'
		GROUP BY chain_id, holder_id`, db.ListArgs(chains, ws)...)
	out := map[inHands]int{}
	for _, r := range rows {
		out[inHands{r.ChainID, r.HolderID}] = int(r.N)
	}
	return out, err
}

func chainsByID(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) ([]Chain, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return db.All[Chain](ctx, q, `
		SELECT `+chainColumns+` FROM batons_chains
		WHERE workspace_id = $1 AND id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, ws)...)
}
