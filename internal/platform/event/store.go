package event

import (
	"context"
	"encoding/json"
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func openLog(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO db_workspaces (workspace_id, seq) VALUES ($1, 0)`, tx.Workspace)
	return err
}

// insert writes a row at a time: SQLite keeps the one statement prepared, which costs
// it less than reading a long one anew, and to PostgreSQL they go in one trip.
func insert(ctx context.Context, tx *db.Tx, seq int64, e New) error {
	data := []byte("{}")
	if e.Data != nil {
		var err error
		if data, err = json.Marshal(e.Data); err != nil {
			return err
		}
	}
	if e.Concerns == nil {
		e.Concerns = []id.ID{}
	}
	return tx.Do(ctx, `
		INSERT INTO event_log (workspace_id, seq, at, kind, actor_id, subject_kind, subject_id, space_id, thread_id, concerns, due, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, tx.Workspace, seq, int64(tx.Now), e.Kind, e.Actor, e.Subject.Kind, e.Subject.ID,
		e.Space, e.Thread, db.JSON[[]id.ID]{V: e.Concerns}, e.Due, string(data))
}

type row struct {
	Seq         int64
	At          clock.Instant
	Kind        string
	ActorID     id.ID
	SubjectKind string
	SubjectID   id.ID
	SpaceID     id.ID
	ThreadID    id.ID
	Concerns    db.JSON[[]id.ID]
	Due         clock.Instant
	Data        db.JSON[json.RawMessage]
}

// After reads up to limit events of a workspace that follow seq, in order.
func After(ctx context.Context, q db.Queryer, workspace id.ID, seq int64, limit int) ([]Event, error) {
	rows, err := db.All[row](ctx, q, `
		SELECT seq, at, kind, actor_id, subject_kind, subject_id, space_id, thread_id, concerns, due, data
		FROM event_log WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, workspace, seq, limit)
	if err != nil {
		return nil, err
	}
	return events(workspace, rows), nil
}

// Of reads the newest events about one thing, newest first.
func Of(ctx context.Context, q db.Queryer, workspace, subject id.ID, limit int) ([]Event, error) {
	rows, err := db.All[row](ctx, q, `
		SELECT seq, at, kind, actor_id, subject_kind, subject_id, space_id, thread_id, concerns, due, data
		FROM event_log WHERE workspace_id = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT $3`, workspace, subject, limit)
	if err != nil {
		return nil, err
	}
	return events(workspace, rows), nil
}

// byActor reads what somebody did from an instant on, newest first.
func byActor(ctx context.Context, q db.Queryer, workspace, actor id.ID, from clock.Instant, limit int) ([]Act, error) {
	return db.All[Act](ctx, q, `
		SELECT at, kind FROM event_log
		WHERE workspace_id = $1 AND actor_id = $2 AND at >= $3
		ORDER BY at DESC LIMIT $4`, workspace, actor, int64(from), limit)
}

// doneBy reads what somebody did between two instants, newest first.
func doneBy(ctx context.Context, q db.Queryer, workspace, actor id.ID, from, to clock.Instant, kinds []string, limit int) ([]row, error) {
	return db.All[row](ctx, q, `
		SELECT seq, at, kind, actor_id, subject_kind, subject_id, space_id, thread_id, concerns, due, data FROM event_log
		WHERE workspace_id = $1 AND actor_id = $2 AND at >= $3 AND at < $4 AND kind IN (`+db.List(6, len(kinds))+`)
		ORDER BY at DESC, seq DESC LIMIT $5`, db.ListArgs(kinds, workspace, actor, int64(from), int64(to), limit)...)
}

func events(workspace id.ID, rows []row) []Event {
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = Event{
			Workspace: workspace, Seq: r.Seq, At: r.At, Kind: r.Kind, Actor: r.ActorID,
			Subject: Ref{r.SubjectKind, r.SubjectID}, Space: r.SpaceID, Thread: r.ThreadID,
			Concerns: r.Concerns.V, Due: r.Due, Data: r.Data.V,
		}
	}
	return out
}

// Head is the number of the newest event of a workspace, 0 when there is none.
func Head(ctx context.Context, q db.Queryer, workspace id.ID) (int64, error) {
	seq, _, err := db.One[int64](ctx, q, `SELECT seq FROM db_workspaces WHERE workspace_id = $1`, workspace)
	return seq, err
}

func cursor(ctx context.Context, q db.Queryer, workspace id.ID, follower string) (seq, tries int64, err error) {
	r, _, err := db.One[struct{ Seq, Tries int64 }](ctx, q, `
		SELECT seq, tries FROM event_cursors WHERE workspace_id = $1 AND follower = $2`, workspace, follower)
	return r.Seq, r.Tries, err
}

func moveCursor(ctx context.Context, tx *db.Tx, follower string, seq, tries int64) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO event_cursors (workspace_id, follower, seq, tries) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace_id, follower) DO UPDATE SET seq = $3, tries = $4`, tx.Workspace, follower, seq, tries)
	return err
}

func park(ctx context.Context, tx *db.Tx, follower string, seq int64, reason string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO event_parked (workspace_id, follower, seq, at, reason) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, tx.Workspace, follower, seq, int64(tx.Now), reason)
	return err
}

// cursors reads how far each of some listeners has come, in their order.
func cursors(ctx context.Context, q db.Queryer, workspace id.ID, followers []string) ([]int64, error) {
	rows, err := db.All[struct {
		Follower string
		Seq      int64
	}](ctx, q, `SELECT follower, seq FROM event_cursors WHERE workspace_id = $1`, workspace)
	if err != nil {
		return nil, err
	}
	at := make([]int64, len(followers))
	for _, r := range rows {
		if i := slices.Index(followers, r.Follower); i >= 0 {
			at[i] = r.Seq
		}
	}
	return at, nil
}

func moveCursors(ctx context.Context, tx *db.Tx, followers []string, at []int64) error {
	args := []any{}
	for i, f := range followers {
		args = append(args, tx.Workspace, f, at[i], 0)
	}
	return tx.Do(ctx, `
		INSERT INTO event_cursors (workspace_id, follower, seq, tries) VALUES `+db.Values(len(followers), 4)+`
		ON CONFLICT (workspace_id, follower) DO UPDATE SET seq = excluded.seq, tries = excluded.tries`, args...)
}

// behind lists the workspaces where one of some listeners is not at the head.
func behind(ctx context.Context, q db.Queryer, followers []string) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT w.workspace_id FROM db_workspaces w
		LEFT JOIN event_cursors c ON c.workspace_id = w.workspace_id AND c.follower IN (`+db.In(2, len(followers))+`)
		WHERE w.seq > 0
		GROUP BY w.workspace_id, w.seq HAVING COUNT(c.seq) < $1 OR MIN(c.seq) < w.seq`, db.Args(followers, any(int64(len(followers))))...)
}

// Parked is an event that a listener could not take.
type Parked struct {
	WorkspaceID id.ID
	Follower    string
	Seq         int64
	At          clock.Instant
	Reason      string
}

// AllParked lists what listeners could not take, newest first.
func AllParked(ctx context.Context, q db.Queryer, limit int) ([]Parked, error) {
	return db.All[Parked](ctx, q, `
		SELECT workspace_id, follower, seq, at, reason FROM event_parked ORDER BY at DESC LIMIT $1`, limit)
}

// Lag counts the events that a listener has not taken yet, over all workspaces.
func Lag(ctx context.Context, q db.Queryer, follower string) (int64, error) {
	n, _, err := db.One[int64](ctx, q, `
		SELECT COALESCE(CAST(SUM(w.seq - COALESCE(c.seq, 0)) AS BIGINT), 0) AS lag FROM db_workspaces w
		LEFT JOIN event_cursors c ON c.workspace_id = w.workspace_id AND c.follower = $1`, follower)
	return n, err
}

// SkipTx moves listeners to the head of the workspace's log: what is behind it was
// done for them already, by whoever wrote generated data.
func SkipTx(ctx context.Context, tx *db.Tx, followers ...string) error {
	head, err := Head(ctx, tx, tx.Workspace)
	for _, f := range followers {
		if err == nil {
			err = moveCursor(ctx, tx, f, head, 0)
		}
	}
	return err
}

// Rewind makes a listener begin at the beginning of every log: after a restore,
// when what it made from the log was not in the backup.
func Rewind(ctx context.Context, tx *db.Tx, follower string) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_cursors WHERE follower = $1`, follower)
	return err
}
