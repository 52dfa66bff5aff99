package boundaries

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func closes(ctx context.Context, q db.Queryer, ws, person id.ID) (bool, error) {
	wish, _, err := db.One[bool](ctx, q, `
		SELECT closes FROM boundaries_settings
		WHERE workspace_id = $1 AND person_id = $2`, ws, person)
	return wish, err
}

func putCloses(ctx context.Context, tx *db.Tx, person id.ID, wish bool) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO boundaries_settings (workspace_id, person_id, closes)
		VALUES ($1, $2, $3)
		ON CONFLICT (workspace_id, person_id) DO UPDATE SET closes = $3`, tx.Workspace, person, wish)
	return err
}
