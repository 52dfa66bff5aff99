package people

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func teamMembers(ctx context.Context, q db.Queryer, workspace, team id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT m.person_id
		FROM people_team_members m
		JOIN people_persons p ON p.workspace_id = m.workspace_id AND p.person_id = m.person_id
		WHERE m.workspace_id = $1 AND m.team_id = $2
		ORDER BY p.name_fold, p.person_id`, workspace, team)
}
