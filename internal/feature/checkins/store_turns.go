package checkins

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const turnColumns = `workspace_id, id, checkin_id, person_id, date, asked_at, due_at, state, questions, answers, silent,
	published_at, public_at, delivered_at, edited_at, edits, draft, draft_at`

func insertTurn(ctx context.Context, tx *db.Tx, t Turn) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO checkins_turns (workspace_id, id, checkin_id, person_id, date, asked_at, due_at, state, questions, answers, silent, edits, draft)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)`,
		tx.Workspace, t.ID, t.Checkin, t.Person, t.Date, int64(t.AskedAt), int64(t.DueAt), t.State, t.Questions, t.Answers, false, t.Draft)
	return err
}

func updateTurn(ctx context.Context, tx *db.Tx, t Turn) error {
	_, err := tx.Exec(ctx, `
		UPDATE checkins_turns SET due_at = $3, state = $4, answers = $5, silent = $6, published_at = $7, public_at = $8,
			edited_at = $9, edits = $10, draft = $11, draft_at = $12
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, t.ID, int64(t.DueAt), t.State, t.Answers, t.Nothing, t.PublishedAt, t.PublicAt,
		t.EditedAt, t.Edits, t.Draft, t.DraftAt)
	return err
}

func setDelivered(ctx context.Context, tx *db.Tx, list []id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE checkins_turns SET delivered_at = $2
		WHERE workspace_id = $1 AND delivered_at IS NULL AND id IN (`+db.List(3, len(list))+`)`, db.ListArgs(list, tx.Workspace, int64(tx.Now))...)
	return err
}

func loadTurn(ctx context.Context, q db.Queryer, ws, turn id.ID) (Turn, bool, error) {
	return db.One[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND id = $2`, ws, turn)
}

func turnsByID(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) ([]Turn, error) {
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND id IN (`+db.List(2, len(list))+`)
		ORDER BY published_at, id`, db.ListArgs(list, ws)...)
}

// datesOf lists the dates for which somebody was asked, from one of them on.
func datesOf(ctx context.Context, q db.Queryer, ws, checkin, person id.ID, from string) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT date FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3 AND date >= $4`, ws, checkin, person, from)
}

// standing is how somebody stands to a date.
type standing struct{ Date, State string }

func standingsOf(ctx context.Context, q db.Queryer, ws, checkin, person id.ID, dates []string) ([]standing, error) {
	return db.All[standing](ctx, q, `
		SELECT date, state FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3 AND date IN (`+db.List(4, len(dates))+`)`,
		db.ListArgs(dates, ws, checkin, person)...)
}

// openTurns lists the turns of somebody that wait for an answer, the earliest due first.
func openTurns(ctx context.Context, q db.Queryer, ws, person id.ID) ([]Turn, error) {
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND person_id = $2 AND state = 'open'
		ORDER BY due_at, id`, ws, person)
}

// openOf lists the turns of a check-in that wait for an answer.
func openOf(ctx context.Context, q db.Queryer, ws, checkin id.ID) ([]Turn, error) {
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND state = 'open'
		ORDER BY id`, ws, checkin)
}

// lastTurn is the newest turn of somebody in a check-in before an instant.
func lastTurn(ctx context.Context, q db.Queryer, ws, checkin, person id.ID, before clock.Instant) (Turn, bool, error) {
	return db.One[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3 AND asked_at < $4
		ORDER BY asked_at DESC LIMIT 1`, ws, checkin, person, int64(before))
}

// answersBefore lists the published answers of a check-in before one of them, newest first.
func answersBefore(ctx context.Context, q db.Queryer, ws, checkin id.ID, at clock.Instant, turn id.ID, limit int) ([]Turn, error) {
	if at.IsZero() {
		at, turn = 1<<62, lastID
	}
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND published_at IS NOT NULL AND (published_at, id) < ($3, $4)
		ORDER BY published_at DESC, id DESC LIMIT $5`, ws, checkin, int64(at), turn[:], limit)
}

// answersOf is answersBefore for those of one person.
func answersOf(ctx context.Context, q db.Queryer, ws, checkin, person id.ID, at clock.Instant, turn id.ID, limit int) ([]Turn, error) {
	if at.IsZero() {
		at, turn = 1<<62, lastID
	}
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3 AND published_at IS NOT NULL AND (published_at, id) < ($4, $5)
		ORDER BY published_at DESC, id DESC LIMIT $6`, ws, checkin, person, int64(at), turn[:], limit)
}

// newAnswers lists what was published since an instant and stood in no report of a reader.
func newAnswers(ctx context.Context, q db.Queryer, ws, checkin, reader id.ID, since clock.Instant, limit int) ([]Turn, error) {
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns t
		WHERE workspace_id = $1 AND checkin_id = $2 AND published_at >= $4 AND NOT EXISTS (
			SELECT 1 FROM checkins_lines l
			WHERE l.workspace_id = t.workspace_id AND l.person_id = $3 AND l.turn_id = t.id)
		ORDER BY published_at, id LIMIT $5`, ws, checkin, reader, int64(since), limit)
}

// turnsBetween lists all turns of a check-in for a span of local dates, both included.
func turnsBetween(ctx context.Context, q db.Queryer, ws, checkin id.ID, from, to string) ([]Turn, error) {
	return db.All[Turn](ctx, q, `
		SELECT `+turnColumns+` FROM checkins_turns
		WHERE workspace_id = $1 AND checkin_id = $2 AND date >= $3 AND date <= $4
		ORDER BY date, id`, ws, checkin, from, to)
}
