package batons

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const batonColumns = `workspace_id, id, space_id, thread_id, post_id, own_thread, ask_id, title, stands, next_step, traps, links, by_at, late_told,
	chain_id, time_window, state, holder_id, held_since, offered_to, offered_at, reach, due, held_ask, away_told,
	opened_by, opened_at, ended_by, ended_at, outcome, legs, version, look_at`

func insertBaton(ctx context.Context, tx *db.Tx, b *Baton) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO batons (`+batonColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
			$26, $27, $28, $29, $30, $31, $32, $33)`,
		tx.Workspace, b.ID, b.Space, b.Thread, b.Post, b.OwnThread, b.Ask, b.Title, b.Stands, b.NextStep, b.Traps, b.Links, b.By, b.LateTold,
		b.Chain, b.Window, b.State, b.Holder, int64(b.HeldSince), b.OfferedTo, b.OfferedAt, b.Reach, b.Due, b.HeldAsk, b.AwayTold,
		b.OpenedBy, int64(b.OpenedAt), b.EndedBy, b.EndedAt, b.Outcome, b.Legs, b.Version, b.LookAt)
	return err
}

func updateBaton(ctx context.Context, tx *db.Tx, b *Baton) error {
	_, err := tx.Exec(ctx, `
		UPDATE batons SET space_id = $3, ask_id = $4, title = $5, stands = $6, next_step = $7, traps = $8, links = $9, by_at = $10, late_told = $11,
			chain_id = $12, time_window = $13, state = $14, holder_id = $15, held_since = $16, offered_to = $17, offered_at = $18, reach = $19, due = $20,
			held_ask = $21, away_told = $22, ended_by = $23, ended_at = $24, outcome = $25, legs = $26, version = $27, look_at = $28
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, b.ID, b.Space, b.Ask, b.Title, b.Stands, b.NextStep, b.Traps, b.Links, b.By, b.LateTold,
		b.Chain, b.Window, b.State, b.Holder, int64(b.HeldSince), b.OfferedTo, b.OfferedAt, b.Reach, b.Due,
		b.HeldAsk, b.AwayTold, b.EndedBy, b.EndedAt, b.Outcome, b.Legs, b.Version, b.LookAt)
	return err
}

func loadBaton(ctx context.Context, q db.Queryer, ws, baton id.ID) (Baton, bool, error) {
	return db.One[Baton](ctx, q, `
		SELECT `+batonColumns+` FROM batons
		WHERE workspace_id = $1 AND id = $2`, ws, baton)
}

// lastID sorts behind all others.
var lastID = id.ID{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

func before(x id.ID) id.ID {
	if x.IsZero() {
		return lastID
	}
	return x
}

// withPerson lists the batons that somebody holds, or is offered, newest first.
func withPerson(ctx context.Context, q db.Queryer, ws, person, after id.ID, limit int) ([]Baton, error) {
	end := before(after)
	return db.All[Baton](ctx, q, `
		SELECT `+batonColumns+` FROM batons
		WHERE workspace_id = $1 AND id IN (
			SELECT id FROM batons WHERE workspace_id = $1 AND holder_id = $2
			UNION SELECT id FROM batons WHERE workspace_id = $1 AND offered_to = $2)
			AND id < $3 AND state <> 'ended'
		ORDER BY id DESC LIMIT $4`, ws, person, end[:], limit)
}

// carriedBy lists the batons that somebody opened or carried once, newest first.
func carriedBy(ctx context.Context, q db.Queryer, ws, person, after id.ID, limit int) ([]Baton, error) {
	end := before(after)
	return db.All[Baton](ctx, q, `
		SELECT `+batonColumns+` FROM batons
		WHERE workspace_id = $1 AND id < $3 AND (opened_by = $2 OR id IN (
			SELECT baton_id FROM batons_legs WHERE workspace_id = $1 AND (from_id = $2 OR to_id = $2)))
		ORDER BY id DESC LIMIT $4`, ws, person, end[:], limit)
}

// inSpaces lists the batons of some spaces, newest first; open leaves out those that ended.
func inSpaces(ctx context.Context, q db.Queryer, ws id.ID, spaces []id.ID, open bool, after id.ID, limit int) ([]Baton, error) {
	if len(spaces) == 0 {
		return nil, nil
	}
	end, not := before(after), ""
	if open {
		not = Ended
	}
	return db.All[Baton](ctx, q, `
		SELECT `+batonColumns+` FROM batons
		WHERE workspace_id = $1 AND id < $2 AND state <> $3 AND space_id IN (`+db.List(5, len(spaces))+`)
		ORDER BY id DESC LIMIT $4`, db.ListArgs(spaces, ws, end[:], not, limit)...)
}

func inThread(ctx context.Context, q db.Queryer, ws, thread id.ID) ([]Baton, error) {
	return db.All[Baton](ctx, q, `
		SELECT `+batonColumns+` FROM batons
		WHERE workspace_id = $1 AND thread_id = $2
		ORDER BY id DESC`, ws, thread)
}

func insertLeg(ctx context.Context, tx *db.Tx, l Leg) error {
	return tx.Do(ctx, `
		INSERT INTO batons_legs (workspace_id, baton_id, n, from_id, to_id, why, state, offered_at, due, decided_at, stands, next_step, traps, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		tx.Workspace, l.BatonID, l.N, l.From, l.To, l.Why, l.State, int64(l.OfferedAt), l.Due, l.DecidedAt, l.Stands, l.NextStep, l.Traps, l.Note)
}

func decideLeg(ctx context.Context, tx *db.Tx, baton id.ID, n int64, state, note string) error {
	_, err := tx.Exec(ctx, `
		UPDATE batons_legs SET state = $4, note = $5, decided_at = $6
		WHERE workspace_id = $1 AND baton_id = $2 AND n = $3`, tx.Workspace, baton, n, state, note, int64(tx.Now))
	return err
}

func moveLeg(ctx context.Context, tx *db.Tx, baton id.ID, n int64, due clock.Instant) error {
	return tx.Do(ctx, `
		UPDATE batons_legs SET due = $4
		WHERE workspace_id = $1 AND baton_id = $2 AND n = $3`, tx.Workspace, baton, n, due)
}

const legColumns = `baton_id, n, from_id, to_id, why, state, offered_at, due, decided_at, stands, next_step, traps, note`

// legsOf lists the offers of a baton in order.
func legsOf(ctx context.Context, q db.Queryer, ws, baton id.ID) ([]Leg, error) {
	return db.All[Leg](ctx, q, `
		SELECT `+legColumns+` FROM batons_legs
		WHERE workspace_id = $1 AND baton_id = $2
		ORDER BY n`, ws, baton)
}

// place is a baton, or a person's evening, to look at.
type place struct {
	LookAt      clock.Instant
	WorkspaceID id.ID
	ID          id.ID
}

func nextLook(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(look_at) AS at FROM batons
		WHERE look_at IS NOT NULL`)
	return at, err
}

// dueLooks lists the batons that time does something to, in all workspaces.
func dueLooks(ctx context.Context, q db.Queryer, now clock.Instant, after place, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT look_at, workspace_id, id FROM batons
		WHERE look_at IS NOT NULL AND look_at <= $1 AND (look_at, workspace_id, id) > ($2, $3, $4)
		ORDER BY look_at, workspace_id, id LIMIT $5`,
		int64(now), int64(after.LookAt), after.WorkspaceID[:], after.ID[:], limit)
}
