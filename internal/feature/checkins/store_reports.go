package checkins

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const reportColumns = `workspace_id, id, checkin_id, person_id, date, answered, asked, made_at`

func insertReport(ctx context.Context, tx *db.Tx, r Report, turns []id.ID) error {
	if _, err := tx.Exec(ctx, `
		INSERT INTO checkins_reports (`+reportColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Workspace, r.ID, r.Checkin, r.Person, r.Date, r.Answered, r.Asked, int64(r.MadeAt)); err != nil {
		return err
	}
	for _, t := range turns {
		if err := tx.Do(ctx, `
			INSERT INTO checkins_lines (workspace_id, person_id, turn_id, report_id)
			VALUES ($1, $2, $3, $4)`, tx.Workspace, r.Person, t, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func loadReport(ctx context.Context, q db.Queryer, ws, report id.ID) (Report, bool, error) {
	return db.One[Report](ctx, q, `
		SELECT `+reportColumns+` FROM checkins_reports
		WHERE workspace_id = $1 AND id = $2`, ws, report)
}

// reportsOf lists the reports that somebody got of a check-in before one of them, newest first.
func reportsOf(ctx context.Context, q db.Queryer, ws, checkin, person, before id.ID, limit int) ([]Report, error) {
	end := before[:]
	if before.IsZero() {
		end = lastID[:]
	}
	return db.All[Report](ctx, q, `
		SELECT `+reportColumns+` FROM checkins_reports
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3 AND id < $4
		ORDER BY id DESC LIMIT $5`, ws, checkin, person, end, limit)
}

// reportsSince lists the reports that somebody got of any check-in since an instant, before
// one of them, newest first.
func reportsSince(ctx context.Context, q db.Queryer, ws, person, before id.ID, since clock.Instant, limit int) ([]Report, error) {
	end := before[:]
	if before.IsZero() {
		end = lastID[:]
	}
	return db.All[Report](ctx, q, `
		SELECT `+reportColumns+` FROM checkins_reports
		WHERE workspace_id = $1 AND person_id = $2 AND made_at > $3 AND id < $4
		ORDER BY id DESC LIMIT $5`, ws, person, int64(since), end, limit)
}

func linesOf(ctx context.Context, q db.Queryer, ws, report id.ID) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT turn_id FROM checkins_lines
		WHERE workspace_id = $1 AND report_id = $2`, ws, report)
}

const blockerColumns = `workspace_id, id, checkin_id, turn_id, person_id, words, waits_person, waits_what, ask_id, post_id, made_at, settled_at, settled_by`

func insertBlocker(ctx context.Context, tx *db.Tx, b Block) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO checkins_blockers (`+blockerColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL)`,
		tx.Workspace, b.ID, b.Checkin, b.Turn, b.Person, b.Words, b.WaitsPerson, b.WaitsWhat, b.Ask, b.Post, int64(b.MadeAt))
	return err
}

func settleBlocker(ctx context.Context, tx *db.Tx, blocker, by id.ID) (bool, error) {
	n, err := tx.Exec(ctx, `
		UPDATE checkins_blockers SET settled_at = $3, settled_by = $4
		WHERE workspace_id = $1 AND id = $2 AND settled_at IS NULL`, tx.Workspace, blocker, int64(tx.Now), by)
	return n > 0, err
}

func unsettleBlocker(ctx context.Context, tx *db.Tx, blocker id.ID) error {
	_, err := tx.Exec(ctx, `
		UPDATE checkins_blockers SET settled_at = NULL, settled_by = NULL
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, blocker)
	return err
}

func loadBlocker(ctx context.Context, q db.Queryer, ws, blocker id.ID) (Block, bool, error) {
	return db.One[Block](ctx, q, `
		SELECT `+blockerColumns+` FROM checkins_blockers
		WHERE workspace_id = $1 AND id = $2`, ws, blocker)
}

func blockerOfAsk(ctx context.Context, q db.Queryer, ws, ask id.ID) (Block, bool, error) {
	return db.One[Block](ctx, q, `
		SELECT `+blockerColumns+` FROM checkins_blockers
		WHERE workspace_id = $1 AND ask_id = $2`, ws, ask)
}

func openBlockers(ctx context.Context, q db.Queryer, ws, checkin, after id.ID, limit int) ([]Block, error) {
	return db.All[Block](ctx, q, `
		SELECT `+blockerColumns+` FROM checkins_blockers
		WHERE workspace_id = $1 AND checkin_id = $2 AND settled_at IS NULL AND id > $3
		ORDER BY id LIMIT $4`, ws, checkin, after[:], limit)
}

func blockersOfTurns(ctx context.Context, q db.Queryer, ws id.ID, turns []id.ID) ([]Block, error) {
	return db.All[Block](ctx, q, `
		SELECT `+blockerColumns+` FROM checkins_blockers
		WHERE workspace_id = $1 AND turn_id IN (`+db.List(2, len(turns))+`)
		ORDER BY id`, db.ListArgs(turns, ws)...)
}

// figure is one value of one week.
type figure struct {
	Week     string // its Monday
	Question string // a key, or participation
	Value    int64
}

func putFigure(ctx context.Context, tx *db.Tx, checkin id.ID, f figure) error {
	return tx.Do(ctx, `
		INSERT INTO checkins_figures (workspace_id, checkin_id, week, question, value)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, tx.Workspace, checkin, f.Week, f.Question, f.Value)
}

// figuresOf lists the figures from a week on, in order.
func figuresOf(ctx context.Context, q db.Queryer, ws, checkin id.ID, from string) ([]figure, error) {
	return db.All[figure](ctx, q, `
		SELECT week, question, value FROM checkins_figures
		WHERE workspace_id = $1 AND checkin_id = $2 AND week >= $3
		ORDER BY week, question`, ws, checkin, from)
}
