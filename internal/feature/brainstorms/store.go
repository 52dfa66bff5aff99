package brainstorms

import (
	"context"
	"fmt"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const columns = `workspace_id, id, space_id, thread_id, post_id, parent_id, room, title, prompt, facilitator_id, settings, phase, phase_n, phase_at, ends_at, seed, secret, version, base, conclusion, created_at, ended_at`

// load reads a brainstorm with its people.
func load(ctx context.Context, q db.Queryer, ws, x id.ID) (*Brainstorm, bool, error) {
	b, ok, err := db.One[Brainstorm](ctx, q, `
		SELECT `+columns+` FROM brainstorms
		WHERE workspace_id = $1 AND id = $2`, ws, x)
	if err != nil || !ok {
		return nil, false, err
	}
	b.People, err = db.All[Taker](ctx, q, `
		SELECT person_id, added_at, done_n FROM brainstorms_people
		WHERE workspace_id = $1 AND brainstorm_id = $2
		ORDER BY person_id`, ws, x)
	return &b, err == nil, err
}

// filter narrows a list of brainstorms.
type filter struct {
	spaces []id.ID
	thread id.ID
	open   string // "open", "ended" or "" for both
	after  id.ID
	limit  int
}

// list reads brainstorms, newest first, without their rooms and their people.
func list(ctx context.Context, q db.Queryer, ws id.ID, f filter) ([]Brainstorm, error) {
	if len(f.spaces) == 0 {
		return nil, nil
	}
	text, args := `
		SELECT `+columns+` FROM brainstorms
		WHERE workspace_id = $1 AND parent_id IS NULL AND space_id IN (`+db.List(2, len(f.spaces))+`)`, db.ListArgs(f.spaces, ws)
	more := func(clause string, v any) {
		args = append(args, v)
		text += fmt.Sprintf("%s$%d", clause, len(args))
	}
	switch f.open {
	case "open":
		text += ` AND ended_at IS NULL`
	case "ended":
		text += ` AND ended_at IS NOT NULL`
	}
	if !f.thread.IsZero() {
		more(` AND thread_id = `, f.thread)
	}
	if !f.after.IsZero() {
		more(` AND id < `, f.after)
	}
	more(` ORDER BY id DESC LIMIT `, f.limit)
	return db.All[Brainstorm](ctx, q, text, args...)
}

// rooms reads the rooms of a brainstorm, in their order.
func rooms(ctx context.Context, q db.Queryer, ws, parent id.ID) ([]Brainstorm, error) {
	return db.All[Brainstorm](ctx, q, `
		SELECT `+columns+` FROM brainstorms
		WHERE workspace_id = $1 AND parent_id = $2
		ORDER BY id`, ws, parent)
}

// withPerson lists the open brainstorms that some people take part in.
func withPerson(ctx context.Context, q db.Queryer, ws id.ID, persons []id.ID) ([]id.ID, error) {
	if len(persons) == 0 {
		return nil, nil
	}
	return db.All[id.ID](ctx, q, `
		SELECT DISTINCT p.brainstorm_id FROM brainstorms_people p
		JOIN brainstorms b ON b.workspace_id = p.workspace_id AND b.id = p.brainstorm_id
		WHERE p.workspace_id = $1 AND b.ended_at IS NULL AND p.person_id IN (`+db.List(2, len(persons))+`)
		ORDER BY p.brainstorm_id`, db.ListArgs(persons, ws)...)
}

// goingOnIn lists the brainstorms of a space that have not ended, rooms too.
func goingOnIn(ctx context.Context, q db.Queryer, ws, space id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT id FROM brainstorms
		WHERE workspace_id = $1 AND space_id = $2 AND ended_at IS NULL
		ORDER BY id`, ws, space)
}

// ofThread lists the brainstorms of a thread, rooms too.
func ofThread(ctx context.Context, q db.Queryer, ws, thread id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT id FROM brainstorms
		WHERE workspace_id = $1 AND thread_id = $2
		ORDER BY id`, ws, thread)
}

// place names a brainstorm of some workspace.
type place struct {
	WorkspaceID, ID id.ID
	EndsAt          clock.Instant
}

// dueEnds lists phases that end by an instant, over all workspaces.
func dueEnds(ctx context.Context, q db.Queryer, now clock.Instant, limit int) ([]place, error) {
	return db.All[place](ctx, q, `
		SELECT workspace_id, id, ends_at FROM brainstorms
		WHERE ends_at <= $1
		ORDER BY ends_at, workspace_id, id
		LIMIT $2`, int64(now), limit)
}

// nextEnd is when the next phase ends by itself; zero when none does.
func nextEnd(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT ends_at FROM brainstorms
		WHERE ends_at IS NOT NULL
		ORDER BY ends_at
		LIMIT 1`)
	return at, err
}

func insert(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	if err := tx.Do(ctx, `
		INSERT INTO brainstorms (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		tx.Workspace, b.ID, b.Space, b.Thread, b.Post, b.Parent, b.Room, b.Title, b.Prompt, b.Facilitator, b.Settings, string(b.Phase), b.PhaseN,
		int64(b.PhaseAt), b.EndsAt, b.Seed, b.rowSecret(), b.Version, b.Base, b.Conclusion, int64(b.CreatedAt), b.EndedAt); err != nil {
		return err
	}
	for _, t := range b.People {
		if err := addTaker(ctx, tx, b.ID, t); err != nil {
			return err
		}
	}
	return nil
}

// update writes all of a brainstorm that changes.
func update(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	return tx.Do(ctx, `
		UPDATE brainstorms
		SET title = $3, prompt = $4, facilitator_id = $5, settings = $6, phase = $7, phase_n = $8, phase_at = $9, ends_at = $10,
			secret = $11, version = $12, base = $13, conclusion = $14, ended_at = $15
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, b.ID, b.Title, b.Prompt, b.Facilitator, b.Settings, string(b.Phase), b.PhaseN, int64(b.PhaseAt), b.EndsAt,
		b.rowSecret(), b.Version, b.Base, b.Conclusion, b.EndedAt)
}

func setVersion(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	return tx.Do(ctx, `
		UPDATE brainstorms
		SET version = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, b.ID, b.Version)
}

func setSpace(ctx context.Context, tx *db.Tx, thread, space id.ID) error {
	return tx.Do(ctx, `
		UPDATE brainstorms
		SET space_id = $3
		WHERE workspace_id = $1 AND thread_id = $2`, tx.Workspace, thread, space)
}

func addTaker(ctx context.Context, tx *db.Tx, x id.ID, t Taker) error {
	return tx.Do(ctx, `
		INSERT INTO brainstorms_people (workspace_id, brainstorm_id, person_id, added_at, done_n)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, brainstorm_id, person_id) DO NOTHING`,
		tx.Workspace, x, t.Person, int64(t.AddedAt), t.DoneN)
}

func setDone(ctx context.Context, tx *db.Tx, x id.ID, t Taker) error {
	return tx.Do(ctx, `
		UPDATE brainstorms_people
		SET done_n = $4
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND person_id = $3`, tx.Workspace, x, t.Person, t.DoneN)
}

func dropTaker(ctx context.Context, tx *db.Tx, x, person id.ID) error {
	return tx.Do(ctx, `
		DELETE FROM brainstorms_people
		WHERE workspace_id = $1 AND brainstorm_id = $2 AND person_id = $3`, tx.Workspace, x, person)
}

// withSecret lists the brainstorms, of all workspaces, whose row has a key.
func withSecret(ctx context.Context, q db.Queryer) ([]Brainstorm, error) {
	return db.All[Brainstorm](ctx, q, `
		SELECT `+columns+` FROM brainstorms
		WHERE secret IS NOT NULL
		ORDER BY workspace_id, id`)
}

func dropSecret(ctx context.Context, tx *db.Tx, x id.ID) error {
	return tx.Do(ctx, `
		UPDATE brainstorms
		SET secret = NULL
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, x)
}

// endedOf says which of some brainstorms, of all workspaces, have ended.
func endedOf(ctx context.Context, q db.Queryer, list []id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT id FROM brainstorms
		WHERE ended_at IS NOT NULL AND id IN (`+db.List(1, len(list))+`)`, db.ListArgs(list)...)
}

// underWay lists the brainstorms of all workspaces that have not ended.
func underWay(ctx context.Context, q db.Queryer) ([]Brainstorm, error) {
	return db.All[Brainstorm](ctx, q, `
		SELECT `+columns+` FROM brainstorms
		WHERE ended_at IS NULL
		ORDER BY workspace_id, id`)
}
