package asks

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// openHeld reads the open ask of a thing, or nil.
func openHeld(ctx context.Context, q db.Queryer, ws id.ID, t Thing) (*Ask, error) {
	ids, err := db.All[id.ID](ctx, q, `
		SELECT id FROM asks WHERE workspace_id = $1 AND held_id = $2 AND held_kind = $3 AND state = 'open'`, ws, t.ID, t.Kind)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	list, err := loadAll(ctx, q, ws, ids[:1])
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// others says of an ask how many besides somebody are expected to act, and when the
// first of them is late.
type others struct{ N, First int64 }

// heldWith reads the open ask of a thing with the row of one person alone, which is nil
// when there is no such ask, or they are not in it.
func heldWith(ctx context.Context, tx *db.Tx, t Thing, person id.ID) (*Ask, *Owed, others, error) {
	found, ok, err := db.One[Ask](ctx, tx, `
		SELECT `+askColumns+` FROM asks
		WHERE workspace_id = $1 AND held_id = $2 AND held_kind = $3 AND state = 'open'`, tx.Workspace, t.ID, t.Kind)
	if err != nil || !ok {
		return nil, nil, others{}, err
	}
	o, ok, err := db.One[Owed](ctx, tx, `
		SELECT `+owedColumns+` FROM asks_owed
		WHERE workspace_id = $1 AND ask_id = $2 AND person_id = $3`, tx.Workspace, found.ID, person)
	if err != nil || !ok {
		return nil, nil, others{}, err
	}
	rest, _, err := db.One[others](ctx, tx, `
		SELECT COUNT(*) AS n, COALESCE(MIN(due_order), 0) AS first FROM asks_owed
		WHERE workspace_id = $1 AND ask_id = $2 AND person_id <> $3 AND state IN ('waiting', 'acknowledged')`, tx.Workspace, found.ID, person)
	return &found, &o, rest, err
}

func setText(ctx context.Context, tx *db.Tx, ask id.ID, text string) error {
	return tx.Do(ctx, `
		UPDATE asks SET text = $3, version = version + 1
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, ask, text)
}
