package people

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

const calendarColumns = `calendar_id, name, url, days, problem, updated_at, etag, modified`

func loadCalendars(ctx context.Context, q db.Queryer, workspace id.ID) ([]Calendar, error) {
	return db.All[Calendar](ctx, q, `
		SELECT `+calendarColumns+`
		FROM people_calendars WHERE workspace_id = $1 ORDER BY name, calendar_id`, workspace)
}

func loadCalendar(ctx context.Context, q db.Queryer, workspace, calendar id.ID) (Calendar, bool, error) {
	return db.One[Calendar](ctx, q, `
		SELECT `+calendarColumns+`
		FROM people_calendars WHERE workspace_id = $1 AND calendar_id = $2`, workspace, calendar)
}

func calendarSource(ctx context.Context, q db.Queryer, workspace, calendar id.ID) (string, error) {
	s, _, err := db.One[string](ctx, q, `
		SELECT source FROM people_calendars WHERE workspace_id = $1 AND calendar_id = $2`, workspace, calendar)
	return s, err
}

func insertCalendar(ctx context.Context, tx *db.Tx, c Calendar, source string, refresh clock.Instant) error {
	if c.URL != "" {
		source = "" // it is read again from there
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO people_calendars (workspace_id, calendar_id, name, url, source, days, problem, created_at, updated_at, refresh_at, etag, modified)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)`,
		tx.Workspace, c.ID, c.Name, c.URL, source, c.Days, c.Problem, int64(tx.Now), int64(refresh), c.Etag, c.Modified)
	return err
}

func updateCalendar(ctx context.Context, tx *db.Tx, calendar id.ID, fresh Calendar, source string) error {
	days := fresh.Days.V
	if days == nil {
		days = []Day{}
	}
	_, err := tx.Exec(ctx, `
		UPDATE people_calendars SET days = $3, source = CASE WHEN url = '' THEN $4 ELSE '' END, problem = '', updated_at = $5, etag = $6, modified = $7
		WHERE workspace_id = $1 AND calendar_id = $2`, tx.Workspace, calendar, db.JSON[[]Day]{V: days}, source, int64(tx.Now), fresh.Etag, fresh.Modified)
	return err
}

func setCalendarProblem(ctx context.Context, tx *db.Tx, calendar id.ID, problem string) error {
	_, err := tx.Exec(ctx, `
		UPDATE people_calendars SET problem = $3 WHERE workspace_id = $1 AND calendar_id = $2`, tx.Workspace, calendar, problem)
	return err
}

func deleteCalendar(ctx context.Context, tx *db.Tx, calendar id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM people_calendar_readers WHERE workspace_id = $1 AND calendar_id = $2`, tx.Workspace, calendar); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM people_calendars WHERE workspace_id = $1 AND calendar_id = $2`, tx.Workspace, calendar)
	return err
}

func calendarReaders(ctx context.Context, q db.Queryer, workspace, calendar id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT person_id FROM people_calendar_readers WHERE workspace_id = $1 AND calendar_id = $2 ORDER BY person_id`, workspace, calendar)
}

func followedBy(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT calendar_id FROM people_calendar_readers WHERE workspace_id = $1 AND person_id = $2`, workspace, person)
}

func replaceFollowed(ctx context.Context, tx *db.Tx, person id.ID, calendars []id.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM people_calendar_readers WHERE workspace_id = $1 AND person_id = $2`, tx.Workspace, person); err != nil {
		return err
	}
	for _, c := range calendars {
		if _, err := tx.Exec(ctx, `
			INSERT INTO people_calendar_readers (workspace_id, calendar_id, person_id) VALUES ($1, $2, $3)`, tx.Workspace, c, person); err != nil {
			return err
		}
	}
	return nil
}

func nextRefresh(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `SELECT MIN(refresh_at) FROM people_calendars`)
	return at, err
}

func refreshDue(ctx context.Context, q db.Queryer, now clock.Instant) ([]job.Turn, error) {
	return db.All[job.Turn](ctx, q, `
		SELECT workspace_id, calendar_id AS id FROM people_calendars WHERE refresh_at <= $1 ORDER BY refresh_at LIMIT 200`, int64(now))
}

// moveRefresh says whether this node was the one to take it.
func moveRefresh(ctx context.Context, tx *db.Tx, calendar id.ID, next clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE people_calendars SET refresh_at = $3 WHERE workspace_id = $1 AND calendar_id = $2 AND refresh_at <= $4`,
		tx.Workspace, calendar, int64(next), int64(tx.Now))
	return n > 0, err
}
