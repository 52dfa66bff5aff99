package calendars

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

const subscriptionColumns = `workspace_id, id, person_id, kind, source, name, url, username, password, focus, etag, modified,
	problem, note, fails, events, created_at, refreshed_at, whole_at, refresh_at`

func loadSubscriptions(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]Subscription, error) {
	return db.All[Subscription](ctx, q, `
		SELECT `+subscriptionColumns+`
		FROM calendars_subscriptions WHERE workspace_id = $1 AND person_id = $2 ORDER BY id`, workspace, person)
}

func loadSubscription(ctx context.Context, q db.Queryer, workspace, sub id.ID) (Subscription, bool, error) {
	return db.One[Subscription](ctx, q, `
		SELECT `+subscriptionColumns+`
		FROM calendars_subscriptions WHERE workspace_id = $1 AND id = $2`, workspace, sub)
}

func insertSubscription(ctx context.Context, tx *db.Tx, c Subscription) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO calendars_subscriptions (`+subscriptionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		tx.Workspace, c.ID, c.PersonID, c.Kind, c.Source, c.Name, c.URL, c.Username, c.Password, c.Focus, c.Etag, c.Modified,
		c.Problem, c.Note, c.Fails, c.Events, int64(c.CreatedAt), c.RefreshedAt, c.WholeAt, int64(c.RefreshAt))
	return err
}

// updateSubscription writes what can change about a calendar.
func updateSubscription(ctx context.Context, tx *db.Tx, c Subscription) error {
	_, err := tx.Exec(ctx, `
		UPDATE calendars_subscriptions SET name = $3, focus = $4, etag = $5, modified = $6, problem = $7, note = $8, fails = $9,
			events = $10, refreshed_at = $11, whole_at = $12, refresh_at = $13
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, c.ID, c.Name, c.Focus, c.Etag, c.Modified, c.Problem, c.Note, c.Fails, c.Events, c.RefreshedAt, c.WholeAt, int64(c.RefreshAt))
	return err
}

func deleteSubscription(ctx context.Context, tx *db.Tx, sub id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM calendars_events WHERE workspace_id = $1 AND subscription_id = $2`, tx.Workspace, sub); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM calendars_subscriptions WHERE workspace_id = $1 AND id = $2`, tx.Workspace, sub)
	return err
}

// forget removes all that belongs to a person.
func forget(ctx context.Context, tx *db.Tx, person id.ID) error {
	for _, text := range []string{
		`DELETE FROM calendars_events WHERE workspace_id = $1 AND subscription_id IN (
			SELECT id FROM calendars_subscriptions WHERE workspace_id = $1 AND person_id = $2)`,
		`DELETE FROM calendars_subscriptions WHERE workspace_id = $1 AND person_id = $2`,
		`DELETE FROM calendars_feeds WHERE workspace_id = $1 AND person_id = $2`,
		`DELETE FROM calendars_told WHERE workspace_id = $1 AND owner_id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, tx.Workspace, person); err != nil {
			return err
		}
	}
	return nil
}

func nextRefresh(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `SELECT MIN(refresh_at) FROM calendars_subscriptions`)
	return at, err
}

func refreshDue(ctx context.Context, q db.Queryer, now clock.Instant) ([]job.Turn, error) {
	return db.All[job.Turn](ctx, q, `
		SELECT workspace_id, id FROM calendars_subscriptions WHERE refresh_at <= $1 ORDER BY refresh_at LIMIT 200`, int64(now))
}

// moveRefresh says whether this node was the one to take it.
func moveRefresh(ctx context.Context, tx *db.Tx, sub id.ID, next clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE calendars_subscriptions SET refresh_at = $3 WHERE workspace_id = $1 AND id = $2 AND refresh_at <= $4`,
		tx.Workspace, sub, int64(next), int64(tx.Now))
	return n > 0, err
}

// takeTry notes a try that somebody asked for, unless there was one just now: its
// next look is a whole round from the last try at the earliest.
func takeTry(ctx context.Context, tx *db.Tx, sub id.ID, now clock.Instant, pause, round time.Duration) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE calendars_subscriptions SET tried_at = $3, refresh_at = $4
		WHERE workspace_id = $1 AND id = $2 AND (tried_at IS NULL OR tried_at <= $5)`,
		tx.Workspace, sub, int64(now), int64(now.Add(round)), int64(now.Add(-pause)))
	return n > 0, err
}
