package calendars

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const eventColumns = `n, start_at, end_at, all_day, busy, title`

// replaceEvents puts what was read in the place of what was there in the same stretch
// of time. What is older stays, for meetings; keepPast bounds it.
func replaceEvents(ctx context.Context, tx *db.Tx, c Subscription, list []Event) error {
	since := tx.Now.Add(-readBack)
	if _, err := tx.Exec(ctx, `
		DELETE FROM calendars_events
		WHERE workspace_id = $1 AND subscription_id = $2 AND (end_at > $3 OR end_at <= $4 OR $5)`,
		tx.Workspace, c.ID, int64(since), int64(tx.Now.Add(-keepPast)), c.Kind == Busy); err != nil {
		return err
	}
	for _, e := range list {
		if e.EndAt <= since {
			continue
		}
		if err := tx.Do(ctx, `
			INSERT INTO calendars_events (workspace_id, subscription_id, `+eventColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (workspace_id, subscription_id, start_at, n) DO NOTHING`,
			tx.Workspace, c.ID, e.N, int64(e.StartAt), int64(e.EndAt), e.AllDay, e.Busy, e.Title); err != nil {
			return err
		}
	}
	return nil
}

func allEvents(ctx context.Context, q *db.Tx, sub id.ID) ([]Event, error) {
	return db.All[Event](ctx, q, `
		SELECT `+eventColumns+`
		FROM calendars_events WHERE workspace_id = $1 AND subscription_id = $2 ORDER BY start_at, n`, q.Workspace, sub)
}

func loadEvents(ctx context.Context, q db.Queryer, workspace, sub id.ID, from clock.Instant, limit int) ([]Event, error) {
	return db.All[Event](ctx, q, `
		SELECT `+eventColumns+`
		FROM calendars_events WHERE workspace_id = $1 AND subscription_id = $2 AND end_at > $3
		ORDER BY start_at, n LIMIT $4`, workspace, sub, int64(from), limit)
}

func loadMeetings(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant) ([]Event, error) {
	return db.All[Event](ctx, q, `
		SELECT e.n, e.start_at, e.end_at, e.all_day, e.busy, e.title
		FROM calendars_events e
		JOIN calendars_subscriptions c ON c.workspace_id = e.workspace_id AND c.id = e.subscription_id
		WHERE c.workspace_id = $1 AND c.person_id = $2 AND c.kind = 'meetings' AND e.end_at > $3 AND e.start_at < $4
		ORDER BY e.start_at, e.n`, workspace, person, int64(from), int64(to))
}

// loadFocus lists the times of a person's calendars that count as focus.
func loadFocus(ctx context.Context, tx *db.Tx, person id.ID, from clock.Instant) ([]Event, error) {
	return db.All[Event](ctx, tx, `
		SELECT e.n, e.start_at, e.end_at, e.all_day, e.busy, e.title
		FROM calendars_events e
		JOIN calendars_subscriptions c ON c.workspace_id = e.workspace_id AND c.id = e.subscription_id
		WHERE c.workspace_id = $1 AND c.person_id = $2 AND c.focus AND e.busy AND NOT e.all_day AND e.end_at > $3 AND e.end_at > e.start_at
		ORDER BY e.start_at, e.n`, tx.Workspace, person, int64(from))
}
