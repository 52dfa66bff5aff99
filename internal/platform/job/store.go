package job

import (
	"context"
	"encoding/json"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func insert(ctx context.Context, tx *db.Tx, kind, args string, o Options) error {
	var dedup any
	if o.Dedup != "" {
		dedup = o.Dedup
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO job_jobs (id, workspace_id, kind, args, dedup, state, run_at, max_attempts, created_at)
		VALUES ($1, $2, $3, $4, $5, 'ready', $6, $7, $8) ON CONFLICT DO NOTHING`,
		id.New(tx.Now), tx.Workspace, kind, args, dedup, int64(o.At), o.Attempts, int64(tx.Now))
	return err
}

type row struct {
	ID          id.ID
	WorkspaceID id.ID
	Kind        string
	Args        db.JSON[json.RawMessage]
	Attempt     int
	MaxAttempts int
}

// due says which jobs are claimed, and until when they are their runner's.
type due struct {
	lease clock.Instant
	not   []id.ID // those that the runner has already
}

// claim takes up to limit jobs that are due, or whose runner was lost: those IN some kinds,
// or those NOT IN them.
func (d due) claim(ctx context.Context, tx *db.Tx, in string, kinds []string, limit int) ([]row, error) {
	args := []any{int64(tx.Now), int64(d.lease), limit}
	text := `
		UPDATE job_jobs SET state = 'running', attempt = attempt + 1, lease = $2 WHERE id IN (
			SELECT id FROM job_jobs WHERE ((state = 'ready' AND run_at <= $1) OR (state = 'running' AND lease <= $1))`
	if len(kinds) > 0 {
		text += ` AND kind ` + in + ` (` + db.In(len(args)+1, len(kinds)) + `)`
		args = db.Args(kinds, args...)
	}
	if len(d.not) > 0 {
		text += ` AND id NOT IN (` + db.In(len(args)+1, len(d.not)) + `)`
		args = db.Args(d.not, args...)
	}
	text += ` ORDER BY run_at, id LIMIT $3`
	if tx.Engine() == db.Postgres {
		text += ` FOR UPDATE SKIP LOCKED`
	}
	return db.All[row](ctx, tx, text+`) RETURNING id, workspace_id, kind, args, attempt, max_attempts`, args...)
}

// settle ends an attempt, unless another runner has taken the job over.
func settle(ctx context.Context, tx *db.Tx, r row, state string, at clock.Instant, problem string) error {
	var finished any
	if state != "ready" {
		finished = int64(tx.Now)
	}
	_, err := tx.Exec(ctx, `
		UPDATE job_jobs SET state = $3, run_at = $4, lease = NULL, finished_at = $5, problem = $6
		WHERE id = $1 AND attempt = $2 AND state = 'running'`, r.ID, r.Attempt, state, int64(at), finished, problem)
	return err
}

func extend(ctx context.Context, tx *db.Tx, r row, lease clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE job_jobs SET lease = $3 WHERE id = $1 AND attempt = $2 AND state = 'running'`, r.ID, r.Attempt, int64(lease))
	return err
}

func uncount(ctx context.Context, tx *db.Tx, r row, at clock.Instant) error {
	_, err := tx.Exec(ctx, `
		UPDATE job_jobs SET state = 'ready', run_at = $3, lease = NULL, attempt = attempt - 1
		WHERE id = $1 AND attempt = $2 AND state = 'running'`, r.ID, r.Attempt, int64(at))
	return err
}

// nextAt is when a job is due next that is not of some kinds.
func nextAt(ctx context.Context, q db.Queryer, not []string) (clock.Instant, error) {
	others := ""
	if len(not) > 0 {
		others = ` AND kind NOT IN (` + db.In(1, len(not)) + `)`
	}
	at, _, err := db.One[clock.Instant](ctx, q, `
		SELECT MIN(at) AS at FROM (
			SELECT MIN(run_at) AS at FROM job_jobs WHERE state = 'ready'`+others+`
			UNION ALL SELECT MIN(lease) AS at FROM job_jobs WHERE state = 'running'`+others+`) AS both_kinds`, db.Args(not)...)
	return at, err
}

func sweep(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM job_jobs WHERE state = 'done' AND finished_at < $1`, int64(before))
	return err
}

// Count is how many jobs are in a state.
type Count struct {
	State string
	N     int64
}

// Counts tells how many jobs are ready, running, done and dead.
func Counts(ctx context.Context, q db.Queryer) ([]Count, error) {
	return db.All[Count](ctx, q, `SELECT state, COUNT(*) AS n FROM job_jobs GROUP BY state ORDER BY state`)
}

// DeadJob is work that was given up.
type DeadJob struct {
	ID         id.ID
	Kind       string
	Problem    string
	FinishedAt clock.Instant
}

// DeadJobs lists what was given up, newest first.
func DeadJobs(ctx context.Context, q db.Queryer, limit int) ([]DeadJob, error) {
	return db.All[DeadJob](ctx, q, `
		SELECT id, kind, problem, finished_at FROM job_jobs WHERE state = 'dead' ORDER BY finished_at DESC LIMIT $1`, limit)
}
