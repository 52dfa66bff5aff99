package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func loadSpaceByHandle(ctx context.Context, q db.Queryer, workspace id.ID, handle string, person id.ID) (seen, bool, error) {
	return db.One[seen](ctx, q, `
		SELECT `+spaceColumns+`
		FROM spaces_spaces s
		LEFT JOIN spaces_members m ON m.workspace_id = s.workspace_id AND m.space_id = s.id AND m.person_id = $3
		WHERE s.workspace_id = $1 AND s.handle = $2`, workspace, handle, person)
}

func spacesAnywhere(ctx context.Context, q db.Queryer, handle string) ([]Place, error) {
	return db.All[Place](ctx, q, `
		SELECT workspace_id, id FROM spaces_spaces
		WHERE handle = $1 AND archived_at IS NULL AND private = $2
		ORDER BY workspace_id LIMIT 50`, handle, false)
}
