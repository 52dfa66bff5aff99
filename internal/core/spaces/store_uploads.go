package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const uploadColumns = `workspace_id, id, owner_id, name, type, size, received, parts, created_at, expires_at`

func loadUpload(ctx context.Context, q db.Queryer, workspace, upload id.ID) (Upload, bool, error) {
	return db.One[Upload](ctx, q, `
		SELECT `+uploadColumns+` FROM spaces_uploads WHERE workspace_id = $1 AND id = $2`, workspace, upload)
}

func countUploads(ctx context.Context, tx *db.Tx, owner id.ID) (int64, error) {
	n, _, err := db.One[int64](ctx, tx, `
		SELECT COUNT(*) AS n FROM spaces_uploads WHERE workspace_id = $1 AND owner_id = $2`, tx.Workspace, owner)
	return n, err
}

func insertUpload(ctx context.Context, tx *db.Tx, u Upload) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_uploads (workspace_id, id, owner_id, name, type, size, received, parts, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)`, tx.Workspace, u.ID, u.Owner, u.Name, u.Type, u.Size, u.CreatedAt, u.ExpiresAt)
	return err
}

// advanceUpload moves an upload on from where it was; false when it is elsewhere.
func advanceUpload(ctx context.Context, tx *db.Tx, upload id.ID, from, size int64, expires clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE spaces_uploads SET received = received + $4, parts = parts + 1, expires_at = $5
		WHERE workspace_id = $1 AND id = $2 AND received = $3`, tx.Workspace, upload, from, size, expires)
	return n > 0, err
}

func insertPart(ctx context.Context, tx *db.Tx, p part) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_parts (workspace_id, upload_id, id, at_byte) VALUES ($1, $2, $3, $4)`, tx.Workspace, p.Upload, p.ID, p.At)
	return err
}

func sizePart(ctx context.Context, tx *db.Tx, p part, size int64) error {
	_, err := tx.Exec(ctx, `
		UPDATE spaces_parts SET size = $4 WHERE workspace_id = $1 AND upload_id = $2 AND id = $3`, tx.Workspace, p.Upload, p.ID, size)
	return err
}

func partsOf(ctx context.Context, q db.Queryer, workspace, upload id.ID) ([]part, error) {
	return db.All[part](ctx, q, `
		SELECT workspace_id, upload_id, id, at_byte, COALESCE(size, 0) AS size FROM spaces_parts
		WHERE workspace_id = $1 AND upload_id = $2 ORDER BY at_byte, id`, workspace, upload)
}

func deleteUpload(ctx context.Context, tx *db.Tx, upload id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM spaces_parts WHERE workspace_id = $1 AND upload_id = $2`, tx.Workspace, upload); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM spaces_uploads WHERE workspace_id = $1 AND id = $2`, tx.Workspace, upload)
	return err
}

// nextSweep is when the next upload or file is to be cleared away, over all workspaces.
func nextSweep(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM (
			SELECT MIN(expires_at) AS at FROM spaces_uploads
			UNION ALL
			SELECT MIN(sweep_at) AS at FROM spaces_files WHERE sweep_at IS NOT NULL) both_kinds`)
	return at, err
}

func expiredUploads(ctx context.Context, q db.Queryer, now clock.Instant) ([]Upload, error) {
	return db.All[Upload](ctx, q, `
		SELECT `+uploadColumns+` FROM spaces_uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100`, int64(now))
}

func expiredFiles(ctx context.Context, q db.Queryer, now clock.Instant) ([]File, error) {
	return db.All[File](ctx, q, `
		SELECT `+fileColumns+` FROM spaces_files WHERE sweep_at IS NOT NULL AND sweep_at <= $1 ORDER BY sweep_at LIMIT 100`, int64(now))
}

// disownFile takes a free file from its owner, so that nobody can attach it any
// more; false when it hangs on a post or is another's.
func disownFile(ctx context.Context, tx *db.Tx, file, owner id.ID) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE spaces_files SET owner_id = NULL, sweep_at = $4
		WHERE workspace_id = $1 AND id = $2 AND post_id IS NULL AND owner_id IS NOT DISTINCT FROM $3`, tx.Workspace, file, owner, int64(tx.Now))
	return n > 0, err
}

func deleteFile(ctx context.Context, tx *db.Tx, file id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM spaces_files WHERE workspace_id = $1 AND id = $2 AND owner_id IS NULL AND post_id IS NULL`, tx.Workspace, file)
	return err
}
