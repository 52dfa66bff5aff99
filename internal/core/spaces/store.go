package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const spaceColumns = `s.workspace_id, s.id, s.name, s.handle, s.purpose, s.private, s.color, s.window_default, s.window_shortest,
	s.created_by, s.created_at, s.archived_at, m.person_id IS NOT NULL AS member, COALESCE(m.leads, FALSE) AS leads`

func loadSpace(ctx context.Context, q db.Queryer, workspace, space, person id.ID) (seen, bool, error) {
	return db.One[seen](ctx, q, `
		SELECT `+spaceColumns+`
		FROM spaces_spaces s
		LEFT JOIN spaces_members m ON m.workspace_id = s.workspace_id AND m.space_id = s.id AND m.person_id = $3
		WHERE s.workspace_id = $1 AND s.id = $2`, workspace, space, person)
}

type spaceRow struct {
	seen
	Members int64
}

// listSpaces pages by handle; everything reads all, open reads what is public.
func listSpaces(ctx context.Context, q db.Queryer, workspace, person id.ID, everything, open bool, after string, limit int) ([]spaceRow, error) {
	return db.All[spaceRow](ctx, q, `
		SELECT `+spaceColumns+`,
			(SELECT COUNT(*) FROM spaces_members c WHERE c.workspace_id = s.workspace_id AND c.space_id = s.id) AS members
		FROM spaces_spaces s
		LEFT JOIN spaces_members m ON m.workspace_id = s.workspace_id AND m.space_id = s.id AND m.person_id = $2
		WHERE s.workspace_id = $1 AND ($3 OR m.person_id IS NOT NULL OR ($4 AND NOT s.private)) AND s.handle > $5
		ORDER BY s.handle
		LIMIT $6`, workspace, person, everything, open, after, limit)
}

func countMembers(ctx context.Context, q db.Queryer, workspace, space id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM spaces_members WHERE workspace_id = $1 AND space_id = $2`, workspace, space)
	return n, err
}

func readableSpaces(ctx context.Context, q db.Queryer, workspace, person id.ID, everything, open bool) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT s.id FROM spaces_spaces s
		LEFT JOIN spaces_members m ON m.workspace_id = s.workspace_id AND m.space_id = s.id AND m.person_id = $2
		WHERE s.workspace_id = $1 AND ($3 OR m.person_id IS NOT NULL OR ($4 AND NOT s.private))
		ORDER BY s.id`, workspace, person, everything, open)
}

func memberIDs(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM spaces_members WHERE workspace_id = $1 AND space_id = $2 ORDER BY person_id`, workspace, space)
}

func leadIDs(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM spaces_members WHERE workspace_id = $1 AND space_id = $2 AND leads ORDER BY person_id`, workspace, space)
}

type memberOf struct {
	SpaceID  id.ID
	PersonID id.ID
}

func membersIn(ctx context.Context, q db.Queryer, workspace id.ID, spaces []id.ID) ([]memberOf, error) {
	return db.All[memberOf](ctx, q, `
		SELECT space_id, person_id FROM spaces_members
		WHERE workspace_id = $1 AND space_id IN (`+db.List(2, len(spaces))+`)`, db.ListArgs(spaces, any(workspace))...)
}

func memberPage(ctx context.Context, q db.Queryer, workspace, space, after id.ID, limit int) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM spaces_members
		WHERE workspace_id = $1 AND space_id = $2 AND person_id > $3
		ORDER BY person_id LIMIT $4`, workspace, space, after[:], limit)
}

func sharing(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT o.person_id FROM spaces_members m
		JOIN spaces_members o ON o.workspace_id = m.workspace_id AND o.space_id = m.space_id
		WHERE m.workspace_id = $1 AND m.person_id = $2
		UNION
		SELECT p.person_id FROM spaces_members m
		JOIN spaces_threads t ON t.workspace_id = m.workspace_id AND t.space_id = m.space_id
		JOIN spaces_positions p ON p.workspace_id = t.workspace_id AND p.thread_id = t.id
		WHERE m.workspace_id = $1 AND m.person_id = $2`, workspace, person)
}

func insertSpace(ctx context.Context, tx *db.Tx, s Space, key string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_spaces (workspace_id, id, name, handle, purpose, private, color, window_default, window_shortest, created_by, created_at, ext_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.Workspace, s.ID, s.Name, s.Handle, s.Purpose, s.Private, s.Color, s.WindowDefault, s.WindowShortest, s.CreatedBy, s.CreatedAt, none(key))
	return err
}

func updateSpace(ctx context.Context, tx *db.Tx, s Space) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_spaces SET name = $3, handle = $4, purpose = $5, private = $6, color = $7, window_default = $8, window_shortest = $9, archived_at = $10
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, s.ID, s.Name, s.Handle, s.Purpose, s.Private, s.Color, s.WindowDefault, s.WindowShortest, s.ArchivedAt)
	return err
}

// handlesLike finds the space handles that begin so, to make the next one unlike them.
func handlesLike(ctx context.Context, q db.Queryer, workspace id.ID, begin string) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT handle FROM spaces_spaces WHERE workspace_id = $1 AND handle >= $2 AND handle < $3`, workspace, begin, begin+"\uffff")
}

// addMember says whether the person was not one before.
func addMember(ctx context.Context, tx *db.Tx, space, person, by id.ID, leads bool, at clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO spaces_members (workspace_id, space_id, person_id, leads, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT DO NOTHING`, tx.Workspace, space, person, leads, by, at)
	return n > 0, err
}

func removeMember(ctx context.Context, tx *db.Tx, space, person id.ID) (bool, error) {
	n, err := tx.Exec(ctx, `
		DELETE FROM spaces_members WHERE workspace_id = $1 AND space_id = $2 AND person_id = $3`, tx.Workspace, space, person)
	return n > 0, err
}

// countLeads counts the leads of a space but one.
func countLeads(ctx context.Context, q db.Queryer, workspace, space, but id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM spaces_members
		WHERE workspace_id = $1 AND space_id = $2 AND leads AND person_id <> $3`, workspace, space, but)
	return n, err
}

// none stores an empty text as NULL.
func none(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func spacesByID(ctx context.Context, q db.Queryer, workspace, person id.ID, list []id.ID) ([]seen, error) {
	return db.All[seen](ctx, q, `
		SELECT `+spaceColumns+`
		FROM spaces_spaces s
		LEFT JOIN spaces_members m ON m.workspace_id = s.workspace_id AND m.space_id = s.id AND m.person_id = $2
		WHERE s.workspace_id = $1 AND s.id IN (`+db.List(3, len(list))+`)`, db.ListArgs(list, any(workspace), any(person))...)
}
