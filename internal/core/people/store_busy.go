package people

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

type busyRow struct {
	PersonID id.ID
	Ranges   string
}

func loadBusy(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]busyRow, error) {
	return db.All[busyRow](ctx, q, `
		SELECT person_id, ranges FROM people_busy
		WHERE workspace_id = $1 AND person_id IN (`+db.In(2, len(list))+`)`, db.Args(list, any(workspace))...)
}

func putBusy(ctx context.Context, tx *db.Tx, person id.ID, ranges [][2]int64) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_busy (workspace_id, person_id, ranges) VALUES ($1, $2, $3)
		ON CONFLICT (workspace_id, person_id) DO UPDATE SET ranges = $3`,
		tx.Workspace, person, db.JSON[[][2]int64]{V: ranges})
	return err
}
