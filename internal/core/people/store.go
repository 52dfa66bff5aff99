package people

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

const personColumns = `workspace_id, person_id, name, handle, email, role, title, state, bot, guest_until, created_at, zone, moves`

func loadPerson(ctx context.Context, q db.Queryer, workspace, person id.ID) (Person, bool, error) {
	return db.One[Person](ctx, q, `
		SELECT `+personColumns+`
		FROM people_persons WHERE workspace_id = $1 AND person_id = $2`, workspace, person)
}

func loadPersons(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]Person, error) {
	return db.All[Person](ctx, q, `
		SELECT `+personColumns+`
		FROM people_persons WHERE workspace_id = $1 AND person_id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}

func loadByEmails(ctx context.Context, q db.Queryer, workspace id.ID, list []string) ([]Person, error) {
	return db.All[Person](ctx, q, `
		SELECT `+personColumns+`
		FROM people_persons WHERE workspace_id = $1 AND email IN (`+db.In(2, len(list))+`)`, db.Args(list, any(workspace))...)
}

func insertPerson(ctx context.Context, tx *db.Tx, p Person, fold string, spec worktime.Spec) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_persons (workspace_id, person_id, name, name_fold, handle, email, role, title, state, bot, guest_until, created_at, zone, moves, spec, version, stamp)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16)`,
		tx.Workspace, p.ID, p.Name, fold, p.Handle, p.Email, string(p.Role), p.Title, p.State, p.Bot, p.GuestUntil, p.CreatedAt,
		p.Zone, p.Moves, db.JSON[worktime.Spec]{V: spec}, id.New(tx.Now))
	return err
}

func updatePerson(ctx context.Context, tx *db.Tx, p Person, fold string) error {
	_, err := tx.Exec(ctx, `
		UPDATE people_persons SET name = $3, name_fold = $4, handle = $5, email = $6, role = $7, title = $8, state = $9, guest_until = $10
		WHERE workspace_id = $1 AND person_id = $2`,
		tx.Workspace, p.ID, p.Name, fold, p.Handle, p.Email, string(p.Role), p.Title, p.State, p.GuestUntil)
	if err != nil {
		return err
	}
	return renamed(ctx, tx)
}

// renamed makes everybody look up names anew.
func renamed(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE people_workspaces SET version = version + 1 WHERE workspace_id = $1`, tx.Workspace)
	return err
}

// namesVersion changes with every name.
func namesVersion(ctx context.Context, q db.Queryer, workspace id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `SELECT version FROM people_workspaces WHERE workspace_id = $1`, workspace)
	return n, err
}

type handleRow struct {
	Handle string
	Kind   string
	OfID   id.ID
}

// loadHandles finds handles; those of people who were removed are left out.
func loadHandles(ctx context.Context, q db.Queryer, workspace id.ID, list []string) ([]handleRow, error) {
	return db.All[handleRow](ctx, q, `
		SELECT h.handle, h.kind, h.of_id
		FROM people_handles h
		LEFT JOIN people_persons p ON p.workspace_id = h.workspace_id AND p.person_id = h.of_id
		WHERE h.workspace_id = $1 AND COALESCE(p.state, 'active') <> 'removed' AND h.handle IN (`+db.In(2, len(list))+`)`,
		db.Args(list, any(workspace))...)
}

// handlesLike lists the handles that begin with a text.
func handlesLike(ctx context.Context, q db.Queryer, workspace id.ID, begin string) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT handle FROM people_handles
		WHERE workspace_id = $1 AND handle >= $2 AND handle < $3`, workspace, begin, begin+"~")
}

func insertHandle(ctx context.Context, tx *db.Tx, r handleRow) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_handles (workspace_id, handle, kind, of_id) VALUES ($1, $2, $3, $4)`,
		tx.Workspace, r.Handle, r.Kind, r.OfID)
	return err
}

func deleteHandle(ctx context.Context, tx *db.Tx, of id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM people_handles WHERE workspace_id = $1 AND of_id = $2`, tx.Workspace, of)
	return err
}

func insertWorkspace(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_workspaces (workspace_id, name, created_at) VALUES ($1, $2, $3)`, tx.Workspace, name, int64(tx.Now))
	return err
}

func renameWorkspace(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, `UPDATE people_workspaces SET name = $2 WHERE workspace_id = $1`, tx.Workspace, name)
	return err
}

func loadWorkspace(ctx context.Context, q db.Queryer, workspace id.ID) (Workspace, bool, error) {
	return db.One[Workspace](ctx, q, `
		SELECT workspace_id, name, created_at FROM people_workspaces WHERE workspace_id = $1`, workspace)
}

func loadWorkspaces(ctx context.Context, q db.Queryer) ([]Workspace, error) {
	return db.All[Workspace](ctx, q, `
		SELECT workspace_id, name, created_at FROM people_workspaces ORDER BY workspace_id`)
}

// countActive counts who is active: everybody, or those of one role.
func countActive(ctx context.Context, q db.Queryer, workspace id.ID, role string, now clock.Instant) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) FROM people_persons
		WHERE workspace_id = $1 AND state = 'active' AND ($2 = '' OR role = $2) AND COALESCE(guest_until, $3) >= $3`,
		workspace, role, int64(now))
	return n, err
}

// administrators lists the ids of the active owners and admins.
func administrators(ctx context.Context, q db.Queryer, workspace id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM people_persons
		WHERE workspace_id = $1 AND state = 'active' AND role IN ('owner', 'admin')
		ORDER BY person_id`, workspace)
}

// searchPersons pages by name. Of the two ends of the page's key the first is
// folded already; a zero id begins at the beginning.
func searchPersons(ctx context.Context, q db.Queryer, workspace id.ID, pattern string, team id.ID, afterFold string, after id.ID, limit int) ([]Person, error) {
	text := `
		SELECT ` + personColumns + `
		FROM people_persons WHERE workspace_id = $1 AND state <> 'removed'
		AND ($2 = '' OR name_fold LIKE $2 ESCAPE '\' OR handle LIKE $2 ESCAPE '\')`
	args := []any{workspace, pattern}
	if !after.IsZero() {
		text += ` AND (name_fold, person_id) > ($3, $4)`
		args = append(args, afterFold, after)
	}
	if !team.IsZero() {
		args = append(args, team)
		text += ` AND person_id IN (SELECT m.person_id FROM people_team_members m WHERE m.workspace_id = $1 AND m.team_id = ` + db.In(len(args), 1) + `)`
	}
	args = append(args, limit)
	return db.All[Person](ctx, q, text+` ORDER BY name_fold, person_id LIMIT `+db.In(len(args), 1), args...)
}
