package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// followAll makes people follow a thread, but for those who said no before.
func followAll(ctx context.Context, tx *db.Tx, thread id.ID, persons []id.ID) error {
	for _, p := range persons {
		if p.IsZero() {
			continue
		}
		err := tx.Do(ctx, `
			INSERT INTO spaces_positions (workspace_id, thread_id, person_id, followed_at, read_n) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (workspace_id, thread_id, person_id) DO UPDATE SET followed_at = $4
			WHERE spaces_positions.followed_at IS NULL AND spaces_positions.unfollowed_at IS NULL`, tx.Workspace, thread, p, int64(tx.Now))
		if err != nil {
			return err
		}
	}
	return nil
}

// readUpTo moves a person's position forward, never back.
func readUpTo(ctx context.Context, tx *db.Tx, thread, person id.ID, n int64) error {
	if person.IsZero() {
		return nil
	}
	return tx.Do(ctx, `
		INSERT INTO spaces_positions (workspace_id, thread_id, person_id, read_n, read_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, thread_id, person_id) DO UPDATE SET read_n = $4, read_at = $5
		WHERE spaces_positions.read_n <= $4`, tx.Workspace, thread, person, n, int64(tx.Now))
}

// takePart makes the author of the newest post follow, having read up to it.
func takePart(ctx context.Context, tx *db.Tx, thread, person id.ID, n int64) error {
	if person.IsZero() {
		return nil
	}
	return tx.Do(ctx, `
		INSERT INTO spaces_positions (workspace_id, thread_id, person_id, followed_at, read_n, read_at) VALUES ($1, $2, $3, $5, $4, $5)
		ON CONFLICT (workspace_id, thread_id, person_id) DO UPDATE SET read_n = $4, read_at = $5,
			followed_at = CASE WHEN spaces_positions.followed_at IS NULL AND spaces_positions.unfollowed_at IS NULL THEN $5
				ELSE spaces_positions.followed_at END`, tx.Workspace, thread, person, n, int64(tx.Now))
}

type positionRow struct {
	FollowedAt   clock.Instant
	UnfollowedAt clock.Instant
	MutedAt      clock.Instant
	SavedAt      clock.Instant
	ReadN        int64
	ReadAt       clock.Instant
}

func loadPosition(ctx context.Context, q db.Queryer, workspace, thread, person id.ID) (positionRow, error) {
	r, _, err := db.One[positionRow](ctx, q, `
		SELECT followed_at, unfollowed_at, muted_at, saved_at, read_n, read_at FROM spaces_positions
		WHERE workspace_id = $1 AND thread_id = $2 AND person_id = $3`, workspace, thread, person)
	return r, err
}

func storePosition(ctx context.Context, tx *db.Tx, thread, person id.ID, r positionRow) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO spaces_positions (workspace_id, thread_id, person_id, followed_at, unfollowed_at, muted_at, saved_at, read_n, read_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (workspace_id, thread_id, person_id) DO UPDATE SET followed_at = $4, unfollowed_at = $5, muted_at = $6, saved_at = $7, read_n = $8, read_at = $9`,
		tx.Workspace, thread, person, r.FollowedAt, r.UnfollowedAt, r.MutedAt, r.SavedAt, r.ReadN, r.ReadAt)
	return err
}

func followers(ctx context.Context, q db.Queryer, workspace, thread id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM spaces_positions
		WHERE workspace_id = $1 AND thread_id = $2 AND followed_at IS NOT NULL AND muted_at IS NULL
		ORDER BY person_id`, workspace, thread)
}

type muteRow struct {
	ThreadID id.ID
	PersonID id.ID
}

func mutes(ctx context.Context, q db.Queryer, workspace id.ID, threads []id.ID) ([]muteRow, error) {
	return db.All[muteRow](ctx, q, `
		SELECT thread_id, person_id FROM spaces_positions
		WHERE workspace_id = $1 AND muted_at IS NOT NULL AND thread_id IN (`+db.In(2, len(threads))+`)`, db.Args(threads, any(workspace))...)
}
