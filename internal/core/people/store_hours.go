package people

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

type stampRow struct {
	PersonID id.ID
	Stamp    id.ID
}

func loadStamps(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]stampRow, error) {
	return db.All[stampRow](ctx, q, `
		SELECT person_id, stamp FROM people_persons
		WHERE workspace_id = $1 AND person_id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}

type specRow struct {
	PersonID id.ID
	Spec     db.JSON[worktime.Spec]
	Version  int64
}

func loadSpecs(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]specRow, error) {
	return db.All[specRow](ctx, q, `
		SELECT person_id, spec, version FROM people_persons
		WHERE workspace_id = $1 AND person_id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, any(workspace))...)
}

func updateSpec(ctx context.Context, tx *db.Tx, person id.ID, spec worktime.Spec) error {
	_, err := tx.Exec(ctx, `
		UPDATE people_persons SET zone = $3, moves = $4, spec = $5
		WHERE workspace_id = $1 AND person_id = $2`,
		tx.Workspace, person, spec.Zone, db.JSON[[]worktime.ZonePeriod]{V: moves(spec)}, db.JSON[worktime.Spec]{V: spec})
	if err != nil {
		return err
	}
	return renamed(ctx, tx)
}

// bumpHours makes every cache forget the hours of these people.
func bumpHours(ctx context.Context, tx *db.Tx, list []id.ID) error {
	for _, part := range chunks(list) {
		_, err := tx.Exec(ctx, `
			UPDATE people_persons SET version = version + 1, stamp = $2
			WHERE workspace_id = $1 AND person_id IN (`+db.In(3, len(part))+`)`,
			db.Args(part, tx.Workspace, id.New(tx.Now))...)
		if err != nil {
			return err
		}
	}
	return nil
}

type absenceRow struct {
	AbsenceID id.ID
	PersonID  id.ID
	FromDate  string
	ToDate    string
	FromAt    clock.Instant
	ToAt      clock.Instant
	Reason    string
	StandIn   id.ID
}

const absenceColumns = `absence_id, person_id, from_date, to_date, from_at, to_at, reason, stand_in`

func loadAbsences(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]absenceRow, error) {
	return db.All[absenceRow](ctx, q, `
		SELECT `+absenceColumns+`
		FROM people_absences WHERE workspace_id = $1 AND person_id IN (`+db.List(2, len(list))+`)
		ORDER BY person_id, absence_id`, db.ListArgs(list, any(workspace))...)
}

func loadAbsence(ctx context.Context, q db.Queryer, workspace, absence id.ID) (absenceRow, bool, error) {
	return db.One[absenceRow](ctx, q, `
		SELECT `+absenceColumns+`
		FROM people_absences WHERE workspace_id = $1 AND absence_id = $2`, workspace, absence)
}

func insertAbsence(ctx context.Context, tx *db.Tx, r absenceRow) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO people_absences (workspace_id, absence_id, person_id, from_date, to_date, from_at, to_at, reason, stand_in, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.Workspace, r.AbsenceID, r.PersonID, r.FromDate, r.ToDate, r.FromAt, r.ToAt, r.Reason, r.StandIn, int64(tx.Now))
	return err
}

func updateAbsence(ctx context.Context, tx *db.Tx, r absenceRow) error {
	_, err := tx.Exec(ctx, `
		UPDATE people_absences SET from_date = $3, to_date = $4, from_at = $5, to_at = $6, reason = $7, stand_in = $8
		WHERE workspace_id = $1 AND absence_id = $2`,
		tx.Workspace, r.AbsenceID, r.FromDate, r.ToDate, r.FromAt, r.ToAt, r.Reason, r.StandIn)
	return err
}

func deleteAbsence(ctx context.Context, tx *db.Tx, absence id.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM people_absences WHERE workspace_id = $1 AND absence_id = $2`, tx.Workspace, absence)
	return err
}

type specText struct {
	PersonID id.ID
	Spec     string
}

// loadSpecTexts reads schedules as they are stored, for those who may know them.
func loadSpecTexts(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]specText, error) {
	return db.All[specText](ctx, q, `
		SELECT person_id, spec FROM people_persons
		WHERE workspace_id = $1 AND person_id IN (`+db.In(2, len(list))+`)`, db.Args(list, any(workspace))...)
}

// personDays are the days of a calendar, as they are stored.
type personDays struct {
	PersonID id.ID
	Days     string
}

// loadHolidays reads the days of every calendar that these people follow.
func loadHolidays(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]personDays, error) {
	return db.All[personDays](ctx, q, `
		SELECT r.person_id, c.days
		FROM people_calendar_readers r
		JOIN people_calendars c ON c.workspace_id = r.workspace_id AND c.calendar_id = r.calendar_id
		WHERE r.workspace_id = $1 AND r.person_id IN (`+db.In(2, len(list))+`)
		ORDER BY r.person_id, r.calendar_id`, db.Args(list, any(workspace))...)
}

func loadRecipients(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) ([]recipientRow, error) {
	return db.All[recipientRow](ctx, q, `
		SELECT person_id, role, state, bot, guest_until, stamp FROM people_persons
		WHERE workspace_id = $1 AND person_id IN (`+db.In(2, len(list))+`)`, db.Args(list, any(workspace))...)
}
