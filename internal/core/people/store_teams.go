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

const teamColumns = `team_id, name, handle, created_by, created_at`

func loadTeam(ctx context.Context, q db.Queryer, workspace, team id.ID) (Team, bool, error) {
	return db.One[Team](ctx, q, `
		SELECT `+teamColumns+`
		FROM people_teams WHERE workspace_id = $1 AND team_id = $2`, workspace, team)
}

func loadTeams(ctx context.Context, q db.Queryer, workspace id.ID, afterFold string, after id.ID, limit int) ([]Team, error) {
	if after.IsZero() {
		return db.All[Team](ctx, q, `
			SELECT `+teamColumns+`
			FROM people_teams WHERE workspace_id = $1 ORDER BY name_fold, team_id LIMIT $2`, workspace, limit)
	}
	return db.All[Team](ctx, q, `
		SELECT `+teamColumns+`
		FROM people_teams WHERE workspace_id = $1 AND (name_fold, team_id) > ($2, $3)
		ORDER BY name_fold, team_id LIMIT $4`, workspace, afterFold, after, limit)
}

func insertTeam(ctx context.Context, tx *db.Tx, t Team, fold string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_teams (workspace_id, team_id, name, name_fold, handle, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, tx.Workspace, t.ID, t.Name, fold, t.Handle, t.CreatedBy, t.CreatedAt)
	return err
}

func updateTeam(ctx context.Context, tx *db.Tx, t Team, fold string) error {
	_, err := tx.Exec(ctx, `
		UPDATE people_teams SET name = $3, name_fold = $4, handle = $5
		WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, t.ID, t.Name, fold, t.Handle)
	return err
}

func deleteTeam(ctx context.Context, tx *db.Tx, team id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM people_team_members WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM people_teams WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team)
	return err
}

type memberRow struct {
	TeamID   id.ID
	PersonID id.ID
}

func membersOf(ctx context.Context, q db.Queryer, workspace id.ID, teams []Team) ([]memberRow, error) {
	args := []any{workspace}
	for _, t := range teams {
		args = append(args, t.ID)
	}
	return db.All[memberRow](ctx, q, `
		SELECT team_id, person_id FROM people_team_members
		WHERE workspace_id = $1 AND team_id IN (`+db.In(2, len(teams))+`)`, args...)
}

func replaceMembers(ctx context.Context, tx *db.Tx, team id.ID, members []id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM people_team_members WHERE workspace_id = $1 AND team_id = $2`, tx.Workspace, team); err != nil {
		return err
	}
	for _, part := range chunks(members) {
		var args []any
		for _, m := range part {
			args = append(args, tx.Workspace, team, m)
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO people_team_members (workspace_id, team_id, person_id)
			VALUES `+db.Values(len(part), 3), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func leaveTeams(ctx context.Context, tx *db.Tx, person id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM people_team_members WHERE workspace_id = $1 AND person_id = $2`, tx.Workspace, person)
	return err
}

type teamRow struct {
	PersonID id.ID
	TeamID   id.ID
	Name     string
}

// teamsOf lists the teams of people, by person and then by name.
func teamsOf(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID][]teamRow, error) {
	out := map[id.ID][]teamRow{}
	for _, part := range chunks(list) {
		rows, err := db.All[teamRow](ctx, q, `
			SELECT m.person_id, m.team_id, t.name
			FROM people_team_members m
			JOIN people_teams t ON t.workspace_id = m.workspace_id AND t.team_id = m.team_id
			WHERE m.workspace_id = $1 AND m.person_id IN (`+db.In(2, len(part))+`)
			ORDER BY t.name_fold, t.team_id`, db.Args(part, any(workspace))...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.PersonID] = append(out[r.PersonID], r)
		}
	}
	return out, nil
}

func teamsByID(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]Team, error) {
	return db.All[Team](ctx, q, `
		SELECT `+teamColumns+`
		FROM people_teams WHERE workspace_id = $1 AND team_id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}
