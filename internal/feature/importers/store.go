package importers

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const importColumns = `workspace_id, id, source, file_id, file_name, by_id, dry, state, phase, done, total, report, problem, started_at, finished_at`

func insertImport(ctx context.Context, tx *db.Tx, i Import) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO importers_imports (workspace_id, id, source, file_id, file_name, by_id, dry, state, phase, done, total, problem, started_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', $10)`,
		tx.Workspace, i.ID, i.Source, i.File, i.FileName, i.By, i.Dry, i.State, i.Phase, i.StartedAt)
	return err
}

func loadImport(ctx context.Context, q db.Queryer, workspace, x id.ID) (Import, bool, error) {
	return db.One[Import](ctx, q, `
		SELECT `+importColumns+` FROM importers_imports WHERE workspace_id = $1 AND id = $2`, workspace, x)
}

// listImports pages by id, newest first; a zero id begins at the beginning.
func listImports(ctx context.Context, q db.Queryer, workspace, before id.ID, limit int) ([]Import, error) {
	text, args := `SELECT `+importColumns+` FROM importers_imports WHERE workspace_id = $1`, []any{workspace, limit}
	if !before.IsZero() {
		text, args = text+` AND id < $3`, append(args, before)
	}
	return db.All[Import](ctx, q, text+` ORDER BY id DESC LIMIT $2`, args...)
}

func countOpen(ctx context.Context, q db.Queryer, workspace id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COUNT(*) AS n FROM importers_imports WHERE workspace_id = $1 AND finished_at IS NULL`, workspace)
	return n, err
}

// moveImport writes down how far an import is; false when it has ended.
func moveImport(ctx context.Context, tx *db.Tx, x id.ID, state, phase string, done, total int64) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE importers_imports SET state = $3, phase = $4, done = $5, total = $6
		WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL`, tx.Workspace, x, state, phase, done, total)
	return n > 0, err
}

// endImport ends an import, once.
func endImport(ctx context.Context, tx *db.Tx, x id.ID, state, problem string, r *Report) (bool, error) {
	var report any
	if r != nil {
		report = db.JSON[*Report]{V: r}
	}
	n, err := tx.Exec(ctx, `
		UPDATE importers_imports SET state = $3, problem = $4, report = $5, finished_at = $6
		WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL`, tx.Workspace, x, state, problem, report, int64(tx.Now))
	return n > 0, err
}

func importEnded(ctx context.Context, q db.Queryer, workspace, x id.ID) (bool, error) {
	at, ok, err := db.One[clock.Instant](ctx, q, `
		SELECT finished_at FROM importers_imports WHERE workspace_id = $1 AND id = $2`, workspace, x)
	return !ok || !at.IsZero(), err
}

func loadPlace(ctx context.Context, q db.Queryer, workspace id.ID, fingerprint string) (place, bool, error) {
	return db.One[place](ctx, q, `
		SELECT channel, after_key, counts, done_at FROM importers_runs WHERE workspace_id = $1 AND fingerprint = $2`, workspace, fingerprint)
}

func savePlace(ctx context.Context, tx *db.Tx, fingerprint string, p place) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO importers_runs (workspace_id, fingerprint, channel, after_key, counts) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, fingerprint) DO UPDATE SET channel = $3, after_key = $4, counts = $5`,
		tx.Workspace, fingerprint, p.Channel, p.AfterKey, p.Counts)
	return err
}

// saveDone writes down that an export has come in whole.
func saveDone(ctx context.Context, tx *db.Tx, fingerprint string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO importers_runs (workspace_id, fingerprint, channel, after_key, counts, done_at) VALUES ($1, $2, '', '', $3, $4)
		ON CONFLICT (workspace_id, fingerprint) DO UPDATE SET channel = '', after_key = '', counts = $3, done_at = $4`,
		tx.Workspace, fingerprint, db.JSON[Counts]{}, int64(tx.Now))
	return err
}

// measure lets PostgreSQL look at what came in, so that it plans for tables of that
// size at once and not only when it next looks around. SQLite plans without.
func measure(ctx context.Context, tx *db.Tx) error {
	if tx.Engine() != db.Postgres {
		return nil
	}
	_, err := tx.Exec(ctx, `ANALYZE`)
	return err
}

// anybody says whether an import brought somebody here before.
func anybody(ctx context.Context, q db.Queryer, workspace id.ID) (bool, error) {
	_, ok, err := db.One[string](ctx, q, `
		SELECT ext_key FROM importers_people WHERE workspace_id = $1 LIMIT 1`, workspace)
	return ok, err
}

func loadPeople(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) (map[string]id.ID, error) {
	rows, err := db.All[struct {
		ExtKey   string
		PersonID id.ID
	}](ctx, q, `
		SELECT ext_key, person_id FROM importers_people
		WHERE workspace_id = $1 AND ext_key IN (`+db.In(2, len(keys))+`)`, db.Args(keys, any(workspace))...)
	out := make(map[string]id.ID, len(rows))
	for _, r := range rows {
		out[r.ExtKey] = r.PersonID
	}
	return out, err
}

func savePerson(ctx context.Context, tx *db.Tx, key string, person id.ID) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO importers_people (workspace_id, ext_key, person_id) VALUES ($1, $2, $3)
		ON CONFLICT (workspace_id, ext_key) DO UPDATE SET person_id = $3`, tx.Workspace, key, person)
	return err
}

func loadChannel(ctx context.Context, q db.Queryer, workspace id.ID, key string) (channel, bool, error) {
	return db.One[channel](ctx, q, `
		SELECT ext_key, space_id, members, pins, archived FROM importers_channels
		WHERE workspace_id = $1 AND ext_key = $2`, workspace, key)
}

func saveChannel(ctx context.Context, tx *db.Tx, c channel) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO importers_channels (workspace_id, ext_key, space_id, members, pins, archived) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (workspace_id, ext_key) DO UPDATE SET space_id = $3, members = $4, archived = $6`,
		tx.Workspace, c.ExtKey, c.SpaceID, c.Members, c.Pins, c.Archived)
	return err
}

func savePins(ctx context.Context, tx *db.Tx, key string, pins []string) error {
	_, err := tx.Exec(ctx, `
		UPDATE importers_channels SET pins = $3 WHERE workspace_id = $1 AND ext_key = $2`, tx.Workspace, key, db.JSON[[]string]{V: pins})
	return err
}
