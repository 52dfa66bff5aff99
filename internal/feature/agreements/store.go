package agreements

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const versionColumns = `workspace_id, id, team_id, version, fields, prose, reason, restored, author_id, at`

func newest(ctx context.Context, q db.Queryer, ws, team id.ID) (Version, bool, error) {
	return db.One[Version](ctx, q, `
		SELECT `+versionColumns+` FROM agreements_versions
		WHERE workspace_id = $1 AND team_id = $2
		ORDER BY version DESC LIMIT 1`, ws, team)
}

func load(ctx context.Context, q db.Queryer, ws, team id.ID, version int64) (Version, bool, error) {
	return db.One[Version](ctx, q, `
		SELECT `+versionColumns+` FROM agreements_versions
		WHERE workspace_id = $1 AND team_id = $2 AND version = $3`, ws, team, version)
}

func byID(ctx context.Context, q db.Queryer, ws, x id.ID) (Version, bool, error) {
	return db.One[Version](ctx, q, `
		SELECT `+versionColumns+` FROM agreements_versions
		WHERE workspace_id = $1 AND id = $2`, ws, x)
}

// versionsOf lists versions before one, newest first; 0 is before none.
func versionsOf(ctx context.Context, q db.Queryer, ws, team id.ID, before int64, limit int) ([]Version, error) {
	if before == 0 {
		before = 1 << 62
	}
	return db.All[Version](ctx, q, `
		SELECT `+versionColumns+` FROM agreements_versions
		WHERE workspace_id = $1 AND team_id = $2 AND version < $3
		ORDER BY version DESC LIMIT $4`, ws, team, before, limit)
}

func insert(ctx context.Context, tx *db.Tx, v Version) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO agreements_versions (`+versionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Workspace, v.ID, v.Team, v.Version, v.Fields, v.Prose, v.Reason, v.Restored, v.Author, int64(v.At))
	return err
}

// holdIn says in which spaces a team's agreement holds, and in no others.
func holdIn(ctx context.Context, tx *db.Tx, team id.ID, list []id.ID) error {
	if _, err := tx.Exec(ctx, `
		DELETE FROM agreements_spaces
		WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team); err != nil {
		return err
	}
	for _, x := range list {
		if err := tx.Do(ctx, `
			INSERT INTO agreements_spaces (workspace_id, space_id, team_id)
			VALUES ($1, $2, $3)`, tx.Workspace, x, team); err != nil {
			return err
		}
	}
	return nil
}

type held struct{ SpaceID, TeamID id.ID }

// teamsIn says whose agreements hold in spaces.
func teamsIn(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) (map[id.ID]id.ID, error) {
	out := map[id.ID]id.ID{}
	if len(list) == 0 {
		return out, nil
	}
	rows, err := db.All[held](ctx, q, `
		SELECT space_id, team_id FROM agreements_spaces
		WHERE workspace_id = $1 AND space_id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(ws))...)
	for _, r := range rows {
		out[r.SpaceID] = r.TeamID
	}
	return out, err
}
