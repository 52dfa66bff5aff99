package checkins

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

const checkinColumns = `workspace_id, id, space_id, thread_id, post_id, owner_id, name, purpose, template, team_id, people, questions, rhythm,
	hidden, blocker_window, state, pause_until, version, made_at, changed_at, ended_at, outcome, left_at`

func insertCheckin(ctx context.Context, tx *db.Tx, c Checkin) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO checkins (`+checkinColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, NULL, '', NULL)`,
		tx.Workspace, c.ID, c.Space, c.Thread, c.Post, c.Owner, c.Name, c.Purpose, c.Template, c.Team, c.People, c.Questions, c.Rhythm,
		c.Hidden, c.BlockerWindow, c.State, c.PauseUntil, c.Version, int64(c.MadeAt), int64(c.ChangedAt))
	return err
}

func updateCheckin(ctx context.Context, tx *db.Tx, c Checkin) error {
	_, err := tx.Exec(ctx, `
		UPDATE checkins SET owner_id = $3, name = $4, purpose = $5, team_id = $6, people = $7, questions = $8, rhythm = $9, hidden = $10,
			blocker_window = $11, state = $12, pause_until = $13, version = $14, changed_at = $15, ended_at = $16, outcome = $17, space_id = $18
		WHERE workspace_id = $1 AND id = $2`,
		tx.Workspace, c.ID, c.Owner, c.Name, c.Purpose, c.Team, c.People, c.Questions, c.Rhythm, c.Hidden,
		c.BlockerWindow, c.State, c.PauseUntil, c.Version, int64(tx.Now), c.EndedAt, c.Outcome, c.Space)
	return err
}

func loadCheckin(ctx context.Context, q db.Queryer, ws, x id.ID) (Checkin, bool, error) {
	return db.One[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND id = $2`, ws, x)
}

func checkinsByID(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) (map[id.ID]Checkin, error) {
	rows, err := db.All[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND id IN (`+db.List(2, len(list))+`)`, db.ListArgs(list, ws)...)
	out := make(map[id.ID]Checkin, len(rows))
	for _, c := range rows {
		out[c.ID] = c
	}
	return out, err
}

func checkinOfThread(ctx context.Context, q db.Queryer, ws, thread id.ID) (Checkin, bool, error) {
	return db.One[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND thread_id = $2`, ws, thread)
}

func checkinsOfTeam(ctx context.Context, q db.Queryer, ws, team id.ID) ([]Checkin, error) {
	return db.All[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND team_id = $2 AND state <> 'ended'
		ORDER BY id`, ws, team)
}

func checkinsOfOwner(ctx context.Context, q db.Queryer, ws, owner id.ID) ([]Checkin, error) {
	return db.All[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND owner_id = $2 AND state <> 'ended'
		ORDER BY id`, ws, owner)
}

// setLeft notes since when a check-in has nobody who holds it; zero for who does.
func setLeft(ctx context.Context, tx *db.Tx, checkin id.ID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE checkins SET left_at = $3
		WHERE workspace_id = $1 AND id = $2`, tx.Workspace, checkin, at)
	return err
}

// checkinsIn lists those of some spaces that were begun before one of them, newest first.
func checkinsIn(ctx context.Context, q db.Queryer, ws id.ID, spaces []id.ID, before id.ID, ended bool, limit int) ([]Checkin, error) {
	end := before[:]
	if before.IsZero() {
		end = lastID[:]
	}
	states := `state <> 'ended'`
	if ended {
		states = `state = 'ended'`
	}
	return db.All[Checkin](ctx, q, `
		SELECT `+checkinColumns+` FROM checkins
		WHERE workspace_id = $1 AND id < $2 AND `+states+` AND space_id IN (`+db.List(4, len(spaces))+`)
		ORDER BY id DESC LIMIT $3`, db.ListArgs(spaces, ws, end, limit)...)
}

// lastID sorts behind all others.
var lastID = id.ID{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

const personColumns = `checkin_id, person_id, asked, reads, since_at, next_at, next_date`

func peopleOf(ctx context.Context, q db.Queryer, ws, checkin id.ID) ([]Person, error) {
	return db.All[Person](ctx, q, `
		SELECT `+personColumns+` FROM checkins_people
		WHERE workspace_id = $1 AND checkin_id = $2
		ORDER BY person_id`, ws, checkin)
}

func partOf(ctx context.Context, q db.Queryer, ws, checkin, person id.ID) (Person, bool, error) {
	return db.One[Person](ctx, q, `
		SELECT `+personColumns+` FROM checkins_people
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3`, ws, checkin, person)
}

// partsOf lists what somebody has to do with any check-in.
func partsOf(ctx context.Context, q db.Queryer, ws, person id.ID) ([]Person, error) {
	return db.All[Person](ctx, q, `
		SELECT `+personColumns+` FROM checkins_people
		WHERE workspace_id = $1 AND person_id = $2
		ORDER BY checkin_id`, ws, person)
}

// countAsked counts the people whom check-ins ask.
func countAsked(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) (map[id.ID]int, error) {
	rows, err := db.All[struct {
		Checkin id.ID `db:"checkin_id"`
		N       int64
	}](ctx, q, `
		SELECT checkin_id, COUNT(*) AS n FROM checkins_people
		WHERE workspace_id = $1 AND asked AND checkin_id IN (`+db.List(2, len(list))+`)
		GROUP BY checkin_id`, db.ListArgs(list, ws)...)
	out := make(map[id.ID]int, len(rows))
	for _, r := range rows {
		out[r.Checkin] = int(r.N)
	}
	return out, err
}

func putPerson(ctx context.Context, tx *db.Tx, p Person) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO checkins_people (workspace_id, `+personColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace_id, checkin_id, person_id) DO UPDATE
		SET asked = $4, reads = $5, since_at = $6, next_at = $7, next_date = $8`,
		tx.Workspace, p.Checkin, p.Person, p.Asked, p.Reads, int64(p.SinceAt), p.NextAt, p.NextDate)
	return err
}

func deletePerson(ctx context.Context, tx *db.Tx, checkin, person id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM checkins_people
		WHERE workspace_id = $1 AND checkin_id = $2 AND person_id = $3`, tx.Workspace, checkin, person)
	return err
}

// The kinds of what is due.
const (
	dueAsk    = "ask"    // of a person
	dueOver   = "over"   // a turn
	dueReport = "report" // of a person
	dueReveal = "reveal" // a turn
	dueWeek   = "week"   // of the check-in
)

// due is something to be done at an instant.
type due struct {
	At          clock.Instant
	WorkspaceID id.ID
	Kind        string
	Checkin     id.ID `db:"checkin_id"`
	Ref         id.ID `db:"ref_id"`
}

func nextDue(ctx context.Context, q db.Queryer) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM checkins_due`)
	return at, err
}

// dueBy lists what is due by now and comes after one of them, in all workspaces.
func dueBy(ctx context.Context, q db.Queryer, now clock.Instant, after due, limit int) ([]due, error) {
	return db.All[due](ctx, q, `
		SELECT at, workspace_id, kind, checkin_id, ref_id FROM checkins_due
		WHERE at <= $1 AND (at, workspace_id, kind, checkin_id, ref_id) > ($2, $3, $4, $5, $6)
		ORDER BY at, workspace_id, kind, checkin_id, ref_id LIMIT $7`,
		int64(now), int64(after.At), after.WorkspaceID[:], after.Kind, after.Checkin[:], after.Ref[:], limit)
}

// isDue says whether something is due still; another node may have done it.
func isDue(ctx context.Context, tx *db.Tx, d due) (bool, error) {
	at, err := dueAt(ctx, tx, d.Kind, d.Checkin, d.Ref)
	return at != 0 && at <= tx.Now, err
}

// dueAt is when something is to be done; zero for never.
func dueAt(ctx context.Context, tx *db.Tx, kind string, checkin, ref id.ID) (clock.Instant, error) {
	at, _, err := db.One[clock.Instant](ctx, tx, `
		SELECT at FROM checkins_due
		WHERE workspace_id = $1 AND kind = $2 AND checkin_id = $3 AND ref_id = $4`, tx.Workspace, kind, checkin, ref)
	return at, err
}

// putDue has something done at an instant, and not any more when that is zero.
func putDue(ctx context.Context, tx *db.Tx, kind string, checkin, ref id.ID, at clock.Instant) error {
	if at.IsZero() {
		_, err := tx.Exec(ctx, `
			DELETE FROM checkins_due
			WHERE workspace_id = $1 AND kind = $2 AND checkin_id = $3 AND ref_id = $4`, tx.Workspace, kind, checkin, ref)
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO checkins_due (workspace_id, kind, checkin_id, ref_id, at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (workspace_id, kind, checkin_id, ref_id) DO UPDATE SET at = $5`, tx.Workspace, kind, checkin, ref, int64(at))
	return err
}

// dropDue ends what was to be done for people of a check-in; the turns' own ends stay.
func dropDue(ctx context.Context, tx *db.Tx, checkin id.ID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM checkins_due
		WHERE workspace_id = $1 AND checkin_id = $2 AND kind IN ('ask', 'over')`, tx.Workspace, checkin)
	return err
}
